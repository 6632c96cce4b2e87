//! The folder of backups: each is written beside its place and moved there when it is whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use cotreat_knowledge::{Place, Problem};
use jiff::{SignedDuration, Timestamp};

use super::config::secret;
use super::envelope::{self, Seal};

const BEGINS: &str = "cotreat-";
const ENDS: &str = ".age";
const MOMENT: &str = "%Y%m%dT%H%M%SZ";

/// The name of a backup taken at a moment; names sort like moments.
#[must_use]
pub fn name(at: Timestamp) -> String {
    format!("{BEGINS}{}{ENDS}", at.strftime(MOMENT))
}

/// A backup in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// When it was taken, by its name.
    pub at: Timestamp,
    /// Where it is.
    pub path: PathBuf,
}

/// The backups in a folder, oldest first. Other files there do not matter.
///
/// # Errors
/// The folder cannot be read.
pub fn list(folder: &Path) -> io::Result<Vec<Kept>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let moment = name
            .as_deref()
            .and_then(|name| name.strip_prefix(BEGINS)?.strip_suffix(ENDS));
        let at = moment.and_then(|text| {
            let day = jiff::civil::DateTime::strptime(MOMENT, text).ok()?;
            day.to_zoned(jiff::tz::TimeZone::UTC)
                .ok()
                .map(|at| at.timestamp())
        });
        if let Some(at) = at {
            found.push(Kept { at, path });
        }
    }
    found.sort_by_key(|kept| kept.at);
    Ok(found)
}

/// Deletes backups that are older than so many days, but never the newest. Returns what went.
///
/// # Errors
/// The folder cannot be read, or a file in it not be deleted.
pub fn delete_old(folder: &Path, keep_days: u16, now: Timestamp) -> io::Result<Vec<PathBuf>> {
    let all = list(folder)?;
    let kept = SignedDuration::from_hours(24 * i64::from(keep_days));
    let Some((_, older)) = all.split_last() else {
        return Ok(Vec::new());
    };
    let mut gone = Vec::new();
    for backup in older
        .iter()
        .filter(|one| one.at.saturating_add(kept).is_ok_and(|end| end < now))
    {
        fs::remove_file(&backup.path)?;
        gone.push(backup.path.clone());
    }
    Ok(gone)
}

/// A backup that is being written. What is not finished is gone.
#[derive(Debug)]
pub struct Unfinished {
    place: PathBuf,
    beside: PathBuf,
    finished: bool,
}

impl Unfinished {
    /// Begins a backup at a place where there is no file yet. Only its owner can read it.
    ///
    /// # Errors
    /// There is a file, or none can be made.
    pub fn begin(
        place: &Path,
        seal: Seal,
    ) -> Result<(Self, age::stream::StreamWriter<BufWriter<File>>), Problem> {
        if place.exists() {
            return Err(
                wrong(place, "this file is there already, and it is left as it is")
                    .help("name a file that does not exist yet"),
            );
        }
        let mut beside = place.as_os_str().to_owned();
        beside.push(".unfinished");
        let beside = PathBuf::from(beside);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let unfinished = Self {
            place: place.to_owned(),
            beside,
            finished: false,
        };
        let begun = options
            .open(&unfinished.beside)
            .and_then(|file| seal.begin(BufWriter::new(file)));
        match begun {
            Ok(writer) => Ok((unfinished, writer)),
            Err(error) => Err(unfinished.failed(&error)),
        }
    }

    /// Moves it to its place, so that not even a power cut leaves half of it there. Returns its size.
    ///
    /// # Errors
    /// The disk failed; there is no backup then.
    pub fn finish(
        mut self,
        writer: age::stream::StreamWriter<BufWriter<File>>,
    ) -> Result<u64, Problem> {
        let finished = envelope::finish(writer).and_then(|file| {
            file.sync_all()?;
            let size = file.metadata()?.len();
            fs::rename(&self.beside, &self.place)?;
            sync_folder(&self.place)?;
            Ok(size)
        });
        match finished {
            Ok(size) => {
                self.finished = true;
                Ok(size)
            }
            Err(error) => Err(self.failed(&error)),
        }
    }

    fn failed(&self, error: &io::Error) -> Problem {
        wrong(&self.place, &format!("cannot be written: {error}"))
            .help("name a folder that you may write to and that has room")
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.finished {
            // Whoever reads the folder knows it by its ending.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

/// Sees to it that a power cut cannot undo a new name in the folder of a file.
pub(super) fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// What is wrong with a backup that lies in a folder, as far as it can be seen without opening it.
#[must_use]
pub fn looks_wrong(file: &Path) -> Option<String> {
    let found = match fs::metadata(file) {
        Ok(found) => found,
        Err(error) => return Some(error.to_string()),
    };
    if let Some(mode) = secret::open_to_others(&found) {
        return Some(format!("others can read it (mode {mode:03o}); chmod 600"));
    }
    (!envelope::is_sealed(file)).then(|| "it does not begin like a sealed file".to_owned())
}

fn wrong(place: &Path, message: &str) -> Problem {
    Problem::new(Place::file(&place.display().to_string()), message)
}

/// Writes a small file as a whole: beside its place first. For copies that others read.
///
/// # Errors
/// The disk failed; the old file stands then.
pub fn write_whole(place: &Path, text: &str) -> io::Result<()> {
    let mut beside = place.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let mut file = File::create(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, place)?;
    sync_folder(place)
}
