//! How it goes: each questionnaire over time, with what counts as a meaningful change and by whose rule.

use std::collections::BTreeMap;

use cotreat_care::Record;
use cotreat_figures::outcome::{self, Better, Event, Kind, Meaningful, Outcome, Wave};
use cotreat_knowledge::format::ScoreDirection;
use cotreat_knowledge::model::{Instrument, Score};
use jiff::civil::Date;
use maud::{Markup, html};

use super::Own;
use crate::clinic::OwnEpisode;

/// The graphs of an episode; one that was answered once is a number.
pub(super) fn shown(own: &Own<'_>, one: &OwnEpisode) -> Markup {
    let drawn = cotreat_figures::Words::of(own.words.lang().code());
    let instruments = &own.app.clinic.knowledge.instruments;
    let outcomes: Vec<(&str, Outcome)> = instruments
        .iter()
        .filter_map(|(_, instrument)| Some((instrument.id.as_str(), of(own, one, instrument)?)))
        .collect();
    html! {
        @if !outcomes.is_empty() {
            h2 class="govuk-heading-m" id="course" { (own.words.say("own-course")) }
            p class="govuk-body" { (own.words.say("own-course-says")) }
            @for (id, outcome) in &outcomes { (outcome::graph(&format!("course-{id}"), outcome, drawn).whole(drawn)) }
        }
    }
}

/// The first score of an instrument over time; none where it was never answered so that it has one.
fn of(own: &Own<'_>, one: &OwnEpisode, instrument: &Instrument) -> Option<Outcome> {
    let score = instrument.scores.first()?;
    let waves = waves(own, one, instrument, score);
    let first = waves.iter().find_map(|wave| wave.value)?;
    let better = match score.higher {
        ScoreDirection::Worse => Better::Lower,
        ScoreDirection::Better => Better::Higher,
    };
    let rule = instrument.changes.iter().find(|change| change.score == 0);
    let meaningful = rule.and_then(|rule| {
        let by = rule
            .points
            .or_else(|| rule.percent.map(|percent| first * percent / 100.0))?;
        let source = rule.statement.source?;
        Some(Meaningful {
            at: match better {
                Better::Lower => first - by,
                Better::Higher => first + by,
            },
            rule: own.app.clinic.knowledge.sources[source].short.clone(),
        })
    });
    Some(Outcome {
        name: instrument.name.clone(),
        scale: (score.min, score.max),
        better,
        waves,
        meaningful,
        events: sessions(own, &one.record),
    })
}

/// What was measured, in the order of days, and what was due and is missing.
fn waves(own: &Own<'_>, one: &OwnEpisode, instrument: &Instrument, score: &Score) -> Vec<Wave> {
    let record = &one.record;
    let mut by_day: BTreeMap<Date, Option<f64>> = BTreeMap::new();
    let answered: Vec<_> = record
        .answers
        .iter()
        .filter(|answer| answer.what.instrument == instrument.id)
        .collect();
    for (id, assigned) in &record.assignments {
        let missed = assigned.what.instrument == instrument.id
            && assigned.what.due < one.today
            && !answered
                .iter()
                .any(|answer| answer.what.assignment.as_ref() == Some(id));
        if missed {
            by_day.insert(assigned.what.due, None);
        }
    }
    for answer in answered {
        let sheet: Vec<Option<f64>> = instrument
            .items
            .iter()
            .map(|item| answer.what.answers.get(&item.id).copied())
            .collect();
        by_day.insert(answer.day, score.of(&instrument.items, &sheet));
    }
    let wave = |(day, value): (Date, Option<f64>)| Wave {
        day: days(record, day),
        when: own.words.short_date(day),
        value,
    };
    by_day.into_iter().map(wave).collect()
}

/// Days since the episode began.
fn days(record: &Record, day: Date) -> i32 {
    let began = record.began().unwrap_or(day);
    began.until(day).map_or(0, |span| span.get_days())
}

fn sessions(own: &Own<'_>, record: &Record) -> Vec<Event> {
    let first = record
        .sessions
        .values()
        .filter_map(|session| session.versions.first());
    first
        .map(|noted| Event {
            day: days(record, noted.day),
            when: own.words.short_date(noted.day),
            kind: Kind::Session,
            what: String::new(),
        })
        .collect()
}
