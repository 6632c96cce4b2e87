//! What safety makes of one intervention, down to the technique.

use cotreat_expr::Tri;
use cotreat_knowledge::format::Level;
use cotreat_knowledge::model::{AppliesTo, Finding, Intervention, Technique};
use cotreat_knowledge::{Handle, Knowledge};

use crate::open::{self, Askable, Asking, Open};
use crate::plan::Decided;
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
    /// What must be known before the line can be offered, and is not.
    pub waits_for: Vec<Wait>,
    /// Each technique of the intervention, in its order.
    pub techniques: Vec<TechniqueSafety>,
    /// What is known of each contraindication. Why a technique is what it is follows from it, and is worked out only where it is told.
    values: Vec<Value>,
}

/// What safety and scope make of one technique.
#[derive(Clone, Copy, Debug)]
pub struct TechniqueSafety {
    /// Which one.
    pub technique: Handle<Technique>,
    /// What came out.
    pub status: TechniqueStatus,
}

/// Something that must be known first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// A finding of `must_know`.
    Finding(Handle<Finding>),
    /// A contraindication that might hold and would stop the whole intervention, by position.
    Contraindication(usize),
}

impl Safety {
    /// What to ask before the line can be offered, in the order of its file.
    #[must_use]
    pub fn ask_first(&self, one: &Intervention, open: &Open<'_>) -> Vec<Askable> {
        let mut asked = Asking::default();
        self.add_asked(one, open, &mut asked);
        asked.list()
    }

    /// The contraindications behind the status of a technique, by position.
    pub fn because<'a>(
        &'a self,
        one: &'a Intervention,
        technique: Handle<Technique>,
    ) -> impl Iterator<Item = usize> + 'a {
        let counts = move |at: &usize| {
            let contraindication = &one.contraindications[*at];
            effect(self.values[*at], contraindication.level).is_some()
                && contraindication.applies_to.covers(technique)
        };
        (0..self.values.len()).filter(counts)
    }

    /// What to ask before a technique can be used.
    #[must_use]
    pub fn ask_before(
        &self,
        one: &Intervention,
        technique: Handle<Technique>,
        open: &Open<'_>,
    ) -> Vec<Askable> {
        let mut asked = Asking::default();
        for at in self.because(one, technique) {
            if self.values[at] == Value::Waits {
                open.add_rule(&one.contraindications[at].when, &mut asked);
            }
        }
        asked.list()
    }

    pub(super) fn add_asked(&self, one: &Intervention, open: &Open<'_>, asked: &mut Asking) {
        for wait in &self.waits_for {
            match wait {
                Wait::Finding(finding) => asked.add(&open.finding(*finding)),
                Wait::Contraindication(at) => {
                    open.add_rule(&one.contraindications[*at].when, asked)
                }
            }
        }
    }
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

/// What is known of a contraindication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    Not,
    /// Not known, but nothing waits for it.
    Open,
    /// Not known, it could forbid something, and a finding would settle it.
    Waits,
    Holds,
}

/// Checks one intervention.
pub(super) fn check(decided: &mut Decided<'_>, one: &Intervention, team: &Team) -> Safety {
    let mut safety = Safety::default();
    let values: Vec<Value> = one
        .contraindications
        .iter()
        .map(|c| match decided.value(&c.when) {
            Tri::Yes => Value::Holds,
            Tri::No => Value::Not,
            // Unknown is never treated as no: what could stop something is asked before it is offered. Where only an alarm or a band is still
            // open, the alarm rules and `must_know` already see to what must be asked.
            Tri::Unknown if c.level >= Level::Ask && decided.waits(&c.when) => Value::Waits,
            Tri::Unknown => Value::Open,
        })
        .collect();
    let Decided {
        assessment,
        knowledge,
        ..
    } = *decided;
    for finding in &one.must_know {
        if !assessment.knows(knowledge, *finding)
            && open::called_for(*finding, assessment, knowledge)
        {
            safety.waits_for.push(Wait::Finding(*finding));
        }
    }
    for (at, contraindication) in one.contraindications.iter().enumerate() {
        let whole = contraindication.applies_to == AppliesTo::Whole;
        match (values[at], contraindication.level) {
            (Value::Not, _) => {}
            (Value::Open | Value::Waits, _) => {
                safety.open.push(at);
                if whole && values[at] == Value::Waits {
                    safety.waits_for.push(Wait::Contraindication(at));
                }
            }
            (Value::Holds, Level::Stop) if whole => safety.stops.push(at),
            (Value::Holds, Level::Ask) if whole => safety.asks.push(at),
            (Value::Holds, Level::Adapt) => safety.adapts.push(at),
            (Value::Holds, Level::AvoidRegion) => safety.avoids.push(at),
            (Value::Holds, Level::Stop | Level::Ask) => {}
        }
    }
    safety.techniques = techniques(knowledge, one, &values, team);
    safety.values = values;
    safety
}

/// What a contraindication makes of a technique it covers.
fn effect(value: Value, level: Level) -> Option<TechniqueStatus> {
    match (value, level) {
        (Value::Holds, Level::Stop) => Some(TechniqueStatus::Stopped),
        (Value::Holds, Level::Ask) | (Value::Waits, _) => Some(TechniqueStatus::NotYet),
        (Value::Holds, Level::Adapt | Level::AvoidRegion) => Some(TechniqueStatus::Adapted),
        (Value::Not | Value::Open, _) => None,
    }
}

/// Applies what holds or might hold to each technique; most contraindications do neither, so they are gone through once, not per technique.
fn techniques(
    knowledge: &Knowledge,
    one: &Intervention,
    values: &[Value],
    team: &Team,
) -> Vec<TechniqueSafety> {
    let mut all: Vec<TechniqueSafety> = one
        .techniques
        .iter()
        .map(|technique| TechniqueSafety {
            technique: *technique,
            status: TechniqueStatus::Allowed,
        })
        .collect();
    for (contraindication, value) in one.contraindications.iter().zip(values) {
        let Some(status) = effect(*value, contraindication.level) else {
            continue;
        };
        let apply = |result: &mut TechniqueSafety| result.status = result.status.max(status);
        match &contraindication.applies_to {
            AppliesTo::Whole => all.iter_mut().for_each(apply),
            // Both lists follow the order of ids.
            AppliesTo::Techniques(techniques) => {
                for technique in techniques {
                    if let Ok(position) = one.techniques.binary_search(technique) {
                        apply(&mut all[position]);
                    }
                }
            }
        }
    }
    for result in &mut all {
        if result.status < TechniqueStatus::OutOfScope && !team.may_use(knowledge, result.technique)
        {
            result.status = TechniqueStatus::OutOfScope;
        }
    }
    all
}
