//! Which pathways apply: those whose own rule holds, and those that a standing alarm names.

use cotreat_expr::Tri;
use cotreat_knowledge::model::Pathway;
use cotreat_knowledge::{Handle, Knowledge};

use crate::assess::Assessment;

/// The pathways for this patient, in the order of ids.
#[must_use]
pub fn refer(assessment: &Assessment, knowledge: &Knowledge) -> Vec<Handle<Pathway>> {
    let mut found: Vec<Handle<Pathway>> = knowledge
        .pathways
        .iter()
        .filter(|(_, pathway)| pathway.when.expr.eval(&assessment.state) == Tri::Yes)
        .map(|(handle, _)| handle)
        .collect();
    for alarm in &assessment.alarms {
        let rules = &knowledge.conditions[alarm.condition].alarms;
        // Of several alarms for one condition the most urgent decides where to go.
        found.extend(alarm.standing().filter(|r| Some(rules[r.alarm].tier) == alarm.reached).filter_map(|r| rules[r.alarm].to));
    }
    found.sort();
    found.dedup();
    let stays = |pathway: &Handle<Pathway>| !knowledge.pathways[*pathway].gives_way_to.iter().any(|other| found.contains(other));
    found.iter().copied().filter(stays).collect()
}
