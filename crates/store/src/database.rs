//! Two databases behind one face: values go in by position (`$1`), rows come out by position. SQL texts use what both understand.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::str::FromStr as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, PgConnectOptions, PgPoolOptions, PgRow};
use sqlx::query::Query;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{PgPool, Postgres, Row as _, Sqlite, SqlitePool, Transaction};

use crate::error::Error;
use crate::schema::APPLICATION;

/// What the database will answer. Boxed, so that what sqlx makes of a statement is compiled once, here, and not again wherever somebody waits for it.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// A value of a statement.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// A whole number.
    Number(i64),
    /// A text.
    Text(&'a str),
    /// A text, or nothing.
    Maybe(Option<&'a str>),
    /// Bytes.
    Bytes(&'a [u8]),
}

/// Which database, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A file.
    Sqlite(PathBuf),
    /// A server.
    Postgres(String),
}

impl Address {
    /// Reads `postgres://…`, `sqlite:PATH` or a path.
    ///
    /// # Errors
    /// [`Error::Address`] for anything else with a scheme.
    pub fn read(given: &str) -> Result<Self, Error> {
        let wrong = |why: &str| {
            Err(Error::Address {
                given: given.to_owned(),
                why: why.to_owned(),
            })
        };
        match given.split_once(':') {
            Some(("postgres" | "postgresql", _)) => match PgConnectOptions::from_str(given) {
                Ok(_) => Ok(Self::Postgres(given.to_owned())),
                Err(error) => wrong(&error.to_string()),
            },
            Some(("sqlite", "")) => wrong("the path is missing"),
            Some(("sqlite", path)) => {
                Ok(Self::Sqlite(path.strip_prefix("//").unwrap_or(path).into()))
            }
            Some((scheme, _)) if scheme.len() > 1 && !scheme.contains(['/', '\\', '.']) => {
                wrong("only SQLite and PostgreSQL are known")
            }
            _ if given.is_empty() => wrong("it is empty"),
            _ => Ok(Self::Sqlite(given.into())),
        }
    }

    /// Refuses a file that is not there, so that a wrong name makes no new one.
    pub(crate) fn is_there(&self) -> Result<(), Error> {
        match self {
            Self::Sqlite(path) if !path.exists() => Err(Error::Empty {
                database: self.shown(),
            }),
            Self::Sqlite(_) | Self::Postgres(_) => Ok(()),
        }
    }

    /// As a reader knows it, without a password.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Sqlite(path) => path.display().to_string(),
            Self::Postgres(url) => match (url.split_once("://"), url.rsplit_once('@')) {
                (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://…@{rest}"),
                _ => url.clone(),
            },
        }
    }
}

/// Connections to one database.
#[derive(Clone, Debug)]
pub(crate) enum Database {
    /// One connection that writes, some that read.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
        /// The disk failed while it was written to: what it says from then on cannot be believed.
        dead: Arc<AtomicBool>,
    },
    Postgres(PgPool),
}

/// So many rows wait between the thread of a database and whoever reads them.
const ROWS: usize = 1_024;

/// Readers of a SQLite file beside its writer.
const READERS: u32 = 4;
/// Connections to a PostgreSQL server.
const CONNECTIONS: u32 = 8;
/// How long to wait for another connection that holds the file.
const PATIENCE: Duration = Duration::from_secs(10);

