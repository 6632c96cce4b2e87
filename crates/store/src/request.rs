//! Requests that may come twice: a form sent again, a message delivered again. The same request is done once, and answered as the first time.

use crate::append::{Appended, Batch};
use crate::chain::HASH;
use crate::database::{Row, Tx, Value, number};
use crate::error::Error;
use crate::store::Store;

/// A request with the key its sender gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    key: String,
    /// What makes two requests the same.
    fingerprint: [u8; HASH],
}

const CONTEXT: &str = "cotreat 2026-11 repeated requests";

const FIND: &str = "SELECT fingerprint, first, last FROM request WHERE key = $1";
const ADD: &str = "INSERT INTO request (key, fingerprint, first, last) VALUES ($1, $2, $3, $4)";

impl Request {
    /// A request that asks for `what`, whenever it comes.
    #[must_use]
    pub fn new(key: &str, what: &[u8]) -> Self {
        Self {
            key: key.to_owned(),
            fingerprint: blake3::derive_key(CONTEXT, what),
        }
    }

    /// A request that writes these batches: everything but the moment counts.
    pub(crate) fn of(key: &str, batches: &[Batch]) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key(CONTEXT);
        let mut add = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        for batch in batches {
            add(batch.stream.as_bytes());
            add(batch.person.as_bytes());
            add(batch.actor.as_bytes());
            add(&(batch.events.len() as u64).to_le_bytes());
            for event in &batch.events {
                add(event.kind.as_bytes());
                add(&event.shape.to_le_bytes());
                add(&event.body);
            }
        }
        Self {
            key: key.to_owned(),
            fingerprint: *hasher.finalize().as_bytes(),
        }
    }

    /// How it was answered before, if it came before.
    pub(crate) async fn answered(&self, tx: &mut Tx) -> Result<Option<Appended>, Error> {
        self.read(&tx.rows(FIND, &[Value::Text(&self.key)]).await?)
    }

    fn read(&self, rows: &[Row]) -> Result<Option<Appended>, Error> {
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        if row.bytes(0)? != self.fingerprint {
            return Err(Error::OtherRequest {
                key: self.key.clone(),
            });
        }
        Ok(Some(Appended {
            first: row.count(1)?,
            last: row.count(2)?,
            repeated: true,
        }))
    }

    pub(crate) async fn remember(&self, tx: &mut Tx, first: u64, last: u64) -> Result<(), Error> {
        let values = [
            Value::Text(&self.key),
            Value::Bytes(&self.fingerprint),
            number(first),
            number(last),
        ];
        tx.run(ADD, &values).await.map(drop)
    }
}

impl Store {
    /// How a request was answered before; `None`: it is new. For whoever must know before working out what to write.
    ///
    /// # Errors
    /// [`Error::OtherRequest`]: the key was used for something else; or the database failed.
    pub async fn answered(&self, request: &Request) -> Result<Option<Appended>, Error> {
        let rows = self
            .database
            .rows(FIND, &[Value::Text(&request.key)])
            .await?;
        request.read(&rows)
    }
}
