//! What stands in the columns of an answer.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::DeserializeOwned;

use crate::database::Row;
use crate::error::Error;
use crate::pen;
use crate::people::{self, PersonKey};
use crate::store::Store;

/// A day, if there is one.
pub(super) fn maybe_day(row: &Row, column: usize) -> Result<Option<Date>, Error> {
    let text = row.maybe_text(column)?;
    text.map(|text| text.parse().map_err(|_| damaged("a day", &text)))
        .transpose()
}

/// A day.
pub(super) fn day(row: &Row, column: usize) -> Result<Date, Error> {
    maybe_day(row, column)?.ok_or_else(|| damaged("a day", ""))
}

/// An instant.
pub(super) fn at(row: &Row, column: usize) -> Result<Timestamp, Error> {
    let text = row.text(column)?;
    text.parse().map_err(|_| damaged("an instant", &text))
}

/// One of a few words.
pub(super) fn one_of<T>(
    row: &Row,
    column: usize,
    what: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, Error> {
    let word = row.text(column)?;
    read(&word).ok_or_else(|| damaged(what, &word))
}

fn damaged(what: &str, found: &str) -> Error {
    Error::Damaged {
        what: format!("{what} in a table (`{found}`)"),
    }
}

/// The key of a person from the column that holds it.
pub(super) fn key(
    store: &Store,
    row: &Row,
    column: usize,
    person: &str,
) -> Result<PersonKey, Error> {
    people::opened(&store.key, person, row.maybe_bytes(column)?.as_deref())
}

/// A sealed text of a column.
pub(super) fn opened(
    key: &PersonKey,
    row: &Row,
    column: usize,
    place: &str,
) -> Result<Vec<u8>, Error> {
    pen::open(key, place, &row.bytes(column)?)
}

/// A sealed value of a column.
pub(super) fn read<T: DeserializeOwned>(
    key: &PersonKey,
    row: &Row,
    column: usize,
    place: &str,
) -> Result<T, Error> {
    let text = opened(key, row, column, place)?;
    serde_json::from_slice(&text).map_err(|_| Error::Damaged {
        what: format!("what stands in {place}"),
    })
}
