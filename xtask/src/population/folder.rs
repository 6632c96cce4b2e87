//! Reads a knowledge folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cotreat_knowledge::{Knowledge, Place, Problem};

/// Loads and checks the knowledge in a folder; `None` stands for that of the repository.
pub fn knowledge(folder: Option<&Path>) -> Result<Knowledge, Vec<Problem>> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../knowledge");
    let texts = texts(folder.unwrap_or(&shipped))?;
    cotreat_knowledge::load(
        texts
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    )
}

/// Every TOML and Markdown text below the folder, by path below it.
fn texts(folder: &Path) -> Result<BTreeMap<String, String>, Vec<Problem>> {
    let mut texts = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next)
            .map_err(|error| unusable(&next, &error))?
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "toml" || e == "md") {
                let text = fs::read_to_string(&path).map_err(|error| unusable(&path, &error))?;
                texts.insert(below(folder, &path), text);
            }
        }
    }
    Ok(texts)
}

fn below(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder)
        .map_or_else(|_| path.to_owned(), PathBuf::from)
        .to_string_lossy()
        .replace('\\', "/")
}

/// A file or folder that cannot be read or written.
pub fn unusable(path: &Path, error: &std::io::Error) -> Vec<Problem> {
    vec![Problem::new(
        Place::file(&path.display().to_string()),
        error.to_string(),
    )]
}
