//! What an installation decides about signing in.

use std::path::PathBuf;

use super::issuer::Provider;

/// What an installation decides about signing in.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the pages are, as browsers see it: `https://cotreat.example.org`. Passkeys are bound to its host, and forms are taken from it alone.
    pub origin: String,
    /// What it is called in authenticator apps and by passkeys.
    pub name: String,
    /// Whether people who work here need a second factor. Only the demo lets them go without.
    pub second_factor: SecondFactor,
    /// A file of SHA-1 hashes of breached passwords, sorted by hash, one `HASH:COUNT` on each line.
    pub breached_list: Option<PathBuf>,
    /// Issuers (OpenID Connect) by which people may sign in.
    pub issuers: Vec<Provider>,
    /// How many passwords are hashed at once; each takes 19 MiB for as long.
    pub hashes_at_once: usize,
}

/// Whether people who work here need a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    /// Without one they reach the page that sets one up, and nothing else.
    Required,
    /// They may have one.
    Optional,
}

impl Settings {
    /// What holds where nothing else is said.
    #[must_use]
    pub fn new(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            name: "Cotreat".to_owned(),
            second_factor: SecondFactor::Required,
            breached_list: None,
            issuers: Vec::new(),
            hashes_at_once: 2,
        }
    }
}
