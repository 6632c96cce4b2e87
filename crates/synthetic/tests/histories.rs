//! Every history is one that the rules allow, that loads, and that lies in the past.

use std::collections::{BTreeMap, BTreeSet};

use cotreat_care::Record;
use cotreat_care::event::{Recorded, Who};
use cotreat_care::record::{Step, next};
use cotreat_people::event::{PatientEvent, Recorded as Noted};
use cotreat_synthetic::{Entry, Fate, History};
use jiff::tz::TimeZone;

use crate::common::{TODAY, clinic, files, knowledge, now, records, sixty};

#[test]
fn every_event_loads_as_it_was_stored() {
    for entry in sixty().iter().flat_map(|history| &history.entries) {
        match entry {
            Entry::Episode { event, .. } => {
                let stored = serde_json::to_vec(event).expect("JSON");
                let loaded: Recorded = serde_json::from_slice(&stored).expect("an event");
                assert_eq!(loaded, *event);
            }
            Entry::Patient { event, .. } => {
                let stored = serde_json::to_vec(event).expect("JSON");
                let loaded: Noted<PatientEvent> =
                    serde_json::from_slice(&stored).expect("an event");
                assert_eq!(loaded, *event);
            }
            Entry::Organisation { .. } | Entry::User { .. } => panic!("not of a patient"),
        }
    }
}

#[test]
fn every_record_adds_up_and_is_understood() {
    for history in sixty() {
        for (id, record) in records(history) {
            let own = history.entries.iter().filter_map(|entry| match entry {
                Entry::Episode { id: own, event, .. } if *own == id => Some(event),
                _ => None,
            });
            assert_eq!(Record::of(own), record);
            let known = record.known(knowledge(), TODAY);
            assert!(
                known.not_understood.is_empty(),
                "{id}: {:?}",
                known.not_understood
            );
            assert!(
                record.closed.is_some() || record.team.iter().any(|one| one.ended.is_none()),
                "nobody cares for {id}"
            );
        }
        for (id, file) in files(history) {
            assert!(file.identity.is_some(), "{id} was never registered");
        }
    }
}

#[test]
fn time_runs_forward_and_ends_before_now() {
    for history in sixty() {
        let mut last = jiff::Timestamp::MIN;
        for entry in &history.entries {
            let at = entry.at();
            assert!(
                last <= at,
                "{}: time runs backwards at {at}",
                history.number
            );
            assert!(at < now(), "{}: {at} lies after now", history.number);
            let today = at.to_zoned(london()).date() == TODAY;
            assert_eq!(
                today,
                history.fate == Fate::NewToday,
                "{}: {at}",
                history.number
            );
            last = at;
        }
    }
}

#[test]
fn people_work_by_day() {
    let night = |entry: &Entry| {
        let by_staff = match entry {
            Entry::Episode { event, .. } => !matches!(event.by, Who::Patient),
            Entry::Patient { event, .. } => event.by.id() != "patient",
            Entry::Organisation { .. } | Entry::User { .. } => true,
        };
        let hour = entry.at().to_zoned(london()).hour();
        by_staff && !(8..21).contains(&hour)
    };
    let all = sixty().iter().flat_map(|history| &history.entries);
    let found: Vec<&Entry> = all.filter(|entry| night(entry)).collect();
    assert!(found.is_empty(), "{found:#?}");
}

fn london() -> TimeZone {
    TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0").expect("a rule")
}

const STEPS: [Step; 10] = [
    Step::Draft,
    Step::Send,
    Step::Accept,
    Step::Decline,
    Step::Schedule,
    Step::Start,
    Step::Miss,
    Step::Complete,
    Step::Cancel,
    Step::Reopen,
];

#[test]
fn every_referral_came_by_steps_that_can_be_taken() {
    let mut taken = BTreeSet::new();
    for (_, record) in sixty().iter().flat_map(records) {
        for one in record.referrals.values() {
            let mut state = None;
            for (_, to, _) in &one.steps {
                let step = STEPS
                    .into_iter()
                    .find(|step| next(state, *step) == Some(*to));
                taken.insert(format!("{:?}", step.expect("a step that can be taken")));
                state = Some(*to);
            }
            assert_eq!(state, Some(one.state));
            assert!(!one.state.in_care() || one.accepted_by.is_some());
        }
    }
    assert!(taken.len() >= 9, "few steps are taken: {taken:?}");
}

#[test]
fn every_score_lies_on_its_scale() {
    let mut totals = 0;
    for (_, record) in sixty().iter().flat_map(records) {
        for noted in &record.answers {
            let instrument = knowledge()
                .instruments
                .get(&noted.what.instrument)
                .expect("known");
            let answers: Vec<Option<f64>> = instrument
                .items
                .iter()
                .map(|item| noted.what.answers.get(&item.id).copied())
                .collect();
            for (item, answer) in instrument.items.iter().zip(&answers) {
                let fits =
                    |answer: f64| (f64::from(item.min)..=f64::from(item.max)).contains(&answer);
                assert!(
                    answer.is_none_or(|answer| fits(answer) && answer.fract() == 0.0),
                    "{answer:?}"
                );
            }
            let Some(score) = instrument.scores.first() else {
                continue;
            };
            if let Some(total) = score.of(&instrument.items, &answers) {
                assert!(
                    (score.min..=score.max).contains(&total),
                    "{}: {total}",
                    instrument.id
                );
                totals += 1;
            }
        }
    }
    assert!(totals > 100, "{totals} scores");
}

#[test]
fn what_was_shown_is_named_by_its_hash() {
    for history in sixty() {
        let kept: BTreeMap<&str, &str> = history
            .shown
            .iter()
            .map(|shown| (shown.hash.as_str(), shown.text.as_str()))
            .collect();
        for (hash, text) in &kept {
            assert_eq!(blake3::hash(text.as_bytes()).to_hex().as_str(), *hash);
        }
        for (_, record) in records(history) {
            assert!(
                record
                    .shown
                    .iter()
                    .all(|noted| kept.contains_key(noted.what.appraisal.as_str()))
            );
        }
    }
}

/// A refusal that nobody finds a way around is possible, and rare.
#[test]
fn somebody_who_is_refused_finds_another_way() {
    let told = |history: &History| {
        let (number, fate) = (history.number, history.fate);
        let lines = history.given_up.iter();
        lines
            .map(move |told| format!("{number} ({fate:?}): {told}"))
            .collect::<Vec<_>>()
    };
    let clinic = clinic(3, 240);
    let given_up: Vec<String> = clinic
        .histories()
        .flat_map(|history| told(&history))
        .collect();
    assert!(given_up.len() <= 2, "{}", given_up.join("\n"));
}
