//! `sources/`: a guideline, review, trial or study.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::At;

/// What kind of publication it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A guideline with recommendations.
    Guideline,
    /// A systematic review or meta-analysis.
    SystematicReview,
    /// A randomised or other trial.
    Trial,
    /// A cohort or case series.
    Cohort,
    /// A study of a test or questionnaire.
    ValidationStudy,
    /// A consensus of experts.
    Consensus,
    /// A law or rule.
    Regulation,
    /// A textbook, web page or other reference.
    Reference,
}

/// How much of it was read by whoever wrote the statements that cite it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Read {
    /// The whole text.
    FullText,
    /// Its recommendations.
    Recommendations,
    /// Its abstract.
    Abstract,
    /// Only a page that repeats it.
    Secondary,
    /// Nothing of it.
    NotRead,
}

/// One source.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// `snake_case`, equal to the file name.
    pub id: At<String>,
    /// How it is called in one or two words and a year.
    pub short: String,
    /// Title.
    pub name: String,
    /// What kind of publication it is.
    pub kind: SourceKind,
    /// Year of publication.
    pub year: u16,
    /// Full citation.
    pub citation: String,
    /// Web address.
    pub url: Option<String>,
    /// Digital object identifier.
    pub doi: Option<String>,
    /// How much of it was read.
    pub read: Read,
    /// Anything a reader must know: withdrawn, dated, disputed.
    pub note: Option<String>,
    /// Guidelines: is the list of statements below complete?
    pub list_complete: Option<bool>,
    /// Guidelines: what is missing from the list.
    pub list_note: Option<String>,
    /// Guidelines: what they recommend.
    #[serde(default)]
    pub statement: Vec<Statement>,
}

/// One thing a guideline recommends.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Unique in the file.
    pub id: At<String>,
    /// What the guideline says, in our own words.
    pub says: String,
    /// Why it is not encoded.
    pub left_out: Option<String>,
}
