//! Facts: what somebody said, saw, tested or measured about one patient, with who, when and how.

use cotreat_knowledge::Handle;
use cotreat_knowledge::model::{Finding, Profession};
use jiff::civil::Date;

/// The value of a fact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// The finding is there.
    Yes,
    /// It was looked for and is not there.
    No,
    /// One of the finding's codes, by position.
    Code(u16),
    /// Several of the finding's codes, one bit each.
    Codes(u64),
    /// A number in the finding's own unit.
    Number(f64),
    /// It was asked and is not known, or was not done. This is never "no".
    NotKnown,
}

/// One fact.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is about.
    pub finding: Handle<Finding>,
    /// Its value.
    pub value: Value,
    /// Who said or found it.
    pub by: Option<String>,
    /// That person's profession; `None` for the patient or when not told.
    pub profession: Option<Handle<Profession>>,
    /// On which day.
    pub on: Date,
    /// How: asked, tested, read in a report.
    pub how: Option<String>,
    /// Treatments: the dose.
    pub dose: Option<String>,
}
