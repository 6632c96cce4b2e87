//! The files of the repository.

use std::fs;
use std::path::{Path, PathBuf};

/// One text file.
pub struct Text {
    /// Path below the repository, with `/`.
    pub path: String,
    pub text: String,
}

/// Folders that hold nothing anybody wrote.
const NOT_OURS: [&str; 2] = [".git", "target"];

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in the repository")
        .to_owned()
}

pub fn exists(path: &str) -> bool {
    root().join(path).exists()
}

/// Every text file at or below these paths, in order.
pub fn below(places: &[&str]) -> Vec<Text> {
    let mut open: Vec<PathBuf> = places.iter().map(|place| root().join(place)).collect();
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let ours = |path: &PathBuf| {
                !path
                    .file_name()
                    .is_some_and(|name| NOT_OURS.iter().any(|not| name == *not))
            };
            open.extend(
                entries
                    .map(|entry| entry.expect("an entry of a folder").path())
                    .filter(ours),
            );
        } else if let Ok(text) = fs::read_to_string(&path) {
            let below = path.strip_prefix(root()).expect("below the repository");
            found.push(Text {
                path: below.to_string_lossy().replace('\\', "/"),
                text,
            });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Nothing was found, or a list of what was.
pub fn none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}\n  {}", found.join("\n  "));
}
