//! Portable backups: everything that cannot be made again, in a form that either database takes back.
//!
//! A backup is text, compressed with zstd and, by whoever writes it to a disk, encrypted. Decrypted and unpacked it can be read without this program:
//!
//! ```text
//! {"backup":"cotreat","format":1,"schema":1,"program":"0.1.0","taken_at":"…","knowledge":"…","key_check":"…"}
//! {"table":"event","columns":[["position","number"],["stream","text"],…,["body","bytes"],…]}
//! [1,"episode/…",1,…,"6f2a…",…]
//! …
//! {"end":{"rows":{"event":12345,…},"seal":"…"}}
//! ```
//!
//! One line for each row; bytes are hexadecimal digits. The seal is BLAKE3 over every line before the last, keyed with a key made from the master key: without it nobody can make a
//! backup that is taken for one of ours, though everybody may know the public key that backups are encrypted for. Persons' keys are in it as they are in the database, sealed under the
//! master key, which is not. Projections are left out: they are made again from the events.

mod cell;
mod read;
mod restore;
mod tables;
mod write;

use std::collections::BTreeMap;
use std::io::Write;

use jiff::Timestamp;

use crate::beside::Beside;
use crate::database::Database;
use crate::error::Error;
use crate::seal::MasterKey;
use crate::store::Store;

pub use restore::{Restored, restore};

/// The form of backups that this program writes.
const FORMAT: u64 = 1;
const PURPOSE: &str = "cotreat 2026-11 seal of backups";

/// What a backup says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// When it is taken.
    pub taken_at: Timestamp,
    /// Version of the program that takes it.
    pub program: String,
    /// Hash of the knowledge in force.
    pub knowledge: Option<String>,
}

/// How many rows of each table.
pub type Rows = BTreeMap<String, u64>;

impl Store {
    /// Takes a backup of everything that is committed now, while others go on writing. Returns how many rows of each table it holds.
    ///
    /// Writes block: in a server this runs on a thread of its own.
    ///
    /// # Errors
    /// The database or `into` failed.
    pub async fn backup_to(
        &self,
        label: &Label,
        into: &mut (dyn Write + Send),
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Rows, Error> {
        take(&self.database, &self.key, label, into, progress).await
    }
}

impl Beside {
    /// Takes a backup beside whoever writes, as [`Store::backup_to`] does.
    ///
    /// # Errors
    /// The database is not ours, newer, or of another key; it or `into` failed.
    pub async fn backup_to(
        &self,
        key: &MasterKey,
        label: &Label,
        into: &mut (dyn Write + Send),
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Rows, Error> {
        self.fits(key).await?;
        take(&self.database, key, label, into, progress).await
    }
}

/// Takes a backup of everything that is committed now.
pub(crate) async fn take(
    database: &Database,
    key: &MasterKey,
    label: &Label,
    into: &mut (dyn Write + Send),
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<Rows, Error> {
    let mut tx = database.snapshot().await?;
    let taken = write::write(&mut tx, key, label, into, progress).await;
    tx.roll_back().await;
    taken
}

/// An error of the file that a backup is written to or read from.
fn file(error: std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull => Error::DiskFull,
        _ => Error::File("the backup".into(), error),
    }
}
