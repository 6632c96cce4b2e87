//! Forms are taken from our own pages only: a token in each form, and a rule about where the browser says it comes from.

use data_encoding::BASE64URL_NOPAD;
use subtle::ConstantTimeEq as _;

use super::{Refused, chance};

const BYTES: usize = 32;

/// The secret of a session's forms.
#[derive(Clone)]
pub struct FormSecret([u8; BYTES]);

impl std::fmt::Debug for FormSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FormSecret(..)")
    }
}

impl FormSecret {
    pub(super) const fn new(secret: [u8; BYTES]) -> Self {
        Self(secret)
    }

    /// A token for one answer of the server. Each is masked with other random bytes, so that what repeats on a compressed page does not give it away (BREACH).
    ///
    /// # Errors
    /// [`Refused::NoChance`].
    pub fn token(&self) -> Result<String, Refused> {
        let mask = chance::bytes::<BYTES>()?;
        let mut token = [0; 2 * BYTES];
        token[..BYTES].copy_from_slice(&*mask);
        for (at, byte) in self.0.iter().enumerate() {
            token[BYTES + at] = byte ^ mask[at];
        }
        Ok(BASE64URL_NOPAD.encode(&token))
    }

    /// Whether a token is one of this secret; in the same time, however much of it is right.
    #[must_use]
    pub fn fits(&self, token: &str) -> bool {
        let Ok(token) = BASE64URL_NOPAD.decode(token.as_bytes()) else {
            return false;
        };
        let Some((mask, masked)) = token.split_first_chunk::<BYTES>() else {
            return false;
        };
        let Ok(masked) = <[u8; BYTES]>::try_from(masked) else {
            return false;
        };
        let mut secret = [0; BYTES];
        for (at, byte) in secret.iter_mut().enumerate() {
            *byte = mask[at] ^ masked[at];
        }
        secret.ct_eq(&self.0).into()
    }
}

/// Whether a request comes from one of our own pages, as its browser says. Requests that only read (GET, HEAD, OPTIONS) always do.
///
/// `Sec-Fetch-Site` cannot be set by a page, and decides where it is sent. `Origin` must be ours where it names one; it is `null` on forms of pages with `Referrer-Policy:
/// no-referrer`, which is why it alone decides only where the other is missing. A request that says neither is no browser's form.
#[must_use]
pub fn from_our_pages(
    method: &str,
    origin: Option<&str>,
    sec_fetch_site: Option<&str>,
    ours: &str,
) -> bool {
    if matches!(method, "GET" | "HEAD" | "OPTIONS") {
        return true;
    }
    let is_ours = |origin: &str| origin.eq_ignore_ascii_case(ours.trim_end_matches('/'));
    match (sec_fetch_site, origin) {
        (Some(site), origin) => {
            site == "same-origin" && origin.is_none_or(|origin| origin == "null" || is_ours(origin))
        }
        (None, Some(origin)) => is_ours(origin),
        (None, None) => false,
    }
}
