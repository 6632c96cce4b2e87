//! Secrets lie in files that nobody else can read.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use cotreat_knowledge::{Place, Problem};
use zeroize::Zeroizing;

/// No secret is longer, in bytes.
const LONGEST: u64 = 64 << 10;

/// The secret in a file, without the line's end. `setting` says which setting names it.
///
/// # Errors
/// The file is not there, others can read it, or it is empty or too long.
pub fn read(path: &Path, setting: &str) -> Result<Zeroizing<String>, Problem> {
    let wrong = |message: String| Problem::new(place(path), message);
    let found = fs::metadata(path).map_err(|error| cannot(path, setting, &error))?;
    if let Some(mode) = open_to_others(&found) {
        return Err(
            wrong(format!("others can read this secret (mode {mode:03o})"))
                .help(format!("chmod 600 {}", path.display())),
        );
    }
    if found.len() > LONGEST {
        return Err(wrong("this is longer than a secret is".to_owned())
            .help(format!("check which file `{setting}` names")));
    }
    let text = fs::read_to_string(path).map_err(|error| cannot(path, setting, &error))?;
    let text = Zeroizing::new(text);
    let secret = text.trim_end_matches(['\n', '\r']);
    if secret.is_empty() {
        return Err(wrong("this file holds no secret".to_owned()).help(format!(
            "write it there, or name another file in `{setting}`"
        )));
    }
    Ok(Zeroizing::new(secret.to_owned()))
}

/// Writes a secret into a new file that only its owner can read. Never over another.
///
/// # Errors
/// There is such a file already, or it cannot be written.
pub fn write_new(path: &Path, secret: &str) -> Result<(), Problem> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        writeln!(file, "{secret}")?;
        file.sync_all()
    });
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Problem::new(
            place(path),
            "this file is there already, and it is left as it is",
        )
        .help("name a file that does not exist yet"),
        _ => Problem::new(place(path), format!("cannot be written: {error}"))
            .help("name a file in a folder that you may write to"),
    })
}

/// The mode of a file, when somebody other than its owner can read or write it.
#[must_use]
#[cfg(unix)]
pub fn open_to_others(file: &fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = file.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

/// Elsewhere the folder decides who reads what.
#[must_use]
#[cfg(not(unix))]
pub const fn open_to_others(_: &fs::Metadata) -> Option<u32> {
    None
}

fn cannot(path: &Path, setting: &str, error: &std::io::Error) -> Problem {
    let message = match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "you may not read this file".to_owned(),
        ErrorKind::InvalidData => "this is not text".to_owned(),
        _ => error.to_string(),
    };
    Problem::new(place(path), message)
        .help(format!("`{setting}` names it; check which file that is"))
}

fn place(path: &Path) -> Place {
    Place::file(&path.display().to_string())
}
