//! Locking a session, and showing once more who one is.

use std::net::IpAddr;

use cotreat_store::account;
use jiff::Timestamp;
use zeroize::Zeroizing;

use super::{Entered, Here, SessionState};
use crate::identity::limits::{Limit, Who};
use crate::identity::password::Checked;
use crate::identity::{Identity, Refused, log};

impl Identity {
    /// Locks a session, until its user shows who they are.
    ///
    /// # Errors
    /// A fault.
    pub async fn lock(&self, here: &Here) -> Result<(), Refused> {
        Ok(self.store.lock_session(&here.session.id).await?)
    }

    /// Shows who one is with the password: unlocks a session, or makes the proof of an open one younger. A passkey does the same ([`super::passkey`]).
    ///
    /// # Errors
    /// [`Refused::NotRight`], [`Refused::Wait`], [`Refused::Busy`], [`Refused::NotAllowed`], or a fault.
    pub async fn prove_again(
        &self,
        here: &Here,
        password: Zeroizing<String>,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Entered, Refused> {
        if !matches!(here.state, SessionState::Open | SessionState::Locked) {
            return Err(Refused::NotAllowed);
        }
        let trying = Who::Name(&here.session.id);
        self.limits.take(Limit::Prove, trying, now)?;
        let there = Who::Both(&here.session.user, from);
        self.limits.take(Limit::SignIn, there, now)?;
        let user = self.user(&here.session.user).await?;
        match self
            .password_is_right(Some(&user.user), password, now)
            .await?
        {
            Checks::Right => {}
            Checks::NotTried => return Err(Refused::NotRight),
            Checks::Wrong => {
                self.failed(Some(&user.user), "proof_failed", "password", now)
                    .await?;
                return Err(Refused::NotRight);
            }
        }
        self.limits.forgive(Limit::Prove, trying);
        self.limits.forgive(Limit::SignIn, there);
        self.store.sign_in_went_well(&user.user).await?;
        let told = log::own(&user, "proved_again", "password", now)?;
        self.renew(here, false, now, &told).await
    }

    /// Whether a password is a user's. Nobody's is wrong, after the same work; so is the right one while too many wrong ones lie behind.
    pub(in crate::identity) async fn password_is_right(
        &self,
        user: Option<&str>,
        password: Zeroizing<String>,
        now: Timestamp,
    ) -> Result<Checks, Refused> {
        let kept = match user {
            Some(user) => self.store.password(user).await?,
            None => account::Password {
                hash: None,
                wait_until: Timestamp::MIN,
            },
        };
        let waits = now < kept.wait_until;
        let hash = kept.hash.filter(|_| !waits);
        let checked = self.hasher.check(password, hash).await?;
        if let (Some(user), Checked::RightButOld(better)) = (user, &checked) {
            self.store.rehash_password(user, better).await?;
        }
        Ok(match checked {
            Checked::Wrong if waits => Checks::NotTried,
            Checked::Wrong => Checks::Wrong,
            Checked::Right | Checked::RightButOld(_) => Checks::Right,
        })
    }
}

/// What came of a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::identity) enum Checks {
    Right,
    Wrong,
    /// Too many were wrong before it.
    NotTried,
}
