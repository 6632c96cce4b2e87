//! `conditions/` and `classifications/`: what may be behind the pain, and how an episode is sorted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::At;
use crate::format::Basis;
use crate::format::cited::has_citation;
use crate::format::finding::Setting;
use crate::{Band, Tier};

/// The family a condition belongs to.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Muscle and fascia.
    Muscle,
    /// Sacroiliac and facet joints.
    Joint,
    /// The disc itself.
    Disc,
    /// Nerve and nerve root.
    Nerve,
    /// Structural, degenerative.
    Structure,
    /// The hip.
    Hip,
    /// Inflammatory disease.
    Inflammatory,
    /// Psychosocial drivers and pain mechanism.
    Psychosocial,
    /// Pregnancy.
    Pregnancy,
    /// Something serious.
    Serious,
}

/// One condition.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// `snake_case`, equal to the file name.
    pub id: At<String>,
    /// What clinicians call it.
    pub name: String,
    /// The family it belongs to.
    pub group: Group,
    /// What it is, in one plain sentence.
    pub explain: String,
    /// Starting probabilities; the first whose `when` is true counts.
    #[serde(default)]
    pub prior: Vec<Prior>,
    /// Bands by criteria, where no likelihood ratios exist.
    #[serde(default)]
    pub criterion: Vec<Criterion>,
    /// Alarm rules.
    #[serde(default)]
    pub alarm: Vec<Alarm>,
    /// What may clear an alarm.
    #[serde(default)]
    pub clearing: Vec<Clearing>,
    /// Further statements about it.
    #[serde(default)]
    pub evidence: Vec<super::Note>,
}

/// The probability of a condition before its own tests, with an interval.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    /// Where the patient is seen.
    pub setting: Setting,
    /// Whom it is for; everybody when left out.
    pub when: Option<At<String>>,
    /// Median probability, 0 to 1.
    pub value: At<f64>,
    /// Lower limit of the 95 % interval.
    pub low: f64,
    /// Upper limit of the 95 % interval.
    pub high: f64,
    /// The fact in our own words.
    pub says: At<String>,
    /// Id of a file in `sources/`.
    pub source: Option<At<String>>,
    /// Where in the source.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// On what it rests, where that is not simply the source.
    pub basis: Option<Basis>,
}

/// A rule that gives a band.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// The band; the highest that is true counts.
    pub band: Band,
    /// The rule.
    pub when: At<String>,
    /// The fact in our own words.
    pub says: At<String>,
    /// Id of a file in `sources/`.
    pub source: Option<At<String>>,
    /// Where in the source.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// On what it rests, where that is not simply the source.
    pub basis: Option<Basis>,
}

/// A rule that raises an alarm.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alarm {
    /// Unique in the file.
    pub label: At<String>,
    /// How soon something must be done.
    pub tier: Tier,
    /// The rule.
    pub when: At<String>,
    /// What to do, in imperative words.
    pub action: String,
    /// By when, in words.
    pub within: Option<String>,
    /// The pathway to take.
    pub to: Option<At<String>>,
    /// `"stop"` for a routine or watch alarm that stops hands-on care too.
    pub hands_on: Option<StopsHandsOn>,
    /// The fact in our own words.
    pub says: At<String>,
    /// Id of a file in `sources/`.
    pub source: Option<At<String>>,
    /// Where in the source.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// On what it rests, where that is not simply the source.
    pub basis: Option<Basis>,
}

/// Whether an alarm below urgent stops hands-on care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StopsHandsOn {
    /// It does.
    Stop,
}

/// A test that may clear alarms of this condition, because a source says so.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clearing {
    /// Labels of the alarms it clears.
    pub clears: Vec<At<String>>,
    /// The reassuring finding.
    pub when: At<String>,
    /// The fact in our own words.
    pub says: At<String>,
    /// Id of a file in `sources/`.
    pub source: Option<At<String>>,
    /// Where in the source.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// On what it rests, where that is not simply the source.
    pub basis: Option<Basis>,
}

/// The layer after which a classification is worked out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum After {
    /// From findings and scores only.
    #[default]
    Scores,
    /// From alarms and contributors too.
    Contributors,
}

/// One way of sorting episodes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Classification {
    /// `snake_case`, equal to the file name.
    pub id: At<String>,
    /// What clinicians call it.
    pub name: String,
    /// One value at most (the first that is true), or each value for itself.
    pub exclusive: bool,
    /// The layer after which it is worked out.
    #[serde(default)]
    pub after: After,
    /// The values.
    pub value: Vec<ClassValue>,
}

/// One value of a classification.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassValue {
    /// Unique in the file.
    pub id: At<String>,
    /// What clinicians call it.
    pub name: String,
    /// The rule.
    pub when: At<String>,
    /// What to say instead of planning, for patients this program is not made for.
    pub out_of_scope: Option<String>,
    /// The fact in our own words.
    pub says: At<String>,
    /// Id of a file in `sources/`.
    pub source: Option<At<String>>,
    /// Where in the source.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// On what it rests, where that is not simply the source.
    pub basis: Option<Basis>,
}

has_citation!(Prior, Criterion, Alarm, Clearing, ClassValue);
