//! Signing in through the accounts that a clinic has already (OpenID Connect).
//!
//! Authorization code flow with PKCE, `state` and `nonce`. Nobody becomes a user by it: the issuer must say that it has verified an e-mail address, and a user who may sign in
//! must have it. From then on the user is bound to whom the issuer called them, so that an address which is given to somebody else opens nothing.

mod claims;
mod guard;
mod web;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use cotreat_store::account::{CredentialKind, NewCredential};
use cotreat_store::clinic::ask::StaffMember;
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata};
use openidconnect::{
    ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope,
};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::limits::{Limit, Who};
use super::{Entered, Identity, Refused, Settings, Token, chance, log};
use claims::Claims;
use web::Web;

/// So long somebody may take at the issuer's.
pub const AWAY: SignedDuration = SignedDuration::from_mins(10);
/// So long what an issuer publishes about itself is taken as it was read.
const PUBLISHED: SignedDuration = SignedDuration::from_mins(10);
/// A key that is not known is looked for again, but not more often than this.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// An issuer by which people may sign in.
#[derive(Clone)]
pub struct Provider {
    /// Its id here: stands in addresses, [`return_path`].
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its address, exactly as it calls itself.
    pub issuer: String,
    /// What it calls this installation.
    pub client_id: String,
    /// What this installation shows it, where it wants that.
    pub client_secret: Option<Zeroizing<String>>,
    /// Further hosts it may name for its keys and tokens; its own is always one.
    pub hosts: Vec<String>,
    /// It stands inside the same house: private addresses and plain HTTP to them are taken.
    pub inside: bool,
    /// It asks everybody for a second factor, so that ours is not asked for. Where it does not always, it tells by `amr`.
    pub asks_second_factor: bool,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider")
            .field("id", &self.id)
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

/// The path to which an issuer sends people back. Each has its own, so that none can answer for another; register `ORIGIN` + this there.
#[must_use]
pub fn return_path(id: &str) -> String {
    format!("/sign-in/with/{id}/return")
}

/// Somebody leaves for an issuer: set the cookie ([`super::cookie::Jar::Issuer`]), and send them to the address.
pub struct Leaving {
    /// Where to.
    pub address: String,
    /// What the browser keeps until it comes back.
    pub browser: Token,
}

impl std::fmt::Debug for Leaving {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Leaving(..)")
    }
}

/// What an issuer sends somebody back with.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// The id in the path.
    pub provider: &'a str,
    /// `state`.
    pub state: &'a str,
    /// `code`.
    pub code: &'a str,
    /// `iss`, where it sends one.
    pub iss: Option<&'a str>,
}

impl std::fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer")
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}

/// The issuers of an installation.
pub(super) struct Issuers {
    all: HashMap<String, Arc<Issuer>>,
}

struct Issuer {
    provider: Provider,
    url: IssuerUrl,
    returns_to: RedirectUrl,
    web: Web,
    published: Mutex<Option<Published>>,
}

/// What an issuer publishes about itself, and when it was read.
#[derive(Clone)]
struct Published {
    read: Timestamp,
    metadata: Arc<CoreProviderMetadata>,
}

/// What is remembered while somebody is away.
#[derive(Serialize, Deserialize)]
struct Remembered {
    provider: String,
    nonce: String,
    verifier: String,
    /// A hash of what the browser keeps.
    browser: [u8; 32],
}

fn browser_hash(browser: &Token) -> [u8; 32] {
    *blake3::hash(browser.bytes()).as_bytes()
}

impl Issuers {
    pub(super) fn new(settings: &Settings) -> Result<Self, Refused> {
        let mut all = HashMap::new();
        for provider in &settings.issuers {
            let issuer = Issuer::new(provider.clone(), &settings.origin)?;
            if all.insert(provider.id.clone(), Arc::new(issuer)).is_some() {
                return Err(Refused::Settings {
                    why: format!(
                        "two issuers have the id `{}`. Give each its own.",
                        provider.id
                    ),
                });
            }
        }
        Ok(Self { all })
    }

    fn get(&self, id: &str) -> Result<Arc<Issuer>, Refused> {
        self.all.get(id).cloned().ok_or(Refused::Gone)
    }
}

