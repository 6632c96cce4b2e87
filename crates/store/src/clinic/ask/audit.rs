//! Who did what, when: the events themselves, told without what is clinical in them.

use cotreat_care::event::Who;
use cotreat_people::event::{Actor, OrganisationEvent, PatientEvent, Purpose, Recorded, UserEvent};
use cotreat_people::stream::{self, About};
use cotreat_people::{Role, event::Kind as _};
use jiff::Timestamp;

use crate::clinic::told::told;
use crate::database::{Row, Value};
use crate::error::Error;
use crate::people::{self, instant};
use crate::read::{Sealed, StoredEvent};
use crate::store::Store;

/// What an audit asks for.
#[derive(Clone, Copy, Debug)]
pub struct AuditWanted<'a> {
    /// Id of the organisation.
    pub organisation: &'a str,
    /// From this instant on.
    pub from: Timestamp,
    /// Before this instant.
    pub before: Timestamp,
    /// Of this user only.
    pub user: Option<&'a str>,
    /// About this patient only.
    pub patient: Option<&'a str>,
    /// Of these sorts only; of all where none is named.
    pub sort: Sort,
    /// Behind this position from the end; 0: from the end.
    pub behind: u64,
    /// At most so many.
    pub most: u32,
}

/// What sort of thing somebody did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Anything.
    #[default]
    All,
    /// Opened a record.
    Openings,
    /// Broke the glass.
    Glass,
    /// Signed in, failed to, or changed how they sign in.
    SignIns,
    /// Changed who works here as what, or how the organisation works.
    Roles,
}

impl Sort {
    /// The kinds of events; `None`: all of them. The last is repeated to fill the statement.
    const fn kinds(self) -> [&'static str; 5] {
        match self {
            Self::All => ["", "", "", "", ""],
            Self::Openings => ["record_opened"; 5],
            Self::Glass => ["glass_broken"; 5],
            Self::SignIns => ["sign_in"; 5],
            Self::Roles => [
                "role_granted",
                "role_withdrawn",
                "user_disabled",
                "user_enabled",
                "privacy_officer_named",
            ],
        }
    }
}

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Did {
    /// Position in the whole store.
    pub position: u64,
    /// When.
    pub at: Timestamp,
    /// Id of whoever did it, or `patient`, `operator`, `program`.
    pub actor: String,
    /// Their name as it stood then, where they are a user.
    pub name: Option<String>,
    /// What it is about: the name of a stream.
    pub stream: String,
    /// The patient it is about.
    pub patient: Option<String>,
    /// What.
    pub what: What,
}

