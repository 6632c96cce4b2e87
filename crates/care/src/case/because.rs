//! The reasons of an appraisal in a few stable lines, for a person to read in the case file.

use crate::appraisal::Appraisal;

/// Alarms, bands, plan and the first questions, with what they rest on.
#[must_use]
pub fn because(a: &Appraisal) -> String {
    let mut lines = Vec::new();
    for alarm in &a.alarms {
        for raised in &alarm.raised {
            let state = raised
                .cleared
                .as_ref()
                .map_or_else(|| raised.tier.clone(), |c| format!("{} {c}", raised.tier));
            lines.push(format!(
                "alarm {} {}: {state}, because {}",
                alarm.condition,
                raised.label,
                raised.why.because.join("; ")
            ));
        }
    }
    for class in a.classes.iter().filter(|c| !c.values.is_empty()) {
        lines.push(format!(
            "{}: {}",
            class.classification,
            class.values.join(", ")
        ));
    }
    for c in a
        .contributors
        .iter()
        .filter(|c| c.band != "cannot_say" && c.band != "unlikely")
    {
        let number = c
            .median
            .map(|m| format!(" {}", percent(m)))
            .unwrap_or_default();
        let counted: Vec<&str> = c
            .evidence
            .iter()
            .filter(|e| e.counts == "counts")
            .map(|e| e.finding.as_str())
            .collect();
        let from = match (&c.basis, counted.is_empty()) {
            (_, false) => counted.join(", "),
            (Some(basis), true) => basis.because.join("; "),
            (None, true) => String::new(),
        };
        lines.push(format!("{}: {}{number}, from {from}", c.condition, c.band));
    }
    for pattern in &a.patterns {
        lines.push(format!(
            "pattern {}: {}",
            pattern.pattern,
            pattern.why.because.join("; ")
        ));
    }
    let proposed: Vec<&str> = a
        .plan
        .lines
        .iter()
        .filter(|l| l.preselected)
        .map(|l| l.intervention.as_str())
        .collect();
    if !proposed.is_empty() {
        lines.push(format!("proposed: {}", proposed.join(", ")));
    }
    for status in [
        "offered",
        "conflict",
        "not_yet",
        "last_resort",
        "stopped",
        "declined",
        "unavailable",
    ] {
        let names: Vec<&str> = a
            .plan
            .lines
            .iter()
            .filter(|l| l.status == status)
            .map(|l| l.intervention.as_str())
            .collect();
        if !names.is_empty() {
            lines.push(format!("{status}: {}", names.join(", ")));
        }
    }
    for pathway in &a.pathways {
        lines.push(format!(
            "refer: {}, within {}",
            pathway.pathway, pathway.within
        ));
    }
    for (who, list) in [
        ("patient", &a.questions.patient),
        ("clinician", &a.questions.clinician),
    ] {
        if let Some(first) = list.first() {
            lines.push(format!("ask {who}: {}, {}", first.ask, first.because));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn percent(p: f64) -> String {
    format!("{} %", (p * 1000.0).round() / 10.0)
}
