//! Projections: tables made from events, for questions that a list of events answers slowly. They are written in the transaction of the event, and can be
//! dropped and made again from the events at any time.

use std::future::Future;
use std::pin::Pin;

use crate::content::{self, Content};
use crate::database::{Database, Row, Tx, Value};
use crate::error::Error;
use crate::read::{self, StoredEvent};
use crate::seal::MasterKey;
use crate::source::Source;
use crate::store::Store;

/// What a step of a projection returns.
pub type Step<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

/// One table, or a few that belong together, made from events.
pub trait Projection: Send + Sync {
    /// Its name: unique, `snake_case`.
    fn name(&self) -> &'static str;

    /// Raised whenever its tables or what it makes of events change; the store then makes it anew.
    fn shape(&self) -> u32;

    /// `CREATE TABLE …`; `{bytes}` becomes the type for bytes.
    fn tables(&self) -> &'static str;

    /// `DROP TABLE IF EXISTS …`.
    fn drop_tables(&self) -> &'static str;

    /// Takes in one event. Sees the tables as they stand within the transaction.
    fn apply<'a>(&'a self, tx: &'a mut Tx, event: &'a StoredEvent) -> Step<'a>;
}

/// A table of a projection, before and after it was made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remade {
    /// The projection.
    pub projection: &'static str,
    /// The table.
    pub table: String,
    /// How many rows it had; `None`: there was no such table.
    pub before: Option<u64>,
    /// How many rows it has.
    pub after: u64,
    /// Every row is as it was.
    pub identical: bool,
}

const FIND: &str = "SELECT shape FROM projection WHERE name = $1";
const SET: &str = "INSERT INTO projection (name, shape) VALUES ($1, $2) \
     ON CONFLICT (name) DO UPDATE SET shape = excluded.shape";

impl Store {
    /// Makes a projection where it is missing or of another shape.
    pub(crate) async fn prepare_projection(
        &self,
        projection: &dyn Projection,
    ) -> Result<(), Error> {
        if is_current(&self.database, projection).await? {
            return Ok(());
        }
        let (_turn, mut tx) = self.begin().await?;
        remake(&mut tx, &self.key, projection, &mut |_| ()).await?;
        tx.commit().await
    }

    /// Drops every projection and makes it again from all events, each in one transaction: readers see the old one until the new one is whole.
    /// `progress` is told each projection and position that is done. Says of every table whether it came out as it was.
    ///
    /// # Errors
    /// The database failed, or an event cannot be opened; then the projection stands as it was.
    pub async fn rebuild(
        &self,
        progress: &mut (dyn FnMut(&'static str, u64) + Send),
    ) -> Result<Vec<Remade>, Error> {
        let mut remade = Vec::new();
        for projection in &self.projections {
            let (_turn, mut tx) = self.begin().await?;
            let before = contents(&mut tx, projection.as_ref()).await?;
            let name = projection.name();
            remake(&mut tx, &self.key, projection.as_ref(), &mut |position| {
                progress(name, position);
            })
            .await?;
            let after = contents(&mut tx, projection.as_ref()).await?;
            tx.commit().await?;
            let pairs = before.into_iter().zip(after);
            remade.extend(pairs.map(|((table, before), (_, after))| Remade {
                projection: name,
                table,
                before: before.as_ref().map(|content| content.rows),
                after: after.as_ref().map_or(0, |content| content.rows),
                identical: before == after,
            }));
        }
        Ok(remade)
    }

    /// Rows of a projection, for the questions it answers.
    ///
    /// # Errors
    /// The database failed.
    pub async fn ask(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, Error> {
        self.database.rows(sql, values).await
    }
}

/// Whether a projection is there, and of the shape that this program makes.
pub(crate) async fn is_current(
    database: &Database,
    projection: &dyn Projection,
) -> Result<bool, Error> {
    let name = [Value::Text(projection.name())];
    let rows = database.rows(FIND, &name).await?;
    let shape = rows.first().map(|row| row.number(0)).transpose()?;
    Ok(shape == Some(i64::from(projection.shape())))
}

/// Drops a projection and makes it again from all events, within a transaction. `progress` is told each position that is done.
pub(crate) async fn remake(
    tx: &mut Tx,
    key: &MasterKey,
    projection: &dyn Projection,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<(), Error> {
    let bytes = tx.bytes();
    tx.script(projection.drop_tables().to_owned()).await?;
    tx.script(projection.tables().replace("{bytes}", bytes))
        .await?;
    let mut position = 0;
    loop {
        let events = read::page(&mut Source::Tx(tx), key, position).await?;
        let Some(last) = events.last() else { break };
        position = last.position;
        for event in &events {
            projection.apply(tx, event).await?;
        }
        progress(position);
    }
    tx.run(
        SET,
        &[
            Value::Text(projection.name()),
            Value::Number(i64::from(projection.shape())),
        ],
    )
    .await?;
    Ok(())
}

/// What stands in each table of a projection; `None`: there is no such table yet.
async fn contents(
    tx: &mut Tx,
    projection: &dyn Projection,
) -> Result<Vec<(String, Option<Content>)>, Error> {
    let there = Source::Tx(tx).tables().await?;
    let mut found = Vec::new();
    for table in tables_of(projection.tables()) {
        let content = if there.contains(&table) {
            Some(content::of(tx, &table).await?)
        } else {
            None
        };
        found.push((table, content));
    }
    Ok(found)
}

/// The names behind `CREATE TABLE`.
fn tables_of(statements: &str) -> Vec<String> {
    let words: Vec<&str> = statements
        .split(|c: char| c.is_whitespace() || c == '(')
        .filter(|word| !word.is_empty())
        .collect();
    let after_create = words.windows(2).enumerate().filter(|(_, pair)| {
        pair[0].eq_ignore_ascii_case("create") && pair[1].eq_ignore_ascii_case("table")
    });
    after_create
        .filter_map(|(at, _)| {
            let mut rest = words.iter().skip(at + 2);
            // IF NOT EXISTS may stand between.
            rest.find(|word| {
                !["if", "not", "exists"]
                    .iter()
                    .any(|filler| word.eq_ignore_ascii_case(filler))
            })
        })
        .map(|name| (*name).to_owned())
        .collect()
}
