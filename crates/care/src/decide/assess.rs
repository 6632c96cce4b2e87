//! Writing down facts, and clearing alarms.

use std::collections::BTreeSet;

use cotreat_knowledge::{Tier, is_on_the_chart};

use super::look::Look;
use super::{Refusal, Refused, general};
use crate::assess::{Contradiction, assess};
use crate::event::{
    AlarmCleared, AlertTaken, Drawing, Event, FactsRecorded, PatientWarned, Recorded, VERSION,
};
use crate::record::{Record, evolve, understood_fact};

pub(super) fn record(look: &Look<'_>, facts: &FactsRecorded) -> Result<Vec<Event>, Refusal> {
    let knowledge = look.knowledge;
    if *facts == FactsRecorded::default() {
        return general::words("", "what became known", "write down at least one fact")
            .map(|()| Vec::new());
    }
    for fact in &facts.facts {
        look.find(&knowledge.findings, "finding", &fact.finding)?;
        if let Some(on) = fact.on {
            general::not_after(on, look.command.today, &format!("`{}`", fact.finding))?;
        }
        understood_fact(knowledge, &fact.finding, &fact.value).map_err(|not| {
            Refusal::new(
                Refused::DoesNotFit,
                format!("this answer to `{}` is not written down", fact.finding),
                not.why,
                format!("`cotreat explain {}` tells its answers", fact.finding),
            )
        })?;
    }
    for elsewhere in &facts.elsewhere {
        for day in [elsewhere.from, elsewhere.to].into_iter().flatten() {
            general::not_after(day, look.command.today, "treatment elsewhere")?;
        }
    }
    if let Some(wishes) = &facts.wishes {
        for id in wishes.wants.iter().chain(&wishes.declines) {
            look.find(&knowledge.interventions, "intervention", id)?;
        }
        if wishes.expectation.is_some_and(|expected| expected > 10) {
            return Err(Refusal::new(
                Refused::DoesNotFit,
                "this expectation is not written down",
                "it runs from 0 to 10",
                "correct the number",
            ));
        }
    }
    if let Some(drawing) = &facts.drawing {
        drawn(drawing)?;
    }
    let event = Event::FactsRecorded(facts.clone());
    consistent(look, &event)?;
    Ok(vec![event])
}

/// Refuses marks that are nowhere on the body chart, twice at one place, or beyond the scale.
fn drawn(drawing: &Drawing) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for mark in &drawing.marks {
        let fits = is_on_the_chart(mark.region)
            && seen.insert(mark.region)
            && mark.pain.is_none_or(|pain| pain <= 10);
        if !fits {
            return Err(Refusal::new(
                Refused::DoesNotFit,
                "this body chart is not written down",
                format!(
                    "region {} is not on the chart, is marked twice, or its pain is above 10",
                    mark.region
                ),
                "mark each region once, with a number from 0 to 10",
            ));
        }
    }
    Ok(())
}

/// What a page told is on record as it was; whoever was told is the patient.
pub(super) fn warn(look: &Look<'_>, warned: &PatientWarned) -> Result<Vec<Event>, Refusal> {
    for condition in &warned.conditions {
        look.find(&look.knowledge.conditions, "condition", condition)?;
    }
    let told = warned.told.join("");
    general::words(&told, "what was told", "write down what the page said")?;
    Ok(vec![Event::PatientWarned(warned.clone())])
}

/// An alert is taken up once; whoever comes later is told who did.
pub(super) fn take_alert(look: &Look<'_>, taken: &AlertTaken) -> Result<Vec<Event>, Refusal> {
    if look.record.open_alert().is_none() {
        let before = look.record.alerts_taken.last();
        let why = before.map_or_else(
            || "no alert is open in this episode".to_owned(),
            |noted| format!("{} took it up before", noted.by.name()),
        );
        return Err(Refusal::new(
            Refused::NoAlarm,
            "no alert is taken up",
            why,
            "look at the episode",
        ));
    }
    general::words(
        &taken.does,
        "what you do about it",
        "say what you did or will do",
    )?;
    Ok(vec![Event::AlertTaken(taken.clone())])
}

/// Refuses facts that bring in a contradiction which was not there before.
fn consistent(look: &Look<'_>, event: &Event) -> Result<(), Refusal> {
    let command = look.command;
    let after = evolve(
        look.record.clone(),
        &Recorded {
            version: VERSION,
            by: command.by.clone(),
            at: command.at,
            day: command.day,
            event: event.clone(),
        },
    );
    let before = contradicting(look, look.record);
    let found: Vec<String> = contradicting(look, &after)
        .into_iter()
        .filter(|finding| !before.contains(finding))
        .collect();
    if found.is_empty() {
        return Ok(());
    }
    Err(Refusal::new(
        Refused::Contradicts,
        "these facts are not written down",
        format!(
            "they cannot all be true together with what is known: {}",
            found.join(", ")
        ),
        "correct the older fact in the same step, on the day it was about",
    ))
}

/// The findings that do not fit what else is on record.
fn contradicting(look: &Look<'_>, record: &Record) -> Vec<String> {
    let episode = record.known(look.knowledge, look.command.today).episode;
    let facts = assess(&episode, look.knowledge).contradictions;
    let facts = facts.into_iter().filter_map(|found| match found {
        Contradiction::TwoValues(_, at)
        | Contradiction::Implied(at, _)
        | Contradiction::Derived(at)
        | Contradiction::Excluded(at) => Some(episode.facts[at].finding),
        // No totals are entered on record.
        Contradiction::Score(_) => None,
    });
    facts
        .map(|finding| look.knowledge.findings[finding].name.clone())
        .collect()
}

pub(super) fn clear(look: &Look<'_>, id: &str, reason: &str) -> Result<Vec<Event>, Refusal> {
    let knowledge = look.knowledge;
    let handle = look.find(&knowledge.conditions, "condition", id)?;
    let condition = &knowledge.conditions[handle];
    let profession = &knowledge.professions[look.profession()?];
    let then = look.now();
    let tier = then
        .assessment
        .alarms
        .iter()
        .find(|alarm| alarm.condition == handle)
        .and_then(|alarm| alarm.reached);
    let Some(tier) = tier else {
        return Err(Refusal::new(
            Refused::NoAlarm,
            "nothing is cleared",
            format!("no alarm stands for {}", condition.name.to_lowercase()),
            "check which alarm is meant",
        ));
    };
    if !profession.may_clear.covers(tier) {
        return Err(may_not_clear(look, tier).citing(knowledge, &profession.statement));
    }
    general::words(reason, "the reason", "say why the alarm no longer stands")?;
    Ok(vec![Event::AlarmCleared(AlarmCleared {
        condition: id.to_owned(),
        tier: tier.word().to_owned(),
        reason: reason.to_owned(),
    })])
}

fn may_not_clear(look: &Look<'_>, tier: Tier) -> Refusal {
    let may: Vec<String> = look
        .knowledge
        .professions
        .iter()
        .filter(|(_, other)| other.may_clear.covers(tier))
        .map(|(_, other)| other.name.to_lowercase())
        .collect();
    Refusal::new(
        Refused::MayNotClear,
        format!("{} does not clear this alarm", look.command.by.name()),
        format!(
            "their profession may not clear an alarm of tier `{}`",
            tier.word()
        ),
        format!("refer; those who may clear it: {}", may.join(", ")),
    )
}
