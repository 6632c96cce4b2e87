//! Reads files from disk, with limits and clear messages, and the knowledge that is built in.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cotreat_knowledge::{Knowledge, Place, Problem};

use crate::terminal::Failure;

/// The knowledge folder as it was when the program was built.
const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/knowledge_files.rs"));

/// Nothing a person writes about a patient is larger than this.
const LARGEST: u64 = 4 * 1024 * 1024;

/// The texts of a knowledge folder by path below it.
pub type Texts = BTreeMap<String, String>;

/// The texts of the folder, or those built in.
pub fn knowledge_texts(folder: Option<&Path>) -> Result<Texts, Failure> {
    match folder {
        None => Ok(EMBEDDED.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()),
        Some(folder) => folder_texts(folder),
    }
}

/// Loads and checks knowledge: the folder's, or the built-in one.
pub fn knowledge(folder: Option<&Path>) -> Result<Knowledge, Failure> {
    match folder {
        None => load(EMBEDDED.iter().copied()),
        Some(folder) => {
            let texts = folder_texts(folder)?;
            load(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())))
        }
    }
}

/// Loads and checks knowledge from texts.
pub fn load<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Knowledge, Failure> {
    cotreat_knowledge::load(texts).map_err(Failure)
}

fn folder_texts(folder: &Path) -> Result<Texts, Failure> {
    if !folder.is_dir() {
        let message = if folder.exists() { "this is not a folder" } else { "there is no such folder" };
        return Err(Problem::new(place(folder), message).help("name a knowledge folder, such as `knowledge`").into());
    }
    let mut texts = Texts::new();
    let mut problems = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let entries = fs::read_dir(&next).map_err(|error| Failure::from(Problem::new(place(&next), error.to_string())))?;
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
                        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                        texts.insert(name, text);
                    }
                    Err(failure) => problems.extend(failure.0),
                }
            }
        }
    }
    if problems.is_empty() { Ok(texts) } else { Err(Failure(problems)) }
}

/// The text of one file.
pub fn text(path: &Path) -> Result<String, Failure> {
    let wrong = |message: String, help: &str| Failure::from(Problem::new(place(path), message).help(help));
    let size = fs::metadata(path).map_err(|error| wrong(reason(&error), "check the path"))?;
    if size.is_dir() {
        return Err(wrong("this is a folder, not a file".into(), "name a file"));
    }
    if size.len() > LARGEST {
        return Err(wrong(
            format!("this file has {} MB; nothing about one patient is larger than {} MB", size.len() / 1_000_000, LARGEST / 1_048_576),
            "check that it is the file you meant",
        ));
    }
    let bytes = fs::read(path).map_err(|error| wrong(reason(&error), "check that you may read it"))?;
    if bytes.is_empty() {
        return Err(wrong("this file is empty".into(), "see knowledge/GUIDE.md, \"cases\", for what to write"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
        let mut place = Place::of(&path.display().to_string(), &before, valid);
        place.file = path.display().to_string();
        Problem::new(place, "this is not UTF-8 text").help("save the file as UTF-8").into()
    })
}

/// Writes a file as a whole: first beside it, then in its place.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let beside = PathBuf::from(format!("{}.new", path.display()));
    fs::write(&beside, text)
        .and_then(|()| fs::rename(&beside, path))
        .map_err(|error| Problem::new(place(path), format!("cannot be written: {}", reason(&error))).into())
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".into(),
        std::io::ErrorKind::PermissionDenied => "this may not be read".into(),
        _ => error.to_string(),
    }
}

fn place(path: &Path) -> Place {
    Place::file(&path.display().to_string())
}
