//! What a decision looks at: the record, the command, the knowledge, and what follows from them.

use cotreat_knowledge::model::Profession;
use cotreat_knowledge::{Handle, Knowledge, Table, did_you_mean};
use jiff::Timestamp;

use super::{Command, Refusal, Refused};
use crate::assess::{Assessment, assess};
use crate::episode::Episode;
use crate::record::Record;

/// Everything one decision may look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look<'a> {
    pub(super) record: &'a Record,
    pub(super) command: &'a Command,
    pub(super) knowledge: &'a Knowledge,
}

/// What was known, and what follows from it.
#[derive(Debug)]
pub(super) struct Then {
    pub(super) episode: Episode,
    pub(super) assessment: Assessment,
}

impl<'a> Look<'a> {
    /// What is known on the day of the command.
    pub(super) fn now(&self) -> Then {
        self.then(None)
    }

    /// What was known at an instant.
    pub(super) fn then(&self, at: Option<Timestamp>) -> Then {
        let known = self.record.known_by(self.knowledge, self.command.day, at);
        let assessment = assess(&known.episode, self.knowledge);
        Then {
            episode: known.episode,
            assessment,
        }
    }

    /// The handle of an id in a command.
    pub(super) fn find<T>(
        &self,
        table: &'a Table<T>,
        kind: &str,
        id: &str,
    ) -> Result<Handle<T>, Refusal> {
        table.find(id).ok_or_else(|| {
            Refusal::new(
                Refused::NotKnownHere,
                format!("`{id}` is not written down"),
                format!("there is no {kind} of that name"),
                did_you_mean(id, table.ids().iter().map(String::as_str))
                    .unwrap_or_else(|| format!("`cotreat explain` lists every {kind}")),
            )
        })
    }

    /// The profession of whoever acts.
    pub(super) fn profession(&self) -> Result<Handle<Profession>, Refusal> {
        let id = self.command.by.profession().unwrap_or_default();
        self.find(&self.knowledge.professions, "profession", id)
    }
}
