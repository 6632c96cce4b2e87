//! Rows one by one, for tables that are larger than memory.

use futures_util::TryStreamExt as _;
use sqlx::AssertSqlSafe;

use crate::database::{Answer, Row, Tx};
use crate::error::Error;

/// Takes in a row, and may refuse to go on.
pub(crate) type Take<'a> = &'a mut (dyn FnMut(&Row) -> Result<(), Error> + Send);

impl Tx {
    /// Hands every row of a query to `take`. The text is made of names from the source text only.
    pub(crate) fn each<'a>(&'a mut self, sql: String, take: Take<'a>) -> Answer<'a, ()> {
        let query = AssertSqlSafe(sql);
        Box::pin(async move {
            match self {
                Self::Sqlite(tx) => {
                    let mut rows = sqlx::query(query).fetch(&mut *tx.connection);
                    while let Some(row) = rows.try_next().await? {
                        take(&Row::Sqlite(row))?;
                    }
                }
                Self::Postgres(tx) => {
                    let mut rows = sqlx::query(query).fetch(&mut **tx);
                    while let Some(row) = rows.try_next().await? {
                        take(&Row::Postgres(row))?;
                    }
                }
            }
            Ok(())
        })
    }
}
