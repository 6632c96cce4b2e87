//! An organisation as its events add up.

use crate::event::{OrganisationEvent, OrganisationSettings, Recorded};

/// An organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    /// How it works; none until it is registered.
    pub settings: Option<OrganisationSettings>,
    /// Id of the user who answers for the privacy of its patients.
    pub privacy_officer: Option<String>,
    /// Releases of the knowledge that somebody accepted, oldest first.
    pub accepted: Vec<Accepted>,
}

/// A release of the knowledge that a clinical safety officer accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Hash of the knowledge release.
    pub knowledge: String,
    /// Version of the program.
    pub engine: String,
    /// The officer's name.
    pub officer: String,
    /// Their profession and registration, in words.
    pub standing: String,
}

impl Organisation {
    /// Whether an officer accepted this release of the knowledge with this version of the program.
    #[must_use]
    pub fn accepts(&self, knowledge: &str, engine: &str) -> bool {
        let this =
            |accepted: &Accepted| accepted.knowledge == knowledge && accepted.engine == engine;
        self.accepted.iter().any(this)
    }
}

/// The organisation after one more event: any event on any state.
#[must_use]
pub fn evolve(
    mut organisation: Organisation,
    recorded: &Recorded<OrganisationEvent>,
) -> Organisation {
    match recorded.event.clone() {
        OrganisationEvent::OrganisationRegistered { settings }
        | OrganisationEvent::OrganisationChanged { settings } => {
            organisation.settings = Some(settings);
        }
        OrganisationEvent::PrivacyOfficerNamed { user } => {
            organisation.privacy_officer = Some(user)
        }
        OrganisationEvent::KnowledgeAccepted {
            knowledge,
            engine,
            officer,
            standing,
        } => organisation.accepted.push(Accepted {
            knowledge,
            engine,
            officer,
            standing,
        }),
    }
    organisation
}
