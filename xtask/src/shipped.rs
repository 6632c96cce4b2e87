//! Reads the knowledge folder of this repository.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use cotreat_knowledge::Knowledge;

/// The texts of a knowledge folder by path below it.
pub type Texts = BTreeMap<String, String>;

/// Every TOML and Markdown file below `root`.
///
/// # Errors
/// What the disk says.
pub fn texts(root: &Path) -> io::Result<Texts> {
    let mut texts = Texts::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "toml" || e == "md") {
                let name = path
                    .strip_prefix(root)
                    .unwrap_or(&path)
                    .to_string_lossy()
                    .replace('\\', "/");
                texts.insert(name, fs::read_to_string(&path)?);
            }
        }
    }
    Ok(texts)
}

/// Loads and checks them.
///
/// # Errors
/// Every problem, one per line.
pub fn load(texts: &Texts) -> Result<Knowledge, String> {
    cotreat_knowledge::load(
        texts
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    )
    .map_err(|problems| {
        problems
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    })
}
