//! What somebody is in an organisation.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What somebody is in an organisation; one person may be several things.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Somebody of a profession who treats patients.
    Clinician,
    /// Registers, sends, chases; sees who a patient is and what is due, nothing clinical.
    FrontDesk,
    /// Answers for the organisation: its people, its settings, its results without names.
    Owner,
    /// Sees rows without identity, for a stated purpose.
    Researcher,
    /// Keeps the server running; sees no patient.
    Operator,
    /// A program that acts for the organisation.
    Integrator,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Clinician,
        Self::FrontDesk,
        Self::Owner,
        Self::Researcher,
        Self::Operator,
        Self::Integrator,
    ];

    /// As it is stored and typed: `front_desk`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Clinician => "clinician",
            Self::FrontDesk => "front_desk",
            Self::Owner => "owner",
            Self::Researcher => "researcher",
            Self::Operator => "operator",
            Self::Integrator => "integrator",
        }
    }

    /// The role of an id.
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.id() == id)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FrontDesk => "front desk",
            other => other.id(),
        })
    }
}
