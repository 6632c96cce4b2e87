//! Looking at a database while another process may be writing to it: backups, verification and the doctor take no lock and change nothing.

use crate::checkpoint::{self, Checkpoint};
use crate::database::{Address, Database, Value};
use crate::error::Error;
use crate::people;
use crate::read::{self, Sealed, StoredEvent};
use crate::schema::{self, Schema};
use crate::seal::MasterKey;
use crate::source::Source;
use crate::verify::{self, Verdict};

/// A database that is only read.
#[derive(Debug)]
pub struct Beside {
    pub(crate) database: Database,
    pub(crate) address: Address,
}

impl Beside {
    /// Opens a database to read it.
    ///
    /// # Errors
    /// [`Error::Empty`] where there is no such file; the database cannot be reached.
    pub async fn open(address: &Address) -> Result<Self, Error> {
        address.is_there()?;
        Ok(Self {
            database: Database::connect_reading(address).await?,
            address: address.clone(),
        })
    }

    /// Refuses a database that is not ours, is newer than this program, or was made with another key.
    pub(crate) async fn fits(&self, key: &MasterKey) -> Result<(), Error> {
        let mut source = Source::Database(&self.database);
        let (schema, check) = schema::look(&mut source).await?.ours(&self.address)?;
        if !schema::fits(key, &check) {
            return Err(Error::WrongKey);
        }
        Schema::ours().knows(schema)
    }

    /// Walks the whole store, as [`crate::Store::verify`] does.
    ///
    /// # Errors
    /// The database is not ours, newer, or of another key; it failed.
    pub async fn verify(
        &self,
        key: &MasterKey,
        elsewhere: &[Checkpoint],
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Verdict, Error> {
        self.fits(key).await?;
        let mut source = Source::Database(&self.database);
        let key = checkpoint::verifying_key(key);
        verify::walk(&mut source, &key, elsewhere, progress).await
    }

    /// Every checkpoint, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn checkpoints(&self) -> Result<Vec<Checkpoint>, Error> {
        checkpoint::all(&mut Source::Database(&self.database)).await
    }

    /// All events of one kind, oldest first; those of erased people without their bodies. For kinds of which there are few.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn of_kind(&self, key: &MasterKey, kind: &str) -> Result<Vec<StoredEvent>, Error> {
        let mut source = Source::Database(&self.database);
        let rows = source.rows(read::OF_KIND, &[Value::Text(kind)]).await?;
        let mut events = Vec::with_capacity(rows.len());
        for row in &rows {
            let sealed = Sealed::of(row)?;
            let key = match people::key_of(&mut source, key, &sealed.event.person).await {
                Ok(key) => Some(key),
                Err(Error::Erased { .. }) => None,
                Err(error) => return Err(error),
            };
            events.push(sealed.open(key.as_ref())?);
        }
        Ok(events)
    }

    /// Closes every connection.
    pub async fn close(self) {
        self.database.close().await;
    }
}
