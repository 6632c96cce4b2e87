//! What stands in a table, as a number to compare: the same rows in any order give the same.

use sqlx::Row as _;

use crate::database::{Row, Tx};
use crate::error::Error;

/// What stands in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Content {
    /// How many rows.
    pub(crate) rows: u64,
    /// The sum of their hashes.
    sum: [u64; 4],
}

/// Reads a whole table, row by row. `table` is a name from the source text, never from outside.
pub(crate) async fn of(tx: &mut Tx, table: &str) -> Result<Content, Error> {
    let mut content = Content {
        rows: 0,
        sum: [0; 4],
    };
    tx.each(format!("SELECT * FROM {table}"), &mut |row| {
        let hash = hash(row)?;
        content.rows += 1;
        for (sum, part) in content.sum.iter_mut().zip(hash.as_chunks::<8>().0) {
            *sum = sum.wrapping_add(u64::from_le_bytes(*part));
        }
        Ok(())
    })
    .await?;
    Ok(content)
}

/// The hash of everything in a row, whatever its types are.
fn hash(row: &Row) -> Result<[u8; 32], Error> {
    let mut hasher = blake3::Hasher::new();
    let mut add = |value: Option<Vec<u8>>| match value {
        None => {
            hasher.update(&[0]);
        }
        Some(bytes) => {
            hasher.update(&[1]);
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(&bytes);
        }
    };
    match row {
        Row::Sqlite(row) => {
            for column in 0..row.len() {
                add(row.try_get_unchecked(column)?);
            }
        }
        Row::Postgres(row) => {
            for column in 0..row.len() {
                add(row.try_get_unchecked(column)?);
            }
        }
    }
    Ok(*hasher.finalize().as_bytes())
}
