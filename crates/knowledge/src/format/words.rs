//! `wording/`, `codes/` and the review ledger.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::At;
use crate::format::Basis;
use crate::format::cited::has_citation;

/// What a list of words or codes is about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum WordKind {
    /// Findings.
    Findings,
    /// Conditions.
    Conditions,
    /// Interventions.
    Interventions,
    /// Techniques.
    Techniques,
    /// Instruments (`peg`) or their scores (`start_back.distress`).
    Instruments,
    /// Classifications (`stage.acute`).
    Classifications,
    /// Patterns.
    Patterns,
    /// Muscles.
    Muscles,
    /// Alarm tiers.
    Alarms,
}

/// What patients read.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// What the keys are.
    pub kind: WordKind,
    /// Id → text.
    pub text: BTreeMap<String, At<String>>,
}

/// A map to a terminology.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// The terminology.
    pub system: String,
    /// What the keys are.
    pub kind: WordKind,
    /// Id → code.
    pub codes: BTreeMap<String, At<String>>,
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

has_citation!(Codes);

/// Who certified what.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// Anything a reader should know.
    pub note: Option<String>,
    /// The certificates.
    #[serde(default)]
    pub certified: Vec<Certified>,
}

/// A clinician vouches for the exact text of one file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certified {
    /// Path below the knowledge folder.
    pub file: At<String>,
    /// BLAKE3 hash of the text, in hexadecimal.
    pub hash: String,
    /// Name, profession, registration.
    pub by: String,
    /// The day, as `YYYY-MM-DD` in quotes.
    pub on: String,
}
