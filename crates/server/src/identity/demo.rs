//! Being somebody with one press, in a demonstration with invented people. It listens on one machine only, and whoever sits there may be anybody.

use std::net::{IpAddr, Ipv4Addr};

use cotreat_store::account::{LinkKind, NewSession};
use jiff::Timestamp;
use jiff::civil::Date;

use super::link::page::{CODE_LASTS, DIGITS, Visit};
use super::link::task::{DateOfBirth, Start};
use super::session::LONGEST;
use super::{Identity, Refused, Token, chance, log};

/// Where whoever tries a demonstration sits.
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

impl Identity {
    /// Lets somebody in who has shown nothing, for one of the organisations they work for. Only a demonstration calls this.
    ///
    /// # Errors
    /// [`Refused::NotRight`]: there is no such user; or a fault.
    pub async fn demo_staff(
        &self,
        user: &str,
        organisation: &str,
        now: Timestamp,
    ) -> Result<Token, Refused> {
        let found = self.store.user(user).await?.ok_or(Refused::NotRight)?;
        let told = log::own(&found, "signed_in", "demo", now)?;
        let token = Token::random()?;
        let id = chance::id()?;
        let session = NewSession {
            id: &id,
            user,
            organisation: Some(organisation),
            how: "demo",
            second_factor: true,
            expires: now.checked_add(LONGEST).unwrap_or(now),
        };
        self.store
            .add_session(token.bytes(), &session, now, &told)
            .await?;
        Ok(token)
    }

    /// Opens a patient's own page without a letter. Only a demonstration calls this.
    ///
    /// # Errors
    /// A fault.
    pub async fn demo_page(&self, patient: &str, now: Timestamp) -> Result<Token, Refused> {
        let none = |_: &Token| Ok(Vec::new());
        let (id, link) = self
            .make_link(LinkKind::Page, patient, "", none, now)
            .await?;
        let code = chance::digits(DIGITS)?;
        let expires = now.checked_add(CODE_LASTS).unwrap_or(now);
        self.store.add_code(&id, &code, expires, &[], now).await?;
        match self.visit(&link, &code, HERE, now).await? {
            Visit::Opened(session) => Ok(session),
            Visit::Wrong { .. } | Visit::NoCode => Err(Refused::Gone),
        }
    }

    /// Opens what a patient is asked without a letter. Only a demonstration calls this.
    ///
    /// # Errors
    /// A fault.
    pub async fn demo_task(
        &self,
        patient: &str,
        task: &str,
        born: Date,
        now: Timestamp,
    ) -> Result<Token, Refused> {
        let none = |_: &Token| Ok(Vec::new());
        let (_, link) = self
            .make_link(LinkKind::Task, patient, task, none, now)
            .await?;
        let said = DateOfBirth { given: born, born };
        match self.start_task(&link, said, &[], HERE, now).await? {
            Start::Opened(session) => Ok(session),
            Start::Wrong { .. } | Start::Died => Err(Refused::Gone),
        }
    }
}
