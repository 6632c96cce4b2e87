//! Recovery codes, for the day the other factor is lost.

use cotreat_store::account::{CredentialKind, NewCredential};
use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::identity::session::Here;
use crate::identity::{Identity, Refused, chance, log};

/// Recovery codes, shown once.
pub struct RecoveryCodes(pub Vec<Zeroizing<String>>);

impl std::fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCodes(..)")
    }
}

/// How many recovery codes a user gets.
const CODES: usize = 10;
/// Bytes of a recovery code: 120 bits in 24 characters, so that a hash without salt is enough to keep it.
const CODE: usize = 15;

impl Identity {
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
}

/// A recovery code to keep.
pub(super) struct KeptCode<'a> {
    id: String,
    user: &'a str,
    plain: Zeroizing<[u8; CODE]>,
}

impl KeptCode<'_> {
    pub(super) fn to_keep(&self) -> NewCredential<'_> {
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

pub(super) fn kept_codes<'a>(
    user: &'a str,
    codes: &RecoveryCodes,
) -> Result<Vec<KeptCode<'a>>, Refused> {
    let kept = codes.0.iter().map(|code| {
        Ok(KeptCode {
            id: chance::id()?,
            user,
            plain: read(code).ok_or(Refused::Broken)?,
        })
    });
    kept.collect()
}

pub(super) fn new_codes() -> Result<RecoveryCodes, Refused> {
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
pub(super) fn read(text: &str) -> Option<Zeroizing<[u8; CODE]>> {
    let letters = text.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let plain: Zeroizing<String> =
        Zeroizing::new(letters.map(|c| c.to_ascii_uppercase()).collect());
    let bytes = Zeroizing::new(BASE32_NOPAD.decode(plain.as_bytes()).ok()?);
    Some(Zeroizing::new(bytes.as_slice().try_into().ok()?))
}
