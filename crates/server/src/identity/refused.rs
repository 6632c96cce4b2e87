//! Why somebody was not let in, in words that tell a stranger nothing.

use std::fmt;

use jiff::Timestamp;

use super::password::Unfit;

/// Why somebody was not let in, or something was not done. Unless the variant says otherwise, nothing was changed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refused {
    /// The address, the password or the code is wrong, or there is nobody of that address, or too many tries were wrong: a stranger is not told which.
    NotRight,
    /// Too many tries from there.
    Wait {
        /// When to try again.
        until: Timestamp,
    },
    /// Too many people are signing in at this moment.
    Busy,
    /// The session, link or code is not good any more: expired, used, or taken back.
    Gone,
    /// The session may not do that as it stands.
    NotAllowed,
    /// This needs a proof of who they are that is younger.
    ProveAgain,
    /// The password may not be chosen.
    Password(Unfit),
    /// What the browser sent about a passkey does not hold.
    Passkey {
        /// What, for the log.
        why: String,
    },
    /// The issuer, or what came from it, is not as it should be.
    Issuer {
        /// What, for the log; no secret and no person is in it.
        why: String,
    },
    /// The answers are longer than answers are.
    TooLong,
    /// A setting is wrong.
    Settings {
        /// What, and what to do.
        why: String,
    },
    /// The system has no random numbers.
    NoChance,
    /// Work was broken off.
    Broken,
    /// The store failed, or another window was faster ([`cotreat_store::Error::Conflict`]).
    Store(cotreat_store::Error),
}

impl Refused {
    /// Whether the server is at fault, rather than what was asked.
    #[must_use]
    pub const fn is_fault(&self) -> bool {
        match self {
            Self::Settings { .. } | Self::NoChance | Self::Broken => true,
            Self::Store(error) => !matches!(error, cotreat_store::Error::Conflict { .. }),
            _ => false,
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRight => f.write_str(
                "that is not right, or there were too many tries. Check it and try again; after a quarter of an hour at the latest the right one works.",
            ),
            Self::Wait { until } => write!(
                f,
                "there were too many tries. Try again after {}.",
                until.strftime("%H:%M UTC")
            ),
            Self::Busy => f.write_str("many people are signing in at this moment. Try again in a minute."),
            Self::Gone => f.write_str("this is not valid any more. Begin again, or ask for a new link."),
            Self::NotAllowed => f.write_str("this cannot be done as you are signed in now. Finish signing in first."),
            Self::ProveAgain => f.write_str("to change this, show once more that it is you."),
            Self::Password(unfit) => unfit.fmt(f),
            Self::Passkey { .. } => f.write_str("the passkey was not accepted. Try again, or sign in another way."),
            Self::Issuer { .. } => f.write_str(
                "signing in there did not work. Try again, or sign in another way; if it goes on, tell whoever looks after the server.",
            ),
            Self::TooLong => f.write_str("the answers are too long to be kept. Shorten what was typed."),
            Self::Settings { why } => f.write_str(why),
            Self::NoChance => f.write_str("the system has no random numbers; nothing can be signed or sealed without them."),
            Self::Broken => f.write_str("the work was broken off. Try again."),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Refused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}

impl From<cotreat_store::Error> for Refused {
    fn from(error: cotreat_store::Error) -> Self {
        Self::Store(error)
    }
}

impl From<Unfit> for Refused {
    fn from(unfit: Unfit) -> Self {
        Self::Password(unfit)
    }
}
