//! The four fields that every clinical statement carries.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::At;

/// On what a statement rests.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// It was read in the source it names.
    Source,
    /// It was read in a page that repeats somebody else's figure; not confirmed in the paper itself.
    Secondary,
    /// Nobody measured it, or nobody here has read where it was measured.
    ExpertJudgement,
}

/// Source, place, words and basis of one statement, borrowed from a record.
#[derive(Clone, Copy, Debug)]
pub struct Cited<'a> {
    /// Id of a source file.
    pub source: Option<&'a At<String>>,
    /// Section, table or recommendation number in the source.
    pub place: Option<&'a str>,
    /// The fact in our own words.
    pub says: &'a At<String>,
    /// On what it rests, where that is not simply the source.
    pub basis: Option<Basis>,
}

/// A statement on its own: something known, with where it comes from.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The fact in our own words.
    pub says: At<String>,
    /// Id of a file in `sources/`.
    pub source: Option<At<String>>,
    /// Where in the source: section, table, recommendation number.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// On what the statement rests, where that is not simply the source.
    pub basis: Option<Basis>,
    /// The authors' or guideline's own grade of certainty.
    pub certainty: Option<String>,
}

/// Gives a record's four citation fields.
pub(crate) trait HasCitation {
    /// The citation as written.
    fn cited(&self) -> Cited<'_>;
}

/// Records are plain structs with the same four fields; this spares each of them the same five lines.
macro_rules! has_citation {
    ($($record:ty),+ $(,)?) => {$(
        impl $crate::format::cited::HasCitation for $record {
            fn cited(&self) -> $crate::format::Cited<'_> {
                $crate::format::Cited {
                    source: self.source.as_ref(),
                    place: self.place.as_deref(),
                    says: &self.says,
                    basis: self.basis,
                }
            }
        }
    )+};
}
pub(crate) use has_citation;

has_citation!(Note);
