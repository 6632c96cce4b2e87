//! Appending events.

use jiff::Timestamp;

use crate::chain::{self, HASH, Link};
use crate::database::{Tx, Value, number};
use crate::error::Error;
use crate::outbox::{self, Message};
use crate::pen::Pen;
use crate::people::{self, PersonKey, instant};
use crate::read::StoredEvent;
use crate::request::Request;
use crate::seal;
use crate::store::Store;

/// One event to append.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// What happened, in a word.
    pub kind: String,
    /// Version of the stored form of this kind.
    pub shape: u32,
    /// What happened, in full; sealed before it is written.
    pub body: Vec<u8>,
}

/// The version a writer has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The stream does not exist yet.
    New,
    /// It has this many events.
    Version(u64),
    /// Whatever it is: only for events that are true regardless of what came before.
    Any,
}

/// Events of one stream that belong together.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The stream.
    pub stream: String,
    /// Whom it is about; their key seals it. Never changes within a stream.
    pub person: String,
    /// Who did it.
    pub actor: String,
    /// When it is recorded.
    pub at: Timestamp,
    /// The version the writer has seen.
    pub expected: Expected,
    /// What happened, in this order.
    pub events: Vec<NewEvent>,
    /// Messages that leave once the events are safe.
    pub messages: Vec<Message>,
}

/// Where events came to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Position of the first.
    pub first: u64,
    /// Position of the last.
    pub last: u64,
    /// They were there already: the request was repeated.
    pub repeated: bool,
}

const HEAD: &str = "SELECT position, hash FROM event ORDER BY position DESC LIMIT 1";
const VERSION: &str =
    "SELECT version, person FROM event WHERE stream = $1 ORDER BY version DESC LIMIT 1";
const INSERT: &str = "INSERT INTO event \
     (position, stream, version, person, kind, shape, actor, recorded_at, body, hash) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

impl Store {
    /// Appends the events of one stream. When this returns, they are on the disk.
    ///
    /// `request` is a key of the sender's: the same request sent again is answered as the first time and writes nothing.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the stream is not at the expected version, [`Error::Erased`], [`Error::OtherRequest`], [`Error::DiskFull`], or whatever the database or a projection
    /// refuses; then nothing was written.
    pub async fn append(&self, batch: &Batch, request: Option<&str>) -> Result<Appended, Error> {
        self.append_all(std::slice::from_ref(batch), request).await
    }

    /// Appends several streams in one transaction: all or nothing. For imports.
    ///
    /// # Errors
    /// As for [`Self::append`].
    pub async fn append_all(
        &self,
        batches: &[Batch],
        request: Option<&str>,
    ) -> Result<Appended, Error> {
        let request = request.map(|key| Request::of(key, batches));
        self.append_for(batches, request.as_ref()).await
    }

    /// The same for a request whose sender says what makes it the same: when what is written depends on the moment, the batches do not tell.
    ///
    /// # Errors
    /// As for [`Self::append`].
    pub async fn append_for(
        &self,
        batches: &[Batch],
        request: Option<&Request>,
    ) -> Result<Appended, Error> {
        let (_turn, mut tx) = self.begin().await?;
        match self.append_in(&mut tx, batches, request).await {
            Ok(appended) => {
                tx.commit().await?;
                Ok(appended)
            }
            Err(refused) => {
                tx.roll_back().await;
                Err(refused)
            }
        }
    }

    pub(crate) async fn append_in(
        &self,
        tx: &mut Tx,
        batches: &[Batch],
        request: Option<&Request>,
    ) -> Result<Appended, Error> {
        if let Some(request) = request
            && let Some(before) = request.answered(tx).await?
        {
            return Ok(before);
        }
        let mut head = head(tx).await?;
        let first = head.position + 1;
        for batch in batches {
            self.write(tx, batch, &mut head).await?;
        }
        let last = head.position;
        if let Some(request) = request {
            request.remember(tx, first, last).await?;
        }
        Ok(Appended {
            first,
            last,
            repeated: false,
        })
    }

