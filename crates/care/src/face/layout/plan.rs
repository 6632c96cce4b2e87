//! The plan with the reason for every line.

use super::words::{all, in_a_sentence, list, who};
use super::{Page, Tone};
use crate::appraisal::{Appraisal, Line};

const STOPPED: &str = "Not safe or not suitable now";

pub(super) fn write(page: &mut Page, a: &Appraisal) {
    page.heading(2, "Plan, line by line");
    if a.plan.goals.is_empty() {
        page.line(
            "Goals: none recorded yet; agree with the patient what they want to be able to do.",
            Tone::Plain,
        );
    } else {
        page.line(format!("Goals: {}.", a.plan.goals.join("; ")), Tone::Plain);
    }
    if let Some(review) = &a.plan.review_on {
        page.line(
            format!("Review on {review}, earlier if anything in \"come back\" occurs."),
            Tone::Plain,
        );
    } else if !a.plan.emergency.is_empty() {
        page.line("Review when the emergency was dealt with.", Tone::Plain);
    }
    type Keep = fn(&Line) -> bool;
    let groups: [(&str, Keep); 8] = [
        ("Proposed", |l| l.preselected),
        ("Also possible (advised and safe, not preselected)", |l| {
            l.status == "offered" && !l.preselected
        }),
        ("Guidelines disagree (not preselected)", |l| {
            l.status == "conflict"
        }),
        ("Not yet: something must be asked first", |l| {
            l.status == "not_yet"
        }),
        ("End of the ladder", |l| l.status == "last_resort"),
        (STOPPED, |l| l.status == "stopped"),
        ("Not wanted, or nobody within reach", |l| {
            matches!(l.status.as_str(), "declined" | "unavailable")
        }),
        ("Deliberately not offered", |l| l.status == "against"),
    ];
    for (title, keep) in groups {
        let lines: Vec<&Line> = a.plan.lines.iter().filter(|l| keep(l)).collect();
        if lines.is_empty() {
            continue;
        }
        page.heading(3, title);
        if title == STOPPED && !a.plan.emergency.is_empty() {
            let names: Vec<String> = lines.iter().map(|l| in_a_sentence(&l.name)).collect();
            page.line(
                format!(
                    "An emergency comes first, so all of this waits: {}.",
                    names.join("; ")
                ),
                Tone::Plain,
            );
            continue;
        }
        for line in lines {
            plan_line(page, line);
        }
    }
    let none: Vec<String> = a
        .plan
        .lines
        .iter()
        .filter(|l| l.status == "not_indicated")
        .map(|l| in_a_sentence(&l.name))
        .collect();
    if !none.is_empty() {
        page.line(
            format!("Nobody advises for this patient: {}.", none.join("; ")),
            Tone::Faint,
        );
    }
}

fn plan_line(page: &mut Page, l: &Line) {
    let tone = match l.status.as_str() {
        "offered" => Tone::Good,
        "stopped" => Tone::Alarm,
        "not_yet" | "conflict" => Tone::Warning,
        _ => Tone::Plain,
    };
    let reading = if l.status == "offered" {
        String::new()
    } else {
        format!(": {}", l.reading)
    };
    page.item(0, format!("{}{reading}", l.name), tone);
    if matches!(
        l.status.as_str(),
        "offered" | "conflict" | "not_yet" | "last_resort"
    ) {
        delivery(page, l);
    }
    advice(page, l);
    safety(page, l);
    if matches!(
        l.status.as_str(),
        "offered" | "conflict" | "not_yet" | "last_resort"
    ) {
        techniques(page, l);
        for trigger in &l.triggers {
            let label = if trigger.happened {
                "has happened: "
            } else {
                "earlier review: "
            };
            page.why(1, label, &trigger.why);
        }
    }
}

fn delivery(page: &mut Page, l: &Line) {
    page.item(
        1,
        format!("{} Aim: {}; role: {}.", l.explain, l.aim, l.role),
        Tone::Plain,
    );
    if !l.acts_on.is_empty() {
        page.item(1, format!("acts on: {}", list(&l.acts_on)), Tone::Plain);
    } else if l.role == "passive" && l.targets.is_empty() {
        page.item(
            1,
            "for the back in general, not for a finding of this patient",
            Tone::Faint,
        );
    }
    for target in &l.targets {
        page.item(
            1,
            format!(
                "{} ({}): {}",
                target.name,
                target.because,
                all(&target.techniques)
            ),
            Tone::Plain,
        );
    }
    if !l.together_with.is_empty() {
        page.item(
            1,
            format!("together with: {}", list(&l.together_with)),
            Tone::Strong,
        );
    }
    if let Some(dose) = &l.dose {
        page.why(1, "dose: ", dose);
    }
    page.item(1, format!("who: {}", who(l)), Tone::Plain);
    if let Some(days) = l.review_days {
        page.item(1, format!("review after {days} days"), Tone::Plain);
    }
    if let Some(rule) = &l.stop_rule {
        page.item(1, format!("stop rule: {rule}"), Tone::Plain);
    }
    if let Some(tried) = &l.tried {
        page.item(1, format!("tried before: {tried}"), Tone::Plain);
    }
    if l.wanted {
        page.item(1, "the patient asked for it", Tone::Plain);
    }
}

fn advice(page: &mut Page, l: &Line) {
    for r in &l.advice {
        let warns = r.state == "open" && r.direction == "against";
        if warns || r.state == "holds" || l.status == "not_yet" || r.state.starts_with("bent") {
            let state = if r.state == "holds" {
                String::new()
            } else {
                format!(" ({})", r.state)
            };
            let certainty = r
                .certainty
                .as_ref()
                .map(|c| format!(", {c} certainty"))
                .unwrap_or_default();
            page.why(
                1,
                &format!(
                    "{} ({}{certainty}){state}: ",
                    r.direction.to_uppercase(),
                    r.strength
                ),
                &r.why,
            );
        }
    }
}

fn safety(page: &mut Page, l: &Line) {
    for s in l.safety.iter().filter(|s| s.state == "holds") {
        let level = s.level.replace('_', " ");
        let label = if s.concerns.is_empty() {
            format!("safety, {level}: ")
        } else {
            format!("safety, {level} some techniques: ")
        };
        page.why(1, &label, &s.why);
        if !s.concerns.is_empty() {
            page.item(2, format!("concerns: {}", all(&s.concerns)), Tone::Warning);
        }
        if let Some(region) = &s.region {
            page.item(2, format!("keep off: {region}"), Tone::Warning);
        }
    }
}

/// Techniques that nobody here may use, or that wait for an answer; what safety forbids or changes stands with its reason.
fn techniques(page: &mut Page, l: &Line) {
    for (status, words) in [
        (
            "out_of_scope",
            "outside the scope of whoever is within reach",
        ),
        ("not_yet", "techniques that wait for an answer"),
    ] {
        let names: Vec<String> = l
            .techniques
            .iter()
            .filter(|t| t.status == status)
            .map(|t| in_a_sentence(&t.name))
            .collect();
        if !names.is_empty() {
            page.item(1, format!("{words}: {}", names.join("; ")), Tone::Warning);
        }
    }
}
