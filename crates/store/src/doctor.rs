//! What can be seen of a database from outside: for the doctor, who looks beside whoever writes, and for whoever writes and wants to know whether all is well.

use jiff::Timestamp;

use crate::beside::Beside;
use crate::checkpoint::{self, Checkpoint};
use crate::database::{Address, Database, Value, number};
use crate::error::Error;
use crate::lock;
use crate::people::instant;
use crate::projection;
use crate::schema::{self, Found, Schema};
use crate::seal::MasterKey;
use crate::source::Source;
use crate::store::Store;

/// Whose tables a database holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// Nobody's yet.
    None,
    /// Something else's.
    Other,
    /// Ours.
    Ours {
        /// Their schema.
        schema: i64,
        /// The schema of this program.
        newest: i64,
        /// Whether they were made with the key at hand; `None`: there is none.
        key_fits: Option<bool>,
    },
}

/// The events, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Events {
    /// How many there are.
    pub count: u64,
    /// The position of the last.
    pub last: u64,
    /// When the last was recorded: RFC 3339.
    pub last_at: Option<String>,
}

/// Messages that have not left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    /// How many wait.
    pub waiting: u64,
    /// How many of them are due.
    pub due: u64,
    /// How many of them could not be sent when it was tried.
    pub troubled: u64,
    /// How often that was tried at most.
    pub tries: u64,
}

/// How a checkpoint fits the events there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The event at its position is the one that was signed.
    Fits,
    /// The events end before it.
    CutOff,
    /// Another event stands there.
    Rewritten,
    /// This key did not sign it.
    NotSigned,
}

const EVENTS: &str = "SELECT COUNT(*), COALESCE(MAX(position), 0) FROM event";
const LAST_AT: &str = "SELECT recorded_at FROM event ORDER BY position DESC LIMIT 1";
const OUTBOX: &str = "SELECT COUNT(*), \
     COUNT(CASE WHEN due_at <= $1 THEN 1 END), COUNT(CASE WHEN trouble IS NOT NULL THEN 1 END), COALESCE(MAX(tries), 0) \
     FROM outbox WHERE sent_at IS NULL";
const HASH_AT: &str = "SELECT hash FROM event WHERE position = $1";
const SIZE: &str = "SELECT pg_database_size(current_database())";
const ANSWERS: &str = "SELECT CAST(1 AS BIGINT)";
const QUICK_CHECK: &str = "PRAGMA quick_check(20)";
const INVALID_INDEXES: &str = "SELECT 'the index ' || CAST(c.relname AS TEXT) || ' is not valid' \
     FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid WHERE NOT i.indisvalid";
const SETTINGS: &str = "SELECT CAST(name AS TEXT), CAST(setting AS TEXT) FROM pg_settings \
     WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'server_version_num', 'server_encoding') ORDER BY name";

impl Beside {
    /// Whose tables these are.
    ///
    /// # Errors
    /// The database failed.
    pub async fn tables(&self, key: Option<&MasterKey>) -> Result<Tables, Error> {
        let found = schema::look(&mut Source::Database(&self.database)).await?;
        Ok(match found {
            Found::Empty => Tables::None,
            Found::Other => Tables::Other,
            Found::Ours { schema, key_check } => Tables::Ours {
                schema,
                newest: Schema::ours().newest(),
                key_fits: key.map(|key| schema::fits(key, &key_check)),
            },
        })
    }

    /// Who writes to it at the moment, in words.
    ///
    /// # Errors
    /// The lock cannot be read.
    pub async fn writer(&self) -> Result<Option<String>, Error> {
        lock::holder(&self.address, &self.database).await
    }

    /// The events, counted.
    ///
    /// # Errors
    /// The database failed.
    pub async fn events(&self) -> Result<Events, Error> {
        events(&self.database).await
    }

    /// Messages that have not left.
    ///
    /// # Errors
    /// The database failed.
    pub async fn outbox(&self, now: Timestamp) -> Result<Outbox, Error> {
        outbox(&self.database, now).await
    }

    /// How a checkpoint fits; quick, because it looks at one event. [`Self::verify`] looks at all.
    ///
    /// # Errors
    /// The database failed.
    pub async fn fit(&self, key: &MasterKey, checkpoint: &Checkpoint) -> Result<Fit, Error> {
        if !checkpoint.is_signed_by(&checkpoint::verifying_key(key)) {
            return Ok(Fit::NotSigned);
        }
        let at = [number(checkpoint.position)];
        let rows = self.database.rows(HASH_AT, &at).await?;
        Ok(match rows.first() {
            Some(row) if row.bytes(0)? == checkpoint.hash => Fit::Fits,
            Some(_) => Fit::Rewritten,
            // A gap in the middle is not an end that was cut off, but as bad.
            None => Fit::CutOff,
        })
    }

