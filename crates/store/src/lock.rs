//! One process writes to a database. The lock that says so ends with the process, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::Duration;

use sqlx::{Connection as _, PgConnection, Row as _};

use crate::database::{Address, Answer, Database, Value};
use crate::error::Error;
use crate::schema::APPLICATION;

/// Held as long as a process may write.
#[derive(Debug)]
pub(crate) enum Lock {
    /// The operating system gives it back when the process ends.
    File { path: PathBuf, file: File },
    /// The server gives it back when the connection ends.
    Session {
        connection: Box<PgConnection>,
        /// The process of the connection on the server.
        process: i64,
    },
}

impl Lock {
    /// Keeps every other writer out.
    ///
    /// # Errors
    /// [`Error::InUse`], or the lock cannot be reached.
    pub(crate) fn take(address: &Address) -> Answer<'_, Self> {
        Box::pin(async move {
            match address {
                Address::Sqlite(path) => take_file(path, address),
                Address::Postgres(url) => take_session(url, address).await,
            }
        })
    }

    /// Gives it back before the process ends.
    pub(crate) fn give_back(self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(async move {
            if let Self::Session { mut connection, .. } = self {
                // The next process need not wait until the server notices; if it cannot be told, it will notice.
                let unlock = sqlx::query("SELECT pg_advisory_unlock($1)").bind(SESSION_LOCK);
                let _ = unlock.execute(&mut *connection).await;
                let _ = connection.close().await;
            }
        })
    }

    /// Whether it still keeps others out: somebody may have removed the file, and a server that was started anew has forgotten its locks.
    pub(crate) async fn is_held(&self, database: &Database) -> Result<bool, Error> {
        match self {
            Self::File { path, file } => {
                let in_place = std::fs::metadata(path);
                let ours = file.metadata();
                Ok(in_place.is_ok_and(|there| ours.is_ok_and(|ours| is_same(&there, &ours))))
            }
            Self::Session { process, .. } => {
                let rows = database.rows(HELD_BY, &[Value::Number(*process)]).await?;
                Ok(!rows.is_empty())
            }
        }
    }
}

/// Who writes to a database at the moment, in words; `None`: nobody.
pub(crate) async fn holder(
    address: &Address,
    database: &Database,
) -> Result<Option<String>, Error> {
    match address {
        Address::Sqlite(path) => {
            let name = name_of(path);
            let Ok(file) = File::open(&name) else {
                return Ok(None);
            };
            // Taken for a moment and given back with the file. Who begins in that very moment is told that the database is in use, and begins again.
            match file.try_lock_shared() {
                Ok(()) => Ok(None),
                Err(TryLockError::WouldBlock) => {
                    let process = std::fs::read_to_string(&name).unwrap_or_default();
                    Ok(Some(match process.trim() {
                        "" => "another process".to_owned(),
                        number => format!("process {number}"),
                    }))
                }
                Err(TryLockError::Error(error)) => Err(Error::File(name, error)),
            }
        }
        Address::Postgres(_) => {
            let rows = database.rows(HOLDER, &[]).await?;
            rows.first().map(|row| row.text(0)).transpose()
        }
    }
}

fn name_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

/// Locks `PATH.lock`: a file of its own, because SQLite locks ranges of the database file itself. The file names the process for whoever wonders.
fn take_file(database: &Path, address: &Address) -> Result<Lock, Error> {
    let path = name_of(database);
    let opened = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path);
    let mut file = opened.map_err(|error| Error::File(path.clone(), error))?;
    match file.try_lock() {
        Ok(()) => {
            // A full disk must not keep anybody from a lock that holds without words.
            let _ = file
                .set_len(0)
                .and_then(|()| writeln!(file, "{}", std::process::id()));
            Ok(Lock::File { path, file })
        }
        Err(TryLockError::WouldBlock) => Err(Error::InUse {
            database: address.shown(),
        }),
        Err(TryLockError::Error(error)) => Err(Error::File(path, error)),
    }
}

/// "cotreat" in bytes: the name of the lock on the server.
const SESSION_LOCK: i64 = i64::from_be_bytes(*b"\0cotreat");

/// A lock with a name of eight bytes stands in two columns of four, and 1 in the third. The names are those of `SESSION_LOCK`.
macro_rules! of_lock {
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 \
             AND l.classid = 6516596 AND l.objid = 1919246708 AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            $rest
        )
    };
}
const HELD_BY: &str = of_lock!("1", " AND CAST(l.pid AS BIGINT) = $1");
const HOLDER: &str = of_lock!(
    "'process ' || a.pid || ' of the server, from ' || COALESCE(CAST(a.client_addr AS TEXT), 'this machine') || ', since ' || to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI \"UTC\"')",
    ""
);

/// Ends what still writes though it does not hold the lock, and counts it.
const ORPHANS: &str = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity \
     WHERE datname = current_database() AND application_name = $1 AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()";

impl Lock {
    /// The server notices at once that the idle connection of a killed process has ended, and gives its lock back; a connection that was busy goes on until its statement is done, and if that
    /// was a commit, commits. Whoever has the lock ends those first, so that nothing changes any more once it looks.
    async fn end_orphans(mut self, address: &Address) -> Result<Self, Error> {
        let Self::Session { connection, .. } = &mut self else {
            return Ok(self);
        };
        for _ in 0..TRIES {
            let row = sqlx::query(ORPHANS)
                .bind(APPLICATION)
                .fetch_one(&mut **connection)
                .await?;
            if row.try_get::<i64, _>(0)? == 0 {
                return Ok(self);
            }
            tokio::time::sleep(BETWEEN).await;
        }
        Err(Error::InUse {
            database: address.shown(),
        })
    }
}

/// So often, and so far apart, a lock is asked for: a server needs a moment to notice that the process which held it was killed.
const TRIES: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(100);

/// Locks with a connection of its own: its end, and nothing else, gives the lock back.
async fn take_session(url: &str, address: &Address) -> Result<Lock, Error> {
    let mut connection = Box::new(PgConnection::connect(url).await?);
    for _ in 0..TRIES {
        let row = sqlx::query("SELECT pg_try_advisory_lock($1), CAST(pg_backend_pid() AS BIGINT)")
            .bind(SESSION_LOCK)
            .fetch_one(&mut *connection)
            .await?;
        if row.try_get(0)? {
            let process = row.try_get(1)?;
            let lock = Lock::Session {
                connection,
                process,
            };
            return lock.end_orphans(address).await;
        }
        tokio::time::sleep(BETWEEN).await;
    }
    Err(Error::InUse {
        database: address.shown(),
    })
}

#[cfg(unix)]
fn is_same(one: &std::fs::Metadata, other: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Elsewhere an open file cannot be removed.
#[cfg(not(unix))]
const fn is_same(_: &std::fs::Metadata, _: &std::fs::Metadata) -> bool {
    true
}
