//! Whom somebody has in care, with what matters about each today: alarms, how they do, what is overdue, what comes next.
//!
//! What matters follows from the record, the knowledge and the day, and is worked out once for each version of a record ([`signals`], [`kept`]): a list of some hundred patients is
//! as quick as the query behind it.

mod kept;
mod signals;

use std::sync::Arc;

use cotreat_access::{Action, Viewer};
use cotreat_store::clinic::ask::CaseloadEntry;
use jiff::civil::Date;

use super::{Caller, Clinic, Refused};

pub(super) use kept::Kept;
pub use signals::{Late, Outcome, Signals, Standing};

/// The caseload of somebody.
#[derive(Debug)]
pub struct Caseload {
    /// Whoever they have in care; where something happened last comes first.
    pub cases: Vec<Case>,
    /// The day it is for them.
    pub today: Date,
}

/// A patient in somebody's care.
#[derive(Debug)]
pub struct Case {
    /// What the list knows.
    pub entry: CaseloadEntry,
    /// What matters today.
    pub signals: Arc<Signals>,
}

impl Clinic {
    /// The open episodes in whose care team the caller is. Somebody who is in none has an empty list.
    ///
    /// # Errors
    /// [`Refused::NotFound`]: the caller does not work here; or the store failed.
    pub async fn caseload(&self, caller: &Caller) -> Result<Caseload, Refused> {
        let Viewer::Staff { user, .. } = &caller.viewer else {
            return Err(Refused::NotFound);
        };
        let now = self.clock.now();
        let today = self.today(&caller.viewer, now).await?;
        let sight = self.access.sight(&caller.viewer, Action::SeeRecord);
        let entries = self.store.caseload(&sight, now, user).await?;
        let mut cases = Vec::new();
        for entry in entries {
            let id = &entry.episode.episode;
            let signals = match self.kept.get(id, entry.episode.version, today) {
                Some(signals) => signals,
                None => {
                    // Erased between the two questions: it is on no list any more.
                    let Some(read) = self.store.episode(id).await? else {
                        continue;
                    };
                    let signals = Arc::new(Signals::of(&read.record, &self.knowledge, today));
                    self.kept
                        .keep(id, read.version, today, Arc::clone(&signals));
                    signals
                }
            };
            cases.push(Case { entry, signals });
        }
        Ok(Caseload { cases, today })
    }
}
