//! What is stored about organisations, users and patients as persons: one event for each thing somebody did.
//!
//! As with clinical events, every version of every one loads for ever (`tests/golden`).

mod organisation;
mod patient;
mod user;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use organisation::{OrganisationEvent, OrganisationSettings, Reach, Sharing};
pub use patient::{PatientEvent, Purpose};
pub use user::{Account, NewPatients, Qualification, UserEvent};

/// The version of the stored shape that this program writes.
pub const VERSION: u16 = 1;

/// An event with who and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Recorded<E> {
    /// The version of the stored shape.
    pub version: u16,
    /// Who did it.
    pub by: Actor,
    /// When.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub event: E,
}

/// Who does something with the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum Actor {
    /// Somebody who works here.
    User {
        /// Their id.
        id: String,
        /// Their name as it stood then.
        name: String,
        /// The organisation they acted for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organisation: Option<String>,
    },
    /// The patient.
    Patient,
    /// Whoever sits at the server, by a command.
    Operator,
    /// The program itself, by a rule: an import, the end of a time limit.
    Program,
}

impl Actor {
    /// The id for the store's column of actors: a user's id, or a word.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::User { id, .. } => id,
            Self::Patient => "patient",
            Self::Operator => "operator",
            Self::Program => "program",
        }
    }
}

/// A word for what happened, as the store's column of kinds has it.
pub trait Kind {
    /// `patient_registered`.
    fn kind(&self) -> &'static str;
}
