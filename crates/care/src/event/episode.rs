//! Beginning and end of an episode, the care team, questions, and files that are one patient.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Who;

/// An episode of care began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EpisodeOpened {
    /// Id of the patient.
    pub patient: String,
    /// Where the patient is seen: `primary_care`, `emergency`, `specialist`, `surgical`.
    pub setting: String,
    /// Which scope of practice holds, e.g. `us_pa`; `any` when not told.
    pub jurisdiction: String,
    /// Whose guidelines count; none for all of them side by side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Professions within reach; none for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<Vec<String>>,
    /// The closed episode that this one takes up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopens: Option<String>,
    /// The clinician who takes the patient on, where somebody else opens the episode for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_on_by: Option<Who>,
}

/// The episode ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EpisodeClosed {
    /// Why.
    pub reason: String,
}

/// Somebody left the care team; their open referrals are cancelled with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CareTeamLeft {
    /// Id of the practitioner.
    pub practitioner: String,
    /// Why.
    pub reason: String,
}

/// The patient asked the team something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionAsked {
    /// Id of the question.
    pub question: String,
    /// Its words.
    pub text: String,
}

/// The team answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionAnswered {
    /// Id of the question.
    pub question: String,
    /// The words of the answer.
    pub text: String,
}

/// Two files turned out to be one patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PatientsMerged {
    /// Id that stays.
    pub kept: String,
    /// Id that is now read as the other.
    pub merged: String,
    /// Why they are the same.
    pub reason: String,
}

/// They were two patients after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PatientsUnmerged {
    /// Id that stayed.
    pub kept: String,
    /// Id that is a patient of its own again.
    pub merged: String,
    /// Why they are not the same.
    pub reason: String,
}
