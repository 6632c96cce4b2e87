//! What an answer changed, in one or two lines.

use cotreat_care::face::{Block, Tone};

use crate::change::{Change, Kind};
use crate::words::count;

/// How many changes are told in a line.
const TOLD: usize = 3;

/// First what is urgent, then bands and plan.
pub(super) fn lines(changes: &[Change]) -> Vec<Block> {
    let (urgent, calm): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(|change| {
        matches!(
            change.kind,
            Kind::Scope | Kind::Alarm | Kind::HandsOn | Kind::Pathway
        )
    });
    // Techniques follow their line of the plan; dozens of them would hide it.
    let mut calm: Vec<&Change> = calm
        .into_iter()
        .filter(|change| change.kind != Kind::Technique)
        .collect();
    // What is or was proposed says more than what waits or was never advised.
    calm.sort_by_key(|change| {
        (
            change.kind,
            !(change.before == "offered" || change.after == "offered"),
        )
    });
    if urgent.is_empty() && calm.is_empty() {
        return vec![Block::Line(
            "Noted. No alarm, band or line of the plan changed.".into(),
            Tone::Faint,
        )];
    }
    let line =
        |list: &[&Change], tone| (!list.is_empty()).then(|| Block::Line(sentence(list), tone));
    line(&urgent, Tone::Alarm)
        .into_iter()
        .chain(line(&calm, Tone::Warning))
        .collect()
}

fn sentence(changes: &[&Change]) -> String {
    let told: Vec<String> = changes
        .iter()
        .take(TOLD)
        .map(|c| format!("{} {}: {} → {}", c.kind.word(), c.name, c.before, c.after))
        .collect();
    let more = changes.len().saturating_sub(TOLD);
    let tail = if more == 0 {
        String::new()
    } else {
        format!("; and {}", count(more, "more change"))
    };
    format!("Changed: {}{tail}.", told.join("; "))
}
