//! Passwords that everybody knows: a list that comes with the program, and one that the operator may add.
//!
//! - **Bundled.** The lists of `zxcvbn` (MIT): 30,000 passwords and 63,855 English words, names and words of film, by frequency. An exact or spelled-differently match of the
//!   whole password is refused, and so is whatever its estimate finds within the first 10⁸ guesses: joined common words, keyboard rows, dates, repeats. Of the 30,000 passwords
//!   229 are long enough to be chosen at all; the estimate is what catches the longer ones that are made of the others.
//! - **The operator's.** The file of "Have I Been Pwned", SHA-1 in order of hash, one `HASH:COUNT` on each line, as its downloader writes it (some 40 GB, and not shipped). It is
//!   searched where it lies: some 35 reads of a line each, and nothing in memory.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use data_encoding::HEXUPPER;
use sha1::{Digest as _, Sha1};
use zxcvbn::matching::patterns::MatchPattern;
use zxcvbn::zxcvbn;

use super::Refused;
use super::password::{Unfit, pieces};

/// Whoever guesses gets there within 10 to the power of this many tries.
const FIRST_GUESSES: f64 = 8.0;

/// Passwords that everybody knows.
#[derive(Clone, Debug)]
pub struct Breached {
    list: Option<PathBuf>,
}

impl Breached {
    /// With the operator's list, if there is one; a look at its ends tells whether it can be searched.
    ///
    /// # Errors
    /// [`Refused::Settings`]: the file cannot be read, or is not in order of hash.
    pub fn open(list: Option<&Path>) -> Result<Self, Refused> {
        if let Some(path) = list {
            let unfit = |why: &str| Refused::Settings {
                why: format!(
                    "the list of breached passwords {}: {why}. Take the file of SHA-1 hashes in order of hash, one `HASH:COUNT` on each line.",
                    path.display()
                ),
            };
            let mut lines = Lines::open(path).map_err(|error| unfit(&error.to_string()))?;
            let first = lines.from(0).map_err(|error| unfit(&error.to_string()))?;
            let last = lines
                .from(lines.length.saturating_sub(LONGEST_LINE))
                .map_err(|error| unfit(&error.to_string()))?;
            match (first, last) {
                (Some(first), Some(last)) if first.hash <= last.hash => {}
                (Some(_), Some(_)) => return Err(unfit("it is not in order of hash")),
                _ => return Err(unfit("it is empty")),
            }
        }
        Ok(Self {
            list: list.map(Path::to_owned),
        })
    }

    /// Looks a password up; `own` are words of its user. Reads a file: call it where blocking is fine.
    ///
    /// # Errors
    /// [`Refused::Password`]: everybody knows it. [`Refused::Settings`]: the operator's list cannot be read, so that nobody can tell.
    pub fn look(&self, password: &str, own: &[&str]) -> Result<(), Refused> {
        if is_common(password, own) {
            return Err(Unfit::Common.into());
        }
        let Some(path) = &self.list else {
            return Ok(());
        };
        let hash = HEXUPPER.encode(&Sha1::digest(password.as_bytes()));
        let found = Lines::open(path).and_then(|mut lines| lines.hold(&hash));
        match found {
            Ok(false) => Ok(()),
            Ok(true) => Err(Unfit::Breached.into()),
            Err(error) => Err(Refused::Settings {
                why: format!(
                    "the list of breached passwords {} cannot be searched: {error}",
                    path.display()
                ),
            }),
        }
    }
}

fn is_common(password: &str, own: &[&str]) -> bool {
    let own: Vec<String> = own.iter().flat_map(|text| pieces(text)).collect();
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let estimate = zxcvbn(password, &own);
    let whole = |found: &zxcvbn::Match| {
        matches!(found.pattern, MatchPattern::Dictionary(_)) && found.token.len() == password.len()
    };
    estimate.guesses_log10() < FIRST_GUESSES || estimate.sequence().iter().any(whole)
}

/// 40 digits, a colon, a count of at most 20 digits, the end of the line.
const LONGEST_LINE: u64 = 40 + 1 + 20 + 2;

/// A line of the operator's list.
struct Line {
    /// Where it begins.
    at: u64,
    hash: String,
}

/// The operator's list, line by line from anywhere.
struct Lines {
    file: BufReader<File>,
    length: u64,
}

impl Lines {
    fn open(path: &Path) -> std::io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        // A line at a time: reading ahead would read what is not looked at.
        let file = BufReader::with_capacity(128, file);
        Ok(Self { file, length })
    }

    /// The first line that begins at or behind a place; none at the end.
    fn from(&mut self, place: u64) -> std::io::Result<Option<Line>> {
        let mut at = place;
        if place > 0 {
            // The line before may end just here.
            self.file.seek(SeekFrom::Start(place - 1))?;
            at = place - 1 + self.line()?.len() as u64;
        } else {
            self.file.seek(SeekFrom::Start(0))?;
        }
        let line = self.line()?;
        let text = line.trim_ascii_end();
        if text.is_empty() {
            return Ok(None);
        }
        let hash = text.split(|byte| *byte == b':').next().unwrap_or_default();
        if hash.len() != 40 || !hash.iter().all(u8::is_ascii_hexdigit) {
            return Err(std::io::Error::other(format!(
                "the line at byte {at} does not begin with a SHA-1 hash"
            )));
        }
        Ok(Some(Line {
            at,
            hash: String::from_utf8_lossy(hash).to_ascii_uppercase(),
        }))
    }

    fn line(&mut self) -> std::io::Result<Vec<u8>> {
        use std::io::Read as _;
        let mut line = Vec::new();
        self.file
            .by_ref()
            .take(2 * LONGEST_LINE)
            .read_until(b'\n', &mut line)?;
        Ok(line)
    }

    /// Whether a hash stands in it: halves what is left until a line or nothing is.
    fn hold(&mut self, hash: &str) -> std::io::Result<bool> {
        // The line, if it is there, begins at or behind `low` and before `high`.
        let (mut low, mut high) = (0, self.length);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.from(middle)? {
                Some(line) if line.hash == hash => return Ok(true),
                Some(line) if line.at < high && line.hash.as_str() < hash => low = line.at + 1,
                _ => high = middle,
            }
        }
        Ok(false)
    }
}
