//! `professions/`, `pathways/` and `profiles/`: who may do what, who refers to whom, whose guidelines count.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::At;
use crate::ClearableTier;
use crate::format::Basis;
use crate::format::cited::has_citation;

/// One profession.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profession {
    /// `snake_case`, equal to the file name.
    pub id: At<String>,
    /// What it is called.
    pub name: String,
    /// The highest alarm tier it may clear.
    pub may_clear: ClearableTier,
    /// Whether it may lead a plan.
    pub may_lead: bool,
    /// Professions it may guide.
    #[serde(default)]
    pub guides: Vec<At<String>>,
    /// What a referral to it says at least.
    #[serde(default)]
    pub referral_content: Vec<String>,
    /// Days until a referral to it is answered; 0 for the same day. A working limit of ours, not of the source.
    pub answer_days: Option<u32>,
    /// Its scope of practice by jurisdiction; the most specific one counts.
    pub scope: Vec<Scope>,
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

/// What a profession may do in a place.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// `any`, or a place such as `uk`, `us`, `us_pa`.
    pub jurisdiction: String,
    /// Interventions it may deliver.
    pub may: Vec<At<String>>,
    /// Techniques, `class:…`, `flag:…` or interventions it may not.
    #[serde(default)]
    pub may_not: Vec<At<String>>,
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

/// One way of referring a patient.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pathway {
    /// `snake_case`, equal to the file name.
    pub id: At<String>,
    /// What it is called.
    pub name: String,
    /// To whom.
    pub to: String,
    /// How fast, in words.
    pub within: String,
    /// For whom.
    pub when: At<String>,
    /// What the referral must contain.
    pub content: Vec<String>,
    /// Days until a referral on it is answered; 0 for the same day. A working limit of ours, not of the source.
    pub answer_days: Option<u32>,
    /// Pathways that make this one superfluous when they apply too.
    #[serde(default)]
    pub gives_way_to: Vec<At<String>>,
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

/// Whose guidelines count in a place.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// `snake_case`, equal to the file name.
    pub id: At<String>,
    /// What it is called.
    pub name: String,
    /// Sources whose recommendations count.
    pub guidelines: Vec<At<String>>,
    /// Where the profile is a country, and its id the first part of its jurisdictions (`us` of `us_pa`): what is called there in an emergency.
    pub emergency: Option<Emergency>,
}

/// What is called in an emergency.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Emergency {
    /// The number, as it is dialled.
    pub number: At<String>,
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

has_citation!(Profession, Scope, Pathway, Emergency);
