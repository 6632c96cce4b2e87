//! What a line works on in this patient: muscles to release, muscles to activate, with the techniques that are safe.

use cotreat_expr::{Facts as _, Tri};
use cotreat_knowledge::format::Sequence;
use cotreat_knowledge::model::{Condition, Intervention, Muscle, Technique};
use cotreat_knowledge::{Handle, Knowledge};

use crate::assess::Assessment;
use crate::plan::safety::{Safety, TechniqueStatus};

/// The muscles of one line.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    /// In the order of ids.
    pub muscles: Vec<Target>,
}

/// One muscle and what may be done with it.
#[derive(Clone, Debug)]
pub struct Target {
    /// The muscle.
    pub muscle: Handle<Muscle>,
    /// Named by a finding of its own (tender, weak, short), not only by a pattern.
    pub by_finding: bool,
    /// Techniques of this intervention that serve it and are safe.
    pub techniques: Vec<Handle<Technique>>,
}

/// Muscles this line would release or activate.
#[must_use]
pub fn find(
    assessment: &Assessment,
    knowledge: &Knowledge,
    one: &Intervention,
    safety: &Safety,
) -> Targets {
    let Some(sequence) = one.sequence else {
        return Targets::default();
    };
    let yes = |finding: Option<_>| {
        finding.is_some_and(|f| assessment.state.bool(knowledge.names.finding(f)) == Tri::Yes)
    };
    let usable: Vec<Handle<Technique>> = safety
        .techniques
        .iter()
        .filter(|t| {
            matches!(
                t.status,
                TechniqueStatus::Allowed | TechniqueStatus::Adapted
            )
        })
        .map(|t| t.technique)
        .collect();
    if usable.is_empty() {
        return Targets::default();
    }
    let mut muscles = Vec::new();
    for (handle, muscle) in knowledge.muscles.iter() {
        let (by_finding, serving) = match sequence {
            Sequence::Release => (yes(muscle.tender) || yes(muscle.short), &muscle.release),
            Sequence::Activation => (yes(muscle.weak), &muscle.activation),
        };
        let by_pattern = assessment
            .patterns
            .iter()
            .map(|p| &knowledge.patterns[*p])
            .any(|pattern| match sequence {
                Sequence::Release => pattern.overworked.contains(&handle),
                Sequence::Activation => pattern.inhibited.contains(&handle),
            });
        let techniques: Vec<_> = serving
            .iter()
            .copied()
            .filter(|t| usable.contains(t))
            .collect();
        if (by_finding || by_pattern) && !techniques.is_empty() {
            muscles.push(Target {
                muscle: handle,
                by_finding,
                techniques,
            });
        }
    }
    Targets { muscles }
}

/// Conditions this intervention acts on that are at least possible in this patient.
#[must_use]
pub fn acts_on(assessment: &Assessment, one: &Intervention) -> Vec<Handle<Condition>> {
    one.acts_on
        .iter()
        .copied()
        .filter(|condition| {
            let found = assessment
                .contributors
                .iter()
                .find(|c| c.condition == *condition);
            found.is_some_and(|c| {
                c.band
                    .is_some_and(|band| band >= cotreat_knowledge::Band::Possible)
            })
        })
        .collect()
}
