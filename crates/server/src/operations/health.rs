//! Whether the server is alive, and whether it can do its work.

use std::path::PathBuf;
use std::sync::Arc;

use cotreat_store::Store;

use super::room;
use super::shutdown::Shutdown;

/// What an answer to "are you alive?" says. Whoever can answer is; a database that is away does not make a restart better.
pub const ALIVE: &str = "alive\n";

/// What must be well for the server to do its work.
#[derive(Debug)]
pub struct Health {
    store: Arc<Store>,
    /// Where the database lies, when it is a file.
    folder: Option<PathBuf>,
    shutdown: Shutdown,
}

/// Whether work can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// What stands in the way; empty when ready.
    pub faults: Vec<String>,
}

impl Readiness {
    /// Whether nothing stands in the way: 200, else 503.
    #[must_use]
    pub const fn is_ready(&self) -> bool {
        self.faults.is_empty()
    }

    /// For whoever asked; nothing in it is about a patient or about the network.
    #[must_use]
    pub fn text(&self) -> String {
        if self.is_ready() {
            "ready\n".to_owned()
        } else {
            self.faults
                .iter()
                .map(|fault| format!("{fault}\n"))
                .collect()
        }
    }
}

impl Health {
    /// Of a store that is open, and of the disk it lies on.
    #[must_use]
    pub const fn new(store: Arc<Store>, folder: Option<PathBuf>, shutdown: Shutdown) -> Self {
        Self {
            store,
            folder,
            shutdown,
        }
    }

    /// Asks the database, the disk and the lock. What is said goes to strangers, so it names no place; the log does.
    pub async fn ready(&self) -> Readiness {
        let mut faults = Vec::new();
        if self.shutdown.has_begun() {
            faults.push("the server is shutting down".to_owned());
        }
        match self.store.is_well().await {
            Ok(()) => {}
            Err(cotreat_store::Error::LockLost { .. }) => {
                faults.push("another process could write to the database".to_owned());
            }
            Err(error) => {
                tracing::error!(%error, "the database does not answer");
                faults.push("the database does not answer".to_owned());
            }
        }
        match self.store.stale_projections().await {
            Ok(stale) if stale.is_empty() => {}
            Ok(_) => faults.push("tables made from events are behind".to_owned()),
            // Told already.
            Err(_) => {}
        }
        let free = self.folder.as_deref().and_then(room::free);
        if free.is_some_and(|free| free < room::LEAST) {
            faults.push("the disk is full".to_owned());
        }
        Readiness { faults }
    }
}
