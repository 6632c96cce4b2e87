//! Treatment sessions and what went wrong.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::plan::Override;
use super::refer::Position;

/// A treatment session took place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SessionRecorded {
    /// Id of the session.
    pub session: String,
    /// What was done and what it did.
    pub did: Session,
    /// Id of the profession of whoever treated, as it was then.
    pub profession: String,
    /// Their training and practice, as it was then.
    pub experience: Experience,
    /// Symptoms spread down the leg: the session was stopped, and the appraisal is due again.
    pub stopped: bool,
}

/// What was written about a session was corrected; what was written before stays on record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SessionAmended {
    /// Id of the session.
    pub session: String,
    /// The whole corrected session.
    pub did: Session,
    /// Why.
    pub reason: String,
    /// As in [`SessionRecorded`].
    pub stopped: bool,
}

/// Training and practice of whoever treats; none where not told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Experience {
    /// Hours of training.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub training_hours: Option<u32>,
    /// Years of practice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years_of_practice: Option<u32>,
}

/// What was done in a session and what it did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Session {
    /// When it began; it is judged by what was known then.
    #[schemars(with = "String")]
    pub began: Timestamp,
    /// How long it took.
    pub minutes: u32,
    /// What was done.
    pub work: Vec<Work>,
    /// What it did.
    pub response: Response,
    /// The home programme, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_programme: Option<String>,
    /// How much of the last home programme was done, 0 to 100 percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adherence: Option<u8>,
    /// Whether the patient was told again when to come back at once.
    #[serde(default)]
    pub safety_net: bool,
}

/// One technique at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Work {
    /// Id of the technique.
    pub technique: String,
    /// Id of the muscle or joint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// On which side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// In which direction, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    /// How much, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose: Option<String>,
    /// How the patient lay, sat or stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// Why it was done although a contraindication stops it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridden: Option<Override>,
}

/// A side of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
    /// Both.
    Both,
}

/// What a session did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Response {
    /// Pain before, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pain_before: Option<u8>,
    /// Pain after, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pain_after: Option<u8>,
    /// Symptoms spread down the leg; none where nobody asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread_down_the_leg: Option<bool>,
}

/// Something went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AdverseEventRecorded {
    /// What happened.
    pub what: String,
    /// In or after which session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// Whether it was serious.
    pub seriousness: Seriousness,
    /// How bad it was.
    pub severity: Severity,
    /// Whether the treatment caused it.
    pub relatedness: Relatedness,
    /// Whether it was to be expected.
    pub expectedness: Expectedness,
}

/// Whether it was serious: death, danger to life, hospital, lasting harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Seriousness {
    /// It was.
    Serious,
    /// It was not.
    NotSerious,
}

/// How bad it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Noticed, and no more.
    Mild,
    /// It got in the way.
    Moderate,
    /// It stopped ordinary life.
    Severe,
}

/// Whether the treatment caused it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relatedness {
    /// No.
    Unrelated,
    /// Hardly.
    Unlikely,
    /// It may have.
    Possible,
    /// More likely than not.
    Probable,
    /// Yes.
    Definite,
}

/// Whether it was to be expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Expectedness {
    /// It was among the risks that are named.
    Expected,
    /// It was not.
    Unexpected,
}
