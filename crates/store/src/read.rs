//! Reading events.

use std::collections::HashMap;

use crate::append::about;
use crate::chain::Link;
use crate::database::{Row, Value, number};
use crate::error::Error;
use crate::people::{self, PersonKey};
use crate::seal::{self, MasterKey};
use crate::source::Source;
use crate::store::Store;

/// An event as it was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    /// Position in the whole store, from 1.
    pub position: u64,
    /// The stream.
    pub stream: String,
    /// Position in the stream, from 1.
    pub version: u64,
    /// Whom it is about.
    pub person: String,
    /// What happened, in a word.
    pub kind: String,
    /// Version of the stored form of this kind.
    pub shape: u32,
    /// Who did it.
    pub actor: String,
    /// When it was recorded: RFC 3339, UTC, microseconds.
    pub recorded_at: String,
    /// What happened, in full; `None`: the person was erased.
    pub body: Option<Vec<u8>>,
}

impl StoredEvent {
    pub(crate) fn of(link: &Link<'_>, body: Option<Vec<u8>>) -> Self {
        Self {
            position: link.position,
            stream: link.stream.to_owned(),
            version: link.version,
            person: link.person.to_owned(),
            kind: link.kind.to_owned(),
            shape: link.shape,
            actor: link.actor.to_owned(),
            recorded_at: link.recorded_at.to_owned(),
            body,
        }
    }
}

/// A row of the event table: everything, still sealed.
pub(crate) struct Sealed {
    pub(crate) event: StoredEvent,
    pub(crate) body: Vec<u8>,
    pub(crate) hash: Vec<u8>,
}

impl Sealed {
    pub(crate) fn of(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            event: StoredEvent {
                position: row.count(0)?,
                stream: row.text(1)?,
                version: row.count(2)?,
                person: row.text(3)?,
                kind: row.text(4)?,
                shape: u32::try_from(row.number(5)?).unwrap_or(u32::MAX),
                actor: row.text(6)?,
                recorded_at: row.text(7)?,
                body: None,
            },
            body: row.bytes(8)?,
            hash: row.bytes(9)?,
        })
    }

    pub(crate) fn link(&self) -> Link<'_> {
        Link {
            position: self.event.position,
            stream: &self.event.stream,
            version: self.event.version,
            person: &self.event.person,
            kind: &self.event.kind,
            shape: self.event.shape,
            actor: &self.event.actor,
            recorded_at: &self.event.recorded_at,
            body: &self.body,
        }
    }

    /// Opens the body; without a key the person was erased.
    pub(crate) fn open(mut self, key: Option<&PersonKey>) -> Result<StoredEvent, Error> {
        if let Some(key) = key {
            let about = about(&self.event.stream, self.event.version, &self.event.kind);
            let body = seal::open(key, &about, &self.body).ok_or_else(|| Error::Damaged {
                what: format!(
                    "event {} of `{}` (position {})",
                    self.event.version, self.event.stream, self.event.position
                ),
            })?;
            self.event.body = Some(body);
        }
        Ok(self.event)
    }
}

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT position, stream, version, person, kind, shape, actor, recorded_at, body, hash FROM event ",
            $rest
        )
    };
}
const STREAM: &str = columns!("WHERE stream = $1 ORDER BY version");
pub(crate) const OF_KIND: &str = columns!("WHERE kind = $1 ORDER BY position");
pub(crate) const PAGE: &str = columns!("WHERE position > $1 ORDER BY position LIMIT $2");

/// So many events are in memory at a time when the whole store is read.
pub(crate) const PAGE_LENGTH: i64 = 1000;

impl Store {
    /// The events of a stream, oldest first; empty when there is no such stream.
    ///
    /// # Errors
    /// [`Error::Erased`], [`Error::Damaged`], or the database failed.
    pub async fn stream(&self, stream: &str) -> Result<Vec<StoredEvent>, Error> {
        let rows = self.database.rows(STREAM, &[Value::Text(stream)]).await?;
        let sealed = rows.iter().map(Sealed::of).collect::<Result<Vec<_>, _>>()?;
        let Some(first) = sealed.first() else {
            return Ok(Vec::new());
        };
        let key = self.key_of(&first.event.person).await?;
        sealed.into_iter().map(|one| one.open(Some(&key))).collect()
    }

    /// Up to 1,000 events behind a position, of all streams; those of erased people without their bodies. Empty at the end.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn after(&self, position: u64) -> Result<Vec<StoredEvent>, Error> {
        page(&mut Source::Database(&self.database), &self.key, position).await
    }
}

/// Up to 1,000 events behind a position, as the source shows them.
pub(crate) async fn page(
    source: &mut Source<'_>,
    master: &MasterKey,
    position: u64,
) -> Result<Vec<StoredEvent>, Error> {
    let page = [number(position), Value::Number(PAGE_LENGTH)];
    let rows = source.rows(PAGE, &page).await?;
    let mut keys: HashMap<String, Option<PersonKey>> = HashMap::new();
    let mut events = Vec::with_capacity(rows.len());
    for row in &rows {
        let sealed = Sealed::of(row)?;
        let person = &sealed.event.person;
        if !keys.contains_key(person) {
            let key = match people::key_of(source, master, person).await {
                Ok(key) => Some(key),
                Err(Error::Erased { .. }) => None,
                Err(error) => return Err(error),
            };
            keys.insert(person.clone(), key);
        }
        let key = keys.get(person).and_then(Option::as_ref);
        events.push(sealed.open(key)?);
    }
    Ok(events)
}
