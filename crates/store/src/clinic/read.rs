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
        Ok(self.episode_told(id).await?.map(|(read, _)| read))
    }

    /// The same, with the events that tell it, oldest first.
    ///
    /// # Errors
    /// As [`Self::episode`].
    pub async fn episode_told(
        &self,
        id: &str,
    ) -> Result<Option<(EpisodeRead, Vec<Recorded>)>, Error> {
        let stored = self.stream(&stream::episode(id)).await?;
        let Some(last) = stored.last() else {
            return Ok(None);
        };
        let events: Vec<Recorded> = stored.iter().map(told).collect::<Result<_, _>>()?;
        let read = EpisodeRead {
            record: Record::of(&events),
            version: last.version,
            patient: last.person.clone(),
        };
        Ok(Some((read, events)))
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
