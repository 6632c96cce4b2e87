//! What a line works on in this patient: muscles to release, muscles to activate, joints, with the techniques that are safe.

use cotreat_expr::{Facts as _, Tri};
use cotreat_knowledge::format::Sequence;
use cotreat_knowledge::model::{Condition, Intervention, Joint, Muscle, Technique};
use cotreat_knowledge::{Handle, Knowledge};

use crate::assess::Assessment;
use crate::plan::safety::{Safety, TechniqueStatus};

/// The muscles and joints of one line.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    /// In the order of ids.
    pub muscles: Vec<Target>,
    /// In the order of ids.
    pub joints: Vec<JointTarget>,
}

/// One joint and what may be done with it.
#[derive(Clone, Debug)]
pub struct JointTarget {
    /// The joint.
    pub joint: Handle<Joint>,
    /// The contributor behind it: pain from this joint, at least possible.
    pub condition: Handle<Condition>,
    /// Techniques of this intervention that are used on it and are safe.
    pub techniques: Vec<Handle<Technique>>,
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

/// Muscles this line would release or activate, and joints whose pain it acts on.
#[must_use]
pub fn find(
    assessment: &Assessment,
    knowledge: &Knowledge,
    one: &Intervention,
    safety: &Safety,
) -> Targets {
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
    Targets {
        muscles: one.sequence.map_or_else(Vec::new, |sequence| {
            muscles(assessment, knowledge, sequence, &usable)
        }),
        joints: joints(assessment, knowledge, one, &usable),
    }
}

fn joints(
    assessment: &Assessment,
    knowledge: &Knowledge,
    one: &Intervention,
    usable: &[Handle<Technique>],
) -> Vec<JointTarget> {
    let acts_on = acts_on(assessment, one);
    let target = |(handle, joint): (Handle<Joint>, &Joint)| {
        let condition = joint.conditions.iter().find(|c| acts_on.contains(c))?;
        let techniques = serving(&joint.techniques, usable);
        (!techniques.is_empty()).then_some(JointTarget {
            joint: handle,
            condition: *condition,
            techniques,
        })
    };
    knowledge.joints.iter().filter_map(target).collect()
}

/// Those of a muscle's or joint's techniques that are usable.
fn serving(list: &[Handle<Technique>], usable: &[Handle<Technique>]) -> Vec<Handle<Technique>> {
    let usable = |t: &Handle<Technique>| usable.contains(t);
    list.iter().copied().filter(usable).collect()
}

fn muscles(
    assessment: &Assessment,
    knowledge: &Knowledge,
    sequence: Sequence,
    usable: &[Handle<Technique>],
) -> Vec<Target> {
    let yes = |finding: Option<_>| {
        finding.is_some_and(|f| assessment.state.bool(knowledge.names.finding(f)) == Tri::Yes)
    };
    let mut muscles = Vec::new();
    for (handle, muscle) in knowledge.muscles.iter() {
        let (by_finding, own) = match sequence {
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
        let techniques = serving(own, usable);
        if (by_finding || by_pattern) && !techniques.is_empty() {
            muscles.push(Target {
                muscle: handle,
                by_finding,
                techniques,
            });
        }
    }
    muscles
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
