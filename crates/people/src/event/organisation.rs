//! What happens to an organisation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Kind;

/// What happens to an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum OrganisationEvent {
    /// It joined this installation.
    OrganisationRegistered {
        /// How it works.
        settings: OrganisationSettings,
    },
    /// Its settings were changed.
    OrganisationChanged {
        /// All of them, as they are now.
        settings: OrganisationSettings,
    },
    /// Somebody answers for the privacy of its patients, and is told when the glass is broken.
    PrivacyOfficerNamed {
        /// Id of the user.
        user: String,
    },
    /// A named clinical safety officer accepts a release of the knowledge for use with patients.
    KnowledgeAccepted {
        /// Hash of the knowledge release.
        knowledge: String,
        /// Version of the program.
        engine: String,
        /// The officer's name.
        officer: String,
        /// The officer's profession and registration, in words.
        standing: String,
    },
}

/// How an organisation works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrganisationSettings {
    /// Its name.
    pub name: String,
    /// Which scope of practice holds for its episodes, e.g. `us_pa`; `any` when not told.
    pub jurisdiction: String,
    /// Its time zone, an IANA name: the day of an event is the day there.
    pub time_zone: String,
    /// Whose guidelines count; none for all of them side by side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Who of its clinicians sees the records of its patients.
    pub sharing: Sharing,
    /// When and how it is reached.
    #[serde(default, skip_serializing_if = "Reach::is_empty")]
    pub reach: Reach,
}

/// When and how an organisation is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reach {
    /// When it is open, as patients read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Whom patients call while it is closed, as they read it; the emergency number of the country does not stand here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when_closed: Option<String>,
    /// The e-mail address that is told of an alert which nobody has taken up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalate_to: Option<String>,
}

impl Reach {
    /// Whether nothing is told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Who of an organisation's clinicians sees the records of its patients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// Only those in the care team.
    CareTeam,
    /// All clinicians of the organisation.
    WholeClinic,
}

impl Kind for OrganisationEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::OrganisationRegistered { .. } => "organisation_registered",
            Self::OrganisationChanged { .. } => "organisation_changed",
            Self::PrivacyOfficerNamed { .. } => "privacy_officer_named",
            Self::KnowledgeAccepted { .. } => "knowledge_accepted",
        }
    }
}
