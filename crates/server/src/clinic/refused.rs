//! Why something was not done, for whoever asked.

use std::fmt;

use cotreat_access::Decision;

/// Why something was not done. Nothing was written.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refused {
    /// There is no such thing, or whoever asks may not know that there is.
    NotFound,
    /// It may be seen, but this may not be done by whoever asks.
    NotAllowed {
        /// Why not, and what to do, in a sentence.
        because: String,
    },
    /// The rules of the clinic refuse it.
    Care(cotreat_care::decide::Refusal),
    /// The rules of the directory refuse it.
    People(cotreat_people::decide::Refusal),
    /// Something that must be said is missing.
    Incomplete {
        /// What, and what to do.
        says: &'static str,
    },
    /// Somebody else changed it in the meantime.
    Changed {
        /// The version that was seen.
        seen: u64,
        /// The version it has.
        found: u64,
    },
    /// The store cannot do it.
    Store(cotreat_store::Error),
}

impl Refused {
    /// A word for what sort it is, for counting.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::NotAllowed { .. } => "access",
            Self::Care(_) => "clinic",
            Self::People(_) => "directory",
            Self::Incomplete { .. } => "incomplete",
            Self::Changed { .. } => "changed",
            Self::Store(_) => "store",
        }
    }

    /// What an access decision that says no means. Whoever may not see a record is not told that it exists.
    #[must_use]
    pub fn by(decision: &Decision, may_see: bool) -> Self {
        if may_see {
            Self::NotAllowed {
                because: decision.because.join(" "),
            }
        } else {
            Self::NotFound
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str(
                "There is no such record, or it is not for you. If this patient is in front of you in an emergency, break the glass.",
            ),
            Self::NotAllowed { because } => f.write_str(because),
            Self::Incomplete { says } => f.write_str(says),
            Self::Care(refusal) => refusal.fmt(f),
            Self::People(refusal) => refusal.fmt(f),
            Self::Changed { seen, found } => write!(
                f,
                "Somebody else changed this record in the meantime (you saw version {seen}, it has version {found}). Look at it again; what you typed is kept."
            ),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Refused {}

impl From<cotreat_care::decide::Refusal> for Refused {
    fn from(refusal: cotreat_care::decide::Refusal) -> Self {
        Self::Care(refusal)
    }
}

impl From<cotreat_people::decide::Refusal> for Refused {
    fn from(refusal: cotreat_people::decide::Refusal) -> Self {
        Self::People(refusal)
    }
}

impl From<cotreat_store::Error> for Refused {
    fn from(error: cotreat_store::Error) -> Self {
        match error {
            cotreat_store::Error::Conflict {
                expected, found, ..
            } => Self::Changed {
                seen: expected,
                found,
            },
            cotreat_store::Error::Erased { .. } => Self::NotFound,
            error => Self::Store(error),
        }
    }
}
