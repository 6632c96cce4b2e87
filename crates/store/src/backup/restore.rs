//! Restoring: into an empty database only, checked before anything is kept, all or nothing.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sqlx::error::{DatabaseError, ErrorKind};

use super::cell::Cell;
use super::read::{Head, Part, Reader, changed, no};
use super::{Label, Rows};
use crate::database::{Address, Database, Tx};
use crate::error::Error;
use crate::lock::Lock;
use crate::projection::Projection;
use crate::schema::{self, Found, Schema};
use crate::seal::MasterKey;
use crate::source::Source;
use crate::stage::{Progress, Stage};
use crate::upgrade;
use crate::verify::Verdict;

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What the backup says about itself.
    pub label: Label,
    /// The schema it was taken with; it was brought up to date.
    pub schema: i64,
    /// How many rows of each table.
    pub rows: Rows,
    /// What the walk over the chain found: no fault, or nothing would have been restored.
    pub verdict: Verdict,
}

/// Restores a backup into an empty database, or into a file that does not exist yet. The chain is verified and the projections are made before anything is kept; on SQLite the file is
/// written beside its place and moved there when it is whole.
///
/// # Errors
/// [`Error::NotEmpty`]; [`Error::WrongKey`]; [`Error::Backup`] when it is foreign, newer, cut off, changed, or its chain does not hold; the database failed. Nothing was changed then.
pub async fn restore(
    from: &mut (dyn Read + Send),
    into: &Address,
    key: &MasterKey,
    schema: &Schema,
    projections: &[Box<dyn Projection>],
    progress: Progress<'_>,
) -> Result<Restored, Error> {
    let (head, reader) = Reader::open(from, key)?;
    if !schema::fits(key, &head.key_check) {
        return Err(Error::WrongKey);
    }
    schema.knows(head.schema)?;
    let with = With {
        head,
        key,
        schema,
        projections,
    };
    let lock = Lock::take(into).await?;
    let restored = match into {
        Address::Sqlite(path) => into_file(path, &with, reader, progress).await,
        Address::Postgres(_) => into_server(into, &with, reader, progress).await,
    };
    lock.give_back().await;
    restored
}

/// What is needed to fill a database.
struct With<'a> {
    head: Head,
    key: &'a MasterKey,
    schema: &'a Schema,
    projections: &'a [Box<dyn Projection>],
}

type Lines<'a> = Reader<&'a mut (dyn Read + Send)>;

async fn into_server(
    address: &Address,
    with: &With<'_>,
    reader: Lines<'_>,
    progress: Progress<'_>,
) -> Result<Restored, Error> {
    let database = Database::connect(address).await?;
    let found = schema::look(&mut Source::Database(&database)).await;
    let restored = match found {
        Ok(Found::Empty) => fill(&database, with, reader, progress).await,
        Ok(_) => Err(Error::NotEmpty {
            database: address.shown(),
        }),
        Err(error) => Err(error),
    };
    database.close().await;
    restored
}

async fn into_file(
    path: &Path,
    with: &With<'_>,
    reader: Lines<'_>,
    progress: Progress<'_>,
) -> Result<Restored, Error> {
    // A write-ahead log that was left behind would be taken for one of the new file.
    for there in [path.to_owned(), beside(path, "-wal")] {
        if fs::metadata(&there).is_ok_and(|file| file.len() > 0) {
            return Err(Error::NotEmpty {
                database: there.display().to_string(),
            });
        }
    }
    let unfinished = beside(path, ".restoring");
    remove(&unfinished);
    let restored = fill_file(&unfinished, with, reader, progress).await;
    let moved = restored.and_then(|restored| {
        move_into_place(&unfinished, path)
            .map_err(|error| Error::File(path.to_owned(), error))
            .map(|()| restored)
    });
    if moved.is_err() {
        remove(&unfinished);
    }
    moved
}

async fn fill_file(
    path: &Path,
    with: &With<'_>,
    reader: Lines<'_>,
    progress: Progress<'_>,
) -> Result<Restored, Error> {
    let database = Database::connect(&Address::Sqlite(path.to_owned())).await?;
    let restored = fill(&database, with, reader, progress).await;
    // The last connection to close moves everything from the write-ahead log into the file.
    database.close().await;
    restored
}

