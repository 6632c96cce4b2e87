//! Sources, and statements that rest on them.

use cotreat_expr::Expr;

use crate::format::{Basis, Read, SourceKind};
use crate::handle::Handle;
use crate::problem::Place;

/// A guideline, review, trial or study.
#[derive(Clone, Debug)]
pub struct Source {
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
    /// Anything a reader must know.
    pub note: Option<String>,
    /// Whether the list of statements is complete.
    pub list_complete: bool,
    /// What is missing from the list.
    pub list_note: Option<String>,
    /// What a guideline recommends.
    pub statements: Vec<SourceStatement>,
    /// Where it is written.
    pub place: Place,
}

/// One thing a guideline recommends.
#[derive(Clone, Debug)]
pub struct SourceStatement {
    /// Unique in its source.
    pub id: String,
    /// What the guideline says, in our own words.
    pub says: String,
    /// Why it is not encoded.
    pub left_out: Option<String>,
    /// Where it is written.
    pub place: Place,
}

/// A clinical statement with what it rests on.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The fact in our own words.
    pub says: String,
    /// Where it was read.
    pub source: Option<Handle<Source>>,
    /// Section, table or recommendation number in the source.
    pub location: String,
    /// On what it rests.
    pub basis: Basis,
    /// Where it is written.
    pub place: Place,
}

/// A checked expression and where it is written.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The expression.
    pub expr: Expr,
    /// Rules with the same words have the same number, below [`crate::Knowledge::rules`]: what one decides, all decide.
    pub words: u32,
    /// Where it is written.
    pub place: Place,
}
