//! `medicines/`: what a medicine is counted as, and what a dose of it is worth in oral morphine.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::At;
use crate::format::Basis;
use crate::format::cited::has_citation;

/// By which way a medicine is taken.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// By mouth.
    Oral,
    /// Through the skin, as a patch.
    Transdermal,
}

/// In what a dose is written.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
pub enum DoseUnit {
    /// Milligrams a day.
    #[serde(rename = "mg/d")]
    MilligramsADay,
    /// Micrograms an hour, as printed on a patch.
    #[serde(rename = "mcg/h")]
    MicrogramsAnHour,
}

/// One medicine.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Medicine {
    /// `snake_case`, equal to the file name.
    pub id: At<String>,
    /// What it is called.
    pub name: String,
    /// What its days are counted as, e.g. `benzodiazepine`; the same word in every file of the class.
    pub class: At<String>,
    /// Whether its dose belongs into the day's oral morphine; without a conversion that dose is then not known.
    #[serde(default)]
    pub opioid: bool,
    /// The intervention it is a means of.
    pub intervention: Option<At<String>>,
    /// What a dose is worth in oral morphine, one record for each way of taking it.
    #[serde(default)]
    pub conversion: Vec<Conversion>,
    /// The fact in our own words.
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

/// What a dose is worth in oral morphine.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// For which way of taking it.
    pub route: Route,
    /// In what the dose is written.
    pub unit: DoseUnit,
    /// Dose times this is milligrams of oral morphine a day.
    pub factor: At<f64>,
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

has_citation!(Medicine, Conversion);
