//! Running an installation: settings, backups, upgrades, the doctor, and what a running server tells about itself.
//!
//! | what | file |
//! | --- | --- |
//! | settings, and files with secrets | [`config`] |
//! | from settings to an open store | [`opening`] |
//! | taking backups and taking them back | [`backups`], [`archive`], [`envelope`] |
//! | bringing a database up to date | [`upgrade`] |
//! | what is well, what is wrong, what to do | [`doctor`] |
//! | who works here, before anybody can sign in | [`staff`] |
//! | whose acceptance of the knowledge is on record | [`acceptance`] |
//! | signed checkpoints and their copy | [`checkpoints`] |
//! | health, numbers, logs, the end | [`health`], [`metrics`], [`requests`], [`logs`], [`shutdown`] |
//!
//! The commands that show all this are in `src/commands`.

pub mod acceptance;
pub mod archive;
pub mod backups;
pub mod checkpoints;
pub mod config;
pub mod doctor;
pub mod envelope;
pub mod health;
pub mod logs;
pub mod metrics;
pub mod opening;
pub mod requests;
pub mod room;
pub mod shutdown;
pub mod staff;
pub mod upgrade;

use std::future::Future;

use cotreat_store::Projection;

pub use config::Settings;

/// Every projection of this program, for whoever opens the store.
#[must_use]
pub fn projections() -> Vec<Box<dyn Projection>> {
    Vec::new()
}

/// Runs a piece of work to its end, for commands.
///
/// # Errors
/// The system gives no threads.
pub fn run<T>(work: impl Future<Output = T>) -> std::io::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    Ok(runtime.block_on(work))
}
