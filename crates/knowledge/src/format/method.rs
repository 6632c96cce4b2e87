//! `method.toml`: the numbers of the reasoning itself, so that they are read and reviewed like any other knowledge.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::At;
use crate::format::cited::has_citation;
use crate::format::{Basis, FindingKind};

/// The numbers of the reasoning.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Always `method`.
    pub id: At<String>,
    /// Why these numbers.
    pub says: At<String>,
    /// Id of a file in `sources/`.
    pub source: Option<At<String>>,
    /// Where in the source.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// On what they rest, where that is not simply the source.
    pub basis: Option<Basis>,
    /// Median probability from which a contributor is possible.
    pub possible_from: f64,
    /// … likely.
    pub likely_from: f64,
    /// … very likely.
    pub very_likely_from: f64,
    /// A 95 % interval that touches this many bands is "cannot say".
    pub cannot_say_bands: u8,
    /// At most this many clusters multiply.
    pub max_clusters: u8,
    /// The log-interval of a ratio or prior used outside its setting is multiplied by this.
    pub other_setting_widening: f64,
    /// A printed ratio without an interval is taken as uncertain by this factor either way.
    pub missing_interval_factor: f64,
    /// Days until a plan is reviewed where its lines do not say.
    pub default_review_days: u32,
    /// Days until a plan is reviewed at the latest while an urgent alarm stands.
    pub urgent_review_days: u32,
    /// At most this many kinds of one broader intervention are preselected.
    pub preselected_kinds: u8,
    /// At most this many hands-on lines are preselected.
    pub preselected_hands_on: u8,
    /// Days until a referral is answered where neither its pathway nor its profession says.
    pub answer_days: u32,
    /// An answer to an instrument counts for its wave from this many days before the day it is due …
    pub window_days_before: u32,
    /// … to this many days after it.
    pub window_days_after: u32,
    /// What of a record stands under which heading of a referral before anybody writes there.
    #[serde(default)]
    pub heading: Vec<Heading>,
}

/// A heading of referrals, and what of a record belongs under it. Nothing else is put there; whoever refers reads it and writes the rest.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// The heading, as pathways and professions have it.
    pub says: At<String>,
    /// All that was found of these kinds.
    #[serde(default)]
    pub kinds: Vec<FindingKind>,
    /// What is on record about these findings, whether they are there or not.
    #[serde(default)]
    pub findings: Vec<At<String>>,
    /// What is on record elsewhere.
    #[serde(default)]
    pub record: Vec<RecordPart>,
}

/// A part of a record that is no finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordPart {
    /// Medicines that are taken.
    Medicines,
    /// Treatment in this episode and elsewhere.
    Treatment,
    /// Alarms that stand.
    Alarms,
    /// Alarms that were cleared, with the reason, and signs that were looked for and are not there.
    RuledOut,
    /// Scores of questionnaires.
    Scores,
}

has_citation!(Method);
