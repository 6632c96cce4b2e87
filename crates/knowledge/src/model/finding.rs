//! Findings and what was measured about them.

use std::collections::BTreeMap;

use crate::format::{Asked, FindingKind, Measured, Setting};
use crate::handle::Handle;
use crate::model::{Condition, Rule, Statement};
use crate::problem::Place;

/// One thing that can be asked, seen, tested or measured.
#[derive(Clone, Debug)]
pub struct Finding {
    /// `snake_case`.
    pub id: String,
    /// What clinicians call it.
    pub name: String,
    /// What sort of finding it is.
    pub kind: FindingKind,
    /// Who can answer it.
    pub asked_of: Asked,
    /// The question; `None` for findings that are only derived.
    pub ask: Option<String>,
    /// What an answer looks like.
    pub answers: Answers,
    /// How long asking takes, in seconds.
    pub burden_seconds: u32,
    /// Which findings it is not independent of.
    pub cluster: String,
    /// Which of a cluster counts.
    pub rank: u32,
    /// What follows from a yes.
    pub implies: Vec<Handle<Finding>>,
    /// Findings that imply this one.
    pub implied_by: Vec<Handle<Finding>>,
    /// Where the answer is no by itself.
    pub no_when: Option<Rule>,
    /// Where asking makes sense.
    pub only_if: Option<Rule>,
    /// What it follows from.
    pub derive: Option<Rule>,
    /// Regions of the body chart that say yes when they are marked.
    pub body_chart: Vec<u16>,
    /// What was measured about it.
    pub evidence: Vec<Evidence>,
    /// Where it is written.
    pub place: Place,
}

/// What an answer looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum Answers {
    /// The words for yes and no.
    YesNo {
        /// The word for yes.
        yes: String,
        /// The word for no.
        no: String,
    },
    /// One of these codes.
    Choice(Vec<String>),
    /// Any number of these codes.
    Choices(Vec<String>),
    /// A number.
    Number {
        /// The unit expressions use; `None` for a bare number.
        unit: Option<String>,
        /// Other accepted units, with the factor to `unit`.
        units: BTreeMap<String, f64>,
        /// Smallest possible value.
        min: Option<f64>,
        /// Largest possible value.
        max: Option<f64>,
    },
}

/// A likelihood ratio on the log scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// The ratio.
    pub value: f64,
    /// Its natural logarithm.
    pub log: f64,
    /// Standard error of the logarithm, from the printed interval; `None` if none was printed.
    pub log_se: Option<f64>,
    /// Worked out from sensitivity and specificity.
    pub derived: bool,
}

/// How well a finding tells people with a condition from people without it.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The condition.
    pub condition: Handle<Condition>,
    /// The statement.
    pub statement: Statement,
    /// Sensitivity and specificity as they were printed, where the ratios are worked out from them.
    pub accuracy: Option<(Measured, Measured)>,
    /// By how much a yes multiplies the odds.
    pub positive: Option<Ratio>,
    /// By how much a no multiplies the odds.
    pub negative: Option<Ratio>,
    /// In whom it was measured.
    pub setting: Option<Setting>,
    /// How many people were studied.
    pub n: Option<u32>,
}
