//! The referral loop: what is asked of whom, under which guidance, and what became of it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is asked of whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Referral {
    /// Id of the pathway, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pathway: Option<String>,
    /// To whom.
    pub to: Addressee,
    /// What is said, by heading; the headings that must stand there come from the pathway or the profession.
    pub content: BTreeMap<String, String>,
    /// What the receiver is asked to keep to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guidance: Vec<Guidance>,
}

/// To whom a referral goes: anybody of a profession, or one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Addressee {
    /// Id of the profession.
    pub profession: String,
    /// Id of the practitioner, where it is for one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practitioner: Option<String>,
    /// Id of the organisation, where it is for anybody there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Somebody who is not in the directory and answers by a link; `practitioner` is then their id here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<Outside>,
}

/// Somebody outside: who, and where a link reaches them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outside {
    /// Their name, as whoever referred typed it.
    pub name: String,
    /// The e-mail address to which the link and its codes go.
    pub email: String,
}

/// What the receiver is asked to keep to, e.g. "no thrust", "avoid prone", "no deep pressure at L5".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Guidance {
    /// In words, as it is shown on the session page.
    pub says: String,
    /// What is not to be done: technique id, `class:…`, `flag:…` or intervention id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not: Vec<String>,
    /// Only there: id of a muscle or joint; everywhere when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Positions to avoid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub avoid: Vec<Position>,
    /// Id of the supervising clinician.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<String>,
}

/// How the patient lies, sits or stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// On the belly.
    Prone,
    /// On the back.
    Supine,
    /// On the side.
    SideLying,
    /// Sitting.
    Seated,
    /// Standing.
    Standing,
}

impl Position {
    /// The word for people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Prone => "lying on the belly",
            Self::Supine => "lying on the back",
            Self::SideLying => "lying on the side",
            Self::Seated => "sitting",
            Self::Standing => "standing",
        }
    }
}

/// A referral was begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralDrafted {
    /// Id of the referral; drafting it again replaces the draft.
    pub referral: String,
    /// What is asked of whom.
    pub draft: Referral,
}

/// A referral went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralSent {
    /// Id of the referral.
    pub referral: String,
}

/// Whoever it was sent to takes it, and joins the care team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralAccepted {
    /// Id of the referral.
    pub referral: String,
}

/// Whoever it was sent to does not take it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralDeclined {
    /// Id of the referral.
    pub referral: String,
    /// Why.
    pub reason: String,
}

/// The patient has an appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralScheduled {
    /// Id of the referral.
    pub referral: String,
    /// The day of the appointment.
    #[schemars(with = "String")]
    pub appointment: Date,
}

/// The patient came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralStarted {
    /// Id of the referral.
    pub referral: String,
}

/// The patient did not come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralMissed {
    /// Id of the referral.
    pub referral: String,
}

/// It is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralCompleted {
    /// Id of the referral.
    pub referral: String,
    /// What was found and done.
    pub report: String,
}

/// It is called off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralCancelled {
    /// Id of the referral.
    pub referral: String,
    /// Why.
    pub reason: String,
}

/// It is taken up again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferralReopened {
    /// Id of the referral.
    pub referral: String,
    /// Why.
    pub note: String,
}
