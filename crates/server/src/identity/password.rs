//! Passwords: which may be chosen, and how they are kept (Argon2id).
//!
//! No rule about kinds of characters: length, and not among those that are tried first (NIST SP 800-63B 5.1.1.2, OWASP ASVS 5.0 6.2). A password is taken as it was typed,
//! unchanged and uncut.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use password_auth::{VerifyError, generate_hash, is_hash_obsolete, verify_password};
use tokio::sync::{Semaphore, SemaphorePermit};
use zeroize::Zeroizing;

use super::{Refused, chance};

/// The fewest characters of a password.
pub const FEWEST: usize = 12;
/// The most.
pub const MOST: usize = 256;

/// Why a password may not be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is too short.
    TooShort,
    /// It is too long.
    TooLong,
    /// It repeats a few characters.
    Repeats,
    /// Little is left of it without the user's own name, address, or the name of the clinic.
    Own,
    /// It is one of the first that somebody would try.
    Common,
    /// It is on the operator's list of breached passwords.
    Breached,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort => write!(f, "the password is too short: it needs at least {FEWEST} characters. Three or four words that do not belong together are easy to keep in mind."),
            Self::TooLong => write!(f, "the password is too long: {MOST} characters are the most."),
            Self::Repeats => f.write_str("the password repeats the same few characters. Take one that does not."),
            Self::Own => f.write_str("the password is made of your name, your address or the clinic's name. Take one that nobody who knows you would try."),
            Self::Common => f.write_str("this password is among the first that are tried. Take three or four words that do not belong together."),
            Self::Breached => f.write_str("this password has been published in a data breach. Take another one, and change it wherever else you use it."),
        }
    }
}

/// Whether a password may be chosen, as far as it alone and what belongs to its user can tell; [`super::breached`] knows the rest.
///
/// `own` are words that others would try first for this user: name, address, clinic.
///
/// # Errors
/// Why it may not.
pub fn fit(password: &str, own: &[&str]) -> Result<(), Unfit> {
    let characters = password.chars().count();
    if characters < FEWEST {
        return Err(Unfit::TooShort);
    }
    if characters > MOST {
        return Err(Unfit::TooLong);
    }
    if repeats(password) {
        return Err(Unfit::Repeats);
    }
    if without(password, own) < LEFT {
        return Err(Unfit::Own);
    }
    Ok(())
}

/// So many letters and digits must be left of a password without what belongs to its user.
const LEFT: usize = 8;
/// Shorter words stand in many longer ones.
const SHORTEST_WORD: usize = 4;

/// A piece of at most four characters, again and again, or at most three different characters.
fn repeats(password: &str) -> bool {
    let characters: Vec<char> = password.to_lowercase().chars().collect();
    let mut different = characters.clone();
    different.sort_unstable();
    different.dedup();
    let periodic = |period: usize| {
        characters
            .iter()
            .zip(characters.iter().skip(period))
            .all(|(a, b)| a == b)
    };
    different.len() <= 3 || (1..=4).any(periodic)
}

/// How many letters and digits are left without the words of `own`, in whatever case and however joined.
fn without(password: &str, own: &[&str]) -> usize {
    let mut left = Zeroizing::new(plain(password));
    let mut words: Vec<String> = own.iter().flat_map(|text| pieces(text)).collect();
    words.push("cotreat".to_owned());
    // The longest first, so that a name does not take a piece out of the address it stands in.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in words {
        *left = left.replace(&word, "");
    }
    left.chars().count()
}

fn plain(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// The words of a text, and all of it in one.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(plain);
    let mut pieces: Vec<String> = words.chain([plain(text)]).collect();
    pieces.retain(|piece| piece.chars().count() >= SHORTEST_WORD);
    pieces
}

/// Hashes and checks passwords: a few at a time, for each takes 19 MiB and many milliseconds.
pub struct Hasher {
    gate: Semaphore,
    waiting: AtomicUsize,
    /// The hash of a password that nobody has, checked where there is no other.
    stand_in: Zeroizing<String>,
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hasher(..)")
    }
}

/// What came of checking a password.
#[derive(Clone)]
pub enum Checked {
    /// It is another.
    Wrong,
    /// It is the one.
    Right,
    /// It is the one, and its hash is of an older kind: here is a better one.
    RightButOld(Zeroizing<String>),
}

impl fmt::Debug for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Wrong => "Wrong",
            Self::Right => "Right",
            Self::RightButOld(_) => "RightButOld(..)",
        })
    }
}

/// So many wait for their turn; whoever comes then is asked to come again.
const MOST_WAITING: usize = 64;

impl Hasher {
    /// One that does so much at once. Hashes once, so that it takes a moment.
    ///
    /// # Errors
    /// [`Refused::NoChance`].
    pub fn new(at_once: usize) -> Result<Self, Refused> {
        let nobodys = chance::bytes::<32>()?;
        Ok(Self {
            gate: Semaphore::new(at_once.max(1)),
            waiting: AtomicUsize::new(0),
            stand_in: Zeroizing::new(generate_hash(*nobodys)),
        })
    }

    /// The hash of a password, in PHC form.
    ///
    /// # Errors
    /// [`Refused::Busy`].
    pub async fn hash(&self, password: Zeroizing<String>) -> Result<Zeroizing<String>, Refused> {
        let _turn = self.turn().await?;
        let hashing =
            tokio::task::spawn_blocking(move || Zeroizing::new(generate_hash(&*password)));
        hashing.await.map_err(|_| Refused::Broken)
    }

    /// Checks a password against a hash. Where there is none it is wrong, after the same work.
    ///
    /// # Errors
    /// [`Refused::Busy`].
    pub async fn check(
        &self,
        password: Zeroizing<String>,
        hash: Option<Zeroizing<String>>,
    ) -> Result<Checked, Refused> {
        let _turn = self.turn().await?;
        let is_there = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.stand_in.clone());
        let checking = tokio::task::spawn_blocking(move || check(&password, &hash));
        let checked = checking.await.map_err(|_| Refused::Broken)??;
        Ok(if is_there { checked } else { Checked::Wrong })
    }

    async fn turn(&self) -> Result<SemaphorePermit<'_>, Refused> {
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= MOST_WAITING {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(Refused::Busy);
        }
        let waiting = Waiting(&self.waiting);
        let turn = self.gate.acquire().await.map_err(|_| Refused::Broken);
        drop(waiting);
        turn
    }
}

/// Counted out however the wait ends.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn check(password: &str, hash: &str) -> Result<Checked, Refused> {
    match verify_password(password, hash) {
        Ok(()) => {}
        Err(VerifyError::PasswordInvalid) => return Ok(Checked::Wrong),
        Err(VerifyError::Parse(_)) => {
            return Err(Refused::Store(cotreat_store::Error::Damaged {
                what: "a password hash".to_owned(),
            }));
        }
    }
    Ok(match is_hash_obsolete(hash) {
        Ok(false) => Checked::Right,
        _ => Checked::RightButOld(Zeroizing::new(generate_hash(password))),
    })
}
