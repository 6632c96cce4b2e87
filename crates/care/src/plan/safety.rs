//! What safety makes of one intervention, down to the technique.

use cotreat_expr::Tri;
use cotreat_knowledge::format::Level;
use cotreat_knowledge::model::{AppliesTo, Intervention, Technique};
use cotreat_knowledge::{Handle, Knowledge};

use crate::assess::Assessment;
use crate::open::{self, Askable};
use crate::plan::people::Team;

/// Contraindications of one intervention by position, and what they mean for each technique.
#[derive(Clone, Debug, Default)]
pub struct Safety {
    /// They hold and stop the whole intervention.
    pub stops: Vec<usize>,
    /// They hold and want a doctor asked first.
    pub asks: Vec<usize>,
    /// They hold and change how it is done.
    pub adapts: Vec<usize>,
    /// They hold and name a region to keep off.
    pub avoids: Vec<usize>,
    /// Not known whether they hold.
    pub open: Vec<usize>,
    /// What must be answered before the line can be offered.
    pub ask_first: Vec<Askable>,
    /// Each technique of the intervention.
    pub techniques: Vec<TechniqueSafety>,
}

/// What safety and scope make of one technique.
#[derive(Clone, Debug)]
pub struct TechniqueSafety {
    /// Which one.
    pub technique: Handle<Technique>,
    /// What came out.
    pub status: TechniqueStatus,
    /// The contraindications behind it, by position.
    pub because: Vec<usize>,
    /// What must be asked first.
    pub ask_first: Vec<Askable>,
}

/// What safety and scope make of a technique. Ordered: the later the stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TechniqueStatus {
    /// As usual.
    Allowed,
    /// Done differently.
    Adapted,
    /// Something must be asked first.
    NotYet,
    /// Nobody within reach may do it.
    OutOfScope,
    /// Not done.
    Stopped,
}

impl TechniqueStatus {
    /// The word used in cases and in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Adapted => "adapted",
            Self::NotYet => "not_yet",
            Self::OutOfScope => "out_of_scope",
            Self::Stopped => "stopped",
        }
    }
}

/// Checks one intervention.
pub(super) fn check(assessment: &Assessment, knowledge: &Knowledge, one: &Intervention, team: &Team) -> Safety {
    let mut safety = Safety::default();
    let values: Vec<Tri> = one.contraindications.iter().map(|c| c.when.expr.eval(&assessment.state)).collect();
    for finding in &one.must_know {
        if !assessment.knows(knowledge, *finding) {
            add(&mut safety.ask_first, open::of_finding(*finding, assessment, knowledge));
        }
    }
    for (at, contraindication) in one.contraindications.iter().enumerate() {
        match values[at] {
            Tri::No => continue,
            Tri::Unknown => safety.open.push(at),
            Tri::Yes => {}
        }
        let whole = contraindication.applies_to == AppliesTo::Whole;
        match (values[at], contraindication.level) {
            (Tri::Yes, Level::Stop) if whole => safety.stops.push(at),
            (Tri::Yes, Level::Ask) if whole => safety.asks.push(at),
            (Tri::Yes, Level::Adapt) => safety.adapts.push(at),
            (Tri::Yes, Level::AvoidRegion) => safety.avoids.push(at),
            // Unknown is never treated as no: what could stop the line is asked before it is offered. Where only an alarm or a band is still
            // open, the alarm rules and `must_know` already see to what must be asked.
            (Tri::Unknown, Level::Stop | Level::Ask) if whole && open::waits_for_finding(&contraindication.when, assessment, knowledge) => {
                add(&mut safety.ask_first, open::of_rule(&contraindication.when, assessment, knowledge));
            }
            _ => {}
        }
    }
    safety.techniques = one.techniques.iter().map(|handle| technique(assessment, knowledge, one, *handle, &values, team)).collect();
    safety
}

fn technique(
    assessment: &Assessment,
    knowledge: &Knowledge,
    one: &Intervention,
    handle: Handle<Technique>,
    values: &[Tri],
    team: &Team,
) -> TechniqueSafety {
    let mut result = TechniqueSafety { technique: handle, status: TechniqueStatus::Allowed, because: Vec::new(), ask_first: Vec::new() };
    for (at, contraindication) in one.contraindications.iter().enumerate() {
        let applies = match &contraindication.applies_to {
            AppliesTo::Whole => true,
            AppliesTo::Techniques(techniques) => techniques.contains(&handle),
        };
        if !applies || values[at] == Tri::No {
            continue;
        }
        let status = match (values[at], contraindication.level) {
            (Tri::Yes, Level::Stop) => TechniqueStatus::Stopped,
            (Tri::Yes, Level::Ask) => TechniqueStatus::NotYet,
            (Tri::Yes, Level::Adapt | Level::AvoidRegion) => TechniqueStatus::Adapted,
            (Tri::Unknown, Level::Stop | Level::Ask) if open::waits_for_finding(&contraindication.when, assessment, knowledge) => {
                add(&mut result.ask_first, open::of_rule(&contraindication.when, assessment, knowledge));
                TechniqueStatus::NotYet
            }
            _ => continue,
        };
        result.because.push(at);
        result.status = result.status.max(status);
    }
    if result.status < TechniqueStatus::OutOfScope && !team.may_use(knowledge, handle) {
        result.status = TechniqueStatus::OutOfScope;
    }
    result
}

fn add(list: &mut Vec<Askable>, more: Vec<Askable>) {
    for askable in more {
        if !list.contains(&askable) {
            list.push(askable);
        }
    }
}
