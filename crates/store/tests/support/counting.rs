//! A projection that counts notes by stream.

use cotreat_store::database::{Tx, Value};
use cotreat_store::projection::Step;
use cotreat_store::{Pen, Projection, Store, StoredEvent};

/// Counts notes by stream; refuses the note "poison".
pub struct Counting {
    pub shape: u32,
}

impl Projection for Counting {
    fn name(&self) -> &'static str {
        "counting"
    }

    fn shape(&self) -> u32 {
        self.shape
    }

    fn tables(&self) -> &'static str {
        "CREATE TABLE counting (stream TEXT NOT NULL PRIMARY KEY, person TEXT NOT NULL, notes BIGINT NOT NULL, letters BIGINT NOT NULL)"
    }

    fn drop_tables(&self) -> &'static str {
        "DROP TABLE IF EXISTS counting"
    }

    fn apply<'a>(&'a self, pen: &'a mut Pen<'_>, events: &'a [StoredEvent]) -> Step<'a> {
        Box::pin(async move {
            for event in events {
                let body = event.body.as_deref().expect("nobody was erased");
                if body == b"poison" {
                    // Not a table: the database refuses, and with it the whole request.
                    pen.run("INSERT INTO nowhere VALUES (1)", &[]).await?;
                }
                pen.run(
                    "INSERT INTO counting (stream, person, notes, letters) VALUES ($1, $2, 1, $3) \
                     ON CONFLICT (stream) DO UPDATE SET notes = counting.notes + 1, letters = counting.letters + excluded.letters",
                    &[
                        Value::Text(&event.stream),
                        Value::Text(&event.person),
                        Value::Number(i64::try_from(body.len()).unwrap_or(0)),
                    ],
                )
                .await?;
            }
            Ok(())
        })
    }

    fn forget<'a>(&'a self, tx: &'a mut Tx, person: &'a str) -> Step<'a> {
        Box::pin(async move {
            tx.run(
                "DELETE FROM counting WHERE person = $1",
                &[Value::Text(person)],
            )
            .await
            .map(drop)
        })
    }
}

/// The whole projection, for comparing.
pub async fn dump(store: &Store) -> Vec<(String, i64, i64)> {
    let rows = store
        .ask(
            "SELECT stream, notes, letters FROM counting ORDER BY stream",
            &[],
        )
        .await
        .expect("the projection can be read");
    rows.iter()
        .map(|row| {
            (
                row.text(0).expect("a stream"),
                row.number(1).expect("a count"),
                row.number(2).expect("a sum"),
            )
        })
        .collect()
}
