//! `instruments/`: a questionnaire, its scoring and what a change in it means.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::At;
use crate::format::Basis;
use crate::format::cited::has_citation;
use crate::format::finding::Asked;

/// Whether the item text may be shipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Tier {
    /// Item text may be shipped.
    A,
    /// Only with a written permission.
    B,
    /// The clinic brings its own licensed copy.
    C,
}

/// One questionnaire.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// `snake_case`, equal to the file name.
    pub id: At<String>,
    /// What clinicians call it.
    pub name: String,
    /// What it measures.
    pub measures: String,
    /// Whether the item text may be shipped.
    pub tier: Tier,
    /// The licence, in words.
    pub licence: String,
    /// Who answers it.
    pub asked_of: Asked,
    /// How long it takes, in seconds.
    pub burden_seconds: Option<u32>,
    /// Its items.
    pub item: Vec<Item>,
    /// Its scores; the first is the total.
    pub score: Vec<Score>,
    /// Rules for a change that matters, by name.
    #[serde(default)]
    pub meaningful_change: Vec<MeaningfulChange>,
    /// Worked examples: at least two.
    pub example: Vec<Example>,
    /// How it is scored, in our own words.
    pub says: At<String>,
    /// Id of a file in `sources/`.
    pub source: Option<At<String>>,
    /// Where in the source.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// On what it rests, where that is not simply the source.
    pub basis: Option<Basis>,
    /// Further statements about it.
    #[serde(default)]
    pub evidence: Vec<super::Note>,
}

/// One item.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Unique in the file.
    pub id: At<String>,
    /// Its wording; tier A only.
    pub text: Option<String>,
    /// Smallest answer.
    pub min: i32,
    /// Largest answer.
    pub max: i32,
    /// Words for the answers from `min` to `max`; tier A only.
    #[serde(default)]
    pub labels: Vec<String>,
}

/// How a score is made from its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Add the items.
    Sum,
    /// Average the answered items.
    Mean,
    /// Count the items that are not 0.
    Count,
    /// Sum as a percentage of the largest possible sum of the answered items.
    Percent,
}

/// What happens to missing items, as long as there are no more than `max_missing`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The answered items alone make the score.
    #[default]
    None,
    /// The sum is scaled up to the number of items.
    Prorate,
    /// A missing item counts as 0.
    Zero,
}

/// Which way is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Higher is worse.
    Worse,
    /// Higher is better.
    Better,
}

/// A score of an instrument.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Unique in the file; the first is the total.
    pub id: At<String>,
    /// How it is made.
    pub method: Method,
    /// The items it is made from.
    pub items: Vec<At<String>>,
    /// Items counted as min + max − answer.
    #[serde(default)]
    pub reverse: Vec<At<String>>,
    /// Item answers mapped by position from `min`.
    #[serde(default)]
    pub recode: BTreeMap<String, Vec<f64>>,
    /// How many items may be missing.
    #[serde(default)]
    pub max_missing: u32,
    /// What happens to missing items.
    #[serde(default)]
    pub missing: Missing,
    /// Smallest possible score.
    pub min: At<f64>,
    /// Largest possible score.
    pub max: f64,
    /// Which way is worse.
    pub higher: Direction,
    /// Decimals it is rounded to.
    #[serde(default)]
    pub decimals: u8,
    /// Bands, without hole or overlap.
    #[serde(default)]
    pub band: Vec<Band>,
}

/// A named range of a score.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Unique in the score.
    pub id: At<String>,
    /// What it is called.
    pub name: String,
    /// Lowest score in it.
    pub from: f64,
    /// Highest score in it.
    pub to: f64,
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

/// A rule for a change that matters to a patient.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeaningfulChange {
    /// Unique in the file.
    pub id: At<String>,
    /// Which score.
    pub score: At<String>,
    /// Change in points.
    pub points: Option<f64>,
    /// Change in percent of the first value.
    pub percent: Option<f64>,
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

/// A worked example.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Item answers; an item that is not named is missing.
    pub answers: At<BTreeMap<String, f64>>,
    /// The scores that must come out; a score that is not named must not be given.
    pub expect: BTreeMap<String, f64>,
}

has_citation!(Instrument, Band, MeaningfulChange);
