//! What was worked out of a record, for as long as the record has that version and the day is the same.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;

use super::Signals;

/// So many are kept: of each a few hundred bytes.
const ROOM: usize = 20_000;

/// What was worked out, by episode.
#[derive(Default)]
pub(in crate::clinic) struct Kept(Mutex<HashMap<String, One>>);

struct One {
    version: u64,
    day: Date,
    signals: Arc<Signals>,
}

impl Kept {
    fn all(&self) -> MutexGuard<'_, HashMap<String, One>> {
        // Whoever panicked while holding it left it whole: each change is one step.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was worked out of this version of an episode on this day.
    pub(super) fn get(&self, episode: &str, version: u64, day: Date) -> Option<Arc<Signals>> {
        let all = self.all();
        let one = all.get(episode)?;
        (one.version == version && one.day == day).then(|| Arc::clone(&one.signals))
    }

    /// Keeps it in place of what was kept of the episode. Where there is no room, what belongs to another day goes first, and if that is not enough, everything.
    pub(super) fn keep(&self, episode: &str, version: u64, day: Date, signals: Arc<Signals>) {
        let mut all = self.all();
        if all.len() >= ROOM && !all.contains_key(episode) {
            all.retain(|_, one| one.day == day);
            if all.len() >= ROOM {
                all.clear();
            }
        }
        let one = One {
            version,
            day,
            signals,
        };
        all.insert(episode.to_owned(), one);
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn only_the_same_version_on_the_same_day_is_taken() {
        let (kept, day) = (Kept::default(), date(2026, 3, 2));
        kept.keep("e1", 4, day, Arc::new(Signals::default()));
        assert!(kept.get("e1", 4, day).is_some());
        assert!(kept.get("e1", 5, day).is_none());
        assert!(kept.get("e1", 4, date(2026, 3, 3)).is_none());
        assert!(kept.get("e2", 4, day).is_none());
    }

    #[test]
    fn yesterdays_make_room() {
        let (kept, day) = (Kept::default(), date(2026, 3, 2));
        let signals = Arc::new(Signals::default());
        for nth in 0..ROOM {
            let day = if nth == 0 { day } else { date(2026, 3, 1) };
            kept.keep(&format!("e{nth}"), 1, day, Arc::clone(&signals));
        }
        kept.keep("new", 1, day, signals);
        assert!(kept.get("new", 1, day).is_some() && kept.get("e0", 1, day).is_some());
        assert_eq!(kept.all().len(), 2);
    }
}
