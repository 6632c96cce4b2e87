//! Who within reach may deliver an intervention here, and under whose guidance.

use cotreat_knowledge::model::{Intervention, Profession, Scope, Technique};
use cotreat_knowledge::{Handle, Knowledge};

use crate::episode::Episode;

/// The people for one line.
#[derive(Clone, Debug, Default)]
pub struct Team {
    /// Professions that may deliver it, in the order of its file.
    pub deliverers: Vec<Deliverer>,
    /// Professions its file names that are not within reach, or out of scope here.
    pub not_here: Vec<Handle<Profession>>,
}

/// One profession that may deliver a line.
#[derive(Clone, Copy, Debug)]
pub struct Deliverer {
    /// The profession.
    pub profession: Handle<Profession>,
    /// Position of the scope of practice that holds here.
    scope: usize,
}

/// Everybody within reach, with the scope of practice that holds in the episode's jurisdiction.
#[derive(Debug)]
pub(super) struct Reach<'a> {
    knowledge: &'a Knowledge,
    /// By profession: the position and scope of whoever is within reach.
    scopes: Vec<Option<(usize, &'a Scope)>>,
}

impl<'a> Reach<'a> {
    pub(super) fn of(episode: &Episode, knowledge: &'a Knowledge) -> Self {
        let scopes = knowledge
            .professions
            .iter()
            .map(|(handle, profession)| {
                if within_reach(episode, handle) {
                    profession.scope(&episode.jurisdiction)
                } else {
                    None
                }
            })
            .collect();
        Self { knowledge, scopes }
    }

    /// Finds the people for one intervention.
    pub(super) fn team(&self, handle: Handle<Intervention>) -> Team {
        let delivered_by = &self.knowledge.interventions[handle].delivered_by;
        let mut team = Team {
            deliverers: Vec::with_capacity(delivered_by.len()),
            not_here: Vec::new(),
        };
        for profession in delivered_by {
            match self.scopes[profession.index()] {
                Some((scope, allowed)) if allowed.allows(handle) => {
                    team.deliverers.push(Deliverer {
                        profession: *profession,
                        scope,
                    })
                }
                _ => team.not_here.push(*profession),
            }
        }
        team
    }
}

fn within_reach(episode: &Episode, profession: Handle<Profession>) -> bool {
    episode
        .available
        .as_ref()
        .is_none_or(|available| available.contains(&profession))
}

/// Professions within reach that may guide this one.
#[must_use]
pub fn guides(
    episode: &Episode,
    knowledge: &Knowledge,
    profession: Handle<Profession>,
) -> Vec<Handle<Profession>> {
    let may_guide = |(guide, one): &(Handle<Profession>, &Profession)| {
        within_reach(episode, *guide) && one.guides.contains(&profession)
    };
    knowledge
        .professions
        .iter()
        .filter(may_guide)
        .map(|(guide, _)| guide)
        .collect()
}

impl Team {
    /// Whether anybody of the team may use a technique here.
    #[must_use]
    pub fn may_use(&self, knowledge: &Knowledge, technique: Handle<Technique>) -> bool {
        let narrowed = &knowledge.techniques[technique].delivered_by;
        self.deliverers.iter().any(|deliverer| {
            let scope = &knowledge.professions[deliverer.profession].scopes[deliverer.scope];
            (narrowed.is_empty() || narrowed.contains(&deliverer.profession))
                && scope.allows_technique(technique)
        })
    }
}
