//! `flags.toml` and `diseases.toml` as they are written.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// `flags.toml`: what people without serious disease answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flags {
    /// How often each answer is given, in the order in which it is drawn.
    pub finding: Vec<Row>,
    /// Findings that nobody tests in primary care.
    #[serde(default)]
    pub not_done: Vec<NotDone>,
    /// All other findings, by kind.
    #[serde(default)]
    pub others: Vec<Others>,
}

/// `diseases.toml`: who is seriously ill, and what they answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Diseases {
    /// How many have any of them.
    pub serious: f64,
    /// What that rests on.
    pub basis: Basis,
    pub source: Option<String>,
    pub says: String,
    pub disease: Vec<Disease>,
}

/// One disease.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disease {
    pub id: Spanned<String>,
    /// What it is called in the report.
    pub name: String,
    /// The condition whose alarm should ring.
    pub condition: String,
    /// How many of the seriously ill have it.
    pub share: f64,
    pub basis: Basis,
    pub source: Option<String>,
    pub says: String,
    /// What differs from everybody else.
    pub finding: Vec<Row>,
}

/// How often each answer to one finding is given: `share`, `shares` or `bands`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub id: Spanned<String>,
    /// Asked only where this holds.
    pub only: Option<String>,
    pub share: Option<f64>,
    pub shares: Option<BTreeMap<String, f64>>,
    pub bands: Option<Vec<Band>>,
    /// Steps within a band.
    pub step: Option<f64>,
    /// Whether a yes counts as a red flag.
    #[serde(default)]
    pub flag: bool,
    /// When another answer counts as a red flag.
    pub flag_when: Option<String>,
    /// People in whom it is different; the first that holds counts.
    #[serde(default)]
    pub groups: Vec<Group>,
    pub basis: Basis,
    pub source: Option<String>,
    pub says: String,
}

/// People in whom the shares are different.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub when: String,
    pub share: Option<f64>,
    pub shares: Option<BTreeMap<String, f64>>,
    pub bands: Option<Vec<Band>>,
}

/// People whose number lies between these, both included.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    pub from: f64,
    pub to: f64,
    pub share: f64,
}

/// A finding that is left unanswered in everybody.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotDone {
    pub id: Spanned<String>,
    pub says: String,
}

/// Findings of a kind that no row names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Others {
    pub kind: Spanned<String>,
    pub share: f64,
    pub basis: Basis,
    pub source: Option<String>,
    pub says: String,
}

/// What a row rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The number stands in the source.
    Seen,
    /// It was calculated from numbers that do.
    WorkedOut,
    /// It is ours.
    Assumption,
}
