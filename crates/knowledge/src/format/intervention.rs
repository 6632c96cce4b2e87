//! `interventions/`: what can be done, and the techniques below it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::At;
use crate::format::Basis;
use crate::format::cited::has_citation;

/// What part an intervention plays in a plan.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Words.
    Advice,
    /// The patient does it.
    Active,
    /// It is done to the patient; never planned alone.
    Passive,
    /// A medicine.
    Medicine,
    /// An injection or operation.
    Invasive,
    /// A picture or laboratory test.
    Investigation,
}

/// What a line of a plan is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// To change what drives the pain.
    Cause,
    /// To ease it.
    Symptom,
    /// To keep it from coming back.
    Prevention,
}

/// What comes first where both are planned.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Sequence {
    /// Release of overworked muscles.
    Release,
    /// Activation of inhibited muscles.
    Activation,
}

/// One intervention.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Intervention {
    /// `snake_case`, equal to the file name.
    pub id: At<String>,
    /// What clinicians call it.
    pub name: String,
    /// What part it plays in a plan.
    pub role: Role,
    /// Whether hands (or needles) are laid on the patient; such lines stop at every uncleared emergency or urgent alarm.
    #[serde(default)]
    pub hands_on: bool,
    /// Its place on the ladder: 1 advice, 2 active care, 3 passive care, 4 medicine, 5 last resorts.
    pub rung: u8,
    /// What it is for.
    pub aim: Aim,
    /// What comes first where both are planned.
    pub sequence: Option<Sequence>,
    /// The broader intervention it is a kind of, so that a plan preselects a few kinds and not all.
    pub kind_of: Option<At<String>>,
    /// Where this is true the line can still be chosen, but is not proposed.
    pub not_first_when: Option<At<String>>,
    /// Advice that is given even while an emergency stands.
    #[serde(default)]
    pub even_in_emergency: bool,
    /// Who may deliver it, by id of a profession.
    pub delivered_by: Vec<At<String>>,
    /// Findings that must be answered before the line can be offered.
    #[serde(default)]
    pub must_know: Vec<At<String>>,
    /// What it is, in one plain sentence.
    pub explain: String,
    /// Days until the line is reviewed.
    pub review_days: Option<u32>,
    /// The finding that says whether it was tried and helped.
    pub tried: Option<At<String>>,
    /// Conditions it acts on.
    #[serde(default, rename = "for")]
    pub acts_on: Vec<At<String>>,
    /// When it ends; maintenance care only.
    pub stop_rule: Option<String>,
    /// How much of it.
    #[serde(default)]
    pub dose: Vec<Dose>,
    /// What guidelines say.
    #[serde(default)]
    pub recommendation: Vec<Recommendation>,
    /// What forbids or changes it.
    #[serde(default)]
    pub contraindication: Vec<Contraindication>,
    /// What is named to the patient before consent to treatment.
    #[serde(default)]
    pub risk: Vec<Risk>,
    /// What calls for an earlier review.
    #[serde(default)]
    pub trigger: Vec<Trigger>,
    /// Further statements about it.
    #[serde(default)]
    pub evidence: Vec<super::Note>,
}

/// How much of an intervention.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dose {
    /// For whom; everybody when left out.
    pub when: Option<At<String>>,
    /// Days until the review where this dose holds, if not those of the intervention.
    pub review_days: Option<u32>,
    /// The dose in words.
    pub says: At<String>,
    /// Id of a file in `sources/`.
    pub source: Option<At<String>>,
    /// Where in the source.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// On what it rests, where that is not simply the source.
    pub basis: Option<Basis>,
}

/// Which way a recommendation points.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// For it.
    For,
    /// Against it.
    Against,
    /// The guideline looked and makes no recommendation.
    None,
}

