//! Small pieces of wording.

use cotreat_knowledge::Place;

/// File and line of a statement, as a reader of the repository finds it.
#[must_use]
pub fn place(place: &Place) -> String {
    format!("knowledge/{}:{}", place.file, place.line)
}

/// The word that files use for a value of a fixed list, with spaces. Takes what `serde_json::to_value` made of it.
#[must_use]
pub fn word(value: Result<serde_json::Value, serde_json::Error>) -> String {
    match value {
        Ok(serde_json::Value::String(word)) => word.replace('_', " "),
        _ => String::new(),
    }
}

/// A probability or a share as a whole or tenth percentage.
pub(super) fn percent(p: f64) -> String {
    let percent = (p * 1000.0).round() / 10.0;
    format!("{percent} %")
}

/// A number with at most two decimals.
#[must_use]
pub fn short(number: f64) -> String {
    format!("{}", (number * 100.0).round() / 100.0)
}
