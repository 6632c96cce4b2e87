//! Who within reach may deliver an intervention here, and under whose guidance.

use cotreat_knowledge::model::{Intervention, Profession, Technique};
use cotreat_knowledge::{Handle, Knowledge};

use crate::episode::Episode;

/// The people for one line.
#[derive(Clone, Debug, Default)]
pub struct Team {
    /// Professions that may deliver it, in the order of its file.
    pub deliverers: Vec<Deliverer>,
    /// Professions its file names that are not within reach, or out of scope here.
    pub not_here: Vec<Handle<Profession>>,
    jurisdiction: String,
}

/// One profession that may deliver a line.
#[derive(Clone, Debug)]
pub struct Deliverer {
    /// The profession.
    pub profession: Handle<Profession>,
    /// Whether it leads by itself.
    pub leads: bool,
    /// Professions within reach that may guide it, where it does not lead.
    pub guided_by: Vec<Handle<Profession>>,
}

/// Finds the people for one intervention.
pub(super) fn find(episode: &Episode, knowledge: &Knowledge, handle: Handle<Intervention>, one: &Intervention) -> Team {
    let within_reach = |p: Handle<Profession>| episode.available.as_ref().is_none_or(|available| available.contains(&p));
    let mut team = Team { jurisdiction: episode.jurisdiction.clone(), ..Team::default() };
    for profession in &one.delivered_by {
        let scope = knowledge.professions[*profession].scope(&episode.jurisdiction);
        if within_reach(*profession) && scope.is_some_and(|scope| scope.allows(handle)) {
            let leads = knowledge.professions[*profession].may_lead;
            let guided_by = knowledge
                .professions
                .iter()
                .filter(|(guide, p)| !leads && within_reach(*guide) && p.guides.contains(profession))
                .map(|(guide, _)| guide)
                .collect();
            team.deliverers.push(Deliverer { profession: *profession, leads, guided_by });
        } else {
            team.not_here.push(*profession);
        }
    }
    team
}

impl Team {
    /// Whether anybody of the team may use a technique here.
    #[must_use]
    pub fn may_use(&self, knowledge: &Knowledge, technique: Handle<Technique>) -> bool {
        let narrowed = &knowledge.techniques[technique].delivered_by;
        self.deliverers.iter().any(|deliverer| {
            let scope = knowledge.professions[deliverer.profession].scope(&self.jurisdiction);
            (narrowed.is_empty() || narrowed.contains(&deliverer.profession)) && scope.is_some_and(|s| s.allows_technique(technique))
        })
    }
}
