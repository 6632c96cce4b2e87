//! Backups on a disk are encrypted with age: for the public keys of those who may open them, or with a passphrase.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use age::secrecy::{ExposeSecret as _, SecretString};
use age::{DecryptError, Decryptor, Encryptor, scrypt, x25519};
use cotreat_knowledge::{Place, Problem};
use zeroize::Zeroizing;

use super::config::{Backup, secret};

/// Who can open what is sealed.
pub enum Seal {
    /// Whoever has the identity of one of them.
    Recipients(Vec<x25519::Recipient>),
    /// Whoever knows it.
    Passphrase(SecretString),
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Recipients(all) => write!(f, "Seal for {} recipients", all.len()),
            Self::Passphrase(_) => f.write_str("Seal with a passphrase"),
        }
    }
}

/// Whether a text is a public key of age.
#[must_use]
pub fn is_recipient(text: &str) -> bool {
    text.parse::<x25519::Recipient>().is_ok()
}

impl Seal {
    /// As the settings say.
    ///
    /// # Errors
    /// They say nothing, or the passphrase cannot be read.
    pub fn of(backup: &Backup) -> Result<Self, Problem> {
        if let Some(file) = &backup.passphrase_file {
            return Ok(Self::Passphrase(passphrase(file)?));
        }
        let recipients: Vec<x25519::Recipient> = backup
            .recipients
            .iter()
            .filter_map(|text| text.parse().ok())
            .collect();
        if recipients.is_empty() {
            return Err(Problem::new(
                Place::file("backup.recipients"),
                "nobody is named who can open a backup, and none is written that everybody can open",
            )
            .help("`cotreat backup --new-identity FILE` makes a key and says what to write into the settings; keep the file away from this machine"));
        }
        Ok(Self::Recipients(recipients))
    }

    /// A writer that seals whatever goes through; [`age::stream::StreamWriter::finish`] ends it.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn begin(
        self,
        into: BufWriter<File>,
    ) -> std::io::Result<age::stream::StreamWriter<BufWriter<File>>> {
        let sealing = match self {
            Self::Passphrase(passphrase) => Encryptor::with_user_passphrase(passphrase),
            Self::Recipients(all) => {
                let recipients = all.iter().map(|one| -> &dyn age::Recipient { one });
                Encryptor::with_recipients(recipients).map_err(std::io::Error::other)?
            }
        };
        sealing.wrap_output(into)
    }
}

/// What opens a backup.
pub enum Opener {
    /// Identities of recipients.
    Identities(Vec<x25519::Identity>),
    /// The passphrase.
    Passphrase(SecretString),
}

impl std::fmt::Debug for Opener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opener(..)")
    }
}

impl Opener {
    /// What opens nothing, where neither an identity nor a passphrase is given.
    #[must_use]
    pub const fn none() -> Self {
        Self::Identities(Vec::new())
    }

    /// The identities in a file, as `age-keygen` and [`new_identity`] write them.
    ///
    /// # Errors
    /// The file cannot be read, or holds none.
    pub fn identities(file: &Path) -> Result<Self, Problem> {
        let text = secret::read(file, "--identity")?;
        let lines = text.lines().map(str::trim);
        let identities: Option<Vec<x25519::Identity>> = lines
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| line.parse().ok())
            .collect();
        match identities {
            Some(identities) if !identities.is_empty() => Ok(Self::Identities(identities)),
            _ => Err(Problem::new(place(file), "this is no identity of age")
                .help("name the file that `cotreat backup --new-identity` or `age-keygen` wrote; its line begins with AGE-SECRET-KEY-1")),
        }
    }

    /// The passphrase in a file.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn passphrase(file: &Path) -> Result<Self, Problem> {
        passphrase(file).map(Self::Passphrase)
    }

    /// A reader of what was sealed.
    ///
    /// # Errors
    /// The file cannot be read, was not sealed by age, or cannot be opened with this.
    pub fn open(&self, file: &Path) -> Result<Box<dyn Read + Send>, Problem> {
        let wrong = |message: &str, help: &str| Problem::new(place(file), message).help(help);
        let opened =
            File::open(file).map_err(|error| wrong(&error.to_string(), "check the path"))?;
        let sealed =
            Decryptor::new_buffered(BufReader::new(opened)).map_err(|error| told(file, &error))?;
        match (self, sealed.is_scrypt()) {
            (Self::Identities(_), true) => {
                return Err(wrong(
                    "this backup is sealed with a passphrase",
                    "name its file with --passphrase-file",
                ));
            }
            (Self::Passphrase(_), false) => {
                return Err(wrong(
                    "this backup is sealed for recipients, not with a passphrase",
                    "name the identity of one of them with --identity",
                ));
            }
            _ => {}
        }
        let reader = match self {
            Self::Identities(all) => {
                sealed.decrypt(all.iter().map(|one| -> &dyn age::Identity { one }))
            }
            Self::Passphrase(passphrase) => {
                let identity = scrypt::Identity::new(passphrase.clone());
                sealed.decrypt(std::iter::once(&identity as &dyn age::Identity))
            }
        };
        Ok(Box::new(reader.map_err(|error| told(file, &error))?))
    }
}

/// Makes an identity in a new file; returns the public key that goes into the settings.
///
/// # Errors
/// The file is there already, or cannot be written.
pub fn new_identity(file: &Path) -> Result<String, Problem> {
    let identity = x25519::Identity::generate();
    let public = identity.to_public().to_string();
    let text = Zeroizing::new(format!(
        "# public key: {public}\n{}",
        identity.to_string().expose_secret()
    ));
    secret::write_new(file, &text)?;
    Ok(public)
}

/// Whether a file begins as one that age sealed.
#[must_use]
pub fn is_sealed(file: &Path) -> bool {
    File::open(file).is_ok_and(|file| Decryptor::new_buffered(BufReader::new(file)).is_ok())
}

fn passphrase(file: &Path) -> Result<SecretString, Problem> {
    let text = secret::read(file, "backup.passphrase_file")?;
    Ok(SecretString::from(text.to_string()))
}

fn told(file: &Path, error: &DecryptError) -> Problem {
    let (message, help) = match error {
        DecryptError::NoMatchingKeys
        | DecryptError::DecryptionFailed
        | DecryptError::KeyDecryptionFailed => (
            "this backup cannot be opened with that",
            "name the identity of one of the recipients it was sealed for, or its passphrase",
        ),
        DecryptError::InvalidMac => (
            "the beginning of this backup was changed or damaged",
            "take another backup",
        ),
        DecryptError::ExcessiveWork { .. } => (
            "opening this would take longer than anything this program seals",
            "take another backup",
        ),
        _ => (
            "this file was not sealed by age, or it was cut off at its very beginning",
            "name a backup that `cotreat backup` wrote",
        ),
    };
    Problem::new(place(file), message).help(help)
}

fn place(file: &Path) -> Place {
    Place::file(&file.display().to_string())
}

/// Ends a sealed file and hands back what lies on the disk.
pub(super) fn finish(sealed: age::stream::StreamWriter<BufWriter<File>>) -> std::io::Result<File> {
    let mut buffered = sealed.finish()?;
    buffered.flush()?;
    buffered
        .into_inner()
        .map_err(std::io::IntoInnerError::into_error)
}
