//! Bringing a database up to date: a backup first, then everything in one step that either happens or does not.

use cotreat_knowledge::Problem;
use cotreat_store::stage::Progress;
use cotreat_store::verify::Verdict;
use cotreat_store::{Opening, Projection, Schema, Upgrade};

use super::backups::{self, Order, Taken};
use super::config::Settings;
use super::envelope::Seal;
use super::opening;

/// What an upgrade did.
#[derive(Clone, Debug)]
pub struct Upgraded {
    /// The schema it found.
    pub from: i64,
    /// The schema it left.
    pub to: i64,
    /// The backup it took first; `None`: the operator said that there is one.
    pub backup: Option<Taken>,
    /// What the walk over the chain found.
    pub verdict: Verdict,
}

/// Backs up, migrates, makes the projections, verifies; whatever fails, the old database stands.
///
/// # Errors
/// The settings name nobody who could open the backup; the database is in use, not ours, or damaged; a step failed.
pub async fn upgrade(
    settings: &Settings,
    order: Option<&Order>,
    projections: fn() -> Vec<Box<dyn Projection>>,
    progress: Progress<'_>,
) -> Result<Upgraded, Problem> {
    if order.is_some() {
        // Before anybody is kept out.
        Seal::of(&settings.backup)?;
    }
    let told = |error| opening::problem(settings, &error);
    let key = opening::key(settings)?;
    let upgrade = Upgrade::begin(&settings.address()?, key, Schema::ours())
        .await
        .map_err(told)?;
    let (from, to) = (upgrade.from(), upgrade.to());
    let backup = match order {
        Some(order) => match backups::before(&upgrade, settings, order, progress).await {
            Ok(taken) => Some(taken),
            Err(problem) => {
                upgrade.leave().await;
                return Err(problem);
            }
        },
        None => None,
    };
    let verdict = upgrade.run(&projections(), progress).await.map_err(told)?;
    // Whether the server will open it is tried now, not when a patient waits.
    opening::store(settings, Opening::AsIs, projections())
        .await?
        .close()
        .await;
    Ok(Upgraded {
        from,
        to,
        backup,
        verdict,
    })
}
