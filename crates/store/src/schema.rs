//! The tables, and how older ones become newer ones: every step in a transaction of its own, so that a crash leaves the step before it.

use crate::database::{Address, Database, Tx, Value};
use crate::error::Error;
use crate::seal::{self, MasterKey};

/// Each step makes the schema with its number (from 1) out of the one before it.
const STEPS: [&str; 2] = [
    include_str!("schema/0001.sql"),
    include_str!("schema/0002.sql"),
];

/// The schema this program works with.
pub(crate) const NEWEST: i64 = STEPS.len() as i64;

const APPLICATION: &str = "cotreat";
/// Sealed under the master key when the database is made, opened whenever it is opened.
const KEY_CHECK: &[u8] = b"this key fits";
const KEY_PURPOSE: &str = "cotreat 2026-11 key check";

const INSTANCE: &str = "
CREATE TABLE instance (
    application TEXT   NOT NULL PRIMARY KEY,
    schema      BIGINT NOT NULL,
    key_check   {bytes} NOT NULL
)";

/// What a database says about itself.
enum Found {
    Empty,
    Ours { schema: i64, key_check: Vec<u8> },
    Other,
}

/// Makes the tables in an empty database, checks the key, and brings older tables up to date where that is allowed.
pub(crate) async fn prepare(
    database: &Database,
    address: &Address,
    key: &MasterKey,
    upgrade: bool,
) -> Result<(), Error> {
    let schema = match look(database).await? {
        Found::Empty => {
            // The tables of a new database and its name come together, or not at all.
            let mut tx = database.begin().await?;
            create(&mut tx, key).await?;
            tx.commit().await?;
            return Ok(());
        }
        Found::Other => {
            return Err(Error::NotOurs {
                database: address.shown(),
            });
        }
        Found::Ours { schema, key_check } => {
            let fits = seal::open(&key.derive(KEY_PURPOSE), &[], &key_check);
            if fits.as_deref() != Some(KEY_CHECK) {
                return Err(Error::WrongKey);
            }
            schema
        }
    };
    if !(1..=NEWEST).contains(&schema) {
        return Err(Error::Newer {
            found: schema,
            known: NEWEST,
        });
    }
    if schema < NEWEST && !upgrade {
        return Err(Error::Older {
            found: schema,
            known: NEWEST,
        });
    }
    for step in schema..NEWEST {
        let mut tx = database.begin().await?;
        advance(&mut tx, step).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn look(database: &Database) -> Result<Found, Error> {
    let tables = match database {
        Database::Sqlite { .. } => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Database::Postgres(_) => {
            "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema()"
        }
    };
    let mut names = Vec::new();
    for row in database.rows(tables, &[]).await? {
        names.push(row.text(0)?);
    }
    if names.is_empty() {
        return Ok(Found::Empty);
    }
    if !names.iter().any(|name| name == "instance") {
        return Ok(Found::Other);
    }
    let rows = database
        .rows(
            "SELECT schema, key_check FROM instance WHERE application = $1",
            &[Value::Text(APPLICATION)],
        )
        .await;
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

async fn create(tx: &mut Tx, key: &MasterKey) -> Result<(), Error> {
    let bytes = tx.bytes();
    tx.script(INSTANCE.replace("{bytes}", bytes)).await?;
    let check = seal::seal(&key.derive(KEY_PURPOSE), &[], KEY_CHECK)?;
    tx.run(
        "INSERT INTO instance (application, schema, key_check) VALUES ($1, 0, $2)",
        &[Value::Text(APPLICATION), Value::Bytes(&check)],
    )
    .await?;
    for step in 0..NEWEST {
        advance(tx, step).await?;
    }
    Ok(())
}

/// From schema `step` to the next.
async fn advance(tx: &mut Tx, step: i64) -> Result<(), Error> {
    let text = usize::try_from(step)
        .ok()
        .and_then(|step| STEPS.get(step))
        .unwrap_or(&"");
    let bytes = tx.bytes();
    tx.script(text.replace("{bytes}", bytes)).await?;
    tx.run(
        "UPDATE instance SET schema = $1 WHERE application = $2",
        &[Value::Number(step + 1), Value::Text(APPLICATION)],
    )
    .await?;
    Ok(())
}
