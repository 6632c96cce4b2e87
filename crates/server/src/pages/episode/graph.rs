//! Whether it helps: each instrument over time, with what counts as a meaningful change by which rule, sessions, adverse events and referrals.

use std::collections::BTreeMap;

use cotreat_care::event::{Event, Recorded};
use cotreat_care::record::Noted;
use cotreat_figures::Words as FigureWords;
use cotreat_figures::outcome::{self, Better, Kind, Meaningful, Outcome, Wave};
use cotreat_knowledge::format::ScoreDirection;
use cotreat_knowledge::model::{Instrument, MeaningfulChange, Score};
use cotreat_ui::details;
use jiff::civil::Date;
use maud::{Markup, html};

use super::desk::{Desk, plain};
use crate::clinic::Opened;

/// The instrument that was answered most often at once, the others in lines that open.
pub(super) fn shown(desk: &Desk<'_>, opened: &Opened) -> Markup {
    let words = FigureWords::of(desk.words.lang().code());
    let mut graphs = graphs(desk, opened);
    graphs.sort_by_key(|(_, outcome)| std::cmp::Reverse(measured(outcome)));
    let mut all = graphs.into_iter();
    let Some((key, first)) = all.next() else {
        return html! { p { (desk.say("ep-outcome-none")) " " a class="govuk-link" href=(desk.at("/measures")) { (desk.say("ep-outcome-assign")) } } };
    };
    html! {
        (outcome::graph(&key, &first, words).whole(words))
        @for (key, other) in all {
            (details(&other.name, outcome::graph(&key, &other, words).whole(words)))
        }
    }
}

fn measured(outcome: &Outcome) -> usize {
    outcome
        .waves
        .iter()
        .filter(|wave| wave.value.is_some())
        .count()
}

fn graphs(desk: &Desk<'_>, opened: &Opened) -> Vec<(String, Outcome)> {
    let knowledge = &desk.app.clinic.knowledge;
    let answered = |id: &str| {
        opened
            .record
            .answers
            .iter()
            .any(|one| one.what.instrument == id)
    };
    knowledge
        .instruments
        .iter()
        .filter(|(_, one)| answered(&one.id))
        .filter_map(|(_, one)| Some((format!("outcome-{}", one.id), of(desk, opened, one)?)))
        .collect()
}

/// The first score of an instrument over time; none where it makes no score.
fn of(desk: &Desk<'_>, opened: &Opened, instrument: &Instrument) -> Option<Outcome> {
    let score = instrument.scores.first()?;
    let waves = waves(desk, opened, instrument, score);
    let first = waves
        .iter()
        .filter(|wave| wave.value.is_some())
        .min_by_key(|wave| wave.day)?
        .value?;
    let better = match score.higher {
        ScoreDirection::Worse => Better::Lower,
        ScoreDirection::Better => Better::Higher,
    };
    let rule = instrument.changes.iter().find(|change| change.score == 0);
    Some(Outcome {
        name: instrument.name.clone(),
        scale: (score.min, score.max),
        better,
        waves,
        meaningful: rule.and_then(|rule| meaningful(desk, rule, first, better)),
        events: events(desk, opened),
    })
}

/// The bound that a rule draws from the first value.
fn meaningful(
    desk: &Desk<'_>,
    rule: &MeaningfulChange,
    first: f64,
    better: Better,
) -> Option<Meaningful> {
    let by = rule
        .points
        .or_else(|| rule.percent.map(|percent| first * percent / 100.0))?;
    let at = match better {
        Better::Lower => first - by,
        Better::Higher => first + by,
    };
    let sources = &desk.app.clinic.knowledge.sources;
    let source = rule
        .statement
        .source
        .map(|source| sources[source].short.clone());
    Some(Meaningful {
        at,
        rule: source.unwrap_or_else(|| plain(&rule.id)),
    })
}

/// What was measured, and what was due by now and is missing.
fn waves(desk: &Desk<'_>, opened: &Opened, instrument: &Instrument, score: &Score) -> Vec<Wave> {
    let record = &opened.record;
    let mut by_day: BTreeMap<Date, Wave> = BTreeMap::new();
    let answers = record
        .answers
        .iter()
        .filter(|one| one.what.instrument == instrument.id);
    for one in answers {
        let assigned = one
            .what
            .assignment
            .as_ref()
            .and_then(|id| record.assignments.get(id));
        let wave = assigned.and_then(|assigned| assigned.what.wave.as_deref());
        let sheet: Vec<Option<f64>> = instrument
            .items
            .iter()
            .map(|item| one.what.answers.get(&item.id).copied())
            .collect();
        let value = score.of(&instrument.items, &sheet);
        by_day.insert(one.day, wave_of(desk, opened, one.day, wave, value));
    }
    for (id, one) in &record.assignments {
        let missed = one.what.instrument == instrument.id
            && one.what.due < opened.today
            && !answered(record.answers.as_slice(), id);
        if missed {
            let wave = wave_of(desk, opened, one.what.due, one.what.wave.as_deref(), None);
            by_day.entry(one.what.due).or_insert(wave);
        }
    }
    by_day.into_values().collect()
}

/// Whether an assignment was answered.
pub(super) fn answered(
    answers: &[Noted<cotreat_care::event::InstrumentAnswered>],
    assignment: &str,
) -> bool {
    answers
        .iter()
        .any(|one| one.what.assignment.as_deref() == Some(assignment))
}

fn wave_of(
    desk: &Desk<'_>,
    opened: &Opened,
    day: Date,
    wave: Option<&str>,
    value: Option<f64>,
) -> Wave {
    let date = desk.words.short_date(day);
    Wave {
        day: days(opened, day),
        when: match wave {
            Some(wave) => format!("{}, {date}", plain(wave)),
            None => date,
        },
        value,
    }
}

/// Days since the episode began.
fn days(opened: &Opened, day: Date) -> i32 {
    let began = opened.record.began().unwrap_or(day);
    began.until(day).map_or(0, |span| span.get_days())
}

fn events(desk: &Desk<'_>, opened: &Opened) -> Vec<outcome::Event> {
    let event = |one: &Recorded| {
        let (kind, what) = match &one.event {
            Event::SessionRecorded(_) => (Kind::Session, String::new()),
            Event::AdverseEventRecorded(harm) => (Kind::Harm, harm.what.clone()),
            Event::ReferralSent(_) => (Kind::Referral, desk.say("ev-ref-sent")),
            _ => return None,
        };
        Some(outcome::Event {
            day: days(opened, one.day),
            when: desk.words.short_date(one.day),
            kind,
            what,
        })
    };
    opened.events.iter().filter_map(event).collect()
}