/// Puts everything into an empty database, in one transaction.
async fn fill(
    database: &Database,
    with: &With<'_>,
    mut reader: Lines<'_>,
    progress: Progress<'_>,
) -> Result<Restored, Error> {
    let With { head, schema, .. } = with;
    let mut tx = database.begin().await?;
    schema.create(&mut tx, head.schema, &head.key_check).await?;
    let rows = put_rows(&mut tx, &mut reader, progress).await?;
    schema
        .advance(&mut tx, head.schema, schema.newest())
        .await?;
    let verdict = upgrade::finish(&mut tx, with.key, with.projections, progress).await?;
    if let Some(fault) = verdict.faults.first() {
        return Err(no(&format!(
            "the chain of its events does not hold ({fault})"
        )));
    }
    tx.commit().await?;
    Ok(Restored {
        label: head.label.clone(),
        schema: head.schema,
        rows,
        verdict,
    })
}

/// One statement puts in so many values at most; SQLite takes 32,766.
const VALUES: usize = 4000;
/// And so many bytes, about.
const BYTES: usize = 4 << 20;

/// Rows that go in together.
struct Waiting {
    table: String,
    columns: Vec<String>,
    cells: Vec<Cell>,
    bytes: usize,
}

impl Waiting {
    async fn put(&mut self, tx: &mut Tx) -> Result<(), Error> {
        self.bytes = 0;
        let cells = std::mem::take(&mut self.cells);
        if cells.is_empty() {
            return Ok(());
        }
        let put = tx.insert(&self.table, &self.columns, cells).await;
        // Rows that came out of a database go into one again.
        put.map_err(|error| match error {
            Error::Database(sqlx::Error::Database(found)) if breaks_a_rule(&*found) => changed(),
            other => other,
        })
    }
}

/// Whether the database refuses a row because of what stands in it.
fn breaks_a_rule(error: &dyn DatabaseError) -> bool {
    !matches!(error.kind(), ErrorKind::Other)
}

async fn put_rows(
    tx: &mut Tx,
    reader: &mut Lines<'_>,
    progress: Progress<'_>,
) -> Result<Rows, Error> {
    let mut waiting: Option<Waiting> = None;
    let (mut counted, mut done) = (Rows::new(), 0);
    loop {
        match reader.part()? {
            Part::Table { name, columns } => {
                if let Some(mut before) = waiting.take() {
                    before.put(tx).await?;
                }
                counted.insert(name.clone(), 0);
                waiting = Some(place_for(tx, name, columns.into_iter().map(|(c, _)| c)).await?);
            }
            Part::Row(cells) => {
                let now = waiting.as_mut().ok_or_else(changed)?;
                if let Some(count) = counted.get_mut(&now.table) {
                    *count += 1;
                }
                now.bytes += cells.iter().map(Cell::size).sum::<usize>();
                now.cells.extend(cells);
                done += 1;
                if now.cells.len() + now.columns.len() > VALUES || now.bytes > BYTES {
                    now.put(tx).await?;
                    progress(Stage::Rows, done);
                }
            }
            Part::End(promised) => {
                if let Some(mut before) = waiting.take() {
                    before.put(tx).await?;
                }
                progress(Stage::Rows, done);
                return if promised == counted {
                    Ok(counted)
                } else {
                    Err(changed())
                };
            }
        }
    }
}

/// Names of tables and columns become part of a statement, so only those are taken that the database has itself.
async fn place_for(
    tx: &mut Tx,
    table: String,
    columns: impl Iterator<Item = String>,
) -> Result<Waiting, Error> {
    let mut source = Source::Tx(tx);
    let known = if source.tables().await?.contains(&table) {
        source.columns(&table).await?
    } else {
        Vec::new()
    };
    let columns: Vec<String> = columns.collect();
    if columns.is_empty() || columns.iter().any(|column| !known.contains(column)) {
        return Err(no(&format!(
            "its table `{table}` is not one that this program knows"
        )));
    }
    Ok(Waiting {
        table,
        columns,
        cells: Vec::new(),
        bytes: 0,
    })
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Takes away what an earlier attempt left; what cannot be removed is told when it is written to.
fn remove(unfinished: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(beside(unfinished, ending));
    }
}

/// Moves a file that is whole to its place, and sees to it that a power cut cannot undo that.
fn move_into_place(file: &Path, place: &Path) -> io::Result<()> {
    if beside(file, "-wal").exists() {
        return Err(io::Error::other(
            "another program is reading the new file; end it and begin again",
        ));
    }
    fs::File::open(file)?.sync_all()?;
    fs::rename(file, place)?;
    let folder = place
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
