//! Contributors with every line of evidence.

use super::words::{list, percent, some};
use super::{Page, Tone};
use crate::appraisal::{Appraisal, Contributor, Evidence};

pub(super) fn write(page: &mut Page, a: &Appraisal) {
    page.heading(2, "Contributors");
    page.line(
        "Each for itself: several can be true at once, and they do not add up to 100 %.",
        Tone::Faint,
    );
    let (spoken, silent): (Vec<&Contributor>, Vec<&Contributor>) = a
        .contributors
        .iter()
        .partition(|c| c.band != "cannot_say" || !c.evidence.is_empty());
    for c in spoken {
        one(page, c);
    }
    if !silent.is_empty() {
        let names: Vec<String> = silent.iter().map(|c| c.name.clone()).collect();
        page.line(
            format!(
                "Cannot say, nothing asked or examined that speaks: {}.",
                list(&names)
            ),
            Tone::Plain,
        );
    }
}

fn one(page: &mut Page, c: &Contributor) {
    let number = match (c.median, c.interval) {
        (Some(median), Some((low, high))) => format!(
            ", {} ({} to {})",
            percent(median),
            percent(low),
            percent(high)
        ),
        _ => String::new(),
    };
    let tone = if matches!(c.band.as_str(), "likely" | "very_likely") {
        Tone::Strong
    } else {
        Tone::Plain
    };
    page.item(
        0,
        format!("{}: {}{number}", c.name, c.band.replace('_', " ")),
        tone,
    );
    for e in &c.evidence {
        evidence(page, e);
    }
    if let Some(basis) = &c.basis {
        page.why(
            1,
            if c.method == "ratios" {
                "starting point: "
            } else {
                "criterion: "
            },
            basis,
        );
    }
    for note in &c.notes {
        page.item(1, note.clone(), Tone::Faint);
    }
    if !c.missing.is_empty() {
        page.item(
            1,
            format!("would say more: {}", some(&c.missing)),
            Tone::Faint,
        );
    }
}

fn evidence(page: &mut Page, e: &Evidence) {
    page.item(
        1,
        format!("{}: ratio {}; {}", e.answer, e.ratio, e.counts),
        Tone::Plain,
    );
    page.item(2, e.why.says.clone(), Tone::Plain);
    for note in &e.notes {
        page.item(2, note.clone(), Tone::Faint);
    }
    page.cite(2, &e.why);
}
