//! What a patient is asked before the first visit, page by page, and what follows from it.
//!
//! Everything here is a function of the record, the answers so far and the knowledge: first what could raise an alarm by itself, then where it hurts, then whatever would change most
//! ([`crate::ask`]), then what was tried, medicines, hopes, and the questionnaires that were assigned. "Not sure" is an answer of its own and is never a no.

mod answers;
mod path;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::event::{Drawing, MedicationRecorded, Said, Wishes};

pub use path::{Progress, progress, questions_on, treatments};

/// The assignment by which an intake is named; no instrument is assigned under it.
pub const INTAKE: &str = "intake";

/// What a patient has answered so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Intake {
    /// The pages they were given, in order. Nothing is taken off, so that going back finds what was there.
    pub pages: Vec<Page>,
    /// How many of those pages were answered, from the first on.
    pub done: usize,
    /// Finding → answer.
    pub answers: BTreeMap<String, Said>,
    /// The body chart, once it was answered.
    pub drawing: Option<Drawing>,
    /// Interventions they have had for this pain, by id.
    pub tried: BTreeSet<String>,
    /// What else they had, in their words.
    pub tried_else: String,
    /// Medicines they take.
    pub medicines: Vec<MedicationRecorded>,
    /// What they want and expect.
    pub wishes: Wishes,
    /// Instrument → item → answer.
    pub sheets: BTreeMap<String, BTreeMap<String, f64>>,
    /// The conditions for which the care card was shown.
    pub warned: BTreeSet<String>,
    /// They said that they understood it.
    pub understood: bool,
    /// The page, counted from 1, on which they were first told that something should be looked at within days.
    pub urgent_from: Option<usize>,
    /// What was written into the record before the end, because it could not wait.
    pub written: BTreeMap<String, Said>,
}

/// One page of an intake: one theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum Page {
    /// Findings of which any can be ticked. "None of these" is a no to each; what is neither ticked nor denied is asked for itself on the next page.
    Screen {
        /// The findings, by id.
        ask: Vec<String>,
    },
    /// Findings that the patient answers one by one.
    Questions {
        /// What they are about.
        theme: Theme,
        /// The findings, by id.
        ask: Vec<String>,
    },
    /// Where it hurts.
    Chart,
    /// How much it hurts at each marked place, and how it feels there.
    Pain,
    /// What they have had for it.
    Tried,
    /// Which medicines they take.
    Medicines,
    /// What they want and expect.
    Hopes,
    /// A questionnaire in its exact words.
    Sheet {
        /// The assignment it answers.
        assignment: String,
        /// The instrument, by id.
        instrument: String,
    },
}

/// What the questions of a page are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// What could need help soon.
    Safety,
    /// Who they are and what they live with.
    Health,
    /// The pain and what comes with it.
    Pain,
    /// Treatment: what is taken, and what helped.
    Treatment,
}
