//! Any event on any record: never a panic, and nothing that was known is thrown away.

use cotreat_care::event::Recorded;
use cotreat_care::record::{Record, days_of, evolve, oral_morphine};
use jiff::ToSpan as _;
use proptest::collection::vec;
use proptest::prelude::*;

use super::story::FIRST;
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
}
