//! Ending without losing anything: no new work, what was begun is finished, the store is closed.

use std::sync::Arc;
use std::time::Duration;

use cotreat_store::Store;
use tokio::sync::watch;

/// Work that was begun gets so long to finish; systemd's own patience is longer.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Whether the server is ending. Every part of it has a copy.
#[derive(Clone, Debug)]
pub struct Shutdown {
    begun: Arc<watch::Sender<bool>>,
}

impl Default for Shutdown {
    fn default() -> Self {
        Self::new()
    }
}

impl Shutdown {
    /// Not yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            begun: Arc::new(watch::Sender::new(false)),
        }
    }

    /// From now on.
    pub fn begin(&self) {
        self.begun.send_replace(true);
    }

    /// Whether it has begun.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        *self.begun.borrow()
    }

    /// Waits until it begins.
    pub async fn wait(&self) {
        // It cannot fail: this value holds the sender.
        let _ = self.begun.subscribe().wait_for(|begun| *begun).await;
    }

    /// Waits until it begins, and then as long as work that was begun may take: who waits for this and for the work ends with whichever is first.
    pub async fn patience(&self) {
        self.wait().await;
        tokio::time::sleep(PATIENCE).await;
    }

    /// Waits for the system or a person to ask for the end (SIGTERM, SIGINT), and begins.
    ///
    /// # Errors
    /// The system does not tell of signals.
    pub async fn on_signal(self) -> std::io::Result<()> {
        asked().await?;
        self.begin();
        Ok(())
    }
}

#[cfg(unix)]
async fn asked() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn asked() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

/// Closes the store once nobody uses it any more, and gives up after [`PATIENCE`]: what was acknowledged is on the disk either way. Returns whether it was closed.
pub async fn close(mut store: Arc<Store>) -> bool {
    const LOOK: Duration = Duration::from_millis(20);
    let mut left = PATIENCE;
    loop {
        match Arc::try_unwrap(store) {
            Ok(store) => {
                store.close().await;
                return true;
            }
            Err(_) if left.is_zero() => return false,
            Err(still_used) => {
                store = still_used;
                tokio::time::sleep(LOOK).await;
                left = left.saturating_sub(LOOK);
            }
        }
    }
}
