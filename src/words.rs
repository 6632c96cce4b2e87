//! Small pieces of wording that several commands share.

pub use cotreat_care::explain::words::{place, short, word};

/// `1 patient`, `2 patients`.
pub fn count(n: usize, word: &str) -> String {
    if n == 1 {
        format!("1 {word}")
    } else {
        format!("{n} {word}s")
    }
}
