//! Links of patients, who have no account.
//!
//! - A **task link** answers one assignment. Opening it shows a button and nothing of the patient; the date of birth starts it ([`task`]). What they had answered and not sent
//!   comes back; once it is sent the link says thank you and no more.
//! - A **page link** reads the patient's own page. Each visit needs a code that is sent to their address, and lasts half an hour ([`page`]).
//! - A **referral link** lets somebody outside answer one referral. Each visit needs a code too, which is sent to the address that the referral names ([`referral`]).
//!
//! Mail programs open links by themselves, ask for them with HEAD, and some press buttons: nothing but a right answer uses anything up.

pub mod page;
pub mod referral;
pub mod task;

use std::net::IpAddr;

use cotreat_store::account::{Link, LinkKind, LinkSession, NewLink};
use cotreat_store::outbox::Message;
use jiff::{SignedDuration, Timestamp};

use super::csrf::FormSecret;
use super::limits::{Limit, Who};
use super::{Identity, Refused, Token, chance};

/// For so long a link is good.
pub const LINK_LASTS: SignedDuration = SignedDuration::from_hours(14 * 24);

/// What a link is good for now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// A task that waits for the date of birth. Show nothing of the patient before that.
    Task(Link),
    /// A page that waits for a code.
    Page(Link),
    /// A referral that waits for a code, from somebody outside. Show nothing of the patient before that.
    Referral(Link),
    /// A task whose answers were sent in: say thank you, and nothing else.
    ThankYou,
    /// Nothing: it never was one, or it has expired, was taken back, replaced, or died of too many tries. A stranger is not told which; say whom to ask for a new one.
    NotGood,
}

impl Identity {
    /// Makes a link for a patient, in place of any they have for the same. `letter` writes what takes it to them, given the token that goes into its address. Returns its id, for
    /// lists, and the token.
    ///
    /// # Errors
    /// A fault; among them [`cotreat_store::Error::Erased`].
    pub async fn make_link(
        &self,
        kind: LinkKind,
        patient: &str,
        assignment: &str,
        letter: impl FnOnce(&Token) -> Result<Vec<Message>, Refused>,
        now: Timestamp,
    ) -> Result<(String, Token), Refused> {
        let token = Token::random()?;
        let id = chance::id()?;
        let messages = letter(&token)?;
        let new = NewLink {
            id: &id,
            kind,
            patient,
            assignment,
            expires: now.checked_add(LINK_LASTS).unwrap_or(now),
        };
        self.store
            .add_link(token.bytes(), &new, &messages, now)
            .await?;
        Ok((id, token))
    }

    /// What a link is good for. Looking changes nothing, so that GET and HEAD may do it.
    ///
    /// # Errors
    /// [`Refused::Wait`]: from there too many links were tried that do not exist; or a fault.
    pub async fn look_at_link(
        &self,
        token: &Token,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<LinkState, Refused> {
        self.limits
            .check(Limit::UnknownLink, Who::From(from), now)?;
        let Some(link) = self.store.link(token.bytes()).await? else {
            self.limits.take(Limit::UnknownLink, Who::From(from), now)?;
            return Ok(LinkState::NotGood);
        };
        Ok(match link.kind {
            _ if !link.is_good(now) => LinkState::NotGood,
            LinkKind::Task if link.submitted.is_some() => LinkState::ThankYou,
            LinkKind::Task => LinkState::Task(link),
            LinkKind::Page => LinkState::Page(link),
            LinkKind::Referral => LinkState::Referral(link),
        })
    }

    /// The links of a patient, for the page of staff and for the patient's own.
    ///
    /// # Errors
    /// A fault.
    pub async fn links_of(&self, patient: &str) -> Result<Vec<Link>, Refused> {
        Ok(self.store.links_of(patient).await?)
    }

    /// Takes a link of a patient back, and puts whoever has it open out.
    ///
    /// # Errors
    /// [`Refused::Gone`]: the patient has no such link that is still good; or a fault.
    pub async fn revoke_link(
        &self,
        patient: &str,
        id: &str,
        now: Timestamp,
    ) -> Result<(), Refused> {
        if self.store.revoke_link(patient, id, now).await? {
            Ok(())
        } else {
            Err(Refused::Gone)
        }
    }

    /// Takes all links of a patient back. Returns how many.
    ///
    /// # Errors
    /// A fault.
    pub async fn revoke_links(&self, patient: &str, now: Timestamp) -> Result<u64, Refused> {
        Ok(self.store.revoke_links_of(patient, now).await?)
    }

    /// What a patient has open, by the token of their cookie. A handler goes by the kind of its link: a task writes one assignment and reads nothing but its draft; a page only
    /// reads.
    ///
    /// # Errors
    /// A fault.
    pub async fn patient_here(
        &self,
        token: &Token,
        now: Timestamp,
    ) -> Result<Option<LinkSession>, Refused> {
        Ok(self.store.link_session(token.bytes(), now).await?)
    }

    /// Ends what a patient has open.
    ///
    /// # Errors
    /// A fault.
    pub async fn patient_leaves(&self, token: &Token) -> Result<(), Refused> {
        self.store.end_link_session(token.bytes()).await?;
        Ok(())
    }

    /// The secret of the forms that belong to a link, before and after it opened.
    #[must_use]
    pub fn forms_of_link(&self, link: &Link) -> FormSecret {
        FormSecret::new(self.store.form_secret(&link.id))
    }
}
