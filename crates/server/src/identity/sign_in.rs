//! Signing in with a password.

use std::net::IpAddr;

use cotreat_store::account::Failures;
use cotreat_store::clinic::ask::StaffMember;
use jiff::{SignedDuration, Timestamp};
use zeroize::Zeroizing;

use super::limits::{Limit, Who};
use super::session::Checks;
use super::{Entered, Identity, Refused, log};

/// So many failures in a row cost nothing but the trying.
const FREE: u64 = 10;
/// Then no password and no code of that user is tried for a while: a minute at first, twice as long each time, and never longer than this.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(15);

/// Until when nothing is tried after so many failures in a row, from wherever. Passkeys and issuers are not touched by it, so that nobody who guesses keeps everybody out.
fn wait(failures: Failures, now: Timestamp) -> Option<Timestamp> {
    let beyond = failures.0.checked_sub(FREE)?;
    let minutes = 1_i64 << beyond.min(8);
    let wait = SignedDuration::from_mins(minutes).min(LONGEST_WAIT);
    now.checked_add(wait).ok()
}

/// What failures are noted under when there is nobody of that name.
const NOBODY: &str = "";

impl Identity {
    /// Signs somebody in by address and password. Set the cookie, and go by the state: a second factor comes next, or has to be set up, or they are in.
    ///
    /// # Errors
    /// [`Refused::NotRight`], [`Refused::Wait`], [`Refused::Busy`], or a fault.
    pub async fn sign_in(
        &self,
        email: &str,
        password: Zeroizing<String>,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Entered, Refused> {
        self.limits.take(Limit::SignInFrom, Who::From(from), now)?;
        self.limits
            .take(Limit::SignIn, Who::Both(email, from), now)?;
        let user = self.known(email).await?;
        let id = user.as_ref().map(|user| user.user.as_str());
        let checks = self.password_is_right(id, password, now).await?;
        if let (Some(user), Checks::Right) = (&user, checks) {
            self.limits.forgive(Limit::SignIn, Who::Both(email, from));
            self.limits.give_back(Limit::SignInFrom, Who::From(from));
            return self.signed_in_by_password(user, now).await;
        }
        // What was not tried is not a failure, or whoever guesses could keep a user waiting for ever.
        let failed = id.filter(|_| checks == Checks::Wrong);
        self.failed(failed, "sign_in_failed", "password", now)
            .await?;
        Err(Refused::NotRight)
    }

    async fn signed_in_by_password(
        &self,
        user: &StaffMember,
        now: Timestamp,
    ) -> Result<Entered, Refused> {
        let has_factor = !self.factors(&user.user).await?.listed.is_empty();
        if has_factor {
            // Failures are forgotten when the second factor was right too, or its codes could be guessed for ever.
            let told = log::own(user, "password_right", "password", now)?;
            return self.enter(user, "password", false, now, &told).await;
        }
        self.store.sign_in_went_well(&user.user).await?;
        let told = log::own(user, "signed_in", "password", now)?;
        self.enter(user, "password", false, now, &told).await
    }

    /// Notes a failure. For nobody the same is done, so that the time it takes does not tell who is known.
    pub(super) async fn failed(
        &self,
        user: Option<&str>,
        what: &str,
        how: &str,
        now: Timestamp,
    ) -> Result<(), Refused> {
        match user {
            Some(user) => {
                let told = log::unproven(user, what, how, now)?;
                self.store.sign_in_failed(user, wait, now, &told).await?;
            }
            None => {
                self.store
                    .sign_in_failed(NOBODY, |_, _| None, now, &[])
                    .await?;
            }
        }
        Ok(())
    }
}
