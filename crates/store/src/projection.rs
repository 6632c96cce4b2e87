//! Projections: tables made from events, for questions that a list of events answers slowly. They are written in the transaction of the event, and can be
//! dropped and made again from the events at any time.

use std::future::Future;
use std::pin::Pin;

use crate::database::{Row, Tx, Value};
use crate::error::Error;
use crate::read::StoredEvent;
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

const FIND: &str = "SELECT shape FROM projection WHERE name = $1";
const SET: &str = "INSERT INTO projection (name, shape) VALUES ($1, $2) \
     ON CONFLICT (name) DO UPDATE SET shape = excluded.shape";

impl Store {
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
    /// `progress` is told each projection and position that is done.
    ///
    /// # Errors
    /// The database failed, or an event cannot be opened; then the projection stands as it was.
    pub async fn rebuild(
        &self,
        progress: &mut (dyn FnMut(&'static str, u64) + Send),
    ) -> Result<(), Error> {
        for projection in &self.projections {
            let name = projection.name();
            self.remake(projection.as_ref(), &mut |position| {
                progress(name, position);
            })
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
        let bytes = tx.bytes();
        tx.script(projection.drop_tables().to_owned()).await?;
        tx.script(projection.tables().replace("{bytes}", bytes))
            .await?;
        let mut position = 0;
        loop {
            let events = self.after(position).await?;
            let Some(last) = events.last() else { break };
            position = last.position;
            for event in &events {
                projection.apply(&mut tx, event).await?;
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
        tx.commit().await
    }
}
