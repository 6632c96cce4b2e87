//! Letters by e-mail, as they wait in the outbox. No clinical word stands in them: mail is read by whoever holds the telephone.

use cotreat_store::outbox::Message;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Refused;

/// The topic of letters by e-mail in the outbox.
pub const TOPIC: &str = "email";

/// A letter by e-mail: the body of a message with [`TOPIC`], as JSON.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// The subject, on one line.
    pub subject: String,
    /// The text, without markup.
    pub text: String,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Letter(..)")
    }
}

impl Letter {
    /// As it waits in the outbox, to leave at once.
    ///
    /// # Errors
    /// [`Refused::Broken`]: it cannot be written as JSON.
    pub fn message(&self, now: Timestamp) -> Result<Message, Refused> {
        Ok(Message {
            topic: TOPIC.to_owned(),
            body: serde_json::to_vec(self).map_err(|_| Refused::Broken)?,
            due_at: now,
        })
    }

    /// A code with which a patient opens their page, in English.
    #[must_use]
    pub fn code(to: &str, clinic: &str, code: &str) -> Self {
        Self {
            to: to.to_owned(),
            subject: format!("Your code for {clinic}"),
            text: format!(
                "Your code is {code}\n\nType it on the page that asked for it. It works once, for ten minutes.\nIf you did not ask for a code, you need do nothing.\n\n{clinic}\n"
            ),
        }
    }

    /// That another e-mail address is on record from now on, to the one that was, in English.
    #[must_use]
    pub fn address_changed(to: &str, clinic: &str) -> Self {
        Self {
            to: to.to_owned(),
            subject: format!("Your e-mail address at {clinic}"),
            text: format!(
                "{clinic} changed the e-mail address it has of you. Messages go to the new one from now on.\nIf you did not ask for this, call {clinic}.\n"
            ),
        }
    }

    /// A link to a referral for somebody outside, in English. Whom it is about and what for stands behind it.
    #[must_use]
    pub fn referral(to: &str, clinic: &str, address: &str) -> Self {
        Self {
            to: to.to_owned(),
            subject: format!("{clinic} refers to you"),
            text: format!(
                "{clinic} has a referral for you:\n\n{address}\n\nIt is good for 14 days. A code will be sent to this e-mail address before anything is shown.\nIf this is not for you, tell {clinic} and delete it.\n\n{clinic}\n"
            ),
        }
    }

    /// A link for a patient, in English. What it is for stands on the page behind it.
    #[must_use]
    pub fn link(to: &str, clinic: &str, address: &str) -> Self {
        Self {
            to: to.to_owned(),
            subject: format!("A message from {clinic}"),
            text: format!(
                "Your clinic has a page for you:\n\n{address}\n\nIt is good for 14 days. You will be asked for something that only you know.\nIf this is not for you, delete it.\n\n{clinic}\n"
            ),
        }
    }
}
