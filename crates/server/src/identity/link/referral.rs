//! Sending a referral to somebody outside: the link is made with the event that sends it, or alone where it is sent again.

use cotreat_store::Batch;
use cotreat_store::account::{LinkKind, NewLink};
use cotreat_store::outbox::Message;
use jiff::Timestamp;

use super::{Identity, LINK_LASTS, Refused, Token, chance};

impl Identity {
    /// Makes the link to a referral in place of any before it, together with what happened that it is for. `letter` writes what takes it to whom it was sent to. It is told to
    /// nobody else, which is why nothing is returned: whoever referred must not be able to answer in their place.
    ///
    /// # Errors
    /// A fault; among them [`cotreat_store::Error::Erased`] and conflicts of what happened.
    pub async fn send_referral_link(
        &self,
        happened: &[Batch],
        patient: &str,
        referral: &str,
        letter: impl FnOnce(&Token) -> Result<Message, Refused>,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let token = Token::random()?;
        let id = chance::id()?;
        let message = letter(&token)?;
        let new = NewLink {
            id: &id,
            kind: LinkKind::Referral,
            patient,
            assignment: referral,
            expires: now.checked_add(LINK_LASTS).unwrap_or(now),
        };
        self.store
            .add_link_after(happened, token.bytes(), &new, &[message], now)
            .await?;
        Ok(())
    }
}
