//! A secret that opens something: a session, a link, a ceremony.

use data_encoding::BASE64URL_NOPAD;
use zeroize::Zeroizing;

use super::{Refused, chance};

const BYTES: usize = 32;
/// Bytes as characters of base64url.
const CHARACTERS: usize = 43;

/// 256 random bits. Whoever has it is let in; the store keeps a keyed hash only.
#[derive(Clone)]
pub struct Token(Zeroizing<[u8; BYTES]>);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// [`Refused::NoChance`].
    pub fn random() -> Result<Self, Refused> {
        Ok(Self(chance::bytes()?))
    }

    /// Reads what [`Self::to_text`] wrote; anything else is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        if text.len() != CHARACTERS {
            return None;
        }
        let bytes = Zeroizing::new(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?);
        let bytes = <[u8; BYTES]>::try_from(bytes.as_slice()).ok()?;
        Some(Self(Zeroizing::new(bytes)))
    }

    /// 43 characters that may stand in an address or a cookie.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64URL_NOPAD.encode(&*self.0))
    }

    /// The bits, for the store.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }
}
