//! What the events of the directory's streams say.

use cotreat_people::event::Recorded;
use cotreat_store::Error;
use serde::de::DeserializeOwned;

use super::{Clinic, Refused};

impl Clinic {
    /// The events of a stream, oldest first, and how many there are.
    pub(super) async fn told<E: DeserializeOwned>(
        &self,
        stream: &str,
    ) -> Result<(Vec<Recorded<E>>, u64), Refused> {
        let events = self.store.stream(stream).await?;
        let version = events.last().map_or(0, |last| last.version);
        let read = events.iter().map(|event| {
            let body = event.body.as_deref().unwrap_or_default();
            serde_json::from_slice(body).map_err(|error| Error::Damaged {
                what: format!("event {} of `{}` ({error})", event.version, event.stream),
            })
        });
        Ok((read.collect::<Result<_, _>>()?, version))
    }
}
