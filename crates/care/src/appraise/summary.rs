//! What matters most, in at most six lines.

use crate::appraisal::{Alarm, Contributor, Plan, Questions};
use crate::appraise::Conclusions;
use crate::appraise::reasons::Explain;

pub(super) fn lines(
    explain: &Explain<'_>,
    conclusions: &Conclusions,
    alarms: &[Alarm],
    contributors: &[Contributor],
    plan: &Plan,
    questions: &Questions,
) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(out) = &conclusions.plan.out_of_scope {
        lines.push(out.clone());
    }
    let standing: Vec<&Alarm> = alarms.iter().filter(|a| a.reached.is_some()).collect();
    match standing.first() {
        Some(first) => {
            let tier = first.reached.clone().unwrap_or_default();
            let names: Vec<_> = standing.iter().filter(|a| a.reached.as_ref() == Some(&tier)).map(|a| a.name.clone()).collect();
            lines.push(format!("Alarm, {tier}: {}.", names.join(", ")));
            if let Some(raised) = first.raised.iter().find(|r| r.cleared.is_none() && r.tier == tier) {
                lines.push(raised.action.clone());
            }
        }
        None if alarms.iter().any(|a| a.could_reach.is_some()) => {
            let open = alarms.iter().filter(|a| a.could_reach.is_some()).count();
            lines.push(format!("No alarm stands, but {open} {} not been excluded.", if open == 1 { "has" } else { "have" }));
        }
        None => lines.push("No alarm stands, and none is left open.".into()),
    }
    let speaking: Vec<_> = contributors
        .iter()
        .filter(|c| matches!(c.band.as_str(), "likely" | "very_likely"))
        .map(|c| format!("{} ({})", c.name, c.band.replace('_', " ")))
        .collect();
    if !speaking.is_empty() {
        lines.push(format!("The findings speak for: {}.", speaking.join(", ")));
    }
    let offered: Vec<_> = conclusions.plan.offered().map(|l| explain.knowledge.interventions[l.intervention].name.clone()).collect();
    if offered.is_empty() {
        lines.push("Nothing can be offered yet.".into());
    } else {
        let shown: Vec<_> = offered.iter().take(6).cloned().collect();
        let more = offered.len() - shown.len();
        let tail = if more == 0 { String::new() } else { format!(" and {more} more") };
        lines.push(format!("Proposed: {}{tail}.", shown.join(", ")));
    }
    if let Some(review) = &plan.review_on {
        lines.push(format!("Review on {review}."));
    }
    if let Some(next) = questions.patient.first().or(questions.clinician.first()) {
        lines.push(format!("Next best question: {}", next.words));
    }
    lines
}
