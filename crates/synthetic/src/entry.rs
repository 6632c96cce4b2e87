//! What the clinic hands out: events with the stream they belong to, one patient at a time.

use cotreat_care::event::Recorded as Clinical;
use cotreat_people::event::{
    Kind as _, OrganisationEvent, PatientEvent, Recorded as Noted, UserEvent,
};
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

/// One event and where it belongs.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The stream, as [`cotreat_people::stream`] names it.
    pub stream: String,
    /// Whose key seals it.
    pub person: String,
    /// What happened.
    pub happened: Happened,
}

/// An event of one of the kinds that are stored.
#[derive(Clone, Debug, PartialEq)]
pub enum Happened {
    /// To an organisation.
    Organisation(Noted<OrganisationEvent>),
    /// To somebody who works there.
    User(Noted<UserEvent>),
    /// To a patient as a person.
    Patient(Noted<PatientEvent>),
    /// In an episode of care.
    Clinical(Clinical),
}

impl Happened {
    /// What happened, in a word.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Organisation(noted) => noted.event.kind(),
            Self::User(noted) => noted.event.kind(),
            Self::Patient(noted) => noted.event.kind(),
            Self::Clinical(recorded) => recorded.event.kind(),
        }
    }

    /// The version of the stored shape.
    #[must_use]
    pub const fn shape(&self) -> u16 {
        match self {
            Self::Organisation(noted) => noted.version,
            Self::User(noted) => noted.version,
            Self::Patient(noted) => noted.version,
            Self::Clinical(recorded) => recorded.version,
        }
    }

    /// The id of whoever did it, or a word for who it was.
    #[must_use]
    pub fn actor(&self) -> &str {
        match self {
            Self::Organisation(noted) => noted.by.id(),
            Self::User(noted) => noted.by.id(),
            Self::Patient(noted) => noted.by.id(),
            // As for events about persons: the patient has no id as somebody who acts.
            Self::Clinical(recorded) => recorded
                .by
                .id()
                .unwrap_or_else(|| cotreat_people::event::Actor::Patient.id()),
        }
    }

    /// When it was written down.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        match self {
            Self::Organisation(noted) => noted.at,
            Self::User(noted) => noted.at,
            Self::Patient(noted) => noted.at,
            Self::Clinical(recorded) => recorded.at,
        }
    }

    /// All of it, as it is stored.
    ///
    /// # Errors
    /// Never for what this crate makes: it holds no value that JSON cannot carry.
    pub fn body(&self) -> Result<Vec<u8>, serde_json::Error> {
        match self {
            Self::Organisation(noted) => serde_json::to_vec(noted),
            Self::User(noted) => serde_json::to_vec(noted),
            Self::Patient(noted) => serde_json::to_vec(noted),
            Self::Clinical(recorded) => serde_json::to_vec(recorded),
        }
    }
}

/// An appraisal as it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Whose it is.
    pub person: String,
    /// When.
    pub at: Timestamp,
    /// The BLAKE3 hash of its text, in hexadecimal.
    pub hash: String,
    /// Its text: canonical JSON.
    pub text: String,
}