/// What somebody did, as much as an audit tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Opened a record.
    Opened(Purpose),
    /// Broke the glass, for this reason.
    BrokeGlass(String),
    /// Something about who a patient is or where they are seen, in the word of its event.
    Patient(&'static str),
    /// Wrote into the clinical record; what, is for the care team.
    Wrote,
    /// Something about signing in: what, and in which way.
    SignIn(String, String),
    /// Gave a role.
    Granted(Role),
    /// Took a role away.
    Withdrew(Role),
    /// Something else about somebody who works here, in the word of its event.
    User(&'static str),
    /// Something about the organisation, in the word of its event.
    Organisation(&'static str),
    /// It was about somebody who has been erased.
    Erased,
}

const AUDIT: &str = "SELECT e.position, e.stream, e.version, e.person, e.kind, e.shape, e.actor, e.recorded_at, e.body, e.hash, k.sealed \
     FROM event e JOIN person_key k ON k.person = e.person \
     WHERE e.recorded_at >= $2 AND e.recorded_at < $3 AND ($4 = '' OR e.actor = $4) \
     AND ($5 = '' OR e.person IN (SELECT f.patient FROM patient n JOIN patient f ON f.kept = n.kept WHERE n.patient = $5)) \
     AND ($6 = '' OR e.kind IN ($6, $7, $8, $9, $10)) AND ($11 = 0 OR e.position < $11) \
     AND (e.person IN (SELECT s.patient FROM patient_organisation s WHERE s.organisation = $1) \
          OR e.person IN (SELECT 'user/' || m.user_id FROM member m WHERE m.organisation = $1) \
          OR e.actor IN (SELECT m.user_id FROM member m WHERE m.organisation = $1) \
          OR e.stream = 'organisation/' || $1) \
     ORDER BY e.position DESC LIMIT $12";

impl Store {
    /// What was done by those who acted for an organisation, to its people, to itself, and by its patients; the last first. With it comes the position to go on from, where there may be more.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn audit(&self, wanted: AuditWanted<'_>) -> Result<(Vec<Did>, Option<u64>), Error> {
        let (from, before) = (instant(wanted.from), instant(wanted.before));
        let [a, b, c, d, e] = wanted.sort.kinds();
        let values = [
            Value::Text(wanted.organisation),
            Value::Text(&from),
            Value::Text(&before),
            Value::Text(wanted.user.unwrap_or_default()),
            Value::Text(wanted.patient.unwrap_or_default()),
            Value::Text(a),
            Value::Text(b),
            Value::Text(c),
            Value::Text(d),
            Value::Text(e),
            crate::database::number(wanted.behind),
            Value::Number(i64::from(wanted.most)),
        ];
        let rows = self.ask(AUDIT, &values).await?;
        let mut all = Vec::new();
        let mut last = None;
        for row in &rows {
            last = Some(row.count(0)?);
            all.extend(did(self, row, wanted.organisation)?);
        }
        let full = rows.len() >= usize::try_from(wanted.most).unwrap_or(usize::MAX);
        Ok((all, last.filter(|_| full)))
    }
}

/// What an event says; nothing where somebody did it for another organisation.
fn did(store: &Store, row: &Row, organisation: &str) -> Result<Option<Did>, Error> {
    let sealed = Sealed::of(row)?;
    let key = row.maybe_bytes(10)?;
    let key = key
        .map(|key| people::opened(&store.key, &sealed.event.person, Some(&key)))
        .transpose()?;
    let event = sealed.open(key.as_ref())?;
    let at = event.recorded_at.parse().map_err(|_| Error::Damaged {
        what: format!("the time `{}` of an event", event.recorded_at),
    })?;
    let about = stream::about(&event.stream);
    let (by, what) = match about {
        _ if event.body.is_none() => (By::default(), What::Erased),
        Some(About::Patient(_)) => patient(&event)?,
        Some(About::Episode(_)) => (clinical(&event)?, What::Wrote),
        Some(About::User(_)) => user(&event)?,
        Some(About::Organisation(_)) => {
            let recorded: Recorded<OrganisationEvent> = told(&event)?;
            let word = recorded.event.kind();
            (By::of(recorded.by), What::Organisation(word))
        }
        None => return Ok(None),
    };
    let elsewhere = by.organisation.is_some_and(|found| found != organisation);
    if elsewhere {
        return Ok(None);
    }
    let patient = matches!(about, Some(About::Patient(_) | About::Episode(_)));
    Ok(Some(Did {
        position: event.position,
        at,
        actor: event.actor,
        name: by.name,
        patient: patient.then_some(event.person),
        stream: event.stream,
        what,
    }))
}

/// Who did it, as the event says.
#[derive(Default)]
struct By {
    name: Option<String>,
    organisation: Option<String>,
}

impl By {
    fn of(actor: Actor) -> Self {
        match actor {
            Actor::User {
                name, organisation, ..
            } => Self {
                name: Some(name),
                organisation,
            },
            Actor::Patient | Actor::Operator | Actor::Program => Self::default(),
        }
    }
}

fn patient(event: &StoredEvent) -> Result<(By, What), Error> {
    let recorded: Recorded<PatientEvent> = told(event)?;
    let word = recorded.event.kind();
    let what = match recorded.event {
        PatientEvent::RecordOpened { purpose, .. } => What::Opened(purpose),
        PatientEvent::GlassBroken { reason, .. } => What::BrokeGlass(reason),
        _ => What::Patient(word),
    };
    Ok((By::of(recorded.by), what))
}

fn user(event: &StoredEvent) -> Result<(By, What), Error> {
    let recorded: Recorded<UserEvent> = told(event)?;
    let word = recorded.event.kind();
    let what = match recorded.event {
        UserEvent::SignIn { what, how } => What::SignIn(what, how),
        UserEvent::RoleGranted { role, .. } => What::Granted(role),
        UserEvent::RoleWithdrawn { role, .. } => What::Withdrew(role),
        _ => What::User(word),
    };
    Ok((By::of(recorded.by), what))
}

fn clinical(event: &StoredEvent) -> Result<By, Error> {
    let recorded: cotreat_care::event::Recorded = told(event)?;
    Ok(match recorded.by {
        Who::Practitioner {
            name, organisation, ..
        } => By {
            name: Some(name),
            organisation,
        },
        Who::Staff { name, .. } => By {
            name: Some(name),
            organisation: None,
        },
        _ => By::default(),
    })
}
