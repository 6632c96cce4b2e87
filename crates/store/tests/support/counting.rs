//! A projection that counts notes by stream.

use cotreat_store::database::{Tx, Value};
use cotreat_store::projection::Step;
use cotreat_store::{Projection, Store, StoredEvent};

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
        "CREATE TABLE counting (stream TEXT NOT NULL PRIMARY KEY, notes BIGINT NOT NULL, letters BIGINT NOT NULL)"
    }

    fn drop_tables(&self) -> &'static str {
        "DROP TABLE IF EXISTS counting"
    }

    fn apply<'a>(&'a self, tx: &'a mut Tx, event: &'a StoredEvent) -> Step<'a> {
        Box::pin(async move {
            let length = event.body.as_ref().map_or(0, Vec::len);
            if event.body.as_deref() == Some(b"poison") {
                // Not a table: the database refuses, and with it the whole request.
                tx.run("INSERT INTO nowhere VALUES (1)", &[]).await?;
            }
            tx.run(
                "INSERT INTO counting (stream, notes, letters) VALUES ($1, 1, $2) \
                 ON CONFLICT (stream) DO UPDATE SET notes = counting.notes + 1, letters = counting.letters + excluded.letters",
                &[
                    Value::Text(&event.stream),
                    Value::Number(i64::try_from(length).unwrap_or(0)),
                ],
            )
            .await?;
            Ok(())
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
