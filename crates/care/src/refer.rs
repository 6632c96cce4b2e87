//! Which pathways apply: those whose own rule holds, and those that a standing alarm names.

use std::cmp::Reverse;

use cotreat_expr::Tri;
use cotreat_knowledge::model::Pathway;
use cotreat_knowledge::{Handle, Knowledge, Tier};

use crate::assess::{AlarmState, Assessment};

/// The pathways for this patient, the most urgent first.
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
        found.extend(
            alarm
                .standing()
                .filter(|r| Some(rules[r.alarm].tier) == alarm.reached)
                .filter_map(|r| rules[r.alarm].to),
        );
    }
    found.sort();
    found.dedup();
    let stays = |pathway: &Handle<Pathway>| {
        !knowledge.pathways[*pathway]
            .gives_way_to
            .iter()
            .any(|other| found.contains(other))
    };
    let mut stay: Vec<Handle<Pathway>> = found.iter().copied().filter(stays).collect();
    stay.sort_by_key(|pathway| (Reverse(urgency(*pathway, assessment, knowledge)), *pathway));
    stay
}

/// The most urgent standing alarm that names a pathway.
fn urgency(
    pathway: Handle<Pathway>,
    assessment: &Assessment,
    knowledge: &Knowledge,
) -> Option<Tier> {
    let named = |alarm: &AlarmState| {
        let rules = &knowledge.conditions[alarm.condition].alarms;
        alarm
            .standing()
            .map(|raised| &rules[raised.alarm])
            .filter(|rule| rule.to == Some(pathway))
            .map(|rule| rule.tier)
            .max()
    };
    assessment.alarms.iter().filter_map(named).max()
}
