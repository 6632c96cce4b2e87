//! What happens to somebody who works here. Passwords and other secrets are never part of an event.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::role::Role;

/// What happens to somebody who works here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum UserEvent {
    /// They are known from now on.
    UserAdded {
        /// Who they are.
        account: Account,
    },
    /// Who they are was corrected.
    UserChanged {
        /// All of it, as it is now.
        account: Account,
    },
    /// They are something in an organisation.
    RoleGranted {
        /// Id of the organisation.
        organisation: String,
        /// What they are.
        role: Role,
    },
    /// They are that no longer.
    RoleWithdrawn {
        /// Id of the organisation.
        organisation: String,
        /// What they were.
        role: Role,
        /// Why.
        reason: String,
    },
    /// They may no longer sign in.
    UserDisabled {
        /// Why.
        reason: String,
    },
    /// They may sign in again.
    UserEnabled,
    /// Something about signing in, for the security log: `signed_in`, `sign_in_failed`, `password_set`, `second_factor_added` ….
    SignIn {
        /// What.
        what: String,
        /// In which way: `password`, `totp`, `passkey`, `oidc`, `link`.
        how: String,
    },
}

/// Who somebody is who works here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Account {
    /// Their name.
    pub name: String,
    /// Their e-mail address, by which they sign in.
    pub email: String,
    /// Their profession and what belongs to it; none for whoever treats nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualification: Option<Qualification>,
}

/// What is copied into each session, and what the directory is searched by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Qualification {
    /// Id of the profession.
    pub profession: String,
    /// Hours of training.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub training_hours: Option<u32>,
    /// The year in which they began to practise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practising_since: Option<i16>,
    /// Ids of techniques they offer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub techniques: Vec<String>,
    /// Languages they speak, as BCP 47 tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Where they see patients, as people there call it: towns, districts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<String>,
    /// Whether they take new patients; none: they did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_patients: Option<NewPatients>,
}

/// Whether somebody takes new patients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NewPatients {
    /// They have room.
    Yes,
    /// There is a waiting list.
    WaitingList,
    /// They have no room.
    No,
}

impl NewPatients {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Yes, Self::WaitingList, Self::No];

    /// As it is written: `waiting_list`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::WaitingList => "waiting_list",
            Self::No => "no",
        }
    }

    /// What is written so.
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.id() == id)
    }
}

impl Kind for UserEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::UserAdded { .. } => "user_added",
            Self::UserChanged { .. } => "user_changed",
            Self::RoleGranted { .. } => "role_granted",
            Self::RoleWithdrawn { .. } => "role_withdrawn",
            Self::UserDisabled { .. } => "user_disabled",
            Self::UserEnabled => "user_enabled",
            Self::SignIn { .. } => "sign_in",
        }
    }
}
