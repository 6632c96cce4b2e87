//! The second way of showing who one is: an authenticator app (TOTP, RFC 6238), with recovery codes for the day it is lost. Passkeys are in [`super::passkey`].

use cotreat_store::account::{Credential, CredentialKind, NewCredential};
use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use std::net::IpAddr;
use totp_rs::{Algorithm, Builder, Totp};
use zeroize::Zeroizing;

use super::limits::{Limit, Who};
use super::session::{Entered, Here, SessionState};
use super::{Identity, Refused, chance, log};

/// Bytes of an app's secret: what RFC 4226 recommends.
const SECRET: usize = 20;
const DIGITS: u8 = 6;
/// Seconds of a step.
const STEP: u64 = 30;
/// Steps to either side that still count: a clock half a minute wrong, or slow typing.
const SKEW: u16 = 1;

/// How many recovery codes a user gets.
const CODES: usize = 10;
/// Bytes of a recovery code: 120 bits in 24 characters, so that a hash without salt is enough to keep it.
const CODE: usize = 15;

/// An authenticator app to set up.
pub struct NewApp {
    /// The secret as people type it: 32 letters and digits.
    pub secret: Zeroizing<String>,
    /// The same for a picture to photograph or a link to open: `otpauth://…`.
    pub address: Zeroizing<String>,
}

impl std::fmt::Debug for NewApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewApp(..)")
    }
}

/// Recovery codes, shown once.
pub struct RecoveryCodes(pub Vec<Zeroizing<String>>);

impl std::fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCodes(..)")
    }
}

/// The codes of an app with this secret.
fn codes_of(secret: &[u8]) -> Result<Totp, Refused> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_step_duration(STEP)
        .with_skew(SKEW)
        .with_secret(secret)
        .build()
        .map_err(|_| {
            Refused::Store(cotreat_store::Error::Damaged {
                what: "the secret of an authenticator app".to_owned(),
            })
        })
}

/// The step in which an app of this secret shows this code, if it is shown now or half a minute to either side. Spaces do not matter: apps show two groups.
fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Result<Option<u64>, Refused> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != usize::from(DIGITS) || !code.bytes().all(|digit| digit.is_ascii_digit()) {
        return Ok(None);
    }
    let now = u64::try_from(now.as_second()).unwrap_or(0);
    Ok(codes_of(secret)?.check(&code, now))
}

impl Identity {
    /// Begins to set an authenticator app up: show the secret, then ask for a code ([`Self::confirm_app`]).
    ///
    /// # Errors
    /// [`Refused::NotAllowed`], [`Refused::ProveAgain`], or a fault.
    pub async fn begin_app(&self, here: &Here, now: Timestamp) -> Result<NewApp, Refused> {
        here.may_change_factors(now)?;
        let user = self.user(&here.session.user).await?;
        let secret = chance::bytes::<SECRET>()?;
        let id = chance::id()?;
        let new = NewCredential {
            id: &id,
            user: &user.user,
            kind: CredentialKind::UnconfirmedApp,
            look_up: id.as_bytes(),
            secret: &*secret,
            counter: 0,
        };
        self.store.add_credential(&new, now, &[]).await?;
        let text = Zeroizing::new(BASE32_NOPAD.encode(&*secret));
        let address = otpauth(&self.settings.name, &user.account.email, &text);
        Ok(NewApp {
            secret: text,
            address: Zeroizing::new(address),
        })
    }

