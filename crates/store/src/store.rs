//! Opening a store, and keeping every other writer out.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

use sqlx::{Connection as _, PgConnection, Row as _};
use tokio::sync::{Mutex, MutexGuard};

use crate::database::{Address, Answer, Database, Tx};
use crate::error::Error;
use crate::projection::Projection;
use crate::schema;
use crate::seal::MasterKey;

/// What to do when the tables are older than the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Say so and leave them as they are.
    AsIs,
    /// Bring them up to date, step by step.
    Upgrade,
}

/// A store that is open for reading and writing by this process alone.
pub struct Store {
    pub(crate) database: Database,
    pub(crate) key: MasterKey,
    pub(crate) projections: Vec<Box<dyn Projection>>,
    /// Held while writing: positions are given out one after the other.
    writing: Mutex<()>,
    lock: Lock,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let projections: Vec<_> = self.projections.iter().map(|p| p.name()).collect();
        f.debug_struct("Store")
            .field("database", &self.database)
            .field("projections", &projections)
            .finish_non_exhaustive()
    }
}

/// Held as long as the store is open.
#[derive(Debug)]
enum Lock {
    /// The operating system gives it back when the process ends, however it ends.
    File(#[expect(dead_code, reason = "held, not used")] File),
    /// The server gives it back when the connection ends.
    Session(PgConnection),
}

impl Store {
    /// Opens a store, making its tables where the database is empty. `projections` take part in every write; those that are new, or made otherwise
    /// than before, are made from the events now.
    ///
    /// # Errors
    /// Another process writes to it; it is not ours, newer, or older and `opening` does not allow the upgrade; the key does not fit; the database
    /// cannot be reached.
    pub async fn open(
        address: &Address,
        key: MasterKey,
        opening: Opening,
        projections: Vec<Box<dyn Projection>>,
    ) -> Result<Self, Error> {
        // Before the tables are touched: two that begin at once must not both make them.
        let (database, lock) = match address {
            Address::Sqlite(path) => {
                let lock = lock_file(path, address)?;
                (Database::connect(address).await?, lock)
            }
            Address::Postgres(url) => {
                let lock = lock_session(url, address).await?;
                (Database::connect(address).await?, lock)
            }
        };
        schema::prepare(&database, address, &key, opening == Opening::Upgrade).await?;
        let store = Self {
            database,
            key,
            projections,
            writing: Mutex::new(()),
            lock,
        };
        for projection in &store.projections {
            store.prepare_projection(projection.as_ref()).await?;
        }
        Ok(store)
    }

    /// Begins to write; whoever else wants to waits.
    pub(crate) async fn begin(&self) -> Result<(MutexGuard<'_, ()>, Tx), Error> {
        let turn = self.writing.lock().await;
        let tx = self.database.begin().await?;
        Ok((turn, tx))
    }

    /// Closes every connection. What was acknowledged is safe without it; a SQLite file is tidier with it.
    pub async fn close(self) {
        self.database.close().await;
        let _ = self.lock.give_back().await;
    }
}

/// Locks `PATH.lock`: a file of its own, because SQLite locks ranges of the database file itself.
fn lock_file(path: &Path, address: &Address) -> Result<Lock, Error> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&name)
        .map_err(|error| Error::File(name.clone().into(), error))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock::File(file)),
        Err(TryLockError::WouldBlock) => Err(Error::InUse {
            database: address.shown(),
        }),
        Err(TryLockError::Error(error)) => Err(Error::File(name.into(), error)),
    }
}

/// "cotreat" in bytes: the name of the lock on the server.
const SESSION_LOCK: i64 = i64::from_be_bytes(*b"\0cotreat");

/// So often, and so far apart, a lock is asked for: a server needs a moment to notice that the process which held it was killed.
const TRIES: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(100);

/// Locks with a connection of its own: its end, and nothing else, gives the lock back.
fn lock_session<'a>(url: &'a str, address: &'a Address) -> Answer<'a, Lock> {
    Box::pin(async move {
        let mut connection = PgConnection::connect(url).await?;
        for _ in 0..TRIES {
            let got: bool = sqlx::query("SELECT pg_try_advisory_lock($1)")
                .bind(SESSION_LOCK)
                .fetch_one(&mut connection)
                .await?
                .try_get(0)?;
            if got {
                return Ok(Lock::Session(connection));
            }
            tokio::time::sleep(BETWEEN).await;
        }
        Err(Error::InUse {
            database: address.shown(),
        })
    })
}

impl Lock {
    /// Gives the lock back, so that the next process need not wait until the server notices; if it cannot be told, it will notice.
    fn give_back(self) -> Answer<'static, ()> {
        Box::pin(async move {
            if let Self::Session(mut connection) = self {
                let unlock = sqlx::query("SELECT pg_advisory_unlock($1)").bind(SESSION_LOCK);
                unlock.execute(&mut connection).await?;
                connection.close().await?;
            }
            Ok(())
        })
    }
}
