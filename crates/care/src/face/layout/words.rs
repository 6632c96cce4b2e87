//! Lists and numbers in words.

use crate::appraisal::{Line, Named};
pub(super) use crate::appraise::in_a_sentence;

/// Names with commas between them.
pub(super) fn list(names: &[String]) -> String {
    names.join(", ")
}

/// At most five names, then how many more.
pub(super) fn some(named: &[Named]) -> String {
    const SHOWN: usize = 5;
    let names: Vec<String> = named
        .iter()
        .take(SHOWN)
        .map(|n| in_a_sentence(&n.name))
        .collect();
    let more = named.len().saturating_sub(SHOWN);
    if more == 0 {
        names.join("; ")
    } else {
        format!("{} and {more} more", names.join("; "))
    }
}

/// All names.
pub(super) fn all(named: &[Named]) -> String {
    named
        .iter()
        .map(|n| in_a_sentence(&n.name))
        .collect::<Vec<_>>()
        .join("; ")
}

/// A probability as a percentage.
pub(super) fn percent(p: f64) -> String {
    let percent = (p * 1000.0).round() / 10.0;
    format!("{percent} %")
}

/// Who delivers a line: those who may lead, then those under guidance.
pub(super) fn who(line: &Line) -> String {
    let names = |leads: bool| {
        line.who
            .iter()
            .filter(|w| w.leads == leads)
            .map(|w| in_a_sentence(&w.name))
            .collect::<Vec<_>>()
    };
    let (lead, guided) = (names(true), names(false));
    let unguided = line
        .who
        .iter()
        .filter(|w| !w.leads)
        .all(|w| w.guided_by.is_empty());
    let under = if unguided {
        "nobody within reach who may guide"
    } else {
        "guided"
    };
    match (lead.is_empty(), guided.is_empty()) {
        (_, true) => lead.join(", "),
        (true, false) => format!("{} ({under})", guided.join(", ")),
        (false, false) => format!("{}; {under}: {}", lead.join(", "), guided.join(", ")),
    }
}
