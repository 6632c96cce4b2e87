//! What can go wrong, in words for whoever runs the server.

use std::fmt;

/// Why the store could not do what it was asked. Nothing was written, unless the variant says otherwise.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Somebody else wrote to the stream in the meantime.
    Conflict {
        /// The stream.
        stream: String,
        /// The version the writer had seen.
        expected: u64,
        /// The version it has.
        found: u64,
    },
    /// The same request key came with other content.
    OtherRequest {
        /// The key.
        key: String,
    },
    /// The person's record was erased.
    Erased {
        /// The person.
        person: String,
    },
    /// What should be erased is no person: the key that seals what the installation says about itself.
    NotAPerson {
        /// The name that was given.
        name: String,
    },
    /// Another process writes to this database.
    InUse {
        /// The database, as the user named it.
        database: String,
    },
    /// The lock that kept other writers out is gone.
    LockLost {
        /// The database, as the user named it.
        database: String,
    },
    /// The database belongs to a newer program.
    Newer {
        /// Its schema.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// The database belongs to an older program and must be upgraded first.
    Older {
        /// Its schema.
        found: i64,
        /// The schema this program needs.
        known: i64,
    },
    /// The database holds something else.
    NotOurs {
        /// The database, as the user named it.
        database: String,
    },
    /// There is nothing in the database yet.
    Empty {
        /// The database, as the user named it.
        database: String,
    },
    /// There is something in the database already.
    NotEmpty {
        /// The database, as the user named it.
        database: String,
    },
    /// A backup cannot be restored.
    Backup {
        /// Why.
        why: String,
    },
    /// The key file does not belong to this database.
    WrongKey,
    /// Bytes that cannot be opened with the right key, or do not have the form they should: somebody or something changed them.
    Damaged {
        /// What could not be read.
        what: String,
    },
    /// There is no room left to write.
    DiskFull,
    /// The disk failed while it was written to.
    DiskFailed,
    /// The address of the database cannot be read.
    Address {
        /// As given.
        given: String,
        /// What is wrong with it.
        why: String,
    },
    /// The database cannot be reached.
    Unreachable {
        /// The database, as the user named it.
        database: String,
        /// What came back.
        error: sqlx::Error,
    },
    /// The database, the disk or the network failed.
    Database(sqlx::Error),
    /// A file beside the database could not be used.
    File(std::path::PathBuf, std::io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict { stream, expected, found } => write!(
                f,
                "`{stream}` was changed in the meantime: version {expected} was seen, it has version {found}. Read it again and repeat."
            ),
            Self::OtherRequest { key } => write!(
                f,
                "the request key `{key}` was used before with other content. Use a new key for a new request."
            ),
            Self::Erased { person } => write!(
                f,
                "the record of `{person}` was erased; nothing can be added to it or read from it. Begin a new record."
            ),
            Self::NotAPerson { name } => write!(
                f,
                "`{name}` is nobody who can be erased: it seals what this installation records about itself. Name a patient or a user."
            ),
            Self::InUse { database } => write!(
                f,
                "another process is writing to {database}. Stop it first; only one may run on a database."
            ),
            Self::LockLost { database } => write!(
                f,
                "the lock that keeps other writers away from {database} is gone: its file was removed, or the server was started anew. Stop this program and start it again."
            ),
            Self::Newer { found, known } => write!(
                f,
                "this database was written by a newer program (schema {found}; this program knows up to {known}). Install the newer program."
            ),
            Self::Older { found, known } => write!(
                f,
                "this database is of an older program (schema {found}; this program needs {known}). Stop the server and run `cotreat upgrade`, which makes a backup first."
            ),
            Self::NotOurs { database } => write!(
                f,
                "{database} holds tables of something else. Name an empty database, or the right one."
            ),
            Self::Empty { database } => write!(
                f,
                "there is no record in {database} yet. Make one with `cotreat init`, or name the database that was meant."
            ),
            Self::NotEmpty { database } => write!(
                f,
                "there is a record in {database} already, and it is left as it is. Name a new file or an empty database."
            ),
            Self::Backup { why } => write!(
                f,
                "this backup cannot be restored: {why}. Nothing was changed; take another backup."
            ),
            Self::WrongKey => f.write_str(
                "the key does not fit this database. Use the key file that was made with it; without it nothing can be read.",
            ),
            Self::Damaged { what } => write!(
                f,
                "{what} cannot be opened: it was changed or damaged. Verify the store, and restore the newest backup that verifies."
            ),
            Self::DiskFailed => f.write_str(
                "the disk failed while it was written to; nothing of this request is safe, and nothing more is written. Look at the disk, verify the store, and start again.",
            ),
            Self::DiskFull => f.write_str(
                "there is no room left on the disk; nothing of this request was written. Make room and repeat it.",
            ),
            Self::Address { given, why } => write!(
                f,
                "`{given}` is no database: {why}. Use a path, `sqlite:PATH` or `postgres://USER@HOST/NAME`."
            ),
            Self::Unreachable { database, error } => write!(
                f,
                "{database} cannot be reached: {error}. Check the name, the permissions of its folder, and that its server runs."
            ),
            Self::Database(error) => write!(f, "the database failed: {error}"),
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreachable { error, .. } | Self::Database(error) => Some(error),
            Self::File(_, error) => Some(error),
            _ => None,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let code = error
            .as_database_error()
            .and_then(|e| e.code())
            .unwrap_or_default();
        match code.as_ref() {
            // SQLITE_FULL; PostgreSQL disk_full.
            "13" | "53100" => Self::DiskFull,
            // SQLITE_IOERR and its kinds for writing: WRITE, FSYNC, DIR_FSYNC, TRUNCATE; PostgreSQL io_error.
            "10" | "778" | "1034" | "1290" | "1546" | "58030" => Self::DiskFailed,
            // SQLITE_CORRUPT and its kinds, SQLITE_NOTADB; PostgreSQL data_corrupted, index_corrupted.
            "11" | "267" | "523" | "779" | "26" | "XX001" | "XX002" => Self::Damaged {
                what: format!("the database file ({error})"),
            },
            _ => Self::Database(error),
        }
    }
}
