//! Conditions and classifications.

use crate::format::{After, Group, Setting};
use crate::handle::Handle;
use crate::model::{Finding, Pathway, Rule, Statement};
use crate::problem::Place;
use crate::{Band, Tier};

/// A contributor to the pain, or something serious.
#[derive(Clone, Debug)]
pub struct Condition {
    /// `snake_case`.
    pub id: String,
    /// What clinicians call it.
    pub name: String,
    /// Its family.
    pub group: Group,
    /// What it is.
    pub explain: String,
    /// Starting probabilities, narrow ones first.
    pub priors: Vec<Prior>,
    /// Bands by criteria, highest band first.
    pub criteria: Vec<Criterion>,
    /// Alarm rules, most urgent first.
    pub alarms: Vec<Alarm>,
    /// What may clear them.
    pub clearings: Vec<Clearing>,
    /// Evidence lines of findings: sorted by cluster, composites first, then rank, then id.
    pub lines: Vec<Line>,
    /// Further statements.
    pub notes: Vec<Statement>,
    /// Where it is written.
    pub place: Place,
}

/// Points at one evidence line of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The finding.
    pub finding: Handle<Finding>,
    /// Which of its evidence records.
    pub evidence: usize,
    /// Number of the cluster within this condition.
    pub cluster: u32,
}

/// A starting probability.
#[derive(Clone, Debug)]
pub struct Prior {
    /// Where the patient is seen.
    pub setting: Setting,
    /// For whom.
    pub when: Option<Rule>,
    /// Log-odds of the median.
    pub logit: f64,
    /// Standard error of the log-odds, from the interval.
    pub logit_se: f64,
    /// Median, low, high as written.
    pub printed: (f64, f64, f64),
    /// The statement.
    pub statement: Statement,
}

/// A rule that gives a band.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// The band.
    pub band: Band,
    /// The rule.
    pub when: Rule,
    /// The statement.
    pub statement: Statement,
}

/// A rule that raises an alarm.
#[derive(Clone, Debug)]
pub struct Alarm {
    /// Unique in the condition.
    pub label: String,
    /// How soon something must be done.
    pub tier: Tier,
    /// The rule.
    pub when: Rule,
    /// What to do.
    pub action: String,
    /// By when.
    pub within: Option<String>,
    /// Which pathway to take.
    pub to: Option<Handle<Pathway>>,
    /// Whether hands-on care stops: always from urgent up, below only where the file says so.
    pub stops_hands_on: bool,
    /// The statement.
    pub statement: Statement,
}

/// A reassuring test that may clear alarms because its source says so.
#[derive(Clone, Debug)]
pub struct Clearing {
    /// Positions of the alarms it clears.
    pub clears: Vec<usize>,
    /// The reassuring finding.
    pub when: Rule,
    /// The statement.
    pub statement: Statement,
}

/// One way of sorting episodes.
#[derive(Clone, Debug)]
pub struct Classification {
    /// `snake_case`.
    pub id: String,
    /// What clinicians call it.
    pub name: String,
    /// One value at most, or each for itself.
    pub exclusive: bool,
    /// The layer after which it is worked out.
    pub after: After,
    /// The values.
    pub values: Vec<ClassValue>,
    /// Where it is written.
    pub place: Place,
}

/// One value of a classification.
#[derive(Clone, Debug)]
pub struct ClassValue {
    /// Unique in the classification.
    pub id: String,
    /// What clinicians call it.
    pub name: String,
    /// The rule.
    pub when: Rule,
    /// What to say instead of planning.
    pub out_of_scope: Option<String>,
    /// The statement.
    pub statement: Statement,
}
