//! Each person's key. Deleting it is erasing the person ([`crate::erasure`]).

use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::database::{Tx, Value};
use crate::error::Error;
use crate::seal::{self, KEY, MasterKey};
use crate::source::Source;
use crate::store::Store;

const PURPOSE: &str = "cotreat 2026-11 keys of persons";

const FIND: &str = "SELECT sealed FROM person_key WHERE person = $1";
const ADD: &str = "INSERT INTO person_key (person, sealed, created_at) VALUES ($1, $2, $3)";

/// A person's key.
pub(crate) type PersonKey = Zeroizing<[u8; KEY]>;

/// A text of one width for every instant, so that texts sort like instants.
pub(crate) fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

/// The key of a person, made at their first event.
pub(crate) async fn key_for_writing(
    tx: &mut Tx,
    master: &MasterKey,
    person: &str,
    at: Timestamp,
) -> Result<PersonKey, Error> {
    let rows = tx.rows(FIND, &[Value::Text(person)]).await?;
    if let Some(row) = rows.first() {
        return opened(master, person, row.maybe_bytes(0)?.as_deref());
    }
    let key = seal::random()?;
    let sealed = seal::seal(&master.derive(PURPOSE), person.as_bytes(), &*key)?;
    tx.run(
        ADD,
        &[
            Value::Text(person),
            Value::Bytes(&sealed),
            Value::Text(&instant(at)),
        ],
    )
    .await?;
    Ok(key)
}

pub(crate) fn opened(
    master: &MasterKey,
    person: &str,
    sealed: Option<&[u8]>,
) -> Result<PersonKey, Error> {
    let Some(sealed) = sealed else {
        return Err(Error::Erased {
            person: person.to_owned(),
        });
    };
    let key = seal::open(&master.derive(PURPOSE), person.as_bytes(), sealed).map(Zeroizing::new);
    key.and_then(|key| <[u8; KEY]>::try_from(key.as_slice()).ok())
        .map(Zeroizing::new)
        .ok_or_else(|| Error::Damaged {
            what: format!("the key of `{person}`"),
        })
}

/// Whoever has events has a row for their key, erased or not.
pub(crate) fn missing(person: &str) -> Error {
    Error::Damaged {
        what: format!("the key of `{person}`, which is missing,"),
    }
}

/// The key of a person who has events.
pub(crate) async fn key_of(
    source: &mut Source<'_>,
    master: &MasterKey,
    person: &str,
) -> Result<PersonKey, Error> {
    let rows = source.rows(FIND, &[Value::Text(person)]).await?;
    let row = rows.first().ok_or_else(|| missing(person))?;
    opened(master, person, row.maybe_bytes(0)?.as_deref())
}

impl Store {
    /// The key of a person who has events.
    pub(crate) async fn key_of(&self, person: &str) -> Result<PersonKey, Error> {
        key_of(&mut Source::Database(&self.database), &self.key, person).await
    }
}
