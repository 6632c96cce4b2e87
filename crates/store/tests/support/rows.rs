//! Everything that stands in a database, table by table, for comparing.

use std::collections::BTreeMap;

use cotreat_store::database::Address;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};

use super::Place;

/// Rows of each table as texts, sorted.
pub type Rows = BTreeMap<String, Vec<Vec<Option<String>>>>;

impl Place {
    /// Every row of every table.
    pub async fn rows(&self) -> Rows {
        match &self.address {
            Address::Sqlite(path) => {
                let address = format!("sqlite:{}", path.display());
                let mut connection = SqliteConnection::connect(&address).await.expect("a file");
                let rows = of_file(&mut connection).await;
                connection.close().await.expect("it closes");
                rows
            }
            Address::Postgres(url) => {
                of_server(&mut PgConnection::connect(url).await.expect("a server")).await
            }
        }
    }
}

impl Place {
    /// Changes the database as somebody would who goes around the store; `{bytes}` becomes a few bytes.
    pub async fn run(&self, sql: &str) {
        let done = match &self.address {
            Address::Sqlite(path) => {
                let address = format!("sqlite:{}", path.display());
                let mut connection = SqliteConnection::connect(&address).await.expect("a file");
                let sql = AssertSqlSafe(sql.replace("{bytes}", "x'00ff10'"));
                let done = sqlx::query(sql).execute(&mut connection).await.map(drop);
                connection.close().await.expect("it closes");
                done
            }
            Address::Postgres(url) => {
                let mut connection = PgConnection::connect(url).await.expect("a server");
                let sql = AssertSqlSafe(sql.replace("{bytes}", "'\\x00ff10'"));
                sqlx::query(sql).execute(&mut connection).await.map(drop)
            }
        };
        done.expect("the statement can be run");
    }
}

macro_rules! read {
    ($connection:expr, $columns:literal, $text:expr) => {{
        let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        let columns = sqlx::query($columns)
            .fetch_all(&mut *$connection)
            .await
            .expect("the columns of all tables");
        for row in columns {
            let (table, column, kind): (String, String, String) =
                (row.get(0), row.get(1), row.get(2));
            let text: fn(&str, &str) -> String = $text;
            let text = text(&column, &kind);
            tables.entry(table).or_default().push((column, text));
        }
        let mut found = Rows::new();
        for (table, mut columns) in tables {
            // The databases need not agree on the order of columns.
            columns.sort();
            let columns: Vec<String> = columns.into_iter().map(|(_, text)| text).collect();
            let sql = format!("SELECT {} FROM {table}", columns.join(", "));
            let rows = sqlx::query(AssertSqlSafe(sql))
                .fetch_all(&mut *$connection)
                .await
                .expect("its rows");
            let mut texts: Vec<Vec<Option<String>>> = rows
                .iter()
                .map(|row| (0..row.len()).map(|column| row.get(column)).collect())
                .collect();
            texts.sort();
            found.insert(table, texts);
        }
        found
    }};
}

async fn of_file(connection: &mut SqliteConnection) -> Rows {
    read!(
        connection,
        "SELECT t.name, c.name, c.type FROM sqlite_master AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'",
        |column, kind| if kind == "BLOB" {
            format!("CASE WHEN {column} IS NULL THEN NULL ELSE lower(hex({column})) END")
        } else {
            format!("CAST({column} AS TEXT)")
        }
    )
}

async fn of_server(connection: &mut PgConnection) -> Rows {
    read!(
        connection,
        "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT) \
         FROM information_schema.columns WHERE table_schema = current_schema()",
        |column, kind| if kind == "bytea" {
            format!("encode({column}, 'hex')")
        } else {
            format!("CAST({column} AS TEXT)")
        }
    )
}
