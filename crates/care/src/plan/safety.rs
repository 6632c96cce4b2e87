//! What safety makes of one intervention, down to the technique.

use cotreat_expr::Tri;
use cotreat_knowledge::format::Level;
use cotreat_knowledge::model::{AppliesTo, Finding, Intervention, Technique};
use cotreat_knowledge::{Handle, Knowledge};

use crate::assess::Assessment;
use crate::open::{self, Askable, Asking, Open};
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
    /// Contraindications that might hold and would forbid it, by position.
    pub waits_for: Vec<usize>,
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

impl TechniqueSafety {
    /// What to ask before the technique can be used.
    #[must_use]
    pub fn ask_first(&self, one: &Intervention, open: &Open<'_>) -> Vec<Askable> {
        let mut asked = Asking::default();
        for at in &self.waits_for {
            open.add_rule(&one.contraindications[*at].when, &mut asked);
        }
        asked.list()
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
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    Not,
    /// Not known, but nothing waits for it.
    Open,
    /// Not known, it could forbid something, and a finding would settle it.
    Waits,
    Holds,
}

/// Checks one intervention.
pub(super) fn check(
    assessment: &Assessment,
    knowledge: &Knowledge,
    one: &Intervention,
    team: &Team,
) -> Safety {
    let mut safety = Safety::default();
    let values: Vec<Value> = one
        .contraindications
        .iter()
        .map(|c| match c.when.expr.eval(&assessment.state) {
            Tri::Yes => Value::Holds,
            Tri::No => Value::Not,
            // Unknown is never treated as no: what could stop something is asked before it is offered. Where only an alarm or a band is still
            // open, the alarm rules and `must_know` already see to what must be asked.
            Tri::Unknown
                if c.level >= Level::Ask
                    && open::waits_for_finding(&c.when, assessment, knowledge) =>
            {
                Value::Waits
            }
            Tri::Unknown => Value::Open,
        })
        .collect();
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
    safety
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
            because: Vec::new(),
            waits_for: Vec::new(),
        })
        .collect();
    for (at, contraindication) in one.contraindications.iter().enumerate() {
        let status = match (values[at], contraindication.level) {
            (Value::Holds, Level::Stop) => TechniqueStatus::Stopped,
            (Value::Holds, Level::Ask) | (Value::Waits, _) => TechniqueStatus::NotYet,
            (Value::Holds, Level::Adapt | Level::AvoidRegion) => TechniqueStatus::Adapted,
            (Value::Not | Value::Open, _) => continue,
        };
        let waits = values[at] == Value::Waits;
        let apply = |result: &mut TechniqueSafety| {
            result.because.push(at);
            result.status = result.status.max(status);
            if waits {
                result.waits_for.push(at);
            }
        };
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
