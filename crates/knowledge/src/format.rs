//! The shapes of the knowledge files, exactly as they are written. One module per kind of file.
//!
//! These types say what may stand in a file; the JSON Schemas for editors are made from them, and every file is checked against
//! those schemas before it is read (see [`crate::shape`]). What a file *means* is worked out in [`crate::link`].

mod body;
pub(crate) mod cited;
mod condition;
mod finding;
mod instrument;
mod intervention;
mod kind;
mod medicine;
mod method;
mod people;
mod source;
mod words;

pub use body::{Joint, Muscle, Pattern};
pub use cited::{Basis, Cited, Note};
pub use condition::{
    After, Alarm, ClassValue, Classification, Clearing, Condition, Criterion, Group, Prior,
    StopsHandsOn,
};
pub use finding::{Asked, Evidence, Finding, FindingKind, FindingType, Measured, Setting};
pub use instrument::{
    Band as ScoreBand, Direction as ScoreDirection, Example, Instrument, Item, MeaningfulChange,
    Method as ScoreMethod, Missing, Score, Tier as LicenceTier,
};
pub use intervention::{
    Aim, Class, Contraindication, Direction, Dose, Intervention, Level, Recommendation, Risk, Role,
    Sequence, Targets, Technique, Trigger,
};
pub use kind::Kind;
pub use medicine::{Conversion, DoseUnit, Medicine, Route};
pub use method::{Heading, Method, RecordPart};
pub use people::{Emergency, Pathway, Profession, Profile, Scope};
pub use source::{Read, Source, SourceKind, Statement};
pub use words::{Certified, Codes, Ledger, WordKind, Wording};
