//! Reading events.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::append::about;
use crate::chain::Link;
use crate::database::{Row, Tx, Value, number};
use crate::error::Error;
use crate::people::{self, PersonKey};
use crate::projection::Order;
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
const EARLIER: &str = columns!("WHERE stream = $1 AND version < $2 ORDER BY version");
pub(crate) const PAGE: &str = columns!("WHERE position > $1 ORDER BY position LIMIT $2");

/// Events beside the keys that open them.
macro_rules! with_keys {
    ($rest:literal) => {
        concat!(
            "SELECT e.position, e.stream, e.version, e.person, e.kind, e.shape, e.actor, e.recorded_at, e.body, e.hash, k.person, k.sealed \
             FROM event e LEFT JOIN person_key k ON k.person = e.person ",
            $rest
        )
    };
}
const AS_WRITTEN: &str = with_keys!("WHERE e.position > $1 ORDER BY e.position LIMIT $2");
const STREAM_BY_STREAM: &str =
    with_keys!("WHERE (e.stream, e.version) > ($1, $2) ORDER BY e.stream, e.version LIMIT $3");

/// So many events are in memory at a time when the whole store is read.
pub(crate) const PAGE_LENGTH: i64 = 1000;

/// The events before a version of a stream, as a transaction sees them.
pub(crate) async fn earlier(
    tx: &mut Tx,
    key: &PersonKey,
    stream: &str,
    version: u64,
) -> Result<Vec<StoredEvent>, Error> {
    let values = [Value::Text(stream), number(version)];
    let rows = tx.rows(EARLIER, &values).await?;
    rows.iter()
        .map(|row| Sealed::of(row)?.open(Some(key)))
        .collect()
}

/// How far a walk over the whole store has come.
pub(crate) struct Walk {
    order: Order,
    position: u64,
    stream: String,
    version: u64,
    /// So many events are behind it.
    pub(crate) done: u64,
}

impl Walk {
    pub(crate) const fn new(order: Order) -> Self {
        Self {
            order,
            position: 0,
            stream: String::new(),
            version: 0,
            done: 0,
        }
    }
}

/// Events of one stream that follow each other.
pub(crate) struct Portion {
    pub(crate) key: PersonKey,
    pub(crate) events: Vec<StoredEvent>,
}

impl Portion {
    fn is_of(&self, stream: &str) -> bool {
        self.events.last().is_some_and(|last| last.stream == stream)
    }
}

/// The keys of the persons on one page; `None`: erased.
#[derive(Default)]
struct Keys(HashMap<String, Option<PersonKey>>);

impl Keys {
    /// The key of the person of an event, from the columns behind it.
    fn of(
        &mut self,
        master: &MasterKey,
        row: &Row,
        person: &str,
    ) -> Result<Option<&PersonKey>, Error> {
        if !self.0.contains_key(person) {
            if row.maybe_text(10)?.is_none() {
                return Err(people::missing(person));
            }
            let sealed = row.maybe_bytes(11)?;
            let key = sealed.map(|sealed| people::opened(master, person, Some(&sealed)));
            self.0.insert(person.to_owned(), key.transpose()?);
        }
        Ok(self.0.get(person).and_then(Option::as_ref))
    }
}

const LAST_POSITION: &str = "SELECT position FROM event ORDER BY position DESC LIMIT 1";
const LAST_RECORDED: &str = "SELECT recorded_at FROM event ORDER BY position DESC LIMIT 1";

impl Store {
    /// Position of the last event; 0: there is none.
    ///
    /// # Errors
    /// The database failed.
    pub async fn position(&self) -> Result<u64, Error> {
        let rows = self.database.rows(LAST_POSITION, &[]).await?;
        rows.first().map_or(Ok(0), |row| row.count(0))
    }

    /// When the last event was recorded; `None`: there is none.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn last_recorded(&self) -> Result<Option<Timestamp>, Error> {
        let rows = self.database.rows(LAST_RECORDED, &[]).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let text = row.text(0)?;
        text.parse().map(Some).map_err(|_| Error::Damaged {
            what: format!("the time `{text}` of the last event"),
        })
    }

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
        let page = [number(position), Value::Number(PAGE_LENGTH)];
        let rows = self.database.rows(AS_WRITTEN, &page).await?;
        let mut keys = Keys::default();
        let open = |row: &Row| {
            let sealed = Sealed::of(row)?;
            let key = keys.of(&self.key, row, &sealed.event.person)?;
            sealed.open(key)
        };
        rows.iter().map(open).collect()
    }
}

/// The next page of a walk, without the streams that are not wanted and without those of erased people; `None` at the end.
pub(crate) async fn walk(
    source: &mut Source<'_>,
    master: &MasterKey,
    walk: &mut Walk,
    streams: &str,
) -> Result<Option<Vec<Portion>>, Error> {
    let length = Value::Number(PAGE_LENGTH);
    let rows = match walk.order {
        Order::AsWritten => {
            let values = [number(walk.position), length];
            source.rows(AS_WRITTEN, &values).await?
        }
        Order::StreamByStream => {
            let values = [Value::Text(&walk.stream), number(walk.version), length];
            source.rows(STREAM_BY_STREAM, &values).await?
        }
    };
    let mut keys = Keys::default();
    let mut portions: Vec<Portion> = Vec::new();
    for row in &rows {
        let sealed = Sealed::of(row)?;
        let event = &sealed.event;
        walk.position = event.position;
        walk.stream.clone_from(&event.stream);
        walk.version = event.version;
        walk.done += 1;
        if !event.stream.starts_with(streams) {
            continue;
        }
        let Some(key) = keys.of(master, row, &event.person)? else {
            continue;
        };
        let key = key.clone();
        let event = sealed.open(Some(&key))?;
        match portions.last_mut() {
            Some(portion) if portion.is_of(&event.stream) => portion.events.push(event),
            _ => portions.push(Portion {
                key,
                events: vec![event],
            }),
        }
    }
    Ok((!rows.is_empty()).then_some(portions))
}
