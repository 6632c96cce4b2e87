//! Refusals: what is refused, why, and what to do. They hold nothing that was typed about a person, so that they can be logged.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why something is refused, for programs; the words are for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// Nobody registered it so far.
    NotRegistered,
    /// It is there already.
    AlreadyThere,
    /// Nothing would be other than before.
    NothingNew,
    /// A name, a reason or the like is missing.
    WordsMissing,
    /// It is longer than anybody needs.
    TooLong,
    /// It holds characters that nobody sees.
    StrangeCharacters,
    /// It is not of the form that is needed.
    DoesNotFit,
    /// It does not look like an e-mail address.
    NotAnEmail,
    /// It lies in the future.
    InTheFuture,
    /// It lies longer ago than can be.
    TooLongAgo,
    /// It is for somebody else to do.
    NotForThem,
    /// A clinician needs a profession.
    NoQualification,
    /// They are not that there.
    NoSuchRole,
    /// The organisation would have no owner.
    LastOwner,
    /// They may not sign in.
    Disabled,
    /// They do not work there.
    DoesNotWorkHere,
    /// The patient is not seen there.
    NotSeenThere,
    /// The reason says too little.
    ReasonTooThin,
    /// Nobody broke the glass, or it holds no longer.
    GlassNotBroken,
    /// A file cannot be merged with itself.
    MergedWithItself,
    /// One of the files is read as part of another already.
    AlreadyMerged,
    /// They were never merged.
    NeverMerged,
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Why, for programs.
    pub refused: Refused,
    /// What is refused.
    pub what: String,
    /// Why.
    pub why: String,
    /// What to do.
    pub remedy: String,
}

impl Refusal {
    pub(super) fn new(
        refused: Refused,
        what: impl Into<String>,
        why: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            refused,
            what: what.into(),
            why: why.into(),
            remedy: remedy.into(),
        }
    }

    pub(super) fn not_registered(what: &str) -> Self {
        let why = format!("there is no such {what} yet");
        Self::new(
            Refused::NotRegistered,
            "not written down",
            why,
            "register it first",
        )
    }

    pub(super) fn nothing_new(why: &str) -> Self {
        Self::new(
            Refused::NothingNew,
            "nothing is changed",
            why,
            "nothing needs to be done",
        )
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n  {}", self.what, self.why, self.remedy)
    }
}
