//! What somebody asks about.

use crate::relation::{Addressee, Relation};

/// What somebody asks about. Each [`crate::Action`] goes with one or two of these; with any other it is refused.
#[derive(Clone, Copy, Debug)]
pub enum Resource<'a> {
    /// A patient.
    Patient(&'a Relation),
    /// Two files, to be read as one patient or as two again.
    Files {
        /// The one that stays.
        kept: &'a Relation,
        /// The other.
        merged: &'a Relation,
    },
    /// An assignment of a patient.
    Assignment {
        /// The patient.
        of: &'a Relation,
        /// Its id.
        assignment: &'a str,
    },
    /// A referral of a patient.
    Referral {
        /// The patient.
        of: &'a Relation,
        /// Its id.
        referral: &'a str,
    },
    /// Private notes about a patient.
    PrivateNotes {
        /// The patient.
        of: &'a Relation,
        /// Id of the organisation with which they stay.
        organisation: &'a str,
    },
    /// An organisation.
    Organisation {
        /// Its id.
        organisation: &'a str,
        /// Id of the user who answers for the privacy of its patients, where one is named.
        privacy_officer: Option<&'a str>,
    },
    /// Rows without identity, of the patients of an organisation.
    Rows {
        /// Its id.
        organisation: &'a str,
        /// What for.
        purpose: &'a str,
    },
    /// How somebody signs in.
    Account {
        /// Id of the user.
        user: &'a str,
    },
    /// This server as a whole.
    Installation,
}

impl<'a> Resource<'a> {
    /// An organisation whose privacy officer does not matter for what is asked.
    #[must_use]
    pub const fn organisation(organisation: &'a str) -> Self {
        Self::Organisation {
            organisation,
            privacy_officer: None,
        }
    }

    /// To whom the referral was sent, as long as it is unanswered.
    pub(crate) fn addressee(&self) -> Option<&'a Addressee> {
        match self {
            Self::Referral { of, referral } => of.referrals.get(*referral),
            _ => None,
        }
    }

    /// The word for people.
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Patient(_) => "a patient",
            Self::Files { .. } => "two files",
            Self::Assignment { .. } => "an assignment",
            Self::Referral { .. } => "a referral",
            Self::PrivateNotes { .. } => "private notes",
            Self::Organisation { .. } => "an organisation",
            Self::Rows { .. } => "rows without identity",
            Self::Account { .. } => "an account",
            Self::Installation => "the server",
        }
    }
}
