//! The same seed, knowledge and moment give the same bytes; anything else gives others.

use cotreat_synthetic::{Clinic, Entry, History};

use crate::common::{cases, clinic, knowledge, now, sixty};

/// The hash of every event and of everything that was shown.
fn hash<'h>(directory: &[Entry], histories: impl IntoIterator<Item = &'h History>) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |entry: &Entry| {
        hasher.update(entry.stream().as_bytes());
        let bytes = match entry {
            Entry::Organisation { event, .. } => serde_json::to_vec(event),
            Entry::User { event, .. } => serde_json::to_vec(event),
            Entry::Patient { event, .. } => serde_json::to_vec(event),
            Entry::Episode { event, .. } => serde_json::to_vec(event),
        };
        hasher.update(&bytes.expect("JSON"));
    };
    directory.iter().for_each(&mut add);
    let mut shown = Vec::new();
    for history in histories {
        history.entries.iter().for_each(&mut add);
        shown.extend(history.shown.iter().map(|shown| shown.hash.clone()));
    }
    hasher.update(shown.concat().as_bytes());
    hasher.finalize().to_hex().to_string()
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let again = clinic(1, 60);
    let histories: Vec<History> = again.histories().collect();
    let first = clinic(1, 60);
    assert_eq!(
        hash(again.directory(), &histories),
        hash(first.directory(), sixty())
    );
}

#[test]
fn another_seed_gives_other_people() {
    let other = clinic(2, 60);
    let histories: Vec<History> = other.histories().collect();
    assert_ne!(hash(&[], &histories), hash(&[], sixty()));
    let streams = |histories: &[History]| -> std::collections::BTreeSet<String> {
        histories
            .iter()
            .flat_map(|history| &history.entries)
            .map(Entry::stream)
            .collect()
    };
    let (one, other) = (streams(sixty()), streams(&histories));
    assert!(
        one.is_disjoint(&other),
        "both can be written into one database"
    );
}

/// A history depends on its number alone, so nothing has to be kept of those before it.
#[test]
fn a_history_can_be_made_alone() {
    let many = clinic(1, 1_000_000);
    for number in [0, 17, 59] {
        assert_eq!(
            many.history(number).as_ref(),
            sixty().get(usize::try_from(number).expect("small"))
        );
    }
    assert!(many.history(999_999).is_some() && many.history(1_000_000).is_none());
}

#[test]
fn every_stream_belongs_to_one_history() {
    let mut seen = std::collections::BTreeMap::new();
    for history in sixty() {
        for entry in &history.entries {
            let owner = seen.entry(entry.stream()).or_insert(history.number);
            assert_eq!(*owner, history.number, "{}", entry.stream());
        }
    }
}

#[test]
fn without_cases_it_is_said_what_is_missing() {
    let none = Clinic::new(1, 60, knowledge(), [], now());
    let problems = none.expect_err("there are no pictures");
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(
        problems[0].to_string().contains("no case is a picture"),
        "{}",
        problems[0]
    );
    assert_eq!(cases().take(1).count(), 1);
}
