//! The records of the episodes that were written to last, so that an event need not be read together with all that came before it.
//!
//! A record is kept with the version it has, and taken only for the event that follows that version. This is enough to keep a transaction that was undone from being taken for what
//! happened. What it left here has a version above that of its stream. When the stream comes to have that version, its events have passed through here, and each puts the true record in
//! the place of what was left. For nothing else writes to a stream, and one writes at a time.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use cotreat_care::Record;

/// So many records are kept. A long one holds some hundred kilobytes.
const ROOM: usize = 64;

/// The records of the episodes that were written to last.
#[derive(Default)]
pub(super) struct Cache(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    by_stream: HashMap<String, One>,
    /// Counts up with each record that is put here.
    turn: u64,
}

struct One {
    version: u64,
    person: String,
    record: Record,
    turn: u64,
}

impl Cache {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Whoever panicked while holding it left it whole: each change is one step.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes out the record of a stream, if it has this version.
    pub(super) fn take(&self, stream: &str, version: u64) -> Option<Record> {
        let one = self.kept().by_stream.remove(stream)?;
        (one.version == version).then_some(one.record)
    }

    /// Keeps the record of a stream at a version; the one that was put here longest ago makes room.
    pub(super) fn keep(&self, stream: &str, version: u64, person: &str, record: Record) {
        let mut kept = self.kept();
        kept.turn += 1;
        let one = One {
            version,
            person: person.to_owned(),
            record,
            turn: kept.turn,
        };
        kept.by_stream.insert(stream.to_owned(), one);
        if kept.by_stream.len() > ROOM {
            let oldest = kept.by_stream.iter().min_by_key(|(_, one)| one.turn);
            if let Some(oldest) = oldest.map(|(stream, _)| stream.clone()) {
                kept.by_stream.remove(&oldest);
            }
        }
    }

    /// Keeps nothing about a person.
    pub(super) fn forget(&self, person: &str) {
        self.kept().by_stream.retain(|_, one| one.person != person);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(events: u64) -> Record {
        Record {
            events,
            ..Record::default()
        }
    }

    #[test]
    fn a_record_is_taken_only_for_the_event_that_follows_it() {
        let cache = Cache::default();
        cache.keep("episode/1", 3, "p1", record(3));
        assert_eq!(cache.take("episode/1", 2), None);
        assert_eq!(cache.take("episode/1", 3), None, "what did not fit is gone");
        cache.keep("episode/1", 3, "p1", record(3));
        assert_eq!(cache.take("episode/1", 3), Some(record(3)));
    }

    #[test]
    fn the_oldest_makes_room_and_nothing_stays_of_the_erased() {
        let cache = Cache::default();
        for nth in 0..=ROOM {
            cache.keep(
                &format!("episode/{nth}"),
                1,
                &format!("p{}", nth % 2),
                record(1),
            );
        }
        assert_eq!(cache.kept().by_stream.len(), ROOM);
        assert_eq!(cache.take("episode/0", 1), None);
        assert_eq!(cache.take("episode/2", 1), Some(record(1)));
        cache.forget("p0");
        assert_eq!(cache.take("episode/4", 1), None);
        assert_eq!(cache.take("episode/5", 1), Some(record(1)));
    }
}