impl Issuer {
    fn new(provider: Provider, origin: &str) -> Result<Self, Refused> {
        let unfit = |why: &str| Refused::Settings {
            why: format!("issuer `{}`: {why}", provider.id),
        };
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if provider.id.is_empty() || !provider.id.chars().all(plain) {
            return Err(unfit(
                "its id stands in addresses. Use small letters, digits and `-`.",
            ));
        }
        let url = IssuerUrl::new(provider.issuer.clone()).map_err(|_| {
            unfit("its address cannot be read. Write it as the issuer calls itself.")
        })?;
        let returns_to = format!(
            "{}{}",
            origin.trim_end_matches('/'),
            return_path(&provider.id)
        );
        let returns_to = RedirectUrl::new(returns_to)
            .map_err(|_| unfit("the origin of the pages is no address."))?;
        let host = url.url().host_str().unwrap_or_default().to_owned();
        let hosts = provider.hosts.iter().cloned().chain([host]).collect();
        let web = Web::new(hosts, provider.inside);
        if let Err(why) = web.may_ask(url.url()) {
            return Err(unfit(&format!("{why}.")));
        }
        Ok(Self {
            url,
            returns_to,
            web,
            published: Mutex::new(None),
            provider,
        })
    }

    /// What the issuer publishes about itself, read again where it is old. Blocks.
    fn published(&self, older_than: SignedDuration, now: Timestamp) -> Result<Published, Refused> {
        let kept = self
            .published
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(kept) = kept
            && now.duration_since(kept.read).abs() < older_than
        {
            return Ok(kept);
        }
        let ask = |request| self.web.ask(request);
        let metadata = CoreProviderMetadata::discover(&self.url, &ask)
            .map_err(|error| why("what it publishes about itself", &error))?;
        let fresh = Published {
            read: now,
            metadata: Arc::new(metadata),
        };
        *self
            .published
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(fresh.clone());
        Ok(fresh)
    }

    fn client_id(&self) -> ClientId {
        ClientId::new(self.provider.client_id.clone())
    }

    fn client_secret(&self) -> Option<ClientSecret> {
        let secret = self.provider.client_secret.as_ref()?;
        Some(ClientSecret::new(secret.to_string()))
    }

    /// The address to which somebody is sent.
    fn address(
        &self,
        state: &Token,
        remembered: &Remembered,
        now: Timestamp,
    ) -> Result<String, Refused> {
        let published = self.published(PUBLISHED, now)?;
        let verifier = PkceCodeVerifier::new(remembered.verifier.clone());
        let client = CoreClient::from_provider_metadata(
            (*published.metadata).clone(),
            self.client_id(),
            self.client_secret(),
        )
        .set_redirect_uri(self.returns_to.clone());
        let state = CsrfToken::new(state.to_text().to_string());
        let nonce = Nonce::new(remembered.nonce.clone());
        let (address, _, _) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || state,
                move || nonce,
            )
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        // A browser is sent there, not this server: any host, but no plain HTTP through the open network.
        if address.scheme() != "https" && !self.provider.inside {
            return Err(Refused::Issuer {
                why: "it wants people to sign in without encryption".to_owned(),
            });
        }
        Ok(address.to_string())
    }
}

/// Says what of an issuer went wrong, without what it sent.
fn why(what: &str, error: &dyn std::error::Error) -> Refused {
    let mut words = format!("{what}: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        words.push_str(&format!(": {error}"));
        cause = error.source();
    }
    Refused::Issuer { why: words }
}

impl Identity {
    /// The issuers by which people may sign in: id and name.
    pub fn issuers(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.settings.issuers.iter();
        all.map(|one| (one.id.as_str(), one.name.as_str()))
    }

