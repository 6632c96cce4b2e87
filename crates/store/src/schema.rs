//! The tables, and how older ones become newer ones, step by step.

use crate::database::{Address, Database, Tx, Value};
use crate::error::Error;
use crate::seal::{self, MasterKey};
use crate::source::Source;
use crate::store::Opening;

/// Each step makes the schema with its number (from 1) out of the one before it.
const STEPS: [&str; 5] = [
    include_str!("schema/0001.sql"),
    include_str!("schema/0002.sql"),
    include_str!("schema/0003.sql"),
    include_str!("schema/0004.sql"),
    include_str!("schema/0005.sql"),
];

/// The steps that make the tables.
#[derive(Clone, Debug)]
pub struct Schema {
    steps: Vec<&'static str>,
}

impl Schema {
    /// The steps of this program.
    #[must_use]
    pub fn ours() -> Self {
        Self {
            steps: STEPS.to_vec(),
        }
    }

    /// With one step more, so that what an upgrade does can be tested before there is one.
    #[must_use]
    pub fn and(mut self, step: &'static str) -> Self {
        self.steps.push(step);
        self
    }

    /// The number of the last one.
    #[must_use]
    pub fn newest(&self) -> i64 {
        i64::try_from(self.steps.len()).unwrap_or(i64::MAX)
    }

    /// Refuses what this program does not know.
    pub(crate) fn knows(&self, found: i64) -> Result<(), Error> {
        if (1..=self.newest()).contains(&found) {
            return Ok(());
        }
        Err(Error::Newer {
            found,
            known: self.newest(),
        })
    }

    /// From schema `from` to schema `to`.
    pub(crate) async fn advance(&self, tx: &mut Tx, from: i64, to: i64) -> Result<(), Error> {
        let bytes = tx.bytes();
        for (number, step) in (1..).zip(&self.steps) {
            if number > from && number <= to {
                tx.script(step.replace("{bytes}", bytes)).await?;
            }
        }
        tx.run(
            "UPDATE instance SET schema = $1 WHERE application = $2",
            &[Value::Number(to), Value::Text(APPLICATION)],
        )
        .await?;
        Ok(())
    }

    /// Makes the tables of schema `to` in an empty database.
    pub(crate) async fn create(&self, tx: &mut Tx, to: i64, key_check: &[u8]) -> Result<(), Error> {
        let bytes = tx.bytes();
        tx.script(INSTANCE.replace("{bytes}", bytes)).await?;
        tx.run(
            "INSERT INTO instance (application, schema, key_check) VALUES ($1, 0, $2)",
            &[Value::Text(APPLICATION), Value::Bytes(key_check)],
        )
        .await?;
        self.advance(tx, 0, to).await
    }
}

/// The word by which our databases and backups are known.
pub(crate) const APPLICATION: &str = "cotreat";
/// Sealed under the master key when the database is made, opened whenever it is opened.
const KEY_CHECK: &[u8] = b"this key fits";
const KEY_PURPOSE: &str = "cotreat 2026-11 key check";

const INSTANCE: &str = "
CREATE TABLE instance (
    application TEXT   NOT NULL PRIMARY KEY,
    schema      BIGINT NOT NULL,
    key_check   {bytes} NOT NULL
)";

const INSTANCE_IS: &str = "SELECT schema, key_check FROM instance WHERE application = $1";

/// What a database says about itself.
#[derive(Debug)]
pub(crate) enum Found {
    Empty,
    Ours { schema: i64, key_check: Vec<u8> },
    Other,
}

impl Found {
    /// The schema and the key check of a database of ours.
    pub(crate) fn ours(self, address: &Address) -> Result<(i64, Vec<u8>), Error> {
        let database = address.shown();
        match self {
            Self::Ours { schema, key_check } => Ok((schema, key_check)),
            Self::Empty => Err(Error::Empty { database }),
            Self::Other => Err(Error::NotOurs { database }),
        }
    }
}

/// What shows later whether a key is the one a database was made with.
pub(crate) fn key_check(key: &MasterKey) -> Result<Vec<u8>, Error> {
    seal::seal(&key.derive(KEY_PURPOSE), &[], KEY_CHECK)
}

/// Whether the key is the one that made this check.
pub(crate) fn fits(key: &MasterKey, key_check: &[u8]) -> bool {
    seal::open(&key.derive(KEY_PURPOSE), &[], key_check).as_deref() == Some(KEY_CHECK)
}

/// Makes the tables in an empty database, checks the key, and brings older tables up to date where that is allowed.
pub(crate) async fn prepare(
    database: &Database,
    address: &Address,
    key: &MasterKey,
    schema: &Schema,
    opening: Opening,
) -> Result<(), Error> {
    let found = look(&mut Source::Database(database)).await?;
    let newest = schema.newest();
    if matches!(found, Found::Empty) && opening != Opening::AsIs {
        // The tables of a new database and its name come together, or not at all.
        let mut tx = database.begin().await?;
        schema.create(&mut tx, newest, &key_check(key)?).await?;
        return tx.commit().await;
    }
    let (old, check) = found.ours(address)?;
    if opening == Opening::New {
        return Err(Error::NotEmpty {
            database: address.shown(),
        });
    }
    if !fits(key, &check) {
        return Err(Error::WrongKey);
    }
    schema.knows(old)?;
    if old == newest {
        return Ok(());
    }
    if opening == Opening::AsIs {
        return Err(Error::Older {
            found: old,
            known: newest,
        });
    }
    let mut tx = database.begin().await?;
    schema.advance(&mut tx, old, newest).await?;
    tx.commit().await
}

/// Looks whose tables these are.
pub(crate) async fn look(source: &mut Source<'_>) -> Result<Found, Error> {
    let names = source.tables().await?;
    if names.is_empty() {
        return Ok(Found::Empty);
    }
    if !names.iter().any(|name| name == "instance") {
        return Ok(Found::Other);
    }
    let rows = source.rows(INSTANCE_IS, &[Value::Text(APPLICATION)]).await;
    // A table of that name with other columns is somebody else's.
    let Ok(rows) = rows else {
        return Ok(Found::Other);
    };
    match rows.first() {
        Some(row) => Ok(Found::Ours {
            schema: row.number(0)?,
            key_check: row.bytes(1)?,
        }),
        None => Ok(Found::Other),
    }
}
