//! Passkeys (WebAuthn): two factors in one, and nothing that could be typed into the wrong page.
//!
//! A ceremony has two halves. Between them the challenge is kept here in memory, for five minutes and one answer; the page gets a token that names it. A restart of the server
//! makes people begin again, and nothing else.

mod add;
mod prove;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use cotreat_store::account::{Credential, CredentialKind};
use cotreat_store::clinic::ask::StaffMember;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PasskeyAuthentication,
    PasskeyRegistration, Url, Uuid, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};
use zeroize::Zeroizing;

use super::{Identity, Refused, Settings, Token, log};

/// For so long an answer may take.
pub const CEREMONY: SignedDuration = SignedDuration::from_mins(5);
/// So many ceremonies are open at a time.
const MOST_OPEN: usize = 4_096;

/// What the server can check passkeys with, and the ceremonies that are open.
pub(super) struct Passkeys {
    /// None where the pages are at a number instead of a name: browsers have no passkeys there.
    webauthn: Option<Webauthn>,
    open: Mutex<HashMap<[u8; 32], Ceremony>>,
}

struct Ceremony {
    expires: Timestamp,
    half: Half,
}

/// What a ceremony waits for.
enum Half {
    /// A new passkey for the session of this id.
    Register(String, Box<PasskeyRegistration>),
    /// A proof by the user of the session of this id.
    Prove(String, Box<PasskeyAuthentication>),
    /// A proof by whoever it is.
    SignIn(Box<DiscoverableAuthentication>),
}

/// The first half of a ceremony, for the page.
#[derive(Clone, Serialize)]
pub struct Begun<Options> {
    /// The token that names it; goes back with the answer.
    pub ceremony: String,
    /// What the browser is asked: `navigator.credentials.create` or `.get` takes it.
    pub options: Options,
}

impl<Options> std::fmt::Debug for Begun<Options> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Begun(..)")
    }
}

/// A passkey as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// What the user calls it.
    name: String,
    passkey: Passkey,
}

impl Passkeys {
    pub(super) fn new(settings: &Settings) -> Result<Self, Refused> {
        let unfit = |why: &str| Refused::Settings {
            why: format!(
                "the origin `{}` {why}. Write the address of the pages as browsers see it, such as `https://cotreat.example.org`.",
                settings.origin
            ),
        };
        let origin = Url::parse(&settings.origin).map_err(|_| unfit("is no address"))?;
        if origin.origin().ascii_serialization() != settings.origin.trim_end_matches('/') {
            return Err(unfit("is more than an origin"));
        }
        let webauthn = match origin.domain() {
            None => None,
            Some(name) => {
                let built = WebauthnBuilder::new(name, &origin)
                    .and_then(|builder| builder.rp_name(&settings.name).build());
                Some(built.map_err(|_| unfit("cannot be that of passkeys"))?)
            }
        };
        Ok(Self {
            webauthn,
            open: Mutex::new(HashMap::new()),
        })
    }

    fn webauthn(&self) -> Result<&Webauthn, Refused> {
        self.webauthn.as_ref().ok_or(Refused::NotAllowed)
    }

    fn keep(&self, half: Half, now: Timestamp) -> Result<String, Refused> {
        let token = Token::random()?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= MOST_OPEN {
            open.retain(|_, ceremony| now < ceremony.expires);
        }
        if open.len() >= MOST_OPEN {
            return Err(Refused::Busy);
        }
        let expires = now.checked_add(CEREMONY).unwrap_or(now);
        open.insert(name(&token), Ceremony { expires, half });
        Ok(token.to_text().to_string())
    }

    /// Takes a ceremony: whatever comes of its answer, there is no second one.
    fn take(&self, ceremony: &str, now: Timestamp) -> Result<Half, Refused> {
        let token = Token::read(ceremony).ok_or(Refused::Gone)?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let found = open.remove(&name(&token)).ok_or(Refused::Gone)?;
        if now < found.expires {
            Ok(found.half)
        } else {
            Err(Refused::Gone)
        }
    }
}

/// Found by a hash, so that looking takes no longer for a token that is nearly right.
fn name(token: &Token) -> [u8; 32] {
    *blake3::hash(token.bytes()).as_bytes()
}

/// What authenticators know a user by: it tells nothing of them.
fn handle(user: &str) -> Uuid {
    let hash = blake3::derive_key("cotreat 2026-11 users of passkeys", user.as_bytes());
    let mut handle = [0; 16];
    handle.copy_from_slice(&hash[..16]);
    Uuid::from_bytes(handle)
}

impl From<WebauthnError> for Refused {
    fn from(error: WebauthnError) -> Self {
        Self::Passkey {
            why: error.to_string(),
        }
    }
}

impl Identity {
    /// Whether browsers have passkeys for these pages: not where they are at a number instead of a name.
    #[must_use]
    pub const fn has_passkeys(&self) -> bool {
        self.passkeys.webauthn.is_some()
    }

    /// Keeps what a passkey has become by being used, or tells the log why it was refused.
    async fn used(
        &self,
        user: &StaffMember,
        mut found: Credential,
        mut kept: Kept,
        shown: Result<AuthenticationResult, WebauthnError>,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let refused = match shown {
            Ok(shown) => {
                kept.passkey.update_credential(&shown);
                found.secret = kept.to_bytes()?;
                found.counter = u64::from(shown.counter());
                if self.store.replace_credential(&found, now).await? {
                    return Ok(());
                }
                WebauthnError::CredentialPossibleCompromise
            }
            Err(refused) => refused,
        };
        let what = match refused {
            // Somebody may have a copy of it.
            WebauthnError::CredentialPossibleCompromise => "passkey_may_be_copied",
            _ => "passkey_refused",
        };
        // Not a failure that makes passwords wait: nobody guesses a passkey.
        let told = log::unproven(&user.user, what, "passkey", now)?;
        self.store.append_all(&told, None).await?;
        Err(refused.into())
    }

    async fn passkeys_of(&self, user: &str) -> Result<Vec<(Credential, Kept)>, Refused> {
        let found = self
            .store
            .credentials(user, CredentialKind::Passkey)
            .await?;
        let read = found
            .into_iter()
            .map(|one| Kept::read(&one).map(|kept| (one, kept)));
        read.collect()
    }

    /// The ids and names of a user's passkeys, for the page that lists them.
    ///
    /// # Errors
    /// A fault.
    pub async fn passkey_names(&self, user: &str) -> Result<Vec<(String, String)>, Refused> {
        let has = self.passkeys_of(user).await?;
        Ok(has
            .into_iter()
            .map(|(one, kept)| (one.id, kept.name))
            .collect())
    }
}

impl Kept {
    fn read(found: &Credential) -> Result<Self, Refused> {
        serde_json::from_slice(&found.secret).map_err(|_| {
            Refused::Store(cotreat_store::Error::Damaged {
                what: format!("passkey `{}`", found.id),
            })
        })
    }

    fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, Refused> {
        serde_json::to_vec(self)
            .map(Zeroizing::new)
            .map_err(|_| Refused::Broken)
    }
}
