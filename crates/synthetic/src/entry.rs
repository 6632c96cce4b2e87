//! What the clinic hands out: events with the stream they belong to, one patient at a time.

use cotreat_care::event::Recorded as Clinical;
use cotreat_people::event::{OrganisationEvent, PatientEvent, Recorded, UserEvent};
use cotreat_people::stream;
use jiff::Timestamp;

use crate::fate::Fate;

/// Everything that happened to one patient, in the order in which it happened.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// Which patient of the clinic, from 0.
    pub number: u64,
    /// What becomes of them.
    pub fate: Fate,
    /// What happened.
    pub entries: Vec<Entry>,
    /// What was shown to somebody; events name it by its hash.
    pub shown: Vec<Shown>,
    /// What somebody wanted to do, was refused and gave up, in the words of the refusal.
    pub given_up: Vec<String>,
}

/// One event, and to whom or where it happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// To an organisation.
    Organisation {
        /// Its id.
        id: String,
        /// What.
        event: Recorded<OrganisationEvent>,
    },
    /// To somebody who works in one.
    User {
        /// Their id.
        id: String,
        /// What.
        event: Recorded<UserEvent>,
    },
    /// To a patient as a person.
    Patient {
        /// Id of the file.
        id: String,
        /// What.
        event: Recorded<PatientEvent>,
    },
    /// In an episode of care.
    Episode {
        /// Its id.
        id: String,
        /// Id of the patient's file.
        patient: String,
        /// What.
        event: Clinical,
    },
}

impl Entry {
    /// The stream it belongs to.
    #[must_use]
    pub fn stream(&self) -> String {
        match self {
            Self::Organisation { id, .. } => stream::organisation(id),
            Self::User { id, .. } => stream::user(id),
            Self::Patient { id, .. } => stream::patient(id),
            Self::Episode { id, .. } => stream::episode(id),
        }
    }

    /// When it was written down.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        match self {
            Self::Organisation { event, .. } => event.at,
            Self::User { event, .. } => event.at,
            Self::Patient { event, .. } => event.at,
            Self::Episode { event, .. } => event.at,
        }
    }
}

/// An appraisal as it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Id of the file of the patient whom it is about.
    pub patient: String,
    /// When.
    pub at: Timestamp,
    /// The BLAKE3 hash of its text, in hexadecimal.
    pub hash: String,
    /// Its text: canonical JSON.
    pub text: String,
}
