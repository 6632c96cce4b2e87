//! Encryption: XChaCha20-Poly1305 (RFC 8439 with the 24-byte nonce of draft-irtf-cfrg-xchacha), keys derived with BLAKE3.
//!
//! The master key never lies in the database. Each person has a random key of their own, stored sealed under the master key; deleting it makes
//! all that was sealed with it unreadable for ever, backups made later included.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::hex;

/// Bytes of a key.
pub const KEY: usize = 32;
const NONCE: usize = 24;

/// The secret of an installation: 32 bytes from a file outside the database.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; KEY]>);

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

impl MasterKey {
    /// A new random key.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn random() -> Result<Self, Error> {
        Ok(Self(random()?))
    }

    /// Reads 64 hexadecimal digits, as [`Self::to_hex`] writes them; spaces around them do not matter.
    ///
    /// # Errors
    /// [`Error::WrongKey`] when it is anything else.
    pub fn from_hex(text: &str) -> Result<Self, Error> {
        let key = hex::read(text.trim()).ok_or(Error::WrongKey)?;
        Ok(Self(Zeroizing::new(key)))
    }

    /// 64 hexadecimal digits, for the key file.
    #[must_use]
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::write(&*self.0))
    }

    /// A key for one purpose; knowing it tells nothing about the master key or other purposes.
    pub(crate) fn derive(&self, purpose: &'static str) -> Zeroizing<[u8; KEY]> {
        Zeroizing::new(blake3::derive_key(purpose, &*self.0))
    }
}

/// Random bytes for a key.
pub(crate) fn random() -> Result<Zeroizing<[u8; KEY]>, Error> {
    let mut key = Zeroizing::new([0; KEY]);
    fill(&mut *key)?;
    Ok(key)
}

fn fill(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|error| {
        Error::File(
            "random numbers of the system".into(),
            std::io::Error::other(error.to_string()),
        )
    })
}

/// Seals bytes: nonce, then ciphertext with its tag. `about` is bound to them: opening with another `about` fails, so that no row can be passed off
/// as another.
///
/// # Errors
/// The system has no random numbers.
pub fn seal(key: &[u8; KEY], about: &[u8], plain: &[u8]) -> Result<Vec<u8>, Error> {
    let mut nonce = [0; NONCE];
    fill(&mut nonce)?;
    sealed(key, nonce, about, plain)
}

const NONCES: &str = "cotreat 2026-11 nonces that follow from what is sealed";

/// As [`seal`], but the same bytes about the same are sealed the same, for what is made from events and must come out the same when it is made again.
///
/// The nonce follows from the key, `about` and the bytes, so that none ever meets two texts. All that can be told from outside is that a text is the one that stood there before.
pub(crate) fn seal_same(key: &[u8; KEY], about: &[u8], plain: &[u8]) -> Result<Vec<u8>, Error> {
    let own = Zeroizing::new(blake3::derive_key(NONCES, key));
    let mut hasher = blake3::Hasher::new_keyed(&own);
    hasher.update(&(about.len() as u64).to_le_bytes());
    hasher.update(about);
    hasher.update(plain);
    let mut nonce = [0; NONCE];
    hasher.finalize_xof().fill(&mut nonce);
    sealed(key, nonce, about, plain)
}

fn sealed(
    key: &[u8; KEY],
    nonce: [u8; NONCE],
    about: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, Error> {
    let cipher = XChaCha20Poly1305::new(key.into());
    let sealed = cipher
        .encrypt(
            &XNonce::from(nonce),
            Payload {
                msg: plain,
                aad: about,
            },
        )
        .map_err(|_| Error::Damaged {
            what: "a text longer than the cipher takes".to_owned(),
        })?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens what [`seal`] sealed; `None`: another key, another `about`, or changed bytes.
#[must_use]
pub fn open(key: &[u8; KEY], about: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, text) = sealed.split_first_chunk::<NONCE>()?;
    XChaCha20Poly1305::new(key.into())
        .decrypt(
            &XNonce::from(*nonce),
            Payload {
                msg: text,
                aad: about,
            },
        )
        .ok()
}
