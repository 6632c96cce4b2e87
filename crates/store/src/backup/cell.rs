//! One value of a row, in a database and in a backup.

use serde_json::Value as Json;
use sqlx::AssertSqlSafe;

use crate::database::{Answer, Row, Tx};
use crate::error::Error;
use crate::hex;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Text,
    Bytes,
}

impl Kind {
    /// As it stands in a backup.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Text => "text",
            Self::Bytes => "bytes",
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        [Self::Number, Self::Text, Self::Bytes]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// One value, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Number(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

impl Cell {
    /// The value in a column of a row.
    pub(super) fn of(row: &Row, column: usize, kind: Kind) -> Result<Self, Error> {
        Ok(match kind {
            Kind::Number => Self::Number(row.maybe_number(column)?),
            Kind::Text => Self::Text(row.maybe_text(column)?),
            Kind::Bytes => Self::Bytes(row.maybe_bytes(column)?),
        })
    }

    /// The value in a line of a backup; `None`: it is of another kind.
    pub(super) fn read(json: Json, kind: Kind) -> Option<Self> {
        Some(match (kind, json) {
            (Kind::Number, Json::Null) => Self::Number(None),
            (Kind::Text, Json::Null) => Self::Text(None),
            (Kind::Bytes, Json::Null) => Self::Bytes(None),
            (Kind::Number, Json::Number(number)) => Self::Number(Some(number.as_i64()?)),
            (Kind::Text, Json::String(text)) => Self::Text(Some(text)),
            (Kind::Bytes, Json::String(digits)) => Self::Bytes(Some(hex::read_all(&digits)?)),
            _ => return None,
        })
    }

    /// Writes it as it stands in a line of a backup.
    pub(super) fn append(&self, line: &mut Vec<u8>) {
        match self {
            Self::Number(Some(number)) => line.extend(number.to_string().bytes()),
            Self::Text(Some(text)) => line.extend(Json::from(text.as_str()).to_string().bytes()),
            Self::Bytes(Some(bytes)) => {
                line.push(b'"');
                hex::append(line, bytes);
                line.push(b'"');
            }
            Self::Number(None) | Self::Text(None) | Self::Bytes(None) => line.extend(b"null"),
        }
    }

    /// About how many bytes it takes.
    pub(super) const fn size(&self) -> usize {
        match self {
            Self::Text(Some(text)) => text.len(),
            Self::Bytes(Some(bytes)) => bytes.len(),
            _ => 8,
        }
    }
}

impl Tx {
    /// Puts rows into a table, whose name and columns were found in the database itself. All rows are of one length.
    pub(super) fn insert<'a>(
        &'a mut self,
        table: &str,
        columns: &[String],
        cells: Vec<Cell>,
    ) -> Answer<'a, ()> {
        let rows: Vec<String> = (0..cells.len())
            .step_by(columns.len().max(1))
            .map(|first| {
                let places: Vec<String> = (1..=columns.len())
                    .map(|place| format!("${}", first + place))
                    .collect();
                format!("({})", places.join(", "))
            })
            .collect();
        let sql = AssertSqlSafe(format!(
            "INSERT INTO {table} ({}) VALUES {}",
            columns.join(", "),
            rows.join(", ")
        ));
        Box::pin(async move {
            match self {
                Self::Sqlite(tx) => {
                    let bound =
                        cells
                            .into_iter()
                            .fold(sqlx::query(sql), |query, cell| match cell {
                                Cell::Number(number) => query.bind(number),
                                Cell::Text(text) => query.bind(text),
                                Cell::Bytes(bytes) => query.bind(bytes),
                            });
                    bound.execute(&mut *tx.connection).await?;
                }
                Self::Postgres(tx) => {
                    let bound =
                        cells
                            .into_iter()
                            .fold(sqlx::query(sql), |query, cell| match cell {
                                Cell::Number(number) => query.bind(number),
                                Cell::Text(text) => query.bind(text),
                                Cell::Bytes(bytes) => query.bind(bytes),
                            });
                    bound.execute(&mut **tx).await?;
                }
            }
            Ok(())
        })
    }
}
