//! `muscles/`, `joints/` and `patterns/`: the body, and how clinicians see muscles work together.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::At;
use crate::format::Basis;
use crate::format::cited::has_citation;

/// One muscle.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Muscle {
    /// `snake_case`, equal to the file name.
    pub id: At<String>,
    /// What clinicians call it.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// What it does.
    pub action: String,
    /// Its nerve and roots.
    pub nerve: Option<String>,
    /// Where pain from it is described.
    pub referral: Option<String>,
    /// The finding that says it is tender and gives the familiar pain.
    pub tender: Option<At<String>>,
    /// The finding that says it is weak.
    pub weak: Option<At<String>>,
    /// The finding that says it is short.
    pub short: Option<At<String>>,
    /// Findings that test it.
    #[serde(default)]
    pub tests: Vec<At<String>>,
    /// Techniques that release it.
    #[serde(default)]
    pub release: Vec<At<String>>,
    /// Techniques that activate it.
    #[serde(default)]
    pub activation: Vec<At<String>>,
    /// Identifier in an open anatomy ontology.
    pub ontology: Option<String>,
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

/// One joint or segment.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Joint {
    /// `snake_case`, equal to the file name.
    pub id: At<String>,
    /// What clinicians call it.
    pub name: String,
    /// How it moves.
    pub motion: String,
    /// Where pain from it is described.
    pub referral: Option<String>,
    /// Findings that test it.
    #[serde(default)]
    pub tests: Vec<At<String>>,
    /// Techniques used on it.
    #[serde(default)]
    pub techniques: Vec<At<String>>,
    /// Contributors that are pain from this joint: while one is possible, lines that act on it work on the joint.
    #[serde(default)]
    pub conditions: Vec<At<String>>,
    /// Identifier in an open anatomy ontology.
    pub ontology: Option<String>,
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

/// A pattern of inhibited and overworked muscles; it guides release and activation and is never called a cause.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// `snake_case`, equal to the file name.
    pub id: At<String>,
    /// What clinicians call it.
    pub name: String,
    /// Muscles to activate.
    pub inhibited: Vec<At<String>>,
    /// Muscles to release.
    pub overworked: Vec<At<String>>,
    /// When it is seen.
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
    /// What speaks against the story: at least one.
    pub contested: Vec<super::Note>,
    /// What speaks for it.
    #[serde(default)]
    pub evidence: Vec<super::Note>,
}

has_citation!(Muscle, Joint, Pattern);