/// What a guideline says about an intervention.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// Unique in the file.
    pub label: At<String>,
    /// Id of the guideline in `sources/`.
    pub source: Option<At<String>>,
    /// The statement of that guideline which this encodes.
    pub statement: Option<At<String>>,
    /// Where in the guideline.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// The fact in our own words.
    pub says: At<String>,
    /// On what it rests, where that is not simply the source.
    pub basis: Option<Basis>,
    /// Which way it points.
    pub direction: Direction,
    /// The guideline's own word.
    pub strength: String,
    /// The guideline's grade of certainty.
    pub certainty: Option<String>,
    /// For whom; everybody when left out.
    pub when: Option<At<String>>,
    /// Only together with one of these interventions.
    #[serde(default)]
    pub together_with: Vec<At<String>>,
    /// The label of the recommendation in this file that it bends.
    pub except: Option<At<String>>,
}

/// How a contraindication acts.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Do it differently.
    Adapt,
    /// Keep off a region.
    AvoidRegion,
    /// Not before a doctor was asked.
    Ask,
    /// Do not do it.
    Stop,
}

/// What forbids or changes an intervention.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contraindication {
    /// Unique in the file.
    pub label: At<String>,
    /// The fact in our own words, with what to do.
    pub says: At<String>,
    /// Id of a file in `sources/`.
    pub source: Option<At<String>>,
    /// Where in the source.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// On what it rests, where that is not simply the source.
    pub basis: Option<Basis>,
    /// How it acts.
    pub level: Level,
    /// For whom.
    pub when: At<String>,
    /// Technique ids, `class:…` or `flag:…`; the whole intervention when left out.
    #[serde(default)]
    pub applies_to: Vec<At<String>>,
    /// What to keep off, in words.
    pub region: Option<String>,
}

/// A risk that is named to the patient before consent to treatment; without that no session with these techniques is recorded.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// Unique in the file.
    pub label: At<String>,
    /// The risk in plain words, with how often where that is known.
    pub says: At<String>,
    /// Id of a file in `sources/`.
    pub source: Option<At<String>>,
    /// Where in the source.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// On what it rests, where that is not simply the source.
    pub basis: Option<Basis>,
    /// Technique ids, `class:…` or `flag:…`; the whole intervention when left out.
    #[serde(default)]
    pub applies_to: Vec<At<String>>,
}

/// What calls for an earlier review of a line.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// What happens and what to do then.
    pub says: At<String>,
    /// Id of a file in `sources/`.
    pub source: Option<At<String>>,
    /// Where in the source.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// On what it rests, where that is not simply the source.
    pub basis: Option<Basis>,
    /// For whom; everybody when left out.
    pub when: Option<At<String>>,
}

/// How strongly a technique acts on tissue.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Light.
    Light,
    /// Moderate.
    Moderate,
    /// Deep.
    Deep,
    /// A fast push.
    Thrust,
}

/// What a technique works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Targets {
    /// A muscle.
    Muscle,
    /// A joint or segment.
    Joint,
    /// A nerve.
    Nerve,
    /// The whole body.
    WholeBody,
    /// Nothing in particular.
    None,
}

/// One technique.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Technique {
    /// `snake_case`, equal to the file name.
    pub id: At<String>,
    /// What clinicians call it.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// The intervention it belongs to.
    pub intervention: At<String>,
    /// How strongly it acts on tissue.
    pub class: Class,
    /// What safety rules may address: thermal, endrange, active, abdominal, needle, instrument, suction, positional, handsoff.
    #[serde(default)]
    pub flags: Vec<At<String>>,
    /// What it works on.
    pub targets: Targets,
    /// What is done, in a sentence.
    pub method: String,
    /// Who may deliver it, where that is narrower than for the intervention.
    #[serde(default)]
    pub delivered_by: Vec<At<String>>,
    /// The fact in our own words.
    pub says: At<String>,
    /// Id of a file in `sources/`.
    pub source: Option<At<String>>,
    /// Where in the source.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// On what it rests, where that is not simply the source.
    pub basis: Option<Basis>,
    /// What is known about it.
    #[serde(default)]
    pub evidence: Vec<super::Note>,
}

has_citation!(
    Dose,
    Recommendation,
    Contraindication,
    Risk,
    Trigger,
    Technique
);
