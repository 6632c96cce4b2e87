//! Writes an invented clinic into a store: the directory first, then patient by patient, some of them in a transaction.

use std::collections::HashMap;

use cotreat_people::stream::{About, about};
use cotreat_store::clinic::batch;
use cotreat_store::{Batch, Error, Expected, Store};
use cotreat_synthetic::{Clinic, Entry, History};

/// About so many events are written in one transaction: enough that syncing the disk costs little, few enough that they fit into memory.
const AT_ONCE: usize = 1_000;

/// Whether anybody was ever registered.
pub(super) async fn has_patients(store: &Store) -> Result<bool, Error> {
    let mut position = 0;
    loop {
        let events = store.after(position).await?;
        let Some(last) = events.last() else {
            return Ok(false);
        };
        position = last.position;
        if events
            .iter()
            .any(|event| matches!(about(&event.stream), Some(About::Patient(_))))
        {
            return Ok(true);
        }
    }
}

/// Writes everything, and says how many events that were. `progress` is told how many patients are safe.
pub(super) async fn all(
    store: &Store,
    clinic: &Clinic<'_>,
    progress: impl Fn(u64),
) -> Result<u64, Error> {
    let mut waiting = Waiting::default();
    waiting.add(clinic.directory())?;
    waiting.write(store).await?;
    for (done, history) in (1..).zip(clinic.histories()) {
        keep_shown(store, &history).await?;
        waiting.add(&history.entries)?;
        if waiting.batches.len() >= AT_ONCE {
            waiting.write(store).await?;
            progress(done);
        }
    }
    waiting.write(store).await?;
    progress(clinic.patients());
    Ok(waiting.written)
}

/// What was shown is kept before the events that name it.
async fn keep_shown(store: &Store, history: &History) -> Result<(), Error> {
    for shown in &history.shown {
        let bytes = shown.text.as_bytes();
        store.keep_shown(&shown.patient, bytes, shown.at).await?;
    }
    Ok(())
}

/// Events that wait for their transaction.
#[derive(Debug, Default)]
struct Waiting {
    batches: Vec<Batch>,
    written: u64,
}

impl Waiting {
    /// Each event is a batch of its own, because each has its own moment and its own hand.
    fn add(&mut self, entries: &[Entry]) -> Result<(), Error> {
        // All events of a stream come together.
        let mut versions: HashMap<String, u64> = HashMap::new();
        for entry in entries {
            let version = versions.entry(entry.stream()).or_default();
            self.batches.push(of(entry, Expected::Version(*version))?);
            *version += 1;
        }
        Ok(())
    }

    async fn write(&mut self, store: &Store) -> Result<(), Error> {
        if self.batches.is_empty() {
            return Ok(());
        }
        store.append_all(&self.batches, None).await?;
        self.written += self.batches.len() as u64;
        self.batches.clear();
        Ok(())
    }
}

fn of(entry: &Entry, expected: Expected) -> Result<Batch, Error> {
    match entry {
        Entry::Organisation { id, event } => {
            batch::organisation(id, expected, std::slice::from_ref(event))
        }
        Entry::User { id, event } => batch::user(id, expected, std::slice::from_ref(event)),
        Entry::Patient { id, event } => batch::patient(id, expected, std::slice::from_ref(event)),
        Entry::Episode { id, patient, event } => {
            batch::episode(id, patient, expected, std::slice::from_ref(event))
        }
    }
}
