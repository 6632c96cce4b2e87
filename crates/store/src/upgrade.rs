//! Upgrades: everything happens in one transaction, so that a crash at any moment leaves the old database or the new one, and a failure leaves the old one.

use std::io::Write;

use crate::backup::{self, Label, Rows};
use crate::checkpoint;
use crate::database::{Address, Database, Tx};
use crate::error::Error;
use crate::lock::Lock;
use crate::projection::{self, Projection};
use crate::schema::{self, Schema};
use crate::seal::MasterKey;
use crate::source::Source;
use crate::stage::{Progress, Stage};
use crate::verify::{self, Verdict};

/// A database that nobody else writes to, and whose tables are about to be brought up to date.
#[derive(Debug)]
pub struct Upgrade {
    lock: Lock,
    database: Database,
    key: MasterKey,
    schema: Schema,
    from: i64,
}

impl Upgrade {
    /// Keeps every writer out, and looks what there is to do.
    ///
    /// # Errors
    /// Another process writes to it; it is empty, not ours, newer, or of another key; it cannot be reached.
    pub async fn begin(address: &Address, key: MasterKey, schema: Schema) -> Result<Self, Error> {
        address.is_there()?;
        let lock = Lock::take(address).await?;
        match look(address, &key, &schema).await {
            Ok((database, from)) => Ok(Self {
                lock,
                database,
                key,
                schema,
                from,
            }),
            Err(refused) => {
                lock.give_back().await;
                Err(refused)
            }
        }
    }

    /// The schema of the database.
    #[must_use]
    pub const fn from(&self) -> i64 {
        self.from
    }

    /// The schema it is brought to.
    #[must_use]
    pub fn to(&self) -> i64 {
        self.schema.newest()
    }

    /// Takes a backup of the old database, as [`crate::Store::backup_to`] does.
    ///
    /// # Errors
    /// The database or `into` failed.
    pub async fn backup_to(
        &self,
        label: &Label,
        into: &mut (dyn Write + Send),
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Rows, Error> {
        backup::take(&self.database, &self.key, label, into, progress).await
    }

    /// Brings the tables up to date, makes the projections from the events and walks the chain; keeps all of that, or nothing.
    ///
    /// # Errors
    /// A step failed, an event cannot be opened, or the chain does not hold ([`Error::Damaged`]); then the database is as it was.
    pub async fn run(
        self,
        projections: &[Box<dyn Projection>],
        progress: Progress<'_>,
    ) -> Result<Verdict, Error> {
        let done = self.advance(projections, progress).await;
        self.leave().await;
        done
    }

    async fn advance(
        &self,
        projections: &[Box<dyn Projection>],
        progress: Progress<'_>,
    ) -> Result<Verdict, Error> {
        let mut tx = self.database.begin().await?;
        let done = self.advance_in(&mut tx, projections, progress).await;
        tx.settle(done).await
    }

    async fn advance_in(
        &self,
        tx: &mut Tx,
        projections: &[Box<dyn Projection>],
        progress: Progress<'_>,
    ) -> Result<Verdict, Error> {
        for step in self.from..self.to() {
            self.schema.advance(tx, step, step + 1).await?;
            progress(Stage::Tables, u64::try_from(step + 1).unwrap_or(0));
        }
        let verdict = finish(tx, &self.key, projections, progress).await?;
        match verdict.faults.first() {
            None => Ok(verdict),
            Some(fault) => Err(Error::Damaged {
                what: format!("the chain of events ({fault})"),
            }),
        }
    }

    /// Lets others write again.
    pub async fn leave(self) {
        self.database.close().await;
        self.lock.give_back().await;
    }
}

/// The schema of a database that can be upgraded.
async fn look(
    address: &Address,
    key: &MasterKey,
    schema: &Schema,
) -> Result<(Database, i64), Error> {
    let database = Database::connect(address).await?;
    let looked = schema::look(&mut Source::Database(&database)).await;
    let (from, check) = looked?.ours(address)?;
    if !schema::fits(key, &check) {
        return Err(Error::WrongKey);
    }
    schema.knows(from)?;
    Ok((database, from))
}

/// Makes the projections and walks the chain, within a transaction that has changed what is below them.
pub(crate) async fn finish(
    tx: &mut Tx,
    key: &MasterKey,
    projections: &[Box<dyn Projection>],
    progress: Progress<'_>,
) -> Result<Verdict, Error> {
    for projection in projections {
        let stage = Stage::Projection(projection.name());
        projection::remake(tx, key, projection.as_ref(), &mut |position| {
            progress(stage, position);
        })
        .await?;
    }
    let verifying = checkpoint::verifying_key(key);
    verify::walk(&mut Source::Tx(tx), &verifying, &[], &mut |position| {
        progress(Stage::Chain, position);
    })
    .await
}
