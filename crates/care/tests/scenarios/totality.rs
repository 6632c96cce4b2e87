//! Any event on any record: never a panic, and nothing that was known is thrown away.

use std::collections::BTreeSet;

use cotreat_care::decide::{Act, Command};
use cotreat_care::event::Recorded;
use cotreat_care::record::{Record, days_of, oral_morphine};
use cotreat_care::{decide, evolve};
use jiff::ToSpan as _;
use proptest::collection::vec;
use proptest::prelude::*;

use super::coverage;
use super::story::{
    FIRST, assessed, desk, emergency_physician, gp, on, patient, physio, therapist,
};
use super::walks::reachable;
use crate::common::knowledge;

/// The golden events, which have every field filled in.
fn events() -> Vec<Recorded> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/events/v1");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|file| file.expect("a file").path())
        .collect();
    files.sort();
    let read = |path: &std::path::PathBuf| std::fs::read_to_string(path).expect("text");
    files
        .iter()
        .map(|path| serde_json::from_str(&read(path)).expect("loads"))
        .collect()
}

/// Every act with every payload that it can be read from.
fn acts() -> Vec<Act> {
    let names = coverage::names::<Act>(r#"{"act":"?"}"#);
    let mut all = Vec::new();
    for event in events() {
        for name in &names {
            let mut json = serde_json::to_value(&event).expect("JSON");
            json["act"] = name.as_str().into();
            all.extend(serde_json::from_value::<Act>(json));
        }
    }
    let named: BTreeSet<_> = all
        .iter()
        .map(std::mem::discriminant)
        .map(|d| format!("{d:?}"))
        .collect();
    assert_eq!(named.len(), names.len(), "every act can be made");
    all
}

/// How much a record holds that must never grow less.
fn held(record: &Record) -> [usize; 12] {
    [
        record.facts.len(),
        record.wishes.len(),
        record.cleared.len(),
        record.shown.len(),
        record.plans.len(),
        record.referrals.values().map(|one| one.steps.len()).sum(),
        record.team.len(),
        record.treatment_consents.len(),
        record.sessions.values().map(|one| one.versions.len()).sum(),
        record.answers.len(),
        record.medication.len(),
        record.adverse_events.len(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_events_in_any_order_make_a_record(picked in vec((any::<prop::sample::Index>(), -400..400_i64), 0..60)) {
        let events = events();
        let mut record = Record::default();
        for (which, days) in picked {
            let mut event = which.get(&events).clone();
            event.day = FIRST.checked_add(days.days()).expect("a day");
            let before = held(&record);
            record = evolve(record, &event);
            let after = held(&record);
            prop_assert!(before.iter().zip(after).all(|(before, after)| *before <= after), "{:?}", event);
            prop_assert!(record.team.iter().all(|one| one.ended.is_none_or(|end| end >= one.began)));
            prop_assert!(reachable(&record));
        }
        let known = record.known(knowledge(), FIRST);
        prop_assert!(known.episode.facts.len() <= record.facts.len());
        let _ = oral_morphine(&record, knowledge(), FIRST);
        let _ = days_of(&record, knowledge(), FIRST, FIRST.checked_add(90.days()).expect("a day"));
    }

    #[test]
    fn any_command_on_any_record_is_decided(picked in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..40_i64), 0..40)) {
        let acts = acts();
        let people: [fn(Act) -> Command; 6] = [gp, physio, therapist, emergency_physician, desk, patient];
        let mut record = assessed().record;
        for (which, who, days) in picked {
            let day = FIRST.checked_add(days.days()).expect("a day");
            let command = on(day, who.get(&people)(which.get(&acts).clone()));
            match decide(&record, &command, knowledge()) {
                Ok(happened) => {
                    prop_assert!(!happened.is_empty());
                    for event in happened {
                        let text = serde_json::to_string(&event).expect("JSON");
                        let read: Recorded = serde_json::from_str(&text).expect("what was stored loads");
                        prop_assert_eq!(&read, &event);
                        record = evolve(record, &event);
                    }
                }
                Err(refusal) => prop_assert!(!refusal.why.is_empty() && !refusal.remedy.is_empty()),
            }
            prop_assert!(reachable(&record));
        }
    }
}
