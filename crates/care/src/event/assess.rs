//! What became known, and what was concluded and shown.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Somebody said, saw, tested or measured something.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FactsRecorded {
    /// Facts about findings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Stated>,
    /// What the patient wants and expects, if it was asked; replaces what was said before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wishes: Option<Wishes>,
    /// Treatment outside this plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<Elsewhere>,
    /// The body chart as the patient marked it, whatever facts follow from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawing: Option<Drawing>,
}

/// A body chart as it was marked. No mark at all is an answer too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Drawing {
    /// Which figure was shown, in the program's word for it.
    pub figure: String,
    /// The marked regions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// A marked region of the body chart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// Its number: 101 to 136 in front, 201 to 238 behind.
    pub region: u16,
    /// How much it hurts there, 0 to 10; none where not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pain: Option<u8>,
    /// How it feels there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feels: Vec<Feel>,
}

/// How a region feels.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Feel {
    /// A dull ache.
    Ache,
    /// Burning.
    Burning,
    /// Tingling, pins and needles.
    Tingling,
    /// Less feeling than elsewhere.
    Numb,
    /// Stabbing.
    Stabbing,
}

impl Feel {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Ache,
        Self::Burning,
        Self::Tingling,
        Self::Numb,
        Self::Stabbing,
    ];

    /// As it is stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ache => "ache",
            Self::Burning => "burning",
            Self::Tingling => "tingling",
            Self::Numb => "numb",
            Self::Stabbing => "stabbing",
        }
    }
}

/// A fact as it was stated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Stated {
    /// Id of the finding.
    pub finding: String,
    /// What was said about it.
    pub value: Said,
    /// On which day it was so, where that is not the day of the event: an image may be older than the episode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub on: Option<Date>,
    /// How: asked, tested, read in a report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// Treatments: the dose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose: Option<String>,
}

/// What was said about a finding, in words that outlive its file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// It is there.
    Yes,
    /// It was looked for and is not there.
    No,
    /// It was asked and is not known, or was not done. This is never "no".
    NotKnown,
    /// One of the finding's answers.
    Answer(String),
    /// Any number of the finding's answers.
    Answers(Vec<String>),
    /// A number with its unit; an empty unit for a bare number.
    Number {
        /// The number.
        value: f64,
        /// The unit it was written in.
        unit: String,
    },
}

/// What the patient wants and expects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Wishes {
    /// Interventions the patient would like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wants: Vec<String>,
    /// Interventions the patient does not want.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declines: Vec<String>,
    /// What the patient wants to be able to do, in their words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<String>,
    /// How much better the patient expects to be, 0 (not at all) to 10 (well).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expectation: Option<u8>,
}

/// Treatment outside this plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Elsewhere {
    /// What: id of an intervention, or words.
    pub what: String,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// From when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub from: Option<Date>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub to: Option<Date>,
    /// How much of it, and what it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A named person cleared an alarm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AlarmCleared {
    /// Id of the condition.
    pub condition: String,
    /// The tier that was cleared: `watch`, `routine`, `urgent`, `emergency`.
    pub tier: String,
    /// Why it no longer stands.
    pub reason: String,
}

/// An appraisal was on somebody's screen or paper; the store keeps its bytes under the hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AppraisalShown {
    /// Hash of the canonical JSON.
    pub appraisal: String,
    /// Version of the engine.
    pub engine: String,
    /// Hash of the knowledge release.
    pub knowledge: String,
}

/// A page told the patient to get help now: what it said, and what it rested on. Whoever answers for the patient is alerted by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PatientWarned {
    /// The conditions for which an emergency was raised, by id.
    pub conditions: Vec<String>,
    /// What the page said, line by line.
    pub told: Vec<String>,
    /// The emergency number that it gave; none where none is known for the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// What was concluded and shown.
    pub shown: AppraisalShown,
}

/// Somebody took up the alert: from then on they see to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AlertTaken {
    /// What they did or will do.
    pub does: String,
}
