//! Records of expected values.

use std::path::Path;

use serde_json::Value;

/// One analysis that another program made.
pub struct Record {
    pub id: String,
    /// The model in words and as a formula.
    pub model: String,
    pub results: Value,
    pub relative: f64,
    pub absolute: f64,
}

/// Every record, in the order of files and lines.
pub fn all(home: &Path) -> Vec<Record> {
    let folder = home.join("expected");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.expect("an entry of a folder").path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    files.iter().flat_map(|file| read(file)).collect()
}

fn read(file: &Path) -> Vec<Record> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let records: Vec<Value> =
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let one = |whole: Value| Record {
        id: whole["id"].as_str().unwrap_or("?").into(),
        model: whole["model"].as_str().unwrap_or_default().into(),
        // One record has its cases where others have results.
        results: whole.get("results").unwrap_or(&whole).clone(),
        relative: whole["tolerance"]["rel"].as_f64().unwrap_or(1e-9),
        absolute: whole["tolerance"]["abs"].as_f64().unwrap_or(1e-12),
    };
    records.into_iter().map(one).collect()
}