    /// What the database itself finds wrong with its pages or indexes; empty: nothing.
    ///
    /// # Errors
    /// [`Error::Damaged`], where it cannot even look; the database failed.
    pub async fn integrity(&self) -> Result<Vec<String>, Error> {
        let mut source = Source::Database(&self.database);
        let rows = source.either(QUICK_CHECK, INVALID_INDEXES, &[]).await?;
        let mut found = rows
            .iter()
            .map(|row| row.text(0))
            .collect::<Result<Vec<_>, _>>()?;
        found.retain(|line| line != "ok");
        Ok(found)
    }

    /// Settings of a server on which it depends whether what was acknowledged is safe; none for a file, whose settings are this program's.
    ///
    /// # Errors
    /// The database failed.
    pub async fn settings(&self) -> Result<Vec<(String, String)>, Error> {
        match &self.database {
            Database::Sqlite { .. } => Ok(Vec::new()),
            Database::Postgres(_) => {
                let rows = self.database.rows(SETTINGS, &[]).await?;
                rows.iter()
                    .map(|row| Ok((row.text(0)?, row.text(1)?)))
                    .collect()
            }
        }
    }

    /// Bytes on the disk.
    ///
    /// # Errors
    /// The database failed.
    pub async fn size(&self) -> Result<u64, Error> {
        size(&self.address, &self.database).await
    }
}

impl Store {
    /// The database answers, and nobody else can write to it: the lock is still held.
    ///
    /// # Errors
    /// [`Error::LockLost`], or the database failed.
    pub async fn is_well(&self) -> Result<(), Error> {
        self.database.rows(ANSWERS, &[]).await?;
        if self.lock.is_held(&self.database).await? {
            Ok(())
        } else {
            Err(Error::LockLost {
                database: self.address.shown(),
            })
        }
    }

    /// The events, counted.
    ///
    /// # Errors
    /// The database failed.
    pub async fn events(&self) -> Result<Events, Error> {
        events(&self.database).await
    }

    /// Projections that are not of the shape this program makes; empty while all is well.
    ///
    /// # Errors
    /// The database failed.
    pub async fn stale_projections(&self) -> Result<Vec<&'static str>, Error> {
        let mut stale = Vec::new();
        for projection in &self.projections {
            if !projection::is_current(&self.database, projection.as_ref()).await? {
                stale.push(projection.name());
            }
        }
        Ok(stale)
    }

    /// Messages that have not left.
    ///
    /// # Errors
    /// The database failed.
    pub async fn outbox(&self, now: Timestamp) -> Result<Outbox, Error> {
        outbox(&self.database, now).await
    }

    /// Bytes on the disk.
    ///
    /// # Errors
    /// The database failed.
    pub async fn size(&self) -> Result<u64, Error> {
        size(&self.address, &self.database).await
    }
}

async fn events(database: &Database) -> Result<Events, Error> {
    let rows = database.rows(EVENTS, &[]).await?;
    let counted = rows
        .first()
        .map(|row| Ok::<_, Error>((row.count(0)?, row.count(1)?)));
    let (count, last) = counted.transpose()?.unwrap_or_default();
    let rows = database.rows(LAST_AT, &[]).await?;
    Ok(Events {
        count,
        last,
        last_at: rows.first().map(|row| row.text(0)).transpose()?,
    })
}

async fn outbox(database: &Database, now: Timestamp) -> Result<Outbox, Error> {
    let rows = database.rows(OUTBOX, &[Value::Text(&instant(now))]).await?;
    let Some(row) = rows.first() else {
        return Ok(Outbox::default());
    };
    Ok(Outbox {
        waiting: row.count(0)?,
        due: row.count(1)?,
        troubled: row.count(2)?,
        tries: row.count(3)?,
    })
}

async fn size(address: &Address, database: &Database) -> Result<u64, Error> {
    match address {
        Address::Sqlite(path) => {
            let mut log = path.as_os_str().to_owned();
            log.push("-wal");
            let file = std::fs::metadata(path).map_err(|error| Error::File(path.clone(), error))?;
            Ok(file.len() + std::fs::metadata(log).map_or(0, |log| log.len()))
        }
        Address::Postgres(_) => {
            let rows = database.rows(SIZE, &[]).await?;
            rows.first().map_or(Ok(0), |row| row.count(0))
        }
    }
}
