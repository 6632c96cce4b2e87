//! Reads files from disk, with limits and clear messages, and the knowledge that is built in.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use cotreat_knowledge::{Knowledge, Place, Problem};

use crate::terminal::Failure;

/// The knowledge folder as it was when the program was built.
const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/knowledge_files.rs"));

/// Nothing a person writes about a patient is larger than this.
pub const LARGEST: u64 = 4 * 1024 * 1024;

/// The texts of a knowledge folder by path below it.
pub type Texts = BTreeMap<String, String>;

/// The texts of the folder, or those built in.
pub fn knowledge_texts(folder: Option<&Path>) -> Result<Texts, Failure> {
    match folder {
        None => Ok(EMBEDDED
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect()),
        Some(folder) => folder_texts(folder),
    }
}

/// Loads and checks knowledge: the folder's, or the built-in one.
pub fn knowledge(folder: Option<&Path>) -> Result<Knowledge, Failure> {
    match folder {
        None => load(EMBEDDED.iter().copied()),
        Some(folder) => knowledge_of(&folder_texts(folder)?, Some(folder)),
    }
}

/// Loads and checks knowledge from the texts of the folder, whose places are then said with the folder in front.
pub fn knowledge_of(texts: &Texts, folder: Option<&Path>) -> Result<Knowledge, Failure> {
    load(
        texts
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    )
    .map_err(|mut failure| {
        for problem in &mut failure.0 {
            if let Some(folder) = folder {
                problem.place.file = folder.join(&problem.place.file).display().to_string();
            }
        }
        failure
    })
}

/// Loads and checks knowledge from texts.
pub fn load<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Knowledge, Failure> {
    cotreat_knowledge::load(texts).map_err(Failure)
}

fn folder_texts(folder: &Path) -> Result<Texts, Failure> {
    if !folder.is_dir() {
        let message = if folder.exists() {
            "this is not a folder"
        } else {
            "there is no such folder"
        };
        return Err(Problem::new(place(folder), message)
            .help("name a knowledge folder, such as `knowledge`")
            .into());
    }
    let mut texts = Texts::new();
    let mut problems = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let entries = fs::read_dir(&next)
            .map_err(|error| Failure::from(Problem::new(place(&next), error.to_string())))?;
        for entry in entries.flatten() {
            let path = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if path.is_dir() {
                if !hidden {
                    open.push(path);
                }
            } else if !hidden && path.extension().is_some_and(|e| e == "toml" || e == "md") {
                match text(&path) {
                    Ok(text) => {
                        let name = path
                            .strip_prefix(folder)
                            .unwrap_or(&path)
                            .to_string_lossy()
                            .replace('\\', "/");
                        texts.insert(name, text);
                    }
                    Err(failure) => problems.extend(failure.0),
                }
            }
        }
    }
    if problems.is_empty() {
        Ok(texts)
    } else {
        Err(Failure(problems))
    }
}

/// The text of one file.
pub fn text(path: &Path) -> Result<String, Failure> {
    let wrong =
        |message: String, help: &str| Failure::from(Problem::new(place(path), message).help(help));
    let size = fs::metadata(path).map_err(|error| wrong(reason(&error), "check the path"))?;
    if size.is_dir() {
        return Err(wrong("this is a folder, not a file".into(), "name a file"));
    }
    let too_large = |size: String| {
        wrong(
            format!(
                "this file has {size}; nothing about one patient is larger than {} MB",
                LARGEST / 1_048_576
            ),
            "check that it is the file you meant",
        )
    };
    if size.len() > LARGEST {
        return Err(too_large(format!("{} MB", size.len() / 1_000_000)));
    }
    // A device or a pipe tells no size, so reading stops at the limit as well.
    let mut bytes = Vec::new();
    let file = fs::File::open(path)
        .map_err(|error| wrong(reason(&error), "check that you may read it"))?;
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| wrong(reason(&error), "check that you may read it"))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST) {
        return Err(too_large("no end".into()));
    }
    if bytes.is_empty() {
        return Err(wrong(
            "this file is empty".into(),
            "see knowledge/GUIDE.md, \"cases\", for what to write",
        ));
    }
    utf8(path, bytes)
}

/// Bytes as text, or where they stop being text.
fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
        let place = Place::of(&path.display().to_string(), &before, valid);
        Problem::new(place, "this is not UTF-8 text")
            .help("save the file as UTF-8")
            .into()
    })
}

/// Every file below a folder, in the order of paths; a file stands for itself. What begins with a dot is left out.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let wrong = |path: &Path, error: &std::io::Error| {
        Failure::from(Problem::new(place(path), reason(error)).help("check the path"))
    };
    if !fs::metadata(folder)
        .map_err(|error| wrong(folder, &error))?
        .is_dir()
    {
        return Ok(vec![folder.to_owned()]);
    }
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).map_err(|error| wrong(&next, &error))? {
            let entry = entry.map_err(|error| wrong(&next, &error))?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            // A link to a folder is not followed: it could lead in a circle.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                open.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Writes a file as a whole: first beside it, then in its place.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let beside = PathBuf::from(format!("{}.new", path.display()));
    fs::write(&beside, text)
        .and_then(|()| fs::rename(&beside, path))
        .map_err(|error| {
            Problem::new(
                place(path),
                format!("cannot be written: {}", reason(&error)),
            )
            .help("choose a folder that you may write to")
            .into()
        })
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".into(),
        std::io::ErrorKind::PermissionDenied => "you lack the permission".into(),
        _ => error.to_string(),
    }
}

fn place(path: &Path) -> Place {
    Place::file(&path.display().to_string())
}
