//! Projections: tables made from events, for questions that a list of events answers slowly. They are written in the transaction of the event, and can be
//! dropped and made again from the events at any time.

use crate::database::{Answer, Row, Tx, Value};
use crate::error::Error;
use crate::pen::Pen;
use crate::read::{StoredEvent, Walk};
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
        let name = Value::Text(projection.name());
        let rows = self.database.rows(FIND, &[name]).await?;
        let shape = rows.first().map(|row| row.number(0)).transpose()?;
        if shape == Some(i64::from(projection.shape())) {
            return Ok(());
        }
        self.remake(projection, &mut |_| ()).await
    }

    /// Drops every projection and makes it again from all events, each in one transaction: readers see the old one until the new one is whole.
    /// `progress` is told each projection and how many events are done.
    ///
    /// # Errors
    /// The database failed, or an event cannot be opened; then the projection stands as it was.
    pub async fn rebuild(
        &self,
        progress: &mut (dyn FnMut(&'static str, u64) + Send),
    ) -> Result<(), Error> {
        for projection in &self.projections {
            let name = projection.name();
            self.remake(projection.as_ref(), &mut |done| progress(name, done))
                .await?;
        }
        Ok(())
    }

    /// Rows of a projection, for the questions it answers.
    ///
    /// # Errors
    /// The database failed.
    pub async fn ask(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, Error> {
        self.database.rows(sql, values).await
    }

    async fn remake(
        &self,
        projection: &dyn Projection,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        match self.remake_in(&mut tx, projection, progress).await {
            Ok(()) => tx.commit().await,
            Err(refused) => {
                tx.roll_back().await;
                Err(refused)
            }
        }
    }

    async fn remake_in(
        &self,
        tx: &mut Tx,
        projection: &dyn Projection,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<(), Error> {
        let bytes = tx.bytes();
        tx.script(projection.drop_tables().to_owned()).await?;
        tx.script(projection.tables().replace("{bytes}", bytes))
            .await?;
        let mut walk = Walk::new(projection.order());
        while let Some(portions) = self.walk(&mut walk, projection.streams()).await? {
            for portion in &portions {
                let mut pen = Pen::new(tx, &self.key, &portion.key);
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
}
