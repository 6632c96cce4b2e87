//! Which of the lines that can be offered are proposed: a plan is not a catalogue.
//!
//! Advice with a source; active care and a few kinds of it; passive care that acts on something found in this patient, hands-on a little of
//! it; never a medicine. What is left is possible too, and shown as such.

use cotreat_knowledge::format::{Basis, Role};
use cotreat_knowledge::model::Intervention;
use cotreat_knowledge::{Handle, Knowledge};

use crate::assess::Assessment;
use crate::plan::{PlanLine, Status, targets};

/// The first answers to "was it tried" after "not tried": it helped, or helped a little.
const HELPED: std::ops::RangeInclusive<u16> = 1..=2;

/// Marks the proposed lines; `lines` stand in the order of preference.
pub(super) fn choose(assessment: &Assessment, knowledge: &Knowledge, lines: &mut [PlanLine]) {
    let mut kinds: Vec<(Handle<Intervention>, u8)> = Vec::new();
    let mut hands_on = 0;
    for line in lines.iter_mut().filter(|line| line.status == Status::Offered) {
        let one = &knowledge.interventions[line.intervention];
        let fits = line.wanted
            || line.tried.is_some_and(|tried| HELPED.contains(&tried))
            || !targets::acts_on(assessment, one).is_empty();
        line.preselected = match one.role {
            Role::Advice => fits || sourced(one, line),
            Role::Active => match one.kind_of {
                None => fits || has_kinds(knowledge, line.intervention),
                Some(broader) => fits && counted(&mut kinds, broader, knowledge.method.preselected_kinds),
            },
            Role::Passive => {
                let fits = fits || !targets::find(assessment, knowledge, one, &line.safety).muscles.is_empty();
                fits && if one.hands_on { more(&mut hands_on, knowledge.method.preselected_hands_on) } else { line.wanted || sourced(one, line) }
            }
            Role::Medicine | Role::Invasive | Role::Investigation => false,
        };
    }
}

/// The umbrella of other interventions: the kind of active care that every plan has.
fn has_kinds(knowledge: &Knowledge, intervention: Handle<Intervention>) -> bool {
    knowledge.interventions.iter().any(|(_, other)| other.kind_of == Some(intervention))
}

/// Advised by something somebody published, not by judgement alone.
fn sourced(one: &Intervention, line: &PlanLine) -> bool {
    line.advice.favour.iter().any(|at| one.recommendations[*at].statement.basis != Basis::ExpertJudgement)
}

/// Whether one more kind of `broader` may be chosen.
fn counted(kinds: &mut Vec<(Handle<Intervention>, u8)>, broader: Handle<Intervention>, most: u8) -> bool {
    match kinds.iter_mut().find(|(known, _)| *known == broader) {
        Some((_, chosen)) => more(chosen, most),
        None => {
            kinds.push((broader, 1));
            most > 0
        }
    }
}

fn more(chosen: &mut u8, most: u8) -> bool {
    let free = *chosen < most;
    *chosen += u8::from(free);
    free
}
