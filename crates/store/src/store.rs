//! Opening a store, and keeping every other writer out.

use tokio::sync::{Mutex, MutexGuard};

use crate::database::{Address, Database, Tx};
use crate::error::Error;
use crate::lock::Lock;
use crate::projection::Projection;
use crate::schema::{self, Schema};
use crate::seal::MasterKey;

/// What is expected of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// It holds our tables, of this program's schema; anything else is said and left as it is.
    AsIs,
    /// It is empty; the tables are made.
    New,
    /// Whatever is found: tables are made where there are none, and older ones brought up to date.
    Upgrade,
}

/// A store that is open for reading and writing by this process alone.
pub struct Store {
    pub(crate) address: Address,
    pub(crate) database: Database,
    pub(crate) key: MasterKey,
    pub(crate) projections: Vec<Box<dyn Projection>>,
    /// Held while writing: positions are given out one after the other.
    writing: Mutex<()>,
    pub(crate) lock: Lock,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let projections: Vec<_> = self.projections.iter().map(|p| p.name()).collect();
        f.debug_struct("Store")
            .field("database", &self.database)
            .field("projections", &projections)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Opens a store. `projections` take part in every write; those that are new, or made otherwise
    /// than before, are made from the events now.
    ///
    /// # Errors
    /// Another process writes to it; it is not ours, newer, or not as `opening` expects; the key does not fit; the database cannot be reached.
    pub async fn open(
        address: &Address,
        key: MasterKey,
        opening: Opening,
        projections: Vec<Box<dyn Projection>>,
    ) -> Result<Self, Error> {
        if opening == Opening::AsIs {
            address.is_there()?;
        }
        // Before the tables are touched: two that begin at once must not both make them.
        let lock = Lock::take(address).await?;
        let database = Database::connect(address).await?;
        schema::prepare(&database, address, &key, &Schema::ours(), opening).await?;
        let store = Self {
            address: address.clone(),
            database,
            key,
            projections,
            writing: Mutex::new(()),
            lock,
        };
        for projection in &store.projections {
            store.prepare_projection(projection.as_ref()).await?;
        }
        Ok(store)
    }

    /// Begins to write; whoever else wants to waits.
    pub(crate) async fn begin(&self) -> Result<(MutexGuard<'_, ()>, Tx), Error> {
        let turn = self.writing.lock().await;
        let tx = self.database.begin().await?;
        Ok((turn, tx))
    }

    /// Closes every connection. What was acknowledged is safe without it; a SQLite file is tidier with it.
    pub async fn close(self) {
        self.database.close().await;
        self.lock.give_back().await;
    }
}