impl Database {
    /// Connects to write and to read.
    pub(crate) fn connect(address: &Address) -> Answer<'_, Self> {
        Box::pin(async move {
            let connected = match address {
                Address::Sqlite(path) => Self::sqlite(path).await,
                Address::Postgres(url) => Self::postgres(url, CONNECTIONS, &[]).await,
            };
            connected.map_err(|error| unreachable(address, error))
        })
    }

    /// Connects to read only, beside whoever writes.
    pub(crate) fn connect_reading(address: &Address) -> Answer<'_, Self> {
        Box::pin(async move {
            let connected = match address {
                Address::Sqlite(path) => Self::sqlite_reading(path).await,
                Address::Postgres(url) => {
                    let reading = [("default_transaction_read_only", "on")];
                    Self::postgres(url, READERS, &reading).await
                }
            };
            connected.map_err(|error| unreachable(address, error))
        })
    }

    async fn postgres(
        url: &str,
        connections: u32,
        settings: &[(&str, &str)],
    ) -> Result<Self, sqlx::Error> {
        let options = PgConnectOptions::from_str(url)?
            .application_name(APPLICATION)
            .options(settings.iter().copied());
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .connect_with(options)
            .await?;
        Ok(Self::Postgres(pool))
    }

    fn file(path: &Path) -> SqliteConnectOptions {
        SqliteConnectOptions::new()
            .filename(path)
            .busy_timeout(PATIENCE)
            .foreign_keys(true)
            // Rows come from a thread of their own: with room for all of an episode, the two do not wait for each other row by row.
            .row_buffer_size(ROWS)
            // A damaged page is found when it is read, not when a clinician misses what stood on it.
            .pragma("cell_size_check", "ON")
    }

    async fn readers(options: SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
        SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.read_only(true))
            .await
    }

    async fn sqlite(path: &Path) -> Result<Self, sqlx::Error> {
        // SQLite gives the files beside it the same permissions. Where this does not work, opening says why.
        if !path.exists() {
            let _ = for_owner_only(path);
        }
        let options = Self::file(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A committed event must survive a power cut.
            .synchronous(SqliteSynchronous::Full);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await?;
        let readers = Self::readers(options).await?;
        Ok(Self::Sqlite {
            writer,
            readers,
            dead: Arc::default(),
        })
    }

    async fn sqlite_reading(path: &Path) -> Result<Self, sqlx::Error> {
        let readers = Self::readers(Self::file(path)).await?;
        Ok(Self::Sqlite {
            // Whoever tried to write would be refused by SQLite.
            writer: readers.clone(),
            readers,
            dead: Arc::default(),
        })
    }

    /// Begins to read what is committed now, and nothing that is committed later.
    pub(crate) fn snapshot(&self) -> Answer<'_, Tx> {
        const AS_OF_NOW: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        Box::pin(async move {
            Ok(match self {
                Self::Sqlite { readers, .. } => {
                    Tx::Sqlite(FileTx::begin(readers, "BEGIN", &Arc::default()).await?)
                }
                Self::Postgres(pool) => Tx::Postgres(pool.begin_with(AS_OF_NOW).await?),
            })
        })
    }

    /// Begins to write. Nothing is kept unless [`Tx::commit`] is called.
    pub(crate) fn begin(&self) -> Answer<'_, Tx> {
        Box::pin(async move {
            Ok(match self {
                Self::Sqlite { writer, dead, .. } => {
                    Tx::Sqlite(FileTx::begin(writer, "BEGIN IMMEDIATE", dead).await?)
                }
                Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
            })
        })
    }

    /// Rows outside any transaction.
    pub(crate) fn rows<'a>(
        &'a self,
        sql: &'static str,
        values: &'a [Value<'a>],
    ) -> Answer<'a, Vec<Row>> {
        Box::pin(async move {
            Ok(match self {
                Self::Sqlite { readers, .. } => {
                    let rows = sqlite(sql, values).fetch_all(readers).await?;
                    rows.into_iter().map(Row::Sqlite).collect()
                }
                Self::Postgres(pool) => {
                    let rows = postgres(sql, values).fetch_all(pool).await?;
                    rows.into_iter().map(Row::Postgres).collect()
                }
            })
        })
    }

    pub(crate) fn close(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            match self {
                Self::Sqlite {
                    writer, readers, ..
                } => {
                    readers.close().await;
                    writer.close().await;
                }
                Self::Postgres(pool) => pool.close().await,
            }
        })
    }
}

