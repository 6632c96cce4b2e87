//! Where rows are read from: the database as everybody sees it, or as one transaction sees it.

use crate::database::{Answer, Database, Row, Tx, Value};
use crate::error::Error;

/// Where rows are read from.
pub(crate) enum Source<'a> {
    /// What is committed.
    Database(&'a Database),
    /// What this transaction has made of it.
    Tx(&'a mut Tx),
}

impl Source<'_> {
    pub(crate) fn rows<'a>(
        &'a mut self,
        sql: &'static str,
        values: &'a [Value<'a>],
    ) -> Answer<'a, Vec<Row>> {
        match self {
            Self::Database(database) => database.rows(sql, values),
            Self::Tx(tx) => tx.rows(sql, values),
        }
    }

    /// One of two texts, for the little that the two databases do not say in the same way.
    pub(crate) fn either<'a>(
        &'a mut self,
        on_file: &'static str,
        on_server: &'static str,
        values: &'a [Value<'a>],
    ) -> Answer<'a, Vec<Row>> {
        let sql = match self {
            Self::Database(Database::Sqlite { .. }) | Self::Tx(Tx::Sqlite(_)) => on_file,
            Self::Database(Database::Postgres(_)) | Self::Tx(Tx::Postgres(_)) => on_server,
        };
        self.rows(sql, values)
    }

    /// The names of all tables.
    pub(crate) async fn tables(&mut self) -> Result<Vec<String>, Error> {
        names(self.either(TABLES_OF_FILE, TABLES_OF_SERVER, &[]).await?)
    }

    /// The names of the columns of a table.
    pub(crate) async fn columns(&mut self, table: &str) -> Result<Vec<String>, Error> {
        let of = [Value::Text(table)];
        names(self.either(COLUMNS_OF_FILE, COLUMNS_OF_SERVER, &of).await?)
    }
}

const TABLES_OF_FILE: &str = "SELECT name FROM sqlite_master WHERE type = 'table'";
const TABLES_OF_SERVER: &str =
    "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema()";
const COLUMNS_OF_FILE: &str = "SELECT name FROM pragma_table_info($1)";
const COLUMNS_OF_SERVER: &str = "SELECT CAST(column_name AS TEXT) FROM information_schema.columns \
     WHERE table_schema = current_schema() AND table_name = $1";

fn names(rows: Vec<Row>) -> Result<Vec<String>, Error> {
    rows.iter().map(|row| row.text(0)).collect()
}
