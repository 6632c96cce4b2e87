//! What patients read, and codes in terminologies.

use std::collections::BTreeMap;

use crate::format::WordKind;
use crate::model::Statement;
use crate::problem::Place;

/// A text or code, and where it is written.
#[derive(Clone, Debug)]
pub struct Worded {
    /// The text or code.
    pub text: String,
    /// Where it is written.
    pub place: Place,
}

/// A map to a terminology.
#[derive(Clone, Debug)]
pub struct Codes {
    /// The terminology.
    pub system: String,
    /// What the ids are.
    pub kind: WordKind,
    /// Id → code.
    pub codes: BTreeMap<String, Worded>,
    /// On what it rests.
    pub statement: Statement,
}