/// Makes an empty file that only its owner can read.
fn for_owner_only(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// What is damaged or full is said as such; anything else while connecting is about the way there.
fn unreachable(address: &Address, error: sqlx::Error) -> Error {
    match Error::from(error) {
        Error::Database(error) => Error::Unreachable {
            database: address.shown(),
            error,
        },
        other => other,
    }
}

/// A transaction on a SQLite file.
///
/// A full disk makes SQLite itself undo a transaction, after which sqlx's own one believes that it is still open. Here a connection whose transaction was neither
/// committed nor rolled back is closed instead: that undoes whatever is left of it, and the next writer gets a fresh one.
#[derive(Debug)]
pub struct FileTx {
    pub(crate) connection: PoolConnection<Sqlite>,
    settled: bool,
    dead: Arc<AtomicBool>,
}

impl FileTx {
    pub(crate) async fn begin(
        pool: &SqlitePool,
        statement: &'static str,
        dead: &Arc<AtomicBool>,
    ) -> Result<Self, Error> {
        if dead.load(Ordering::Relaxed) {
            return Err(Error::DiskFailed);
        }
        let mut tx = Self {
            connection: pool.acquire().await?,
            settled: false,
            dead: Arc::clone(dead),
        };
        sqlx::query(statement).execute(&mut *tx.connection).await?;
        Ok(tx)
    }

    /// Undoes everything and keeps the connection, where that works.
    async fn roll_back(mut self) {
        let undone = sqlx::query("ROLLBACK").execute(&mut *self.connection).await;
        self.settled = undone.is_ok();
    }

    async fn commit(mut self) -> Result<(), Error> {
        let done = sqlx::query("COMMIT").execute(&mut *self.connection).await;
        if let Err(error) = done {
            let error = Error::from(error);
            // The system may forget what it could not write: a second try would seem to work. Only a new beginning reads what the disk really holds.
            if matches!(error, Error::DiskFailed) {
                self.dead.store(true, Ordering::Relaxed);
            }
            return Err(error);
        }
        self.settled = true;
        Ok(())
    }
}

impl Drop for FileTx {
    fn drop(&mut self) {
        if !self.settled {
            self.connection.close_on_drop();
        }
    }
}

/// A transaction.
#[derive(Debug)]
pub enum Tx {
    /// In a file.
    Sqlite(FileTx),
    /// On a server.
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// Runs a statement; answers how many rows it touched, or whatever the database refuses.
    pub fn run<'a>(&'a mut self, sql: &'static str, values: &'a [Value<'a>]) -> Answer<'a, u64> {
        Box::pin(async move {
            Ok(match self {
                Self::Sqlite(tx) => sqlite(sql, values)
                    .execute(&mut *tx.connection)
                    .await?
                    .rows_affected(),
                Self::Postgres(tx) => postgres(sql, values)
                    .execute(&mut **tx)
                    .await?
                    .rows_affected(),
            })
        })
    }

    /// Rows as this transaction sees them, or whatever the database refuses.
    pub fn rows<'a>(
        &'a mut self,
        sql: &'static str,
        values: &'a [Value<'a>],
    ) -> Answer<'a, Vec<Row>> {
        Box::pin(async move {
            Ok(match self {
                Self::Sqlite(tx) => {
                    let rows = sqlite(sql, values).fetch_all(&mut *tx.connection).await?;
                    rows.into_iter().map(Row::Sqlite).collect()
                }
                Self::Postgres(tx) => {
                    let rows = postgres(sql, values).fetch_all(&mut **tx).await?;
                    rows.into_iter().map(Row::Postgres).collect()
                }
            })
        })
    }

    /// Runs statements that are separated by semicolons; for tables.
    pub(crate) fn script(&mut self, sql: String) -> Answer<'_, ()> {
        Box::pin(async move {
            let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
            match self {
                Self::Sqlite(tx) => sql.execute(&mut *tx.connection).await.map(|_| ())?,
                Self::Postgres(tx) => sql.execute(&mut **tx).await.map(|_| ())?,
            }
            Ok(())
        })
    }

    /// What this database calls a column of bytes.
    pub(crate) const fn bytes(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "BLOB",
            Self::Postgres(_) => "BYTEA",
        }
    }

    /// Keeps what was done, or undoes it when it failed.
    pub(crate) async fn settle<T>(self, done: Result<T, Error>) -> Result<T, Error> {
        match done {
            Ok(done) => self.commit().await.map(|()| done),
            Err(error) => {
                self.roll_back().await;
                Err(error)
            }
        }
    }

    /// Undoes everything. A refusal is ordinary, so the connection is kept for the next writer.
    pub(crate) fn roll_back(self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(async move {
            match self {
                Self::Sqlite(tx) => tx.roll_back().await,
                // If the server cannot be told, it undoes the transaction when the connection ends.
                Self::Postgres(tx) => drop(tx.rollback().await),
            }
        })
    }

    pub(crate) fn commit(self) -> Answer<'static, ()> {
        Box::pin(async move {
            match self {
                Self::Sqlite(tx) => tx.commit().await?,
                Self::Postgres(tx) => tx.commit().await?,
            }
            Ok(())
        })
    }
}

fn sqlite<'q>(sql: &'static str, values: &'q [Value<'q>]) -> Query<'q, Sqlite, SqliteArguments> {
    values
        .iter()
        .fold(sqlx::query(sql), |query, value| match *value {
            Value::Number(number) => query.bind(number),
            Value::Text(text) => query.bind(text),
            Value::Maybe(text) => query.bind(text),
            Value::Bytes(bytes) => query.bind(bytes),
        })
}

fn postgres<'q>(sql: &'static str, values: &'q [Value<'q>]) -> Query<'q, Postgres, PgArguments> {
    values
        .iter()
        .fold(sqlx::query(sql), |query, value| match *value {
            Value::Number(number) => query.bind(number),
            Value::Text(text) => query.bind(text),
            Value::Maybe(text) => query.bind(text),
            Value::Bytes(bytes) => query.bind(bytes),
        })
}

/// A row of either database.
#[derive(Debug)]
pub enum Row {
    /// From a file.
    Sqlite(SqliteRow),
    /// From a server.
    Postgres(PgRow),
}

macro_rules! column {
    ($name:ident, $type:ty, $what:literal) => {
        #[doc = concat!("The ", $what, " in a column, counted from 0.")]
        ///
        /// # Errors
        /// The column holds something else.
        pub fn $name(&self, column: usize) -> Result<$type, Error> {
            Ok(match self {
                Self::Sqlite(row) => row.try_get(column)?,
                Self::Postgres(row) => row.try_get(column)?,
            })
        }
    };
}

impl Row {
    column!(number, i64, "number");
    column!(maybe_number, Option<i64>, "number, if there is one,");
    column!(text, String, "text");
    column!(maybe_text, Option<String>, "text, if there is one,");
    column!(bytes, Vec<u8>, "bytes");
    column!(maybe_bytes, Option<Vec<u8>>, "bytes, if there are any,");

    /// A number that is never below zero, such as a version.
    ///
    /// # Errors
    /// It is.
    pub fn count(&self, column: usize) -> Result<u64, Error> {
        u64::try_from(self.number(column)?).map_err(|_| Error::Damaged {
            what: format!("a negative number in column {column}"),
        })
    }
}

/// A count for a statement. No store holds 2⁶³ events.
pub(crate) fn number(count: u64) -> Value<'static> {
    Value::Number(i64::try_from(count).unwrap_or(i64::MAX))
}
