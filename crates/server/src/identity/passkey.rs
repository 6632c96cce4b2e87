//! Passkeys (WebAuthn): two factors in one, and nothing that could be typed into the wrong page.
//!
//! A ceremony has two halves. Between them the challenge is kept here in memory, for five minutes and one answer; the page gets a token that names it. A restart of the server makes people begin
//! again, and nothing else.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use cotreat_store::account::{Credential, CredentialKind, NewCredential};
use cotreat_store::clinic::ask::StaffMember;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use webauthn_rs::Webauthn;
use webauthn_rs::WebauthnBuilder;
use webauthn_rs::prelude::{
    AuthenticationResult, CreationChallengeResponse, DiscoverableAuthentication, Passkey,
    PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    RequestChallengeResponse, Url, Uuid, WebauthnError,
};
use webauthn_rs_proto::ResidentKeyRequirement;
use zeroize::Zeroizing;

use super::limits::{Limit, Who};
use super::{Entered, Here, Identity, Refused, SessionState, Settings, Token, chance, log};

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

    /// Begins to add a passkey.
    ///
    /// # Errors
    /// [`Refused::NotAllowed`], [`Refused::ProveAgain`], [`Refused::Busy`], or a fault.
    pub async fn begin_passkey(
        &self,
        here: &Here,
        now: Timestamp,
    ) -> Result<Begun<CreationChallengeResponse>, Refused> {
        here.may_change_factors(now)?;
        let user = self.user(&here.session.user).await?;
        let has = self.passkeys_of(&user.user).await?;
        let has = has.iter().map(|(_, kept)| kept.passkey.cred_id().clone());
        let (mut options, state) = self.passkeys.webauthn()?.start_passkey_registration(
            handle(&user.user),
            &user.account.email,
            &user.account.name,
            Some(has.collect()),
        )?;
        // So that it can be offered without an address being typed first. A key without room for that is taken too.
        if let Some(wanted) = options.public_key.authenticator_selection.as_mut() {
            wanted.resident_key = Some(ResidentKeyRequirement::Preferred);
        }
        let half = Half::Register(here.session.id.clone(), Box::new(state));
        Ok(Begun {
            ceremony: self.passkeys.keep(half, now)?,
            options,
        })
    }

    /// Ends adding a passkey, under a name the user gives it. The session is open from then on, under a new token.
    ///
    /// # Errors
    /// [`Refused::Gone`], [`Refused::Passkey`], [`Refused::NotAllowed`], [`Refused::ProveAgain`], or a fault.
    pub async fn finish_passkey(
        &self,
        here: &Here,
        ceremony: &str,
        answer: &RegisterPublicKeyCredential,
        name: &str,
        now: Timestamp,
    ) -> Result<Entered, Refused> {
        here.may_change_factors(now)?;
        let state = match self.passkeys.take(ceremony, now)? {
            Half::Register(session, state) if session == here.session.id => state,
            _ => return Err(Refused::Gone),
        };
        let passkey = self
            .passkeys
            .webauthn()?
            .finish_passkey_registration(answer, &state)?;
        let user = self.user(&here.session.user).await?;
        let id = chance::id()?;
        let look_up = passkey.cred_id().to_vec();
        let kept = Kept {
            name: name.chars().take(60).collect(),
            passkey,
        };
        let secret = kept.to_bytes()?;
        let new = NewCredential {
            id: &id,
            user: &user.user,
            kind: CredentialKind::Passkey,
            look_up: &look_up,
            secret: &secret,
            counter: 0,
        };
        let told = log::own(&user, "second_factor_added", "passkey", now)?;
        if !self.store.add_credential(&new, now, &told).await? {
            return Err(Refused::Passkey {
                why: "it is registered already".to_owned(),
            });
        }
        self.renew(here, true, now, &[]).await
    }

    /// Begins to sign somebody in by a passkey, whoever they are.
    ///
    /// # Errors
    /// [`Refused::Wait`], [`Refused::Busy`], or a fault.
    pub fn begin_sign_in_by_passkey(
        &self,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Begun<RequestChallengeResponse>, Refused> {
        self.limits.take(Limit::Begin, Who::From(from), now)?;
        let (options, state) = self
            .passkeys
            .webauthn()?
            .start_discoverable_authentication()?;
        Ok(Begun {
            ceremony: self.passkeys.keep(Half::SignIn(Box::new(state)), now)?,
            options,
        })
    }

    /// Ends signing in by a passkey.
    ///
    /// # Errors
    /// [`Refused::Gone`], [`Refused::Passkey`], [`Refused::Wait`], or a fault.
    pub async fn finish_sign_in_by_passkey(
        &self,
        ceremony: &str,
        answer: &PublicKeyCredential,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Entered, Refused> {
        self.limits.take(Limit::SignInFrom, Who::From(from), now)?;
        let Half::SignIn(state) = self.passkeys.take(ceremony, now)? else {
            return Err(Refused::Gone);
        };
        let webauthn = self.passkeys.webauthn()?;
        let (whose, id) = webauthn.identify_discoverable_authentication(answer)?;
        let unknown = || Refused::Passkey {
            why: "nobody has it".to_owned(),
        };
        let found = self
            .store
            .credential_by(CredentialKind::Passkey, id)
            .await?
            .ok_or_else(unknown)?;
        if handle(&found.user) != whose {
            return Err(unknown());
        }
        let user = self.user(&found.user).await.map_err(|_| unknown())?;
        let kept = Kept::read(&found)?;
        let shown = webauthn.finish_discoverable_authentication_v2(answer, *state, &kept.passkey);
        self.used(&user, found, kept, shown, now).await?;
        self.limits.give_back(Limit::SignInFrom, Who::From(from));
        self.store.sign_in_went_well(&user.user).await?;
        let told = log::own(&user, "signed_in", "passkey", now)?;
        self.enter(&user, "passkey", true, now, &told).await
    }

    /// Begins to show who one is by a passkey: as the second factor, to unlock, or to make the proof younger.
    ///
    /// # Errors
    /// [`Refused::NotAllowed`]: the user has none; [`Refused::Busy`], or a fault.
    pub async fn begin_proof_by_passkey(
        &self,
        here: &Here,
        now: Timestamp,
    ) -> Result<Begun<RequestChallengeResponse>, Refused> {
        let has = self.passkeys_of(&here.session.user).await?;
        if has.is_empty() {
            return Err(Refused::NotAllowed);
        }
        let has: Vec<Passkey> = has.into_iter().map(|(_, kept)| kept.passkey).collect();
        let (options, state) = self
            .passkeys
            .webauthn()?
            .start_passkey_authentication(&has)?;
        let half = Half::Prove(here.session.id.clone(), Box::new(state));
        Ok(Begun {
            ceremony: self.passkeys.keep(half, now)?,
            options,
        })
    }

    /// Ends showing who one is by a passkey; the session goes on under a new token.
    ///
    /// # Errors
    /// [`Refused::Gone`], [`Refused::Passkey`], [`Refused::Wait`], or a fault.
    pub async fn finish_proof_by_passkey(
        &self,
        here: &Here,
        ceremony: &str,
        answer: &PublicKeyCredential,
        now: Timestamp,
    ) -> Result<Entered, Refused> {
        let trying = Who::Name(&here.session.id);
        self.limits.take(Limit::Prove, trying, now)?;
        let state = match self.passkeys.take(ceremony, now)? {
            Half::Prove(session, state) if session == here.session.id => state,
            _ => return Err(Refused::Gone),
        };
        let user = self.user(&here.session.user).await?;
        let shown = self
            .passkeys
            .webauthn()?
            .finish_passkey_authentication(answer, &state);
        let id: &[u8] = answer.raw_id.as_ref();
        let found = self
            .store
            .credential_by(CredentialKind::Passkey, id)
            .await?
            .filter(|found| found.user == user.user)
            .ok_or(Refused::Gone)?;
        let kept = Kept::read(&found)?;
        self.used(&user, found, kept, shown, now).await?;
        self.limits.forgive(Limit::Prove, trying);
        self.store.sign_in_went_well(&user.user).await?;
        let what = match here.state {
            SessionState::AwaitsSecondFactor => "signed_in",
            _ => "proved_again",
        };
        let told = log::own(&user, what, "passkey", now)?;
        self.renew(here, true, now, &told).await
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
