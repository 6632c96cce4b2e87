//! What matters most, in at most six lines.

use crate::appraisal::{Alarm, Contributor, Plan, Questions};
use crate::appraise::Conclusions;

pub(super) fn lines(
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
    alarm_lines(alarms, &mut lines);
    if !plan.emergency.is_empty() {
        lines.push("Everything else waits until the emergency was dealt with.".into());
        return lines;
    }
    let speaking: Vec<_> = contributors
        .iter()
        .filter(|c| matches!(c.band.as_str(), "likely" | "very_likely"))
        .map(|c| format!("{} ({})", c.name, c.band.replace('_', " ")))
        .collect();
    if !speaking.is_empty() {
        lines.push(format!("The findings speak for: {}.", speaking.join(", ")));
    }
    let proposed: Vec<String> = plan
        .lines
        .iter()
        .filter(|l| l.preselected)
        .map(|l| l.name.clone())
        .collect();
    lines.push(if proposed.is_empty() {
        "Nothing can be proposed yet.".into()
    } else {
        format!("Proposed: {}.", proposed.join(", "))
    });
    if let Some(review) = &plan.review_on {
        lines.push(format!("Review on {review}."));
    }
    if let Some(next) = questions.patient.first().or(questions.clinician.first()) {
        lines.push(format!("Next best question: {}", next.words));
    }
    lines
}

/// The alarms of the highest tier that stands. "Watch" is nothing to act on, and stands with the other alarms only.
fn alarm_lines(alarms: &[Alarm], lines: &mut Vec<String>) {
    let standing: Vec<&Alarm> = alarms
        .iter()
        .filter(|a| a.reached.as_deref().is_some_and(|tier| tier != "watch"))
        .collect();
    let open = alarms.iter().filter(|a| a.could_reach.is_some()).count();
    match standing.first() {
        Some(first) => {
            let tier = first.reached.clone().unwrap_or_default();
            let names: Vec<_> = standing
                .iter()
                .filter(|a| a.reached.as_ref() == Some(&tier))
                .map(|a| a.name.clone())
                .collect();
            let words = match tier.as_str() {
                "routine" => "To check, routine",
                _ => "Alarm",
            };
            let tail = if words == "Alarm" {
                format!(", {tier}")
            } else {
                String::new()
            };
            lines.push(format!("{words}{tail}: {}.", names.join(", ")));
            if let Some(raised) = first
                .raised
                .iter()
                .find(|r| r.cleared.is_none() && r.tier == tier)
            {
                lines.push(raised.action.clone());
            }
        }
        None if open > 0 => lines.push(format!(
            "No alarm stands, but {open} {} not been excluded.",
            if open == 1 { "has" } else { "have" }
        )),
        None => lines.push("No alarm stands, and no question that could raise one is open.".into()),
    }
}
