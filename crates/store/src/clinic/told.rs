//! What an event says, and how days and lists stand in columns.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::read::StoredEvent;

/// What an event says.
pub(super) fn told<T: DeserializeOwned>(event: &StoredEvent) -> Result<T, Error> {
    let body = event.body.as_deref().unwrap_or_default();
    serde_json::from_slice(body).map_err(|error| Error::Damaged {
        what: format!(
            "event {} of `{}` (`{}`: {error})",
            event.version, event.stream, event.kind
        ),
    })
}

/// As bytes, to be sealed.
pub(super) fn bytes(what: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(what).map_err(|error| Error::Damaged {
        what: format!("a value that cannot be written down ({error})"),
    })
}

/// The id in the name of a stream `kind/ID`.
pub(super) fn id(stream: &str) -> &str {
    stream.split_once('/').map_or(stream, |(_, id)| id)
}
