//! `findings/`: one thing that can be asked, seen, tested or measured.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::At;
use crate::format::Basis;
use crate::format::cited::has_citation;

/// What sort of finding it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Who the patient is and what they live with.
    Background,
    /// What the patient tells.
    History,
    /// What a clinician sees or tests.
    Examination,
    /// What a picture shows.
    Imaging,
    /// What a laboratory measured.
    Laboratory,
    /// A treatment that is taken or was tried.
    Treatment,
}

/// Who can answer it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// The patient.
    Patient,
    /// A clinician.
    Clinician,
}

/// What an answer looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingType {
    /// Yes or no.
    #[default]
    YesNo,
    /// One of a list.
    Choice,
    /// Any number of a list.
    Choices,
    /// A number, with or without a unit.
    Number,
}

/// Where patients were seen when something was measured, or where this patient is seen.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Deserialize,
    Serialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// General practice, direct-access therapy, the community.
    #[default]
    PrimaryCare,
    /// An emergency department.
    Emergency,
    /// A specialist or pain clinic.
    Specialist,
    /// Candidates for an operation.
    Surgical,
}

/// One finding.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// `snake_case`, equal to the file name.
    pub id: At<String>,
    /// What clinicians call it.
    pub name: String,
    /// What sort of finding it is.
    pub kind: FindingKind,
    /// Who can answer it.
    pub asked_of: Asked,
    /// The question, or how to do the test; left out for findings that are only derived.
    pub ask: Option<String>,
    /// What an answer looks like; yes/no when left out.
    #[serde(default, rename = "type")]
    pub kind_of_answer: FindingType,
    /// yes/no: the words for yes and no. choice, choices: the codes.
    #[serde(default)]
    pub answers: Vec<At<String>>,
    /// Number: the unit that expressions use.
    pub unit: Option<String>,
    /// Number: other units that are accepted, with the factor to `unit`.
    #[serde(default)]
    pub units: BTreeMap<String, f64>,
    /// Number: the smallest possible value.
    pub min: Option<f64>,
    /// Number: the largest possible value.
    pub max: Option<f64>,
    /// How long asking or testing takes, in seconds.
    pub burden_seconds: Option<u32>,
    /// Findings of one cluster are not independent: only one of them counts for a condition.
    pub cluster: Option<String>,
    /// Which one of a cluster counts: the lowest rank first. A composite (`derive`) goes before its parts.
    pub rank: Option<u32>,
    /// When this one is yes, these are yes too; when one of these is no, this one is no.
    #[serde(default)]
    pub implies: Vec<At<String>>,
    /// Where this is true the answer is no, and the question is not asked.
    pub no_when: Option<At<String>>,
    /// Asking makes sense only where this is true or unknown: an invasive examination, say. Where it is false, not having asked keeps no alarm
    /// open.
    pub only_if: Option<At<String>>,
    /// What this finding follows from, when it was not recorded itself.
    pub derive: Option<At<String>>,
    /// Regions of the body chart, 101 to 136 in front and 201 to 238 behind: whoever marks one of them says yes. A region that is not marked says nothing.
    #[serde(default)]
    pub body_chart: Vec<At<u16>>,
    /// What was measured about it.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// A measured number with its 95 % interval, if one was printed.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// The point estimate.
    pub value: f64,
    /// Lower limit of the printed interval.
    pub low: Option<f64>,
    /// Upper limit of the printed interval.
    pub high: Option<f64>,
}

/// How well a finding tells people with a condition from people without it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The condition it speaks for or against.
    pub condition: At<String>,
    /// The fact in our own words.
    pub says: At<String>,
    /// Id of a file in `sources/`.
    pub source: Option<At<String>>,
    /// Where in the source.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// On what it rests, where that is not simply the source.
    pub basis: Option<Basis>,
    /// Share of people with the condition who have the finding, 0 to 1.
    pub sensitivity: Option<At<Measured>>,
    /// Share of people without the condition who do not have the finding, 0 to 1.
    pub specificity: Option<At<Measured>>,
    /// Ratio by which a yes multiplies the odds.
    pub lr_positive: Option<At<Measured>>,
    /// Ratio by which a no multiplies the odds.
    pub lr_negative: Option<At<Measured>>,
    /// In whom it was measured.
    pub setting: Option<Setting>,
    /// How many people were studied.
    pub n: Option<u32>,
}

has_citation!(Evidence);
