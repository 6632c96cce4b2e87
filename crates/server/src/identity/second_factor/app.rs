//! Setting an authenticator app up, and the codes it shows (TOTP, RFC 6238).

use cotreat_store::account::{CredentialKind, NewCredential};
use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use totp_rs::{Algorithm, Builder, Totp};
use zeroize::Zeroizing;

use super::recovery::{self, RecoveryCodes};
use crate::identity::limits::{Limit, Who};
use crate::identity::session::{Entered, Here};
use crate::identity::{Identity, Refused, chance, log};

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

/// Bytes of an app's secret: what RFC 4226 recommends.
const SECRET: usize = 20;
const DIGITS: u8 = 6;
/// Seconds of a step.
const STEP: u64 = 30;
/// Steps to either side that still count: a clock half a minute wrong, or slow typing.
const SKEW: u16 = 1;

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
        let codes = recovery::new_codes()?;
        let kept = recovery::kept_codes(&user.user, &codes)?;
        let kept: Vec<NewCredential<'_>> = kept.iter().map(recovery::KeptCode::to_keep).collect();
        let told = log::own(&user, "second_factor_added", "totp", now)?;
        if !self.store.confirm_app(app, step, &kept, now, &told).await? {
            return Err(Refused::Gone);
        }
        self.limits.forgive(Limit::Prove, trying);
        let entered = self.renew(here, true, now, &[]).await?;
        Ok((entered, codes))
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
pub(super) fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Result<Option<u64>, Refused> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != usize::from(DIGITS) || !code.bytes().all(|digit| digit.is_ascii_digit()) {
        return Ok(None);
    }
    let now = u64::try_from(now.as_second()).unwrap_or(0);
    Ok(codes_of(secret)?.check(&code, now))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, SHA-1: of eight digits the last six.
    #[test]
    fn codes_are_those_of_the_standard() {
        let cases = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (seconds, code) in cases {
            let at = |seconds| {
                let now = Timestamp::from_second(seconds).unwrap();
                step_of(b"12345678901234567890", code, now).unwrap()
            };
            let step = u64::try_from(seconds).unwrap() / STEP;
            assert_eq!(at(seconds), Some(step), "{seconds}");
            assert_eq!(at(seconds - 30), Some(step), "{seconds}, a slow clock");
            assert_eq!(at(seconds + 30), Some(step), "{seconds}, a fast one");
            assert_eq!(at(seconds + 60), None, "{seconds}, too late");
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        let now = Timestamp::from_second(59).unwrap();
        for wrong in [
            "",
            "28708",
            "2870820",
            "28708a",
            "２８７０８２",
            "-87082",
            "+87082",
        ] {
            let step = step_of(b"12345678901234567890", wrong, now).unwrap();
            assert_eq!(step, None, "{wrong}");
        }
    }

    #[test]
    fn names_are_escaped_in_the_address() {
        let address = otpauth("Back & Care", "a+b@example.org", "ABC");
        assert!(
            address.starts_with("otpauth://totp/Back%20%26%20Care:a%2Bb@example.org?secret=ABC&")
        );
    }
}
