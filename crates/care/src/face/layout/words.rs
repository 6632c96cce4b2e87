//! Lists and numbers in words.

use crate::appraisal::{Line, Named, Who};
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

/// Who delivers a line: those who may do it by themselves, then those under guidance.
pub(super) fn who(line: &Line) -> String {
    let names = |keep: &dyn Fn(&Who) -> bool| {
        let kept = line.who.iter().filter(|w| keep(w));
        kept.map(|w| in_a_sentence(&w.name))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let groups = [
        ("", names(&|w| w.leads || !w.needs_guidance)),
        (
            "guided: ",
            names(&|w| !w.leads && w.needs_guidance && !w.guided_by.is_empty()),
        ),
        (
            "nobody within reach who may guide: ",
            names(&|w| !w.leads && w.needs_guidance && w.guided_by.is_empty()),
        ),
    ];
    groups
        .iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(label, names)| format!("{label}{names}"))
        .collect::<Vec<_>>()
        .join("; ")
}
