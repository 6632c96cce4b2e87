//! Messages that must leave the house: written with the event that causes them, sent afterwards, as often as it takes.

use jiff::Timestamp;

use crate::database::{Tx, Value, number};
use crate::error::Error;
use crate::people::{self, PersonKey, instant};
use crate::seal;
use crate::store::Store;

/// A message to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What kind of message, for whoever sends it.
    pub topic: String,
    /// What it says; sealed with the person's key.
    pub body: Vec<u8>,
    /// Not before.
    pub due_at: Timestamp,
}

/// A message that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its number.
    pub id: u64,
    /// Whom it is about.
    pub person: String,
    /// What kind of message.
    pub topic: String,
    /// What it says.
    pub body: Vec<u8>,
    /// How often it was tried.
    pub tries: u64,
}

const NEXT: &str = "SELECT COALESCE(MAX(id), 0) + 1 FROM outbox";
const ADD: &str =
    "INSERT INTO outbox (id, person, topic, body, due_at, tries) VALUES ($1, $2, $3, $4, $5, 0)";
const DUE: &str = "SELECT id, person, topic, body, tries FROM outbox \
     WHERE sent_at IS NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2";
const SENT: &str = "UPDATE outbox SET sent_at = $1, tries = tries + 1, trouble = NULL \
     WHERE id = $2 AND sent_at IS NULL";
const FAILED: &str = "UPDATE outbox SET tries = tries + 1, trouble = $1, due_at = $2 \
     WHERE id = $3 AND sent_at IS NULL";

fn about(id: u64, topic: &str) -> Vec<u8> {
    format!("outbox\n{id}\n{topic}").into_bytes()
}

/// Writes messages that wait; returns their numbers.
pub(crate) async fn add(
    tx: &mut Tx,
    key: &PersonKey,
    person: &str,
    messages: &[Message],
) -> Result<Vec<u64>, Error> {
    let mut added = Vec::with_capacity(messages.len());
    for message in messages {
        let rows = tx.rows(NEXT, &[]).await?;
        let id = rows.first().map_or(Ok(1), |row| row.count(0))?;
        let sealed = seal::seal(key, &about(id, &message.topic), &message.body)?;
        tx.run(
            ADD,
            &[
                number(id),
                Value::Text(person),
                Value::Text(&message.topic),
                Value::Bytes(&sealed),
                Value::Text(&instant(message.due_at)),
            ],
        )
        .await?;
        added.push(id);
    }
    Ok(added)
}

impl Store {
    /// Messages that are due, the oldest first. Those about erased people are gone with their key and are left out.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<Waiting>, Error> {
        let values = [Value::Text(&instant(now)), Value::Number(i64::from(limit))];
        let mut waiting = Vec::new();
        for row in self.database.rows(DUE, &values).await? {
            let (id, person, topic) = (row.count(0)?, row.text(1)?, row.text(2)?);
            let key = match self.key_of(&person).await {
                Ok(key) => key,
                Err(Error::Erased { .. }) => continue,
                Err(error) => return Err(error),
            };
            let body = seal::open(&key, &about(id, &topic), &row.bytes(3)?).ok_or_else(|| {
                Error::Damaged {
                    what: format!("message {id}"),
                }
            })?;
            waiting.push(Waiting {
                id,
                person,
                topic,
                body,
                tries: row.count(4)?,
            });
        }
        Ok(waiting)
    }

    /// Notes that a message left. False: it had left before.
    ///
    /// # Errors
    /// The database failed.
    pub async fn sent(&self, id: u64, at: Timestamp) -> Result<bool, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let values = [Value::Text(&instant(at)), number(id)];
        let noted = tx.run(SENT, &values).await?;
        tx.commit().await?;
        Ok(noted > 0)
    }

    /// A message for several becomes one for each of them; it has done its work with that.
    ///
    /// # Errors
    /// [`Error::Erased`], or the database failed; then nothing changed.
    pub async fn parted(
        &self,
        message: &Waiting,
        each: &[Message],
        at: Timestamp,
    ) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let key = people::key_for_writing(&mut tx, &self.key, &message.person, at).await?;
        add(&mut tx, &key, &message.person, each).await?;
        let values = [Value::Text(&instant(at)), number(message.id)];
        tx.run(SENT, &values).await?;
        tx.commit().await
    }

    /// Notes that a message could not leave, and when to try again.
    ///
    /// # Errors
    /// The database failed.
    pub async fn not_sent(&self, id: u64, trouble: &str, again: Timestamp) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let values = [
            Value::Text(trouble),
            Value::Text(&instant(again)),
            number(id),
        ];
        tx.run(FAILED, &values).await?;
        tx.commit().await
    }
}
