//! Which of the lines that can be offered are proposed: a plan is not a catalogue.
//!
//! Advice with a source; active care and a few kinds of it; passive care that acts on something found in this patient, hands-on a little of
//! it; never a medicine. What is left is possible too, and shown as such.

use std::cmp::Reverse;

use cotreat_expr::{Facts as _, Symbol, Tri};
use cotreat_knowledge::format::{Basis, Group, Role};
use cotreat_knowledge::model::{Answers, Condition, Intervention};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Band, Handle, Knowledge};

use crate::assess::Assessment;
use crate::plan::{PlanLine, Status, targets};

/// The first answers to "was it tried" after "not tried": it helped, or helped a little.
const HELPED: std::ops::RangeInclusive<u16> = 1..=2;

/// Marks the proposed lines; `lines` stand in the order of preference.
pub(super) fn choose(assessment: &Assessment, knowledge: &Knowledge, lines: &mut [PlanLine]) {
    let mut hands_on = 0;
    let mut kinds: Vec<Kind> = Vec::new();
    for (at, line) in lines
        .iter_mut()
        .enumerate()
        .filter(|(_, line)| line.status == Status::Offered)
    {
        let one = &knowledge.interventions[line.intervention];
        if one
            .not_first_when
            .as_ref()
            .is_some_and(|rule| rule.expr.eval(&assessment.state) == Tri::Yes)
        {
            continue;
        }
        let helped = line.tried.is_some_and(|tried| HELPED.contains(&tried));
        let failed = line.tried.is_some_and(|tried| tried > *HELPED.end());
        let fits = line.wanted || helped || acts_here(assessment, knowledge, one);
        let works_on_muscles = || {
            !targets::find(assessment, knowledge, one, &line.safety)
                .muscles
                .is_empty()
        };
        line.preselected = match one.role {
            Role::Advice => fits || sourced(one, line) || personal(knowledge, one, line),
            Role::Active => match one.kind_of {
                None => fits || has_kinds(knowledge, line.intervention),
                Some(broader) => {
                    let muscles = works_on_muscles();
                    if fits || muscles {
                        let band = targets::acts_on(assessment, one)
                            .into_iter()
                            .filter_map(|c| band(assessment, c))
                            .max();
                        kinds.push(Kind {
                            line: at,
                            broader,
                            rank: (!line.wanted, !muscles, !helped, failed, Reverse(band)),
                        });
                    }
                    false
                }
            },
            Role::Passive if failed && !line.wanted => false,
            Role::Passive => {
                let fits = fits || works_on_muscles();
                fits && if one.hands_on {
                    more(&mut hands_on, knowledge.method.preselected_hands_on)
                } else {
                    line.wanted || sourced(one, line)
                }
            }
            Role::Medicine | Role::Invasive | Role::Investigation => false,
        };
    }
    few_kinds(knowledge, lines, kinds);
    let role = |line: &PlanLine| knowledge.interventions[line.intervention].role;
    let is_active =
        |line: &&mut PlanLine| role(line) == Role::Active && line.status == Status::Offered;
    if lines
        .iter_mut()
        .filter(is_active)
        .any(|line| line.preselected)
    {
        return;
    }
    // Nothing points at a particular kind of active care: then the one that most speak for. Without any, passive care is not proposed either.
    let general =
        |line: &&mut PlanLine| knowledge.interventions[line.intervention].kind_of.is_none();
    match lines.iter_mut().filter(is_active).find(general) {
        Some(line) => line.preselected = true,
        None => lines
            .iter_mut()
            .filter(|line| role(line) == Role::Passive)
            .for_each(|line| line.preselected = false),
    }
}

/// A kind of a broader intervention that would fit this patient.
struct Kind {
    line: usize,
    broader: Handle<Intervention>,
    /// Smaller is better: wanted, works on a muscle found here, helped before, did not fail before, acts on the likeliest contributor.
    rank: (bool, bool, bool, bool, Reverse<Option<Band>>),
}

/// Of the kinds that fit, the best few for each broader intervention.
fn few_kinds(knowledge: &Knowledge, lines: &mut [PlanLine], mut kinds: Vec<Kind>) {
    kinds.sort_by_key(|kind| (kind.broader, kind.rank, kind.line));
    let mut chosen = (None, 0);
    for kind in kinds {
        if chosen.0 != Some(kind.broader) {
            chosen = (Some(kind.broader), 0);
        }
        lines[kind.line].preselected = more(&mut chosen.1, knowledge.method.preselected_kinds);
    }
}

/// Whether it acts on a contributor that is at least possible; psychosocial ones must be likely, since few people have none at all.
fn acts_here(assessment: &Assessment, knowledge: &Knowledge, one: &Intervention) -> bool {
    targets::acts_on(assessment, one)
        .into_iter()
        .any(|condition| {
            let likely = assessment.state.bool(knowledge.names.likely(condition)) == Tri::Yes;
            likely || knowledge.conditions[condition].group != Group::Psychosocial
        })
}

/// The band of a contributor.
fn band(assessment: &Assessment, condition: Handle<Condition>) -> Option<Band> {
    assessment
        .contributors
        .iter()
        .find(|c| c.condition == condition)?
        .band
}

/// Advised because of something found in this patient, not only because of age or stage.
fn personal(knowledge: &Knowledge, one: &Intervention, line: &PlanLine) -> bool {
    let is_found = |symbol: &Symbol| match knowledge.names.of(*symbol) {
        Name::Finding(finding) => {
            matches!(knowledge.findings[finding].answers, Answers::YesNo { .. })
        }
        Name::Classification(_) | Name::Score(_) => false,
        Name::Alarm(..) | Name::Likely(_) | Name::Possible(_) => true,
    };
    let rules = line
        .advice
        .favour
        .iter()
        .filter_map(|at| one.recommendations[*at].when.as_ref());
    rules
        .into_iter()
        .any(|rule| rule.expr.symbols().iter().any(is_found))
}

/// Advised by something somebody published, not by judgement alone.
fn sourced(one: &Intervention, line: &PlanLine) -> bool {
    line.advice
        .favour
        .iter()
        .any(|at| one.recommendations[*at].statement.basis != Basis::ExpertJudgement)
}

/// The umbrella of other interventions: the kind of active care that every plan has.
fn has_kinds(knowledge: &Knowledge, intervention: Handle<Intervention>) -> bool {
    knowledge
        .interventions
        .iter()
        .any(|(_, other)| other.kind_of == Some(intervention))
}

fn more(chosen: &mut u8, most: u8) -> bool {
    let free = *chosen < most;
    *chosen += u8::from(free);
    free
}
