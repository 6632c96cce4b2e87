//! Instruments and medicines.

use std::collections::BTreeMap;

use cotreat_knowledge::format::{DoseUnit, Route};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The patient is asked to answer an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InstrumentAssigned {
    /// Id of the assignment.
    pub assignment: String,
    /// Id of the instrument.
    pub instrument: String,
    /// The wave it belongs to, e.g. `baseline`, `week_6`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wave: Option<String>,
    /// The day it is due.
    #[schemars(with = "String")]
    pub due: Date,
}

/// An instrument was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InstrumentAnswered {
    /// Id of the assignment; none when nobody asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<String>,
    /// Id of the instrument.
    pub instrument: String,
    /// Item → answer; what is missing was not answered.
    pub answers: BTreeMap<String, f64>,
    /// How it was answered.
    pub mode: Mode,
    /// Who answered.
    pub answered_by: AnsweredBy,
    /// Whether the answer counts for its wave; none when nobody asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
}

/// Who answered an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnsweredBy {
    /// The patient alone.
    Patient,
    /// The patient, with somebody reading or writing.
    PatientHelped,
    /// Somebody close, for the patient.
    Proxy,
    /// A clinician.
    Clinician,
}

/// How an instrument was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// On a page of ours, away from the clinic.
    Online,
    /// On a screen in the clinic.
    InClinic,
    /// By telephone.
    Telephone,
    /// On paper, typed in.
    Paper,
}

/// Where an answer lies against the day it was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Window {
    /// Days after the day it was due; negative: before it.
    pub days_from_due: i32,
    /// Whether that lies inside the window.
    pub inside: bool,
}

/// What medicine is taken. A later record of the same medicine and way of taking it replaces an earlier one from its first day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MedicationRecorded {
    /// Id of the medicine, or its name where no file is about it.
    pub medicine: String,
    /// What its days are counted as, where no file is about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// How it is taken.
    pub route: Route,
    /// How much; none where not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose: Option<Amount>,
    /// First day of the time that is spoken of.
    #[schemars(with = "String")]
    pub from: Date,
    /// Last day of it; none: still taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub to: Option<Date>,
    /// On how many days of that time; none: every day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
}

/// A dose.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Amount {
    /// How much.
    pub amount: f64,
    /// Of what.
    pub unit: DoseUnit,
}
