//! Small pieces of wording that several commands share.

use cotreat_knowledge::Place;

/// `1 patient`, `2 patients`.
pub fn count(n: usize, word: &str) -> String {
    if n == 1 {
        format!("1 {word}")
    } else {
        format!("{n} {word}s")
    }
}

/// File and line of a statement, as a reader of the repository finds it.
pub fn place(place: &Place) -> String {
    format!("knowledge/{}:{}", place.file, place.line)
}

/// The word that files use for a value of a fixed list, with spaces. Takes what `serde_json::to_value` made of it.
pub fn word(value: Result<serde_json::Value, serde_json::Error>) -> String {
    match value {
        Ok(serde_json::Value::String(word)) => word.replace('_', " "),
        _ => String::new(),
    }
}

/// A probability or a share as a whole or tenth percentage.
pub fn percent(p: f64) -> String {
    let percent = (p * 1000.0).round() / 10.0;
    format!("{percent} %")
}

/// A number with at most two decimals.
pub fn short(number: f64) -> String {
    format!("{}", (number * 100.0).round() / 100.0)
}
