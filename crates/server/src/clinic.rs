//! What can be done with the shared record, by whom: every page, link and command goes through here.
//!
//! Each function does the same four things in this order: it asks what whoever calls has to do with the patient, lets the access policies
//! decide, lets the rules of the clinic decide, and appends what happened. Nothing is shown that was not decided, and what was shown is on record.

mod acts;
mod episode;
mod organisation;
mod patient;
mod refused;
mod search;
mod user;

use std::sync::Arc;

use cotreat_access::{Access, Action, Decision, Relation, Resource, Viewer};
use cotreat_care::event::Who;
use cotreat_knowledge::Knowledge;
use cotreat_people::event::Actor;
use cotreat_store::Store;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::Timestamp;

use crate::clock::Clock;

pub use acts::action;
pub use episode::Opened;
pub use patient::Registered;
pub use refused::Refused;

/// The version of the program, as it stands beside everything that is shown.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// A release of the knowledge.
#[derive(Debug)]
pub struct Release {
    /// The knowledge.
    pub knowledge: Knowledge,
    /// Its hash in hexadecimal.
    pub hash: String,
}

/// The shared record with everything it is worked with.
pub struct Clinic {
    /// Where it is kept.
    pub store: Arc<Store>,
    /// Who may do what.
    pub access: Arc<Access>,
    /// What is known about backs.
    pub release: Arc<Release>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Clinic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Clinic")
            .field("store", &self.store)
            .field("release", &self.release.hash)
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
