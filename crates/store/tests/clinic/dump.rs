//! Every row of every table that the projections make, for comparing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cotreat_store::Store;
use cotreat_store::clinic::projections;
use cotreat_store::database::Address;
use sqlx::{Column as _, ColumnIndex, Connection as _, Decode, Row, Type};

use crate::support::Place;

/// Table → its rows in order, each column as a text; what is sealed is opened.
pub type Dump = BTreeMap<String, Vec<Vec<String>>>;

/// The name of every table that a projection makes.
pub fn tables() -> Vec<String> {
    let texts: Vec<&str> = projections().iter().map(|one| one.tables()).collect();
    let named = texts
        .iter()
        .flat_map(|text| text.split("CREATE TABLE ").skip(1));
    let names = named.map(|rest| rest.split([' ', '(']).next().expect("a name").to_owned());
    names.collect()
}

pub async fn dump(place: &Place, store: &Store) -> Dump {
    let mut all = Dump::new();
    for table in tables() {
        let mut rows = Vec::new();
        for row in raw(place, &table).await {
            rows.push(opened(store, &table, row).await);
        }
        rows.sort();
        all.insert(table, rows);
    }
    all
}

/// A value of a column, as the database has it.
#[derive(Clone, Debug)]
enum Cell {
    Nothing,
    Number(i64),
    Text(String),
    Bytes(Vec<u8>),
}

type Cells = BTreeMap<String, Cell>;

async fn raw(place: &Place, table: &str) -> Vec<Cells> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT * FROM {table}"));
    match &place.address {
        Address::Sqlite(path) => {
            let address = format!("sqlite:{}", path.display());
            let mut file = sqlx::SqliteConnection::connect(&address)
                .await
                .expect("a file");
            let rows = sqlx::query(sql)
                .fetch_all(&mut file)
                .await
                .expect("a table");
            rows.iter().map(cells).collect()
        }
        Address::Postgres(url) => {
            let mut server = sqlx::PgConnection::connect(url).await.expect("a server");
            let rows = sqlx::query(sql)
                .fetch_all(&mut server)
                .await
                .expect("a table");
            rows.iter().map(cells).collect()
        }
    }
}

fn cells<'r, R: Row>(row: &'r R) -> Cells
where
    usize: ColumnIndex<R>,
    Option<i64>: Decode<'r, R::Database> + Type<R::Database>,
    Option<String>: Decode<'r, R::Database> + Type<R::Database>,
    Option<Vec<u8>>: Decode<'r, R::Database> + Type<R::Database>,
{
    let cell = |nth: usize| {
        if let Ok(text) = row.try_get::<Option<String>, _>(nth) {
            text.map_or(Cell::Nothing, Cell::Text)
        } else if let Ok(number) = row.try_get::<Option<i64>, _>(nth) {
            number.map_or(Cell::Nothing, Cell::Number)
        } else {
            let bytes = row.try_get::<Option<Vec<u8>>, _>(nth).expect("bytes");
            bytes.map_or(Cell::Nothing, Cell::Bytes)
        }
    };
    let columns = row.columns().iter().enumerate();
    columns
        .map(|(nth, column)| (column.name().to_owned(), cell(nth)))
        .collect()
}

/// The row as texts: bytes are opened where they are sealed.
async fn opened(store: &Store, table: &str, row: Cells) -> Vec<String> {
    let text = |column: &str| match &row[column] {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        other => panic!("{table}.{column}: {other:?}"),
    };
    let mut shown = Vec::new();
    for (column, cell) in &row {
        let value = match cell {
            Cell::Nothing => "NULL".to_owned(),
            Cell::Number(_) | Cell::Text(_) => text(column),
            Cell::Bytes(bytes) => {
                let place = format!("{table}.{column}");
                let (person, at) = match place.as_str() {
                    "staff.account" => (format!("user/{}", text("user_id")), text("user_id")),
                    "patient.identity" => (text("patient"), text("patient")),
                    "knowledge_accepted.officer" => (
                        format!("organisation/{}", text("organisation")),
                        format!("{}/{}", text("organisation"), text("knowledge")),
                    ),
                    "glass.reason" | "opening.told" | "private_note.words" => {
                        (text("patient"), text("position"))
                    }
                    "search_file.terms" => (String::new(), String::new()),
                    other => panic!("nobody said how {other} is opened"),
                };
                if person.is_empty() {
                    hexadecimal(bytes)
                } else {
                    let opened = store.open_sealed(&person, &format!("{place}/{at}"), bytes);
                    String::from_utf8(opened.await.expect("it opens")).expect("a text")
                }
            }
        };
        shown.push(format!("{column}: {value}"));
    }
    shown
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a text takes it");
        text
    })
}

/// Everything that stands in every table of the database, as the database has it: for looking for what should be nowhere.
pub async fn everything(place: &Place) -> String {
    let mut tables = tables();
    let core = ["event", "person_key", "request", "shown", "outbox"];
    tables.extend(core.map(str::to_owned));
    let mut text = String::new();
    for table in tables {
        for row in raw(place, &table).await {
            for (column, cell) in row {
                let shown = match cell {
                    Cell::Nothing => continue,
                    Cell::Number(number) => number.to_string(),
                    Cell::Text(text) => text,
                    Cell::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                };
                writeln!(text, "{table}.{column}: {shown}").expect("a text takes it");
            }
        }
    }
    text
}
