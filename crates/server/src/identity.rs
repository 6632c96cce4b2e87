//! Who is who on the network: people who work here sign in, patients open links.
//!
//! [`Identity`] holds what signing in needs; its methods are the routes, one file for each. Nothing here knows HTTP: a handler takes what the browser sent, asks here, and sets
//! the cookie that [`cookie`] writes. Time is handed in, randomness comes from one place ([`chance`]), and everything that lasts lies in the store.
//!
//! | what somebody does | file |
//! | --- | --- |
//! | signs in with a password, asks for a new one | [`sign_in`], [`setup`] |
//! | proves who they are in a second way | [`second_factor`], [`passkey`] |
//! | signs in with a passkey, or through their clinic's own accounts | [`passkey`], [`issuer`] |
//! | goes on working, locks, unlocks, signs out | [`session`] |
//! | answers a questionnaire, reads their own page (patients) | [`link`] |
//!
//! What must hold, each with a test: a token is 256 random bits of which only a keyed hash is kept; whoever is not known costs the same work as a wrong password; every way of
//! guessing is counted; nothing in a request changes when a session ends; and no type here shows a secret when it is printed.

pub mod breached;
pub mod chance;
pub mod cookie;
pub mod csrf;
mod demo;
pub mod issuer;
pub mod letter;
pub mod limits;
pub mod link;
mod log;
pub mod passkey;
pub mod password;
pub mod picture;
mod refused;
pub mod second_factor;
pub mod session;
pub mod settings;
pub mod setup;
pub mod sign_in;
pub mod token;

use std::sync::Arc;

use cotreat_store::Store;
use cotreat_store::clinic::ask::StaffMember;

pub use refused::Refused;
pub use session::{Entered, Here, SessionState};
pub use settings::Settings;
pub use token::Token;

use breached::Breached;
use issuer::Issuers;
use limits::Limits;
use passkey::Passkeys;
use password::Hasher;

/// What signing in needs. One for the server; share it by reference.
pub struct Identity {
    store: Arc<Store>,
    settings: Settings,
    hasher: Hasher,
    breached: Breached,
    limits: Limits,
    passkeys: Passkeys,
    issuers: Issuers,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl Identity {
    /// Counts a step on a public page, if it may be made from there.
    ///
    /// # Errors
    /// [`Refused::Wait`]: there were too many.
    pub fn may_ask(&self, from: std::net::IpAddr, now: jiff::Timestamp) -> Result<(), Refused> {
        self.limits
            .take(limits::Limit::Ask, limits::Who::From(from), now)
    }

    /// Counts what somebody leaves on a public page, if it may be left from there.
    ///
    /// # Errors
    /// [`Refused::Wait`]: there was too much.
    pub fn may_leave(&self, from: std::net::IpAddr, now: jiff::Timestamp) -> Result<(), Refused> {
        self.limits
            .take(limits::Limit::Leave, limits::Who::From(from), now)
    }

    /// With these settings, over this store.
    ///
    /// # Errors
    /// [`Refused::Settings`]: the origin, the list of breached passwords or an issuer is not as it should be.
    pub fn new(store: Arc<Store>, settings: Settings) -> Result<Self, Refused> {
        Ok(Self {
            hasher: Hasher::new(settings.hashes_at_once)?,
            breached: Breached::open(settings.breached_list.as_deref())?,
            limits: Limits::default(),
            passkeys: Passkeys::new(&settings)?,
            issuers: Issuers::new(&settings)?,
            store,
            settings,
        })
    }

    /// The settings it was made with.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The user with this address who may sign in. An address that two users have is nobody's.
    async fn known(&self, email: &str) -> Result<Option<StaffMember>, Refused> {
        let mut found = self.store.users_by_email(email).await?;
        let only = if found.len() == 1 { found.pop() } else { None };
        Ok(only.filter(|one| !one.disabled))
    }

    /// The user of this id who may sign in.
    async fn user(&self, id: &str) -> Result<StaffMember, Refused> {
        let found = self.store.user(id).await?;
        found.filter(|one| !one.disabled).ok_or(Refused::Gone)
    }
}
