//! The second way of showing who one is: an authenticator app (TOTP, RFC 6238), with recovery codes for the day it is lost. Passkeys are in [`super::passkey`].

mod app;
mod recovery;

use std::net::IpAddr;

use cotreat_people::event::Actor;
use cotreat_store::account::{Credential, CredentialKind};
use jiff::Timestamp;

use super::limits::{Limit, Who};
use super::session::{Entered, Here, SessionState};
use super::{Identity, Refused, log};

pub use app::NewApp;
pub use recovery::RecoveryCodes;

impl Identity {
    /// Shows who one is with a code of the app, or with a recovery code: ends signing in, unlocks, or makes the proof younger.
    ///
    /// # Errors
    /// [`Refused::NotRight`], [`Refused::Wait`], [`Refused::NotAllowed`], or a fault.
    pub async fn enter_code(
        &self,
        here: &Here,
        code: &str,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Entered, Refused> {
        // A code alone does not unlock: whoever finds the telephone beside the screen would be in.
        if here.state != SessionState::AwaitsSecondFactor {
            return Err(Refused::NotAllowed);
        }
        self.limits
            .take(Limit::Prove, Who::Name(&here.session.id), now)?;
        self.limits
            .take(Limit::SignIn, Who::Both(&here.session.user, from), now)?;
        let user = self.user(&here.session.user).await?;
        let kept = self.store.password(&user.user).await?;
        if now < kept.wait_until {
            return Err(Refused::NotRight);
        }
        let how = match self.code_is_right(&user.user, code, now).await? {
            Some(how) => how,
            None => {
                self.failed(Some(&user.user), "second_factor_failed", "totp", now)
                    .await?;
                return Err(Refused::NotRight);
            }
        };
        self.limits
            .forgive(Limit::SignIn, Who::Both(&here.session.user, from));
        self.limits
            .forgive(Limit::Prove, Who::Name(&here.session.id));
        self.store.sign_in_went_well(&user.user).await?;
        let told = log::own(&user, "signed_in", how, now)?;
        self.renew(here, true, now, &told).await
    }

    async fn code_is_right(
        &self,
        user: &str,
        code: &str,
        now: Timestamp,
    ) -> Result<Option<&'static str>, Refused> {
        for app in self.store.credentials(user, CredentialKind::App).await? {
            if let Some(step) = app::step_of(&app.secret, code, now)? {
                // A step that was used is refused: whoever looked over the shoulder has it too.
                let fresh = self.store.advance_credential(&app.id, step, now).await?;
                return Ok(fresh.then_some("totp"));
            }
        }
        let Some(code) = recovery::read(code) else {
            return Ok(None);
        };
        let told = log::unproven(user, "recovery_code_used", "recovery_code", now)?;
        let spent = self
            .store
            .spend_credential(user, CredentialKind::RecoveryCode, &*code, &told)
            .await?;
        Ok(spent.then_some("recovery_code"))
    }

    /// What a user has to show who they are with: passkeys, the app, and how many recovery codes are left.
    ///
    /// # Errors
    /// A fault.
    pub async fn factors(&self, user: &str) -> Result<Factors, Refused> {
        let of = |kind| self.store.credentials(user, kind);
        let mut listed = of(CredentialKind::Passkey).await?;
        listed.extend(of(CredentialKind::App).await?);
        let codes = of(CredentialKind::RecoveryCode).await?.len();
        Ok(Factors { listed, codes })
    }

    /// Takes one of one's own factors away, if another is left.
    ///
    /// # Errors
    /// [`Refused::NotAllowed`]: it is the last one; [`Refused::Gone`], [`Refused::ProveAgain`], or a fault.
    pub async fn remove_factor(
        &self,
        here: &Here,
        id: &str,
        now: Timestamp,
    ) -> Result<(), Refused> {
        here.is_open_and_fresh(now)?;
        let factors = self.factors(&here.session.user).await?;
        let others = factors.listed.iter().filter(|one| one.id != id).count();
        if others == 0 && self.needs_second_factor() {
            return Err(Refused::NotAllowed);
        }
        let user = self.user(&here.session.user).await?;
        let told = log::own(&user, "second_factor_removed", "session", now)?;
        if self.store.remove_credential(&user.user, id, &told).await? {
            Ok(())
        } else {
            Err(Refused::Gone)
        }
    }

    /// Takes every second factor away from somebody who lost them all, and ends their sessions. For whoever may do so; `by` is told to the log.
    ///
    /// # Errors
    /// A fault.
    pub async fn take_factors_away(
        &self,
        user: &str,
        by: Actor,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let told = log::entry(user, "second_factors_removed", "administration", by, now)?;
        Ok(self.store.remove_second_factors(user, &told).await?)
    }
}

/// What a user shows who they are with.
#[derive(Debug)]
pub struct Factors {
    /// Passkeys and the app.
    pub listed: Vec<Credential>,
    /// How many recovery codes are left.
    pub codes: usize,
}
