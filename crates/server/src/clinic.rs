//! What can be done with the shared record, by whom: every page, link and command goes through here.
//!
//! Each function does the same four things in this order: it asks what whoever calls has to do with the patient, lets the access policies
//! decide, lets the rules of the clinic decide, and appends what happened. Nothing is shown that was not decided, and what was shown is on record.

mod acts;
mod alert;
pub mod audit;
mod caseload;
mod desk;
mod directory;
mod episode;
mod inquiry;
mod intake;
mod organisation;
mod own;
mod patient;
mod plan;
mod referral;
mod refused;
mod relation;
pub mod results;
mod task;
mod together;
mod told;
mod typed;
mod user;

use std::sync::Arc;

use cotreat_access::{Access, Action, Relation, Resource, Viewer};
use cotreat_care::event::Who;
use cotreat_knowledge::Knowledge;
use cotreat_people::event::{Actor, OrganisationSettings};
use cotreat_store::Store;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::clock::Clock;

pub use acts::action;
pub use caseload::{Case, Caseload, Late, Outcome, Signals, Standing};
pub use desk::{Assigned, DeskEpisode, Due, Expected, INTAKE, Kept};
pub use directory::{Listed, OwnEntry};
pub use episode::{Done, Opened, about};
pub use inquiry::{Left, OpenHouse, TakenIn, Waiting, inquiry_key};
pub use intake::{ALERT, ALERT_PATIENCE, ALERT_WAITS, Asking};
pub use own::OwnEpisode;
pub use patient::{Alike, Person, Registered};
pub use plan::PlanInWords;
pub use referral::{Boxes, Line, Neighbour, ReferralPlace, Referred, outside_id};
pub use refused::Refused;
pub use task::{Asked, Place};
pub use together::NotDone;
pub use typed::{Draft, Form, Typed};

/// The version of the program, as it stands beside everything that is shown.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// The shared record with everything it is worked with.
pub struct Clinic {
    /// Where it is kept.
    pub store: Arc<Store>,
    /// Who may do what.
    pub access: Arc<Access>,
    /// What is known about backs.
    pub knowledge: Arc<Knowledge>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Who changes users: one after the other, because what must be true of all of them together (no address twice, no organisation without an owner) is looked at before it is written.
    directory: tokio::sync::Mutex<()>,
    /// Alarms that were worked out for counting, by episode.
    alarms_seen: tokio::sync::Mutex<std::collections::HashMap<String, results::Seen>>,
    /// Every article about the knowledge, made when the first is asked for.
    library: std::sync::OnceLock<cotreat_care::explain::Library>,
    /// What was worked out for caseloads.
    kept: caseload::Kept,
}

impl std::fmt::Debug for Clinic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Clinic")
            .field("store", &self.store)
            .field("knowledge", &self.knowledge.hash)
            .finish_non_exhaustive()
    }
}

/// Whoever calls, and with what they came.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who.
    pub viewer: Viewer,
    /// A key of the caller's own: the same request sent twice is done once.
    pub request: Option<String>,
}

impl Caller {
    /// Somebody without a request key.
    #[must_use]
    pub const fn of(viewer: Viewer) -> Self {
        Self {
            viewer,
            request: None,
        }
    }
}

