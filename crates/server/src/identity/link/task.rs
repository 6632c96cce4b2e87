//! Answering one assignment, by a link and the date of birth.

use std::net::IpAddr;

use cotreat_store::Batch;
use cotreat_store::account::{Draft, LinkKind, LinkSession, Started};
use cotreat_store::outbox::Message;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq as _;

use super::{Identity, LinkState, Refused, Token};

/// So many wrong dates of birth kill a link.
pub const TRIES: u64 = 5;
/// For so long a task stays open.
pub const OPEN: SignedDuration = SignedDuration::from_hours(2);
/// Bytes of unsent answers.
pub const LONGEST_DRAFT: usize = 256 * 1024;

/// What came of starting a task.
#[derive(Clone, Debug)]
pub enum Start {
    /// It is open: set the cookie ([`crate::identity::cookie::Jar::Patient`]) and send the browser to an address without the token.
    Opened(Token),
    /// That is not the date of birth; so many tries are left.
    Wrong {
        /// How many.
        left: u64,
    },
    /// That was the last try: the link is dead. Staff are told by the message that waits in the outbox.
    Died,
}

/// What a patient is asked, and what they say.
#[derive(Clone, Copy)]
pub struct DateOfBirth {
    /// As typed.
    pub given: Date,
    /// As it stands in the record.
    pub born: Date,
}

impl std::fmt::Debug for DateOfBirth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DateOfBirth(..)")
    }
}

impl DateOfBirth {
    fn is_right(self) -> bool {
        let (given, born) = (self.given.to_string(), self.born.to_string());
        given.as_bytes().ct_eq(born.as_bytes()).into()
    }
}

impl Identity {
    /// Starts a task (POST of the button, with the date of birth). The handler reads the patient's date of birth from the record: [`Self::look_at_link`] says whose link it is.
    /// `if_it_dies` tells staff when this was the last try.
    ///
    /// # Errors
    /// [`Refused::Gone`]: the link is not good, or its answers were sent in; [`Refused::Wait`], or a fault.
    pub async fn start_task(
        &self,
        token: &Token,
        said: DateOfBirth,
        if_it_dies: &[Message],
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Start, Refused> {
        let LinkState::Task(link) = self.look_at_link(token, from, now).await? else {
            return Err(Refused::Gone);
        };
        let session = Token::random()?;
        let expires = now.checked_add(OPEN).unwrap_or(now);
        let started = self
            .store
            .start_task(
                &link.id,
                said.is_right(),
                TRIES,
                session.bytes(),
                expires,
                if_it_dies,
                now,
            )
            .await?;
        match started {
            Started::Opened => Ok(Start::Opened(session)),
            Started::Wrong { left } => Ok(Start::Wrong { left }),
            Started::Died => Ok(Start::Died),
            Started::NotGood => Err(Refused::Gone),
        }
    }

    /// What the patient has answered and not sent in.
    ///
    /// # Errors
    /// [`Refused::NotAllowed`]: this is not a task; or a fault.
    pub async fn draft(&self, open: &LinkSession) -> Result<Option<Draft>, Refused> {
        let link = is_task(open)?;
        Ok(self.store.draft(&link.patient, &link.assignment).await?)
    }

    /// Keeps answers that are not sent in yet. `seen` is the version the page knew (0: none); returns the new one.
    ///
    /// # Errors
    /// [`Refused::NotAllowed`], [`Refused::TooLong`]; [`Refused::Store`] with a conflict: another window has written since; or a fault.
    pub async fn keep_draft(
        &self,
        open: &LinkSession,
        seen: u64,
        body: &[u8],
        now: Timestamp,
    ) -> Result<u64, Refused> {
        let link = is_task(open)?;
        if body.len() > LONGEST_DRAFT {
            return Err(Refused::TooLong);
        }
        Ok(self
            .store
            .keep_draft(&link.patient, &link.assignment, seen, body, now)
            .await?)
    }

    /// Takes the answers in with the events that hold them, all or nothing: the draft is gone, the session ends, and the link says thank you from then on. Clear the cookie.
    ///
    /// # Errors
    /// [`Refused::Gone`]: they had been sent in before, and nothing was written; [`Refused::NotAllowed`], or what the store refuses.
    pub async fn send_in(
        &self,
        open: &LinkSession,
        answers: &[Batch],
        now: Timestamp,
    ) -> Result<(), Refused> {
        let link = is_task(open)?;
        if self.store.task_submitted(&link.id, answers, now).await? {
            Ok(())
        } else {
            Err(Refused::Gone)
        }
    }
}

fn is_task(open: &LinkSession) -> Result<&cotreat_store::account::Link, Refused> {
    match open.link.kind {
        LinkKind::Task => Ok(&open.link),
        LinkKind::Page | LinkKind::Referral => Err(Refused::NotAllowed),
    }
}
