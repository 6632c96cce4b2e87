//! Who asks.

use std::collections::BTreeSet;

use cotreat_people::Role;

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Somebody who works here and signed in.
    Staff {
        /// Id of the user.
        user: String,
        /// Their name.
        name: String,
        /// The organisation they act for now.
        organisation: String,
        /// What they are in that organisation, and in that one only.
        roles: BTreeSet<Role>,
        /// Id of their profession; none for whoever treats nobody.
        profession: Option<String>,
        /// They gave a second factor in this session.
        second_factor: bool,
    },
    /// Whoever came by the link to a patient's page.
    Patient {
        /// Id of the patient; of merged files the one that stays. The link of another file opens nothing until the patient gets a new one.
        patient: String,
    },
    /// Whoever came by a task link: answers one assignment, and sees nothing.
    Task {
        /// Id of the patient.
        patient: String,
        /// Id of the assignment.
        assignment: String,
    },
    /// Somebody outside who came by a link: answers one referral.
    Outsider {
        /// Id of the referral.
        referral: String,
        /// Id of the patient it is about.
        patient: String,
        /// Their own id, as the referral has it.
        id: String,
        /// Their name: as the referral has it, and as they typed it once they answer. No rule looks at it.
        name: String,
        /// Id of the profession they answer as. No rule looks at it.
        profession: String,
    },
    /// Whoever sits at the server, by a command.
    Operator,
    /// Whoever did not sign in.
    Anonymous,
}

/// What sort of viewer it is; rules are laid out by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Staff,
    Patient,
    Task,
    Outsider,
    Operator,
    Anonymous,
}

impl Kind {
    pub(crate) const ALL: [Self; 6] = [
        Self::Staff,
        Self::Patient,
        Self::Task,
        Self::Outsider,
        Self::Operator,
        Self::Anonymous,
    ];

    /// What the schema calls it.
    pub(crate) const fn entity(self) -> &'static str {
        match self {
            Self::Staff => "Staff",
            Self::Patient => "Patient",
            Self::Task => "TaskLink",
            Self::Outsider => "ReferralLink",
            Self::Operator => "Operator",
            Self::Anonymous => "Anonymous",
        }
    }
}

impl Viewer {
    pub(crate) const fn kind(&self) -> Kind {
        match self {
            Self::Staff { .. } => Kind::Staff,
            Self::Patient { .. } => Kind::Patient,
            Self::Task { .. } => Kind::Task,
            Self::Outsider { .. } => Kind::Outsider,
            Self::Operator => Kind::Operator,
            Self::Anonymous => Kind::Anonymous,
        }
    }

    /// The organisation they act for; only staff acts for one.
    #[must_use]
    pub fn organisation(&self) -> Option<&str> {
        match self {
            Self::Staff { organisation, .. } => Some(organisation),
            _ => None,
        }
    }

    /// Whether an id is missing, so that nobody can tell who asks. A missing id must never equal another missing id.
    pub(crate) fn nameless(&self) -> bool {
        let ids: [&str; 2] = match self {
            Self::Staff {
                user, organisation, ..
            } => [user, organisation],
            Self::Patient { patient } => [patient, patient],
            Self::Task {
                patient,
                assignment,
            } => [patient, assignment],
            Self::Outsider {
                referral, patient, ..
            } => [referral, patient],
            Self::Operator | Self::Anonymous => return false,
        };
        ids.iter().any(|id| id.trim().is_empty())
    }
}