    /// Begins to sign somebody in by an issuer.
    ///
    /// # Errors
    /// [`Refused::Gone`]: there is no such issuer; [`Refused::Wait`], [`Refused::Issuer`], or a fault.
    pub async fn leave_for_issuer(
        &self,
        provider: &str,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Leaving, Refused> {
        self.limits.take(Limit::Begin, Who::From(from), now)?;
        let issuer = self.issuers.get(provider)?;
        let (state, browser) = (Token::random()?, Token::random()?);
        let remembered = Remembered {
            provider: provider.to_owned(),
            nonce: Token::random()?.to_text().to_string(),
            verifier: Token::random()?.to_text().to_string(),
            browser: browser_hash(&browser),
        };
        let secret = serde_json::to_vec(&remembered).map_err(|_| Refused::Broken)?;
        let sent = state.clone();
        let asking = tokio::task::spawn_blocking(move || issuer.address(&sent, &remembered, now));
        let address = asking.await.map_err(|_| Refused::Broken)??;
        let expires = now.checked_add(AWAY).unwrap_or(now);
        self.store
            .add_oidc_state(state.bytes(), &Zeroizing::new(secret), expires)
            .await?;
        Ok(Leaving { address, browser })
    }

    /// Ends signing in by an issuer. `browser` is what the cookie kept; take that cookie away.
    ///
    /// Answer with a page of our own that goes on by itself, not with a redirect: the browser came from another site, and would not send the cookie of the session along with it.
    ///
    /// # Errors
    /// [`Refused::Gone`]: nobody was sent there with that state from this browser; [`Refused::NotRight`]: the issuer knows them, and nobody here has the address it verified;
    /// [`Refused::Issuer`], [`Refused::Wait`], or a fault.
    pub async fn return_from_issuer(
        &self,
        answer: Answer<'_>,
        browser: &Token,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Entered, Refused> {
        self.limits.take(Limit::SignInFrom, Who::From(from), now)?;
        let state = Token::read(answer.state).ok_or(Refused::Gone)?;
        let secret = self.store.take_oidc_state(state.bytes(), now).await?;
        let secret = secret.ok_or(Refused::Gone)?;
        let remembered: Remembered = serde_json::from_slice(&secret).map_err(|_| Refused::Gone)?;
        let same_browser = remembered.browser.ct_eq(&browser_hash(browser));
        if !bool::from(same_browser) || remembered.provider != answer.provider {
            return Err(Refused::Gone);
        }
        let issuer = self.issuers.get(answer.provider)?;
        if answer.iss.is_some_and(|iss| iss != issuer.provider.issuer) {
            return Err(Refused::Issuer {
                why: "another issuer answered in its place".to_owned(),
            });
        }
        let code = Zeroizing::new(answer.code.to_owned());
        let asking = Arc::clone(&issuer);
        let asking = tokio::task::spawn_blocking(move || asking.claims(&code, &remembered, now));
        let claims = asking.await.map_err(|_| Refused::Broken)??;
        self.enter_by_issuer(&issuer, &claims, from, now).await
    }

    async fn enter_by_issuer(
        &self,
        issuer: &Issuer,
        claims: &Claims,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Entered, Refused> {
        let user = self.known(&claims.email).await?;
        let user = user.ok_or(Refused::NotRight)?;
        if !self.is_bound(issuer, &user, claims, now).await? {
            let told = log::unproven(&user.user, "sign_in_failed", "oidc", now)?;
            self.store.append_all(&told, None).await?;
            return Err(Refused::NotRight);
        }
        self.limits.give_back(Limit::SignInFrom, Who::From(from));
        let two = issuer.provider.asks_second_factor || claims.two_factors;
        let told = log::own(&user, "signed_in", "oidc", now)?;
        self.enter(&user, "oidc", two, now, &told).await
    }

    /// Whether a user is who the issuer says, by the name it has for them; the first time binds.
    async fn is_bound(
        &self,
        issuer: &Issuer,
        user: &StaffMember,
        claims: &Claims,
        now: Timestamp,
    ) -> Result<bool, Refused> {
        let kind = CredentialKind::Issuer;
        let prefix = format!("{}\n", issuer.provider.issuer);
        let subject = format!("{prefix}{}", claims.subject);
        for bound in self.store.credentials(&user.user, kind).await? {
            if bound.secret.starts_with(prefix.as_bytes()) {
                return Ok(bound.secret.ct_eq(subject.as_bytes()).into());
            }
        }
        let id = chance::id()?;
        let new = NewCredential {
            id: &id,
            user: &user.user,
            kind,
            look_up: subject.as_bytes(),
            secret: subject.as_bytes(),
            counter: 0,
        };
        let told = log::own(user, "issuer_bound", "oidc", now)?;
        // False: the issuer's account is somebody else's here.
        Ok(self.store.add_credential(&new, now, &told).await?)
    }
}
