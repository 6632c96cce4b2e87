//! Reading an episode back.

use cotreat_care::event::Recorded;
use cotreat_care::record::Record;
use cotreat_people::stream;

use super::told::told;
use crate::error::Error;
use crate::read::StoredEvent;
use crate::store::Store;

/// An episode as its events tell it.
#[derive(Clone, Debug, PartialEq)]
pub struct EpisodeRead {
    /// What it adds up to.
    pub record: Record,
    /// How many events it has: what a writer has seen.
    pub version: u64,
    /// Id of the file it belongs to.
    pub patient: String,
}

impl Store {
    /// An episode from its events; `None`: there is no such episode. Whoever asks must have been found to be allowed to see the patient ([`Store::relation`]).
    ///
    /// # Errors
    /// [`Error::Erased`], [`Error::Damaged`], or the database failed.
    pub async fn episode(&self, id: &str) -> Result<Option<EpisodeRead>, Error> {
        let events = self.stream(&stream::episode(id)).await?;
        let Some(last) = events.last() else {
            return Ok(None);
        };
        Ok(Some(EpisodeRead {
            record: record(&events)?,
            version: last.version,
            patient: last.person.clone(),
        }))
    }
}

/// What events add up to.
pub(super) fn record(events: &[StoredEvent]) -> Result<Record, Error> {
    let mut record = Record::default();
    for event in events {
        record = cotreat_care::evolve(record, &told::<Recorded>(event)?);
    }
    Ok(record)
}