    /// Ends setting an app up with the first code it shows. The session is open from then on, under a new token; the recovery codes are shown once.
    ///
    /// # Errors
    /// [`Refused::NotRight`]: not a code of the app that was begun last; [`Refused::Wait`], [`Refused::NotAllowed`], [`Refused::ProveAgain`], or a fault.
    pub async fn confirm_app(
        &self,
        here: &Here,
        code: &str,
        now: Timestamp,
    ) -> Result<(Entered, RecoveryCodes), Refused> {
        here.may_change_factors(now)?;
        let trying = Who::Name(&here.session.id);
        self.limits.take(Limit::Prove, trying, now)?;
        let user = self.user(&here.session.user).await?;
        let begun = self
            .store
            .credentials(&user.user, CredentialKind::UnconfirmedApp)
            .await?;
        let app = begun.last().ok_or(Refused::Gone)?;
        let step = step_of(&app.secret, code, now)?.ok_or(Refused::NotRight)?;
        let codes = new_codes()?;
        let kept = kept_codes(&user.user, &codes)?;
        let kept: Vec<NewCredential<'_>> = kept.iter().map(KeptCode::to_keep).collect();
        let told = log::own(&user, "second_factor_added", "totp", now)?;
        if !self.store.confirm_app(app, step, &kept, now, &told).await? {
            return Err(Refused::Gone);
        }
        self.limits.forgive(Limit::Prove, trying);
        let entered = self.renew(here, true, now, &[]).await?;
        Ok((entered, codes))
    }

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
            if let Some(step) = step_of(&app.secret, code, now)? {
                // A step that was used is refused: whoever looked over the shoulder has it too.
                let fresh = self.store.advance_credential(&app.id, step, now).await?;
                return Ok(fresh.then_some("totp"));
            }
        }
        let Some(code) = read_code(code) else {
            return Ok(None);
        };
        let told = log::unproven(user, "recovery_code_used", "recovery_code", now)?;
        let spent = self
            .store
            .spend_credential(user, CredentialKind::RecoveryCode, &*code, &told)
            .await?;
        Ok(spent.then_some("recovery_code"))
    }

    /// Makes new recovery codes; the old ones are worth nothing from then on.
    ///
    /// # Errors
    /// [`Refused::NotAllowed`], [`Refused::ProveAgain`], or a fault.
    pub async fn new_recovery_codes(
        &self,
        here: &Here,
        now: Timestamp,
    ) -> Result<RecoveryCodes, Refused> {
        here.is_open_and_fresh(now)?;
        let user = self.user(&here.session.user).await?;
        let codes = new_codes()?;
        let kept = kept_codes(&user.user, &codes)?;
        let kept: Vec<NewCredential<'_>> = kept.iter().map(KeptCode::to_keep).collect();
        let told = log::own(&user, "recovery_codes_made", "session", now)?;
        self.store
            .replace_recovery_codes(&user.user, &kept, now, &told)
            .await?;
        Ok(codes)
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
        by: cotreat_people::event::Actor,
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

/// A recovery code to keep.
struct KeptCode<'a> {
    id: String,
    user: &'a str,
    plain: Zeroizing<[u8; CODE]>,
}

impl KeptCode<'_> {
    fn to_keep(&self) -> NewCredential<'_> {
        NewCredential {
            id: &self.id,
            user: self.user,
            kind: CredentialKind::RecoveryCode,
            look_up: &*self.plain,
            secret: b"",
            counter: 0,
        }
    }
}

fn kept_codes<'a>(user: &'a str, codes: &RecoveryCodes) -> Result<Vec<KeptCode<'a>>, Refused> {
    let kept = codes.0.iter().map(|code| {
        Ok(KeptCode {
            id: chance::id()?,
            user,
            plain: read_code(code).ok_or(Refused::Broken)?,
        })
    });
    kept.collect()
}

fn new_codes() -> Result<RecoveryCodes, Refused> {
    let codes = (0..CODES).map(|_| Ok(written(&*chance::bytes::<CODE>()?)));
    Ok(RecoveryCodes(codes.collect::<Result<_, Refused>>()?))
}

/// In groups of six: `ABCDEF-…`.
fn written(code: &[u8]) -> Zeroizing<String> {
    let plain = Zeroizing::new(BASE32_NOPAD.encode(code));
    let mut text = Zeroizing::new(String::new());
    for (at, letter) in plain.chars().enumerate() {
        if at > 0 && at % 6 == 0 {
            text.push('-');
        }
        text.push(letter);
    }
    text
}

/// Reads a recovery code, with or without what stands between its groups, in capitals or not.
fn read_code(text: &str) -> Option<Zeroizing<[u8; CODE]>> {
    let letters = text.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let plain: Zeroizing<String> =
        Zeroizing::new(letters.map(|c| c.to_ascii_uppercase()).collect());
    let bytes = Zeroizing::new(BASE32_NOPAD.decode(plain.as_bytes()).ok()?);
    Some(Zeroizing::new(bytes.as_slice().try_into().ok()?))
}

/// The address that authenticator apps read (Key URI Format).
fn otpauth(issuer: &str, account: &str, secret: &str) -> String {
    let (issuer, account) = (escaped(issuer), escaped(account));
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP}"
    )
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}