impl Clinic {
    /// The record, and what it is worked with.
    #[must_use]
    pub fn new(
        store: Arc<Store>,
        access: Arc<Access>,
        knowledge: Arc<Knowledge>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            store,
            access,
            knowledge,
            clock,
            directory: tokio::sync::Mutex::default(),
            alarms_seen: tokio::sync::Mutex::default(),
            library: std::sync::OnceLock::new(),
            kept: caseload::Kept::default(),
        }
    }

    /// Every article about the knowledge.
    pub fn library(&self) -> &cotreat_care::explain::Library {
        self.library
            .get_or_init(|| cotreat_care::explain::Library::of(&self.knowledge))
    }

    /// What a patient has to do with whom, as the policies need it.
    ///
    /// # Errors
    /// [`Refused::NotFound`], or the store failed.
    pub async fn relation(&self, patient: &str, now: Timestamp) -> Result<Relation, Refused> {
        let found = self.store.relation(patient, now).await?;
        found
            .map(|found| relation::of(found, now))
            .ok_or(Refused::NotFound)
    }

    /// Lets the policies decide about a patient, of whom any file may be named.
    pub(crate) async fn permit(
        &self,
        viewer: &Viewer,
        action: Action,
        patient: &str,
    ) -> Result<Relation, Refused> {
        let relation = self.relation(patient, self.clock.now()).await?;
        self.decide(viewer, action, &Resource::Patient(&relation), &relation)?;
        Ok(relation)
    }

    /// Lets the policies decide about anything that belongs to a patient. Whoever may not know of the patient is told that there is no such thing.
    pub(crate) fn decide(
        &self,
        viewer: &Viewer,
        action: Action,
        resource: &Resource<'_>,
        relation: &Relation,
    ) -> Result<(), Refused> {
        let decision = self.access.decide(viewer, action, resource);
        if decision.allowed {
            return Ok(());
        }
        let known = Resource::Patient(relation);
        let may_know = self
            .access
            .decide(viewer, Action::SeeIdentity, &known)
            .allowed;
        Err(Refused::by(&decision, may_know))
    }

    /// Lets the policies decide about what belongs to no patient.
    pub(crate) fn allow(
        &self,
        viewer: &Viewer,
        action: Action,
        resource: &Resource<'_>,
    ) -> Result<(), Refused> {
        let decision = self.access.decide(viewer, action, resource);
        if decision.allowed {
            return Ok(());
        }
        Err(Refused::by(&decision, true))
    }

    /// How the organisation works for which somebody acts.
    pub(crate) async fn settings_of(
        &self,
        viewer: &Viewer,
    ) -> Result<OrganisationSettings, Refused> {
        let id = viewer.organisation().ok_or(Refused::NotFound)?;
        let found = self.store.organisation(id).await?;
        Ok(found.ok_or(Refused::NotFound)?.settings)
    }

    /// The time zone of whoever calls: that of their organisation, else of Greenwich.
    pub(crate) async fn zone(&self, viewer: &Viewer) -> Result<TimeZone, Refused> {
        if viewer.organisation().is_none() {
            return Ok(TimeZone::UTC);
        }
        let settings = self.settings_of(viewer).await?;
        Ok(TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC))
    }

    /// The day it is for whoever calls.
    pub(crate) async fn today(&self, viewer: &Viewer, now: Timestamp) -> Result<Date, Refused> {
        Ok(now.to_zoned(self.zone(viewer).await?).date())
    }
}

/// Whoever calls, as clinical events name them.
#[must_use]
pub fn who(viewer: &Viewer) -> Who {
    match viewer {
        Viewer::Staff {
            user,
            name,
            organisation,
            profession: Some(profession),
            ..
        } => Who::Practitioner {
            id: user.clone(),
            name: name.clone(),
            profession: profession.clone(),
            organisation: Some(organisation.clone()),
        },
        Viewer::Outsider {
            id,
            name,
            profession,
            ..
        } => Who::Practitioner {
            id: id.clone(),
            name: name.clone(),
            profession: profession.clone(),
            organisation: None,
        },
        Viewer::Staff { user, name, .. } => Who::Staff {
            id: user.clone(),
            name: name.clone(),
        },
        // The policies let nobody else write clinical events.
        _ => Who::Patient,
    }
}

/// Whoever calls, as events of the directory name them.
#[must_use]
pub fn actor(viewer: &Viewer) -> Actor {
    match viewer {
        Viewer::Staff {
            user,
            name,
            organisation,
            ..
        } => Actor::User {
            id: user.clone(),
            name: name.clone(),
            organisation: Some(organisation.clone()),
        },
        Viewer::Patient { .. } | Viewer::Task { .. } => Actor::Patient,
        Viewer::Operator => Actor::Operator,
        Viewer::Outsider { id, name, .. } => Actor::User {
            id: id.clone(),
            name: name.clone(),
            organisation: None,
        },
        Viewer::Anonymous => Actor::Program,
    }
}

/// A new id: 122 random bits behind the time, so that ids sort by when they were made.
#[must_use]
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
