//! Reading one's own page, by a link and a code that is sent by e-mail each time; referral links are opened the same way.

use std::net::IpAddr;

use cotreat_store::account::CodeTried;
use cotreat_store::outbox::Message;
use jiff::{SignedDuration, Timestamp};

use super::{Identity, LinkState, Refused, Token};
use crate::identity::chance;
use crate::identity::limits::{Limit, Who};

/// Digits of a code.
pub const DIGITS: usize = 8;
/// For so long a code is good.
pub const CODE_LASTS: SignedDuration = SignedDuration::from_mins(10);
/// So many wrong codes kill the one that was sent.
pub const TRIES: u64 = 5;
/// For so long a visit lasts.
pub const VISIT: SignedDuration = SignedDuration::from_mins(30);

/// What came of a code.
#[derive(Clone, Debug)]
pub enum Visit {
    /// The page is open: set the cookie ([`crate::identity::cookie::Jar::Patient`]) and send the browser to an address without the token.
    Opened(Token),
    /// That is not the code; so many tries are left.
    Wrong {
        /// How many.
        left: u64,
    },
    /// There is no code that could still be right: have a new one sent.
    NoCode,
}

impl Identity {
    /// Sends a code (POST of the button; never on GET). `letter` writes it, to the address in the record or in the referral.
    ///
    /// # Errors
    /// [`Refused::Gone`]: the link is not good; [`Refused::Wait`]: enough codes were sent for now; or a fault.
    pub async fn send_code(
        &self,
        token: &Token,
        letter: impl FnOnce(&str) -> Result<Message, Refused>,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let (LinkState::Page(link) | LinkState::Referral(link)) =
            self.look_at_link(token, from, now).await?
        else {
            return Err(Refused::Gone);
        };
        self.limits.take(Limit::Code, Who::Name(&link.id), now)?;
        let code = chance::digits(DIGITS)?;
        let message = letter(&code)?;
        let expires = now.checked_add(CODE_LASTS).unwrap_or(now);
        if self
            .store
            .add_code(&link.id, &code, expires, &[message], now)
            .await?
        {
            Ok(())
        } else {
            Err(Refused::Gone)
        }
    }

    /// Opens the page with the code.
    ///
    /// # Errors
    /// [`Refused::Gone`]: the link is not good; [`Refused::Wait`], or a fault.
    pub async fn visit(
        &self,
        token: &Token,
        code: &str,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Visit, Refused> {
        let (LinkState::Page(link) | LinkState::Referral(link)) =
            self.look_at_link(token, from, now).await?
        else {
            return Err(Refused::Gone);
        };
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let session = Token::random()?;
        let expires = now.checked_add(VISIT).unwrap_or(now);
        let tried = self
            .store
            .try_code(&link.id, &code, TRIES, session.bytes(), expires, now)
            .await?;
        Ok(match tried {
            CodeTried::Opened => Visit::Opened(session),
            CodeTried::Wrong { left } => Visit::Wrong { left },
            CodeTried::NotGood => Visit::NoCode,
        })
    }
}
