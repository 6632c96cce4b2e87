//! Agreed plans.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A plan was agreed with the patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanAgreed {
    /// The plan.
    pub plan: Plan,
}

/// The plan was changed; it replaces the one before, which stays on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanRevised {
    /// The whole new plan.
    pub plan: Plan,
    /// Why.
    pub reason: String,
}

/// What is to be done, by whom, until when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// What the patient wants to be able to do.
    pub goals: Vec<String>,
    /// What is done.
    pub lines: Vec<PlannedLine>,
    /// When it is looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub review: Option<Date>,
    /// What calls for an earlier review, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier_if: Vec<String>,
}

/// One line of an agreed plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedLine {
    /// Id of the intervention.
    pub intervention: String,
    /// Ids of techniques, where they are agreed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub techniques: Vec<String>,
    /// Id of the profession that delivers it; none for what nobody was found for, which no plan may hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliverer: Option<String>,
    /// Id of the practitioner who delivers it, where already known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practitioner: Option<String>,
    /// Id of the profession under whose guidance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guided_by: Option<String>,
    /// How much, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose: Option<String>,
    /// Why it stands here although a contraindication stops it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridden: Option<Override>,
}

/// A named person goes past a contraindication, with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Override {
    /// Why.
    pub reason: String,
    /// The name of whoever answers for it.
    pub by: String,
}
