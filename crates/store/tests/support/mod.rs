//! A fresh database for each test, on both kinds; small batches to append.

pub mod counting;
pub mod killed;
pub mod postgres;
pub mod rows;

use cotreat_store::database::Address;
use cotreat_store::{
    Batch, Erasure, Error, Expected, MasterKey, NewEvent, Opening, Projection, Store,
};
use jiff::Timestamp;

/// Makes two tests of one body: `both!(name, |place| { … })`.
macro_rules! both {
    ($name:ident, $body:expr) => {
        mod $name {
            #[allow(unused_imports, reason = "not every body needs what its file imports")]
            use super::*;

            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                let place = $crate::support::Place::sqlite();
                let body: fn($crate::support::Place) -> _ = $body;
                body(place).await
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                if let Some(place) = $crate::support::Place::postgres() {
                    let body: fn($crate::support::Place) -> _ = $body;
                    body(place).await
                }
            }
        }
    };
}

/// A database of a test's own.
pub struct Place {
    pub address: Address,
    pub key: MasterKey,
    /// Gone with the test.
    pub folder: Option<tempfile::TempDir>,
}

impl Place {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        Self {
            address: Address::Sqlite(folder.path().join("cotreat.db")),
            key: MasterKey::random().expect("there are random numbers"),
            folder: Some(folder),
        }
    }

    /// `None`: there is no server to test with, which is said once.
    pub fn postgres() -> Option<Self> {
        Some(Self {
            address: Address::Postgres(postgres::fresh_database()?),
            key: MasterKey::random().expect("there are random numbers"),
            folder: None,
        })
    }

    pub async fn open(&self) -> Store {
        self.open_with(Vec::new()).await
    }

    pub async fn open_with(&self, projections: Vec<Box<dyn Projection>>) -> Store {
        self.try_open(projections)
            .await
            .expect("the store can be opened")
    }

    pub async fn try_open(&self, projections: Vec<Box<dyn Projection>>) -> Result<Store, Error> {
        Store::open(
            &self.address,
            self.key.clone(),
            Opening::Upgrade,
            projections,
        )
        .await
    }
}

/// A minute of 2026 to record something at.
pub fn minute(minute: i64) -> Timestamp {
    Timestamp::from_second(1_772_400_000 + 60 * minute).expect("a moment of 2026")
}

/// One event with a text.
pub fn note(text: &str) -> NewEvent {
    NewEvent {
        kind: "note".to_owned(),
        shape: 1,
        body: text.as_bytes().to_vec(),
    }
}

/// Notes for a stream; the person is the stream's first word.
pub fn notes(stream: &str, expected: Expected, texts: &[&str]) -> Batch {
    Batch {
        stream: stream.to_owned(),
        person: stream.split('/').next().unwrap_or(stream).to_owned(),
        actor: "practitioner-1".to_owned(),
        at: minute(0),
        expected,
        events: texts.iter().map(|text| note(text)).collect(),
        messages: Vec::new(),
    }
}

/// Somebody asked for persons to be erased.
pub fn erasure(persons: &[&str], at: i64) -> Erasure {
    Erasure {
        persons: persons.iter().map(|one| (*one).to_owned()).collect(),
        actor: "officer-1".to_owned(),
        asked_by: "the patient, by letter".to_owned(),
        reason: "moved abroad".to_owned(),
        at: minute(at),
    }
}

/// The texts of a stream, oldest first.
pub async fn texts(store: &Store, stream: &str) -> Vec<String> {
    let events = store.stream(stream).await.expect("the stream can be read");
    events
        .into_iter()
        .map(|event| String::from_utf8(event.body.expect("nobody was erased")).expect("a text"))
        .collect()
}

impl Place {
    /// Changes the database as somebody would who goes around the store, which must be closed.
    pub async fn behind_its_back(&self, sql: &'static str) {
        use sqlx::Connection as _;
        let done = match &self.address {
            Address::Sqlite(path) => {
                let mut connection =
                    sqlx::SqliteConnection::connect(&format!("sqlite:{}", path.display()))
                        .await
                        .expect("a file");
                let done = sqlx::query(sql).execute(&mut connection).await.map(drop);
                connection.close().await.expect("it closes");
                done
            }
            Address::Postgres(url) => {
                let mut connection = sqlx::PgConnection::connect(url).await.expect("a server");
                sqlx::query(sql).execute(&mut connection).await.map(drop)
            }
        };
        done.expect("the statement can be run");
    }
}
