//! From what somebody wants to do with the directory to what happened, or to a refusal.
//!
//! [`organisation`], [`user`] and [`patient`] are pure: the instant and the day come in the [`Wish`], and the same state and wish give the same
//! answer. Whether somebody may do such things at all is for `cotreat-access` to say; here is refused what must not happen whoever does it.
//! What only the directory as a whole knows (is there another owner, does somebody work here) comes in the act.

mod identity;
mod organisation;
mod patient;
mod refusal;
mod texts;
mod user;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::event::{Actor, OrganisationEvent, PatientEvent, Recorded, UserEvent, VERSION};
use crate::organisation::Organisation;
use crate::patient::Patient;
use crate::user::User;

pub use organisation::OrganisationAct;
pub use patient::{File, GLASS_HOLDS, PatientAct};
pub use refusal::{Refusal, Refused};
pub use user::UserAct;

/// What somebody wants to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish<A> {
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// The day of that instant where the organisation is.
    pub today: Date,
    /// What.
    pub act: A,
}

impl<A> Wish<A> {
    fn recorded<E>(&self, event: E) -> Recorded<E> {
        Recorded {
            version: VERSION,
            by: self.by.clone(),
            at: self.at,
            event,
        }
    }
}

/// What happens when somebody does something with an organisation.
///
/// # Errors
/// A refusal: what, why, and what to do.
pub fn organisation(
    organisation: &Organisation,
    wish: &Wish<OrganisationAct>,
) -> Result<Vec<Recorded<OrganisationEvent>>, Refusal> {
    let event = organisation::decide(organisation, wish)?;
    Ok(vec![wish.recorded(event)])
}

/// What happens when somebody does something with a user.
///
/// # Errors
/// A refusal: what, why, and what to do.
pub fn user(user: &User, wish: &Wish<UserAct>) -> Result<Vec<Recorded<UserEvent>>, Refusal> {
    let event = user::decide(user, wish)?;
    Ok(vec![wish.recorded(event)])
}

/// What happens when somebody does something with a patient's file.
///
/// # Errors
/// A refusal: what, why, and what to do.
pub fn patient(
    patient: &Patient,
    wish: &Wish<PatientAct>,
) -> Result<Vec<Recorded<PatientEvent>>, Refusal> {
    let event = patient::decide(patient, wish)?;
    Ok(vec![wish.recorded(event)])
}