    pub(crate) async fn write(
        &self,
        tx: &mut Tx,
        batch: &Batch,
        head: &mut Head,
    ) -> Result<(), Error> {
        let mut version = version(tx, batch).await?;
        if batch.events.is_empty() && batch.messages.is_empty() {
            return Ok(());
        }
        let key = people::key_for_writing(tx, &self.key, &batch.person, batch.at).await?;
        let recorded_at = instant(batch.at);
        let mut written = Vec::with_capacity(batch.events.len());
        for new in &batch.events {
            version += 1;
            let sealed = sealed(&key, batch, version, new)?;
            let link = Link {
                position: head.position + 1,
                stream: &batch.stream,
                version,
                person: &batch.person,
                kind: &new.kind,
                shape: new.shape,
                actor: &batch.actor,
                recorded_at: &recorded_at,
                body: &sealed,
            };
            *head = Head {
                position: link.position,
                hash: chain::hash(&head.hash, &link),
            };
            insert(tx, &link, &head.hash).await?;
            written.push(StoredEvent::of(&link, Some(new.body.clone())));
        }
        if !written.is_empty() {
            let mut pen = Pen::new(tx, &self.key, &key);
            for projection in self.projections_of(&batch.stream) {
                projection.apply(&mut pen, &written).await?;
            }
        }
        outbox::add(tx, &key, &batch.person, &batch.messages)
            .await
            .map(drop)
    }
}

/// The end of the chain.
pub(crate) struct Head {
    pub(crate) position: u64,
    pub(crate) hash: [u8; HASH],
}

pub(crate) async fn head(tx: &mut Tx) -> Result<Head, Error> {
    let rows = tx.rows(HEAD, &[]).await?;
    let Some(row) = rows.first() else {
        return Ok(Head {
            position: 0,
            hash: chain::START,
        });
    };
    let hash = row.bytes(1)?.try_into().map_err(|_| Error::Damaged {
        what: "the hash of the last event".to_owned(),
    })?;
    Ok(Head {
        position: row.count(0)?,
        hash,
    })
}

/// The version of a stream, if it is as expected.
async fn version(tx: &mut Tx, batch: &Batch) -> Result<u64, Error> {
    let rows = tx.rows(VERSION, &[Value::Text(&batch.stream)]).await?;
    let (found, person) = match rows.first() {
        Some(row) => (row.count(0)?, Some(row.text(1)?)),
        None => (0, None),
    };
    let expected = match batch.expected {
        Expected::New => 0,
        Expected::Version(version) => version,
        Expected::Any => found,
    };
    // A stream that changes hands would be sealed with two keys.
    let changed_hands = person.is_some_and(|person| person != batch.person);
    if expected != found || changed_hands {
        return Err(Error::Conflict {
            stream: batch.stream.clone(),
            expected,
            found,
        });
    }
    Ok(found)
}

/// What the seal of a body is bound to: its place.
pub(crate) fn about(stream: &str, version: u64, kind: &str) -> Vec<u8> {
    format!("{stream}\n{version}\n{kind}").into_bytes()
}

fn sealed(key: &PersonKey, batch: &Batch, version: u64, new: &NewEvent) -> Result<Vec<u8>, Error> {
    seal::seal(key, &about(&batch.stream, version, &new.kind), &new.body)
}

async fn insert(tx: &mut Tx, link: &Link<'_>, hash: &[u8; HASH]) -> Result<(), Error> {
    tx.run(
        INSERT,
        &[
            number(link.position),
            Value::Text(link.stream),
            number(link.version),
            Value::Text(link.person),
            Value::Text(link.kind),
            Value::Number(i64::from(link.shape)),
            Value::Text(link.actor),
            Value::Text(link.recorded_at),
            Value::Bytes(link.body),
            Value::Bytes(hash),
        ],
    )
    .await?;
    Ok(())
}
