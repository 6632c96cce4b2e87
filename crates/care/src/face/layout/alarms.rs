//! Alarms with their reasons: what stands in full, weaker rules of the same condition in a line.

use super::words::{list, some};
use super::{Page, Tone};
use crate::appraisal::{Alarm, Appraisal, Raised};

pub(super) fn write(page: &mut Page, a: &Appraisal) {
    page.heading(2, "Alarms");
    let (raised, open): (Vec<&Alarm>, Vec<&Alarm>) =
        a.alarms.iter().partition(|alarm| !alarm.raised.is_empty());
    if raised.is_empty() {
        page.item(0, "No alarm stands.", Tone::Plain);
    }
    for alarm in raised {
        standing(page, alarm);
    }
    if !open.is_empty() {
        page.line("Not excluded yet:", Tone::Plain);
        for alarm in open {
            let could = alarm.could_reach.as_deref().unwrap_or_default();
            page.item(
                0,
                format!(
                    "{}: could be {could}; not answered: {}",
                    alarm.name,
                    some(&alarm.missing)
                ),
                Tone::Warning,
            );
        }
    }
}

fn standing(page: &mut Page, alarm: &Alarm) {
    let state = alarm
        .reached
        .as_ref()
        .map_or_else(|| "cleared".to_owned(), |tier| tier.to_uppercase());
    let stops = if alarm.stops_hands_on {
        "; hands-on care stops"
    } else {
        ""
    };
    let tone = match alarm.reached.as_deref() {
        Some("emergency" | "urgent") => Tone::Alarm,
        Some(_) => Tone::Warning,
        None => Tone::Plain,
    };
    page.item(0, format!("{}: {state}{stops}", alarm.name), tone);
    let full = |raised: &&Raised| {
        raised.cleared.is_some()
            || !raised.not_cleared.is_empty()
            || Some(&raised.tier) == alarm.reached.as_ref()
    };
    for raised in alarm.raised.iter().filter(full) {
        rule(page, raised);
    }
    let weaker: Vec<String> = alarm
        .raised
        .iter()
        .filter(|raised| !full(raised))
        .map(|raised| format!("{} ({})", raised.label.replace('_', " "), raised.tier))
        .collect();
    if !weaker.is_empty() {
        page.item(
            1,
            format!("also, less urgent: {}", weaker.join(", ")),
            Tone::Faint,
        );
    }
    if let Some(first) = alarm.raised.iter().find(|raised| raised.cleared.is_none()) {
        page.item(
            1,
            format!("may be cleared by: {}", list(&first.may_clear)),
            Tone::Faint,
        );
    }
    if let Some(could) = &alarm.could_reach {
        page.item(
            1,
            format!(
                "could still reach {could}; not answered: {}",
                some(&alarm.missing)
            ),
            Tone::Warning,
        );
    }
}

fn rule(page: &mut Page, raised: &Raised) {
    if let Some(cleared) = &raised.cleared {
        page.item(1, format!("{cleared} ({})", raised.tier), Tone::Good);
    } else {
        let within = raised
            .within
            .as_ref()
            .map(|w| format!(" When: {w}."))
            .unwrap_or_default();
        page.item(
            1,
            format!("{}: {}{within}", raised.tier, raised.action),
            Tone::Strong,
        );
    }
    for refused in &raised.not_cleared {
        page.item(1, refused.clone(), Tone::Warning);
    }
    page.why(1, "why: ", &raised.why);
}
