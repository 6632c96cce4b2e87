//! Knowledge after linking: every id is a handle, every expression is compiled, every statement knows its source and its place.

mod body;
mod condition;
mod finding;
mod instrument;
mod intervention;
mod medicine;
mod people;
mod statement;
mod words;

use std::collections::BTreeMap;

pub use body::{Joint, Muscle, Pattern};
pub use condition::{
    Alarm, ClassValue, Classification, Clearing, Condition, Criterion, Line, Prior,
};
pub use finding::{Answers, Evidence, Finding, Ratio};
pub use instrument::{
    Band as ScoreBand, Instrument, Item, MeaningfulChange, Score, ScoreRef, ScoredItem,
};
pub use intervention::{
    AppliesTo, Contraindication, Dose, Intervention, Recommendation, Risk, Technique, Trigger,
};
pub use medicine::{Conversion, Medicine};
pub use people::{Emergency, Pathway, Profession, Profile, Scope};
pub use statement::{Rule, Source, SourceStatement, Statement};
pub use words::{Codes, Worded};

use crate::format::{Method, WordKind};
use crate::handle::{Handle, Table};
use crate::names::Names;

/// One released body of knowledge.
#[derive(Clone, Debug)]
pub struct Knowledge {
    /// BLAKE3 hash of every file that can change an appraisal: the name of the release.
    pub hash: String,
    /// Guidelines, reviews, trials and studies.
    pub sources: Table<Source>,
    /// What can be asked, seen, tested or measured.
    pub findings: Table<Finding>,
    /// Questionnaires.
    pub instruments: Table<Instrument>,
    /// How an episode is sorted.
    pub classifications: Table<Classification>,
    /// What may be behind the pain.
    pub conditions: Table<Condition>,
    /// What can be done.
    pub interventions: Table<Intervention>,
    /// How it is done.
    pub techniques: Table<Technique>,
    /// Medicines.
    pub medicines: Table<Medicine>,
    /// Muscles.
    pub muscles: Table<Muscle>,
    /// Joints and segments.
    pub joints: Table<Joint>,
    /// Patterns of inhibited and overworked muscles.
    pub patterns: Table<Pattern>,
    /// Who may do what.
    pub professions: Table<Profession>,
    /// Who refers to whom.
    pub pathways: Table<Pathway>,
    /// Whose guidelines count.
    pub profiles: Table<Profile>,
    /// The numbers of the reasoning.
    pub method: Method,
    /// On what the numbers of the reasoning rest.
    pub method_statement: Statement,
    /// The words of expressions.
    pub names: Names,
    /// How many rules with different words there are: [`Rule::words`] lies below.
    pub rules: u32,
    /// In which order derived findings are worked out: each after the findings it cites.
    pub finding_order: Vec<Handle<Finding>>,
    /// In which order classifications are worked out.
    pub classification_order: Vec<Handle<Classification>>,
    /// Patient wording: (language, kind) → id → text.
    pub wording: BTreeMap<(String, WordKind), BTreeMap<String, Worded>>,
    /// Terminology maps, in the order of their files.
    pub codes: Vec<Codes>,
    /// Hash of each file's text.
    pub file_hashes: BTreeMap<String, String>,
    /// Files whose present text somebody certified: path → who.
    pub certified: BTreeMap<String, String>,
    /// What the review ledger says about the release as a whole.
    pub ledger_note: Option<String>,
}

impl Knowledge {
    /// Patient wording in a language, if there is any.
    #[must_use]
    pub fn words(&self, language: &str, kind: WordKind, id: &str) -> Option<&str> {
        self.wording
            .get(&(language.to_owned(), kind))?
            .get(id)
            .map(|words| words.text.as_str())
    }

    /// What is called in an emergency in a jurisdiction: that of the country which its first part names. None where no file says so.
    #[must_use]
    pub fn emergency(&self, jurisdiction: &str) -> Option<&Emergency> {
        let country = jurisdiction.split('_').next().unwrap_or_default();
        let profile = self.profiles.find(country)?;
        self.profiles[profile].emergency.as_ref()
    }

    /// Whether somebody certified the present text of a file.
    #[must_use]
    pub fn is_certified(&self, file: &str) -> bool {
        self.certified.contains_key(file)
    }
}
