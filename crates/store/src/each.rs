//! Rows one by one, for tables that are larger than memory.

use futures_util::TryStreamExt as _;
use sqlx::AssertSqlSafe;

use crate::database::{Row, Tx};
use crate::error::Error;

impl Tx {
    /// Hands every row of a query to `take`. The text is made of names from the source text only.
    pub(crate) async fn each(
        &mut self,
        sql: String,
        take: &mut (dyn FnMut(&Row) -> Result<(), Error> + Send),
    ) -> Result<(), Error> {
        let query = AssertSqlSafe(sql);
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
    }
}
