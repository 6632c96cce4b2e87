//! What the patient agreed to, and what the patient was told.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Giver {
    /// The patient.
    Patient,
    /// Somebody who may decide for the patient.
    Representative,
}

/// The patient agreed to a treatment after its risks were named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TreatmentConsentGiven {
    /// Id of the intervention.
    pub intervention: String,
    /// The classes of technique that were talked about: `light`, `moderate`, `deep`, `thrust`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// Labels of the risks that were named, as the intervention's file calls them.
    pub risks_named: Vec<String>,
    /// Who agreed.
    pub given_by: Giver,
}

/// The patient was told when to come back at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SafetyNetGiven {
    /// What was said, line by line.
    pub advice: Vec<String>,
    /// It was given in writing too.
    pub written: bool,
}

/// The patient agreed to a use of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConsentGiven {
    /// To what: sharing with another organisation, research, messages.
    pub purpose: String,
    /// Who agreed.
    pub given_by: Giver,
}

/// The patient no longer agrees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConsentWithdrawn {
    /// To what: a use of the record, or a treatment by the id of its intervention.
    pub purpose: String,
}
