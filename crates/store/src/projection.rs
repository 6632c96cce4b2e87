//! Projections: tables made from events, for questions that a list of events answers slowly. They are written in the transaction of the event, and can be
//! dropped and made again from the events at any time.

use crate::content::{self, Content};
use crate::database::{Answer, Database, Row, Tx, Value};
use crate::error::Error;
use crate::pen::Pen;
use crate::read::{self, StoredEvent, Walk};
use crate::seal::MasterKey;
use crate::source::Source;
use crate::store::Store;

/// What a step of a projection returns.
pub type Step<'a> = Answer<'a, ()>;

/// One table, or a few that belong together, made from events.
pub trait Projection: Send + Sync {
    /// Its name: unique, `snake_case`.
    fn name(&self) -> &'static str;

    /// Raised whenever its tables or what it makes of events change; the store then makes it anew.
    fn shape(&self) -> u32;

    /// What the names of the streams it is made from begin with; everything when empty.
    fn streams(&self) -> &'static str {
        ""
    }

    /// In which order it may be made anew.
    fn order(&self) -> Order {
        Order::AsWritten
    }

    /// `CREATE TABLE …`; `{bytes}` becomes the type for bytes.
    fn tables(&self) -> &'static str;

    /// `DROP TABLE IF EXISTS …`.
    fn drop_tables(&self) -> &'static str;

    /// Takes in events of one stream that follow each other, oldest first; there is at least one, and each has its body. Sees the tables as they stand within the transaction. The same
    /// events may come in other portions when the projection is made anew, and must add up to the same rows.
    fn apply<'a>(&'a self, pen: &'a mut Pen<'_>, events: &'a [StoredEvent]) -> Step<'a>;

    /// Deletes every row about a person who is being erased. Made anew, the projection does not see that person's events at all, and must come out as this leaves it.
    fn forget<'a>(&'a self, tx: &'a mut Tx, person: &'a str) -> Step<'a>;
}

/// In which order events are taken in when a projection is made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As they were written: streams interleave.
    AsWritten,
    /// One stream after the other: for a projection in which no stream looks at another, and which would otherwise pick up the same stream again and again.
    StreamByStream,
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
    /// The projections that are made from a stream.
    pub(crate) fn projections_of(&self, stream: &str) -> impl Iterator<Item = &dyn Projection> {
        self.projections
            .iter()
            .map(AsRef::as_ref)
            .filter(move |projection| stream.starts_with(projection.streams()))
    }

    /// Makes a projection where it is missing or of another shape.
    pub(crate) async fn prepare_projection(
        &self,
        projection: &dyn Projection,
    ) -> Result<(), Error> {
        if is_current(&self.database, projection).await? {
            return Ok(());
        }
        let (_turn, mut tx) = self.begin().await?;
        let made = remake(&mut tx, &self.key, projection, &mut |_| ()).await;
        tx.settle(made).await
    }

    /// Drops every projection and makes it again from all events, each in one transaction: readers see the old one until the new one is whole.
    /// `progress` is told each projection and how many events are done. Says of every table whether it came out as it was.
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
            let name = projection.name();
            let tables = compared(&mut tx, &self.key, projection.as_ref(), &mut |done| {
                progress(name, done);
            })
            .await;
            remade.extend(tx.settle(tables).await?);
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

/// Drops a projection and makes it again from all events, within a transaction. `progress` is told how many events are done.
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
    let mut walk = Walk::new(projection.order());
    while let Some(portions) =
        read::walk(&mut Source::Tx(tx), key, &mut walk, projection.streams()).await?
    {
        for portion in &portions {
            let mut pen = Pen::new(tx, key, &portion.key);
            projection.apply(&mut pen, &portion.events).await?;
        }
        progress(walk.done);
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

/// Makes a projection again, and says of each of its tables whether it came out as it was.
async fn compared(
    tx: &mut Tx,
    key: &MasterKey,
    projection: &dyn Projection,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<Vec<Remade>, Error> {
    let before = contents(tx, projection).await?;
    remake(tx, key, projection, progress).await?;
    let after = contents(tx, projection).await?;
    let pairs = before.into_iter().zip(after);
    let remade = pairs.map(|((table, before), (_, after))| Remade {
        projection: projection.name(),
        table,
        before: before.as_ref().map(|content| content.rows),
        after: after.as_ref().map_or(0, |content| content.rows),
        identical: before == after,
    });
    Ok(remade.collect())
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
