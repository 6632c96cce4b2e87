//! What the security log is told: events in the stream of the user, never with a secret in them.

use cotreat_people::event::{Actor, Recorded, UserEvent, VERSION};
use cotreat_store::clinic::ask::StaffMember;
use cotreat_store::clinic::batch;
use cotreat_store::{Batch, Expected};
use jiff::Timestamp;

use super::Refused;

/// One entry about a user: what, in which way, by whom.
pub(super) fn entry(
    user: &str,
    what: &str,
    how: &str,
    by: Actor,
    at: Timestamp,
) -> Result<Vec<Batch>, Refused> {
    let recorded = Recorded {
        version: VERSION,
        by,
        at,
        event: UserEvent::SignIn {
            what: what.to_owned(),
            how: how.to_owned(),
        },
    };
    // True whatever was written before it.
    Ok(vec![batch::user(user, Expected::Any, &[recorded])?])
}

/// As [`entry`], by the user themselves.
pub(super) fn own(
    user: &StaffMember,
    what: &str,
    how: &str,
    at: Timestamp,
) -> Result<Vec<Batch>, Refused> {
    entry(&user.user, what, how, themselves(user), at)
}

/// As [`entry`], by somebody who could not show who they are.
pub(super) fn unproven(
    user: &str,
    what: &str,
    how: &str,
    at: Timestamp,
) -> Result<Vec<Batch>, Refused> {
    entry(user, what, how, Actor::Program, at)
}

fn themselves(user: &StaffMember) -> Actor {
    Actor::User {
        id: user.user.clone(),
        name: user.account.name.clone(),
        organisation: None,
    }
}
