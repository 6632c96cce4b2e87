//! Erasing a person: the key goes, every row made from their events goes, and that it happened stays.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::account;
use crate::append::{self, Batch, Expected, NewEvent};
use crate::database::{Tx, Value};
use crate::error::Error;
use crate::people::instant;
use crate::read::StoredEvent;
use crate::store::Store;

/// The stream in which every erasure is recorded.
pub const STREAM: &str = "erasures";

/// The name of the key that seals what the installation records about itself. It is nobody's, and cannot be erased.
pub const INSTALLATION: &str = "installation";

const KIND: &str = "person_erased";
const SHAPE: u32 = 1;

const ERASE: &str =
    "UPDATE person_key SET sealed = NULL, erased_at = $1 WHERE person = $2 AND erased_at IS NULL";
const SEND_NOTHING: &str = "DELETE FROM outbox WHERE person = $1 AND sent_at IS NULL";

/// Persons to erase, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Whose keys are deleted: every file of a patient, so that none stays readable.
    pub persons: Vec<String>,
    /// Id of the user who does it.
    pub actor: String,
    /// Who asked for it, in words; sealed.
    pub asked_by: String,
    /// Why; sealed.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// A person who was erased: all that is left of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// The id.
    pub person: String,
    /// Id of the user who did it.
    pub actor: String,
    /// Who asked for it.
    pub asked_by: String,
    /// Why.
    pub reason: String,
    /// When: RFC 3339, UTC, microseconds.
    pub at: String,
}

/// As it is stored.
#[derive(Serialize, Deserialize)]
struct PersonErased {
    person: String,
    asked_by: String,
    reason: String,
}

impl Store {
    /// Erases persons, all or none: deletes their keys, so that nothing sealed with them can ever be read again, the rows that projections made from their events, and the messages about
    /// them that did not leave yet. The events stay in the chain, unreadable, and each erasure is an event of its own ([`Self::erased`]). Returns who was erased: whoever has no key, or none
    /// any more, is passed over.
    ///
    /// Backups made before keep the keys until they are deleted themselves.
    ///
    /// # Errors
    /// [`Error::NotAPerson`], or the database failed.
    pub async fn erase(&self, erasure: &Erasure) -> Result<Vec<String>, Error> {
        if erasure.persons.iter().any(|one| one == INSTALLATION) {
            return Err(Error::NotAPerson {
                name: INSTALLATION.to_owned(),
            });
        }
        let (_turn, mut tx) = self.begin().await?;
        match self.erase_in(&mut tx, erasure).await {
            Ok(erased) => {
                tx.commit().await?;
                Ok(erased)
            }
            Err(refused) => {
                tx.roll_back().await;
                Err(refused)
            }
        }
    }

    async fn erase_in(&self, tx: &mut Tx, erasure: &Erasure) -> Result<Vec<String>, Error> {
        let at = instant(erasure.at);
        let mut erased = Vec::new();
        for person in &erasure.persons {
            let values = [Value::Text(&at), Value::Text(person)];
            if tx.run(ERASE, &values).await? == 0 {
                continue;
            }
            for projection in &self.projections {
                projection.forget(tx, person).await?;
            }
            tx.run(SEND_NOTHING, &[Value::Text(person)]).await?;
            account::forget(tx, person).await?;
            erased.push(person.clone());
        }
        let mut head = append::head(tx).await?;
        self.write(tx, &erasure.recorded(&erased)?, &mut head)
            .await?;
        Ok(erased)
    }

    /// Everybody who was erased, the first one first.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn erased(&self) -> Result<Vec<Erased>, Error> {
        let events = self.stream(STREAM).await?;
        events.into_iter().map(Erased::of).collect()
    }
}

impl Erasure {
    fn recorded(&self, erased: &[String]) -> Result<Batch, Error> {
        let event = |person: &String| -> Result<NewEvent, Error> {
            let said = PersonErased {
                person: person.clone(),
                asked_by: self.asked_by.clone(),
                reason: self.reason.clone(),
            };
            Ok(NewEvent {
                kind: KIND.to_owned(),
                shape: SHAPE,
                body: serde_json::to_vec(&said).map_err(|_| unreadable())?,
            })
        };
        Ok(Batch {
            stream: STREAM.to_owned(),
            person: INSTALLATION.to_owned(),
            actor: self.actor.clone(),
            at: self.at,
            expected: Expected::Any,
            events: erased.iter().map(event).collect::<Result<_, Error>>()?,
            messages: Vec::new(),
        })
    }
}

impl Erased {
    fn of(event: StoredEvent) -> Result<Self, Error> {
        let body = event.body.unwrap_or_default();
        let said: PersonErased = serde_json::from_slice(&body).map_err(|_| unreadable())?;
        Ok(Self {
            person: said.person,
            actor: event.actor,
            asked_by: said.asked_by,
            reason: said.reason,
            at: event.recorded_at,
        })
    }
}

fn unreadable() -> Error {
    Error::Damaged {
        what: "the record of an erasure".to_owned(),
    }
}
