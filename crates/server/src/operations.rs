//! Running an installation: settings, backups, upgrades, the doctor, and what a running server tells about itself.
//!
//! | what | file |
//! | --- | --- |
//! | settings, and files with secrets | [`config`] |
//! | from settings to an open store | [`opening`] |
//! | taking backups and taking them back | [`backups`], [`archive`], [`envelope`] |
//! | bringing a database up to date | [`upgrade`] |
//! | what is well, what is wrong, what to do | [`doctor`] |
//! | organisations and people, before anybody can sign in | [`directory`] |
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
pub mod directory;
pub mod doctor;
pub mod envelope;
pub mod health;
pub mod logs;
pub mod metrics;
pub mod opening;
pub mod requests;
pub mod room;
pub mod shutdown;
pub mod upgrade;

use std::future::Future;
use std::sync::Arc;

use cotreat_people::event::Actor;
use cotreat_store::account::SetupWhy;
use cotreat_store::{Projection, Store};
use jiff::Timestamp;

use crate::identity::{self, Identity};

pub use config::Settings;

/// Every projection of this program, for whoever opens the store.
#[must_use]
pub fn projections() -> Vec<Box<dyn Projection>> {
    cotreat_store::clinic::projections()
}

/// A one-time link with which somebody chooses their password, for whoever sits at the server to hand over. Any they had before is void.
///
/// # Errors
/// They may not sign in, or the store failed.
pub async fn setup_link(
    store: &Arc<Store>,
    settings: &Settings,
    user: &str,
    why: SetupWhy,
    now: Timestamp,
) -> Result<String, identity::Refused> {
    let origin = settings.public_url();
    let identity = Identity::new(Arc::clone(store), identity::Settings::new(&origin))?;
    let token = identity
        .make_setup(user, why, Actor::Operator, |_, _| Ok(Vec::new()), now)
        .await?;
    Ok(format!("{origin}/set-up/{}", token.to_text().as_str()))
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
