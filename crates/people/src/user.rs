//! Somebody who works here, as their events add up.

use std::collections::BTreeSet;

use crate::event::{Account, Recorded, UserEvent};
use crate::role::Role;

/// Somebody who works here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// Who they are; none until they are added.
    pub account: Option<Account>,
    /// Id of an organisation, and what they are there.
    pub roles: BTreeSet<(String, Role)>,
    /// They may not sign in.
    pub disabled: bool,
}

impl User {
    /// Whether they are that in an organisation; who may not sign in keeps their roles.
    #[must_use]
    pub fn is(&self, role: Role, organisation: &str) -> bool {
        self.roles.contains(&(organisation.to_owned(), role))
    }

    /// Whether they have a role in an organisation and may sign in.
    #[must_use]
    pub fn works_in(&self, organisation: &str) -> bool {
        !self.disabled && self.roles.iter().any(|(there, _)| there == organisation)
    }
}

/// The user after one more event: any event on any state.
#[must_use]
pub fn evolve(mut user: User, recorded: &Recorded<UserEvent>) -> User {
    match recorded.event.clone() {
        UserEvent::UserAdded { account } | UserEvent::UserChanged { account } => {
            user.account = Some(account)
        }
        UserEvent::RoleGranted { organisation, role } => {
            user.roles.insert((organisation, role));
        }
        UserEvent::RoleWithdrawn {
            organisation, role, ..
        } => {
            user.roles.remove(&(organisation, role));
        }
        UserEvent::UserDisabled { .. } => user.disabled = true,
        UserEvent::UserEnabled => user.disabled = false,
        // For the security log only.
        UserEvent::SignIn { .. } => {}
    }
    user
}
