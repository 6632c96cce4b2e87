//! The columns of a database as the database itself tells them.

use std::collections::BTreeMap;

use cotreat_store::Store;
use cotreat_store::database::Address;
use sqlx::Connection as _;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Bytes,
    Other,
}

const OF_SQLITE: &str = "SELECT t.name, c.name, upper(c.type) FROM sqlite_master t, pragma_table_info(t.name) c \
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
const OF_POSTGRES: &str = "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), upper(CAST(data_type AS TEXT)) \
     FROM information_schema.columns WHERE table_schema = current_schema()";

/// `table.NAME.COLUMN` → what it holds. The store stays open, so that its tables are there.
pub async fn of(_open: &Store, address: &Address) -> BTreeMap<String, Kind> {
    let rows: Vec<(String, String, String)> = match address {
        Address::Sqlite(path) => {
            let mut connection =
                sqlx::SqliteConnection::connect(&format!("sqlite:{}", path.display()))
                    .await
                    .expect("the file");
            sqlx::query_as(OF_SQLITE).fetch_all(&mut connection).await
        }
        Address::Postgres(url) => {
            let mut connection = sqlx::PgConnection::connect(url).await.expect("the server");
            sqlx::query_as(OF_POSTGRES).fetch_all(&mut connection).await
        }
    }
    .expect("the database tells its columns");
    rows.into_iter()
        .map(|(table, column, kind)| {
            let bytes = matches!(kind.as_str(), "BLOB" | "BYTEA");
            let kind = if bytes { Kind::Bytes } else { Kind::Other };
            (format!("table.{table}.{column}"), kind)
        })
        .collect()
}
