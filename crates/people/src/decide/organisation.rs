//! What may happen to an organisation.

use serde::{Deserialize, Serialize};

use super::texts::{self, ID, LINE};
use super::{Refusal, Refused, Wish, identity};
use crate::event::{OrganisationEvent, OrganisationSettings, Reach};
use crate::organisation::{Accepted, Organisation};

/// What can be done with an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum OrganisationAct {
    /// Let it join.
    RegisterOrganisation {
        /// How it works.
        settings: OrganisationSettings,
    },
    /// Change how it works.
    ChangeOrganisation {
        /// All of its settings, as they will be.
        settings: OrganisationSettings,
    },
    /// Name who answers for the privacy of its patients.
    NamePrivacyOfficer {
        /// Id of the user.
        user: String,
        /// Whether they have a role there and may sign in, as the directory knows.
        works_here: bool,
    },
    /// Accept a release of the knowledge for use with patients.
    AcceptKnowledge {
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

pub(super) fn decide(
    organisation: &Organisation,
    wish: &Wish<OrganisationAct>,
) -> Result<OrganisationEvent, Refusal> {
    match &wish.act {
        OrganisationAct::RegisterOrganisation { settings } => register(organisation, settings),
        _ if organisation.settings.is_none() => Err(Refusal::not_registered("organisation")),
        OrganisationAct::ChangeOrganisation { settings } => change(organisation, settings),
        OrganisationAct::NamePrivacyOfficer { user, works_here } => {
            officer(organisation, user, *works_here)
        }
        OrganisationAct::AcceptKnowledge {
            knowledge,
            engine,
            officer,
            standing,
        } => accept(
            organisation,
            Accepted {
                knowledge: knowledge.clone(),
                engine: engine.clone(),
                officer: officer.clone(),
                standing: standing.clone(),
            },
        ),
    }
}

fn register(
    organisation: &Organisation,
    settings: &OrganisationSettings,
) -> Result<OrganisationEvent, Refusal> {
    if organisation.settings.is_some() {
        return Err(Refusal::new(
            Refused::AlreadyThere,
            "no second registration",
            "this organisation is registered",
            "change its settings, or register the other one under an id of its own",
        ));
    }
    check(settings)?;
    Ok(OrganisationEvent::OrganisationRegistered {
        settings: settings.clone(),
    })
}

fn change(
    organisation: &Organisation,
    settings: &OrganisationSettings,
) -> Result<OrganisationEvent, Refusal> {
    if organisation.settings.as_ref() == Some(settings) {
        return Err(Refusal::nothing_new("these are its settings"));
    }
    check(settings)?;
    Ok(OrganisationEvent::OrganisationChanged {
        settings: settings.clone(),
    })
}

/// Whether there is such a jurisdiction, profile or time zone, whoever has the lists must check.
fn check(settings: &OrganisationSettings) -> Result<(), Refusal> {
    identity::called(&settings.name)?;
    texts::word(&settings.jurisdiction, "the jurisdiction")?;
    if let Some(profile) = &settings.profile {
        texts::word(profile, "the profile of guidelines")?;
    }
    time_zone(&settings.time_zone)?;
    reach(&settings.reach)
}

/// The most characters of when an organisation is open, and of whom to call while it is closed.
const HOURS: usize = 500;

fn reach(reach: &Reach) -> Result<(), Refusal> {
    if let Some(hours) = &reach.hours {
        texts::lines(hours, "when it is open", HOURS)?;
    }
    if let Some(whom) = &reach.when_closed {
        texts::lines(whom, "whom patients call while it is closed", HOURS)?;
    }
    if let Some(address) = &reach.escalate_to {
        texts::email(address)?;
    }
    Ok(())
}

fn time_zone(name: &str) -> Result<(), Refusal> {
    texts::line(name, "the time zone", ID)?;
    let part = |part: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+');
        part.starts_with(|c: char| c.is_ascii_alphabetic()) && part.chars().all(fits)
    };
    if name.split('/').all(part) {
        return Ok(());
    }
    Err(texts::unfit(
        "the time zone",
        "it is no name of one",
        "write it as `Europe/Berlin` or `UTC`",
    ))
}

fn officer(
    organisation: &Organisation,
    user: &str,
    works_here: bool,
) -> Result<OrganisationEvent, Refusal> {
    texts::id(user, "the user")?;
    if !works_here {
        return Err(Refusal::new(
            Refused::DoesNotWorkHere,
            "nobody is named",
            format!("`{user}` has no role in this organisation, or may not sign in"),
            "name somebody who works here, or give them a role first",
        ));
    }
    if organisation.privacy_officer.as_deref() == Some(user) {
        return Err(Refusal::nothing_new("they are the privacy officer"));
    }
    Ok(OrganisationEvent::PrivacyOfficerNamed {
        user: user.to_owned(),
    })
}

fn accept(organisation: &Organisation, accepted: Accepted) -> Result<OrganisationEvent, Refusal> {
    let knowledge = &accepted.knowledge;
    texts::line(knowledge, "the hash of the knowledge", LINE)?;
    if !knowledge.chars().all(|c| c.is_ascii_hexdigit()) {
        return Err(texts::unfit(
            "the hash of the knowledge",
            "it holds more than hexadecimal digits",
            "take the hash that the program shows",
        ));
    }
    texts::line(&accepted.engine, "the version of the program", ID)?;
    identity::name(&accepted.officer, "the name of the clinical safety officer")?;
    texts::line(
        &accepted.standing,
        "the officer's profession and registration",
        LINE,
    )?;
    if organisation.accepted.contains(&accepted) {
        return Err(Refusal::nothing_new(
            "this officer has accepted this release",
        ));
    }
    Ok(OrganisationEvent::KnowledgeAccepted {
        knowledge: accepted.knowledge,
        engine: accepted.engine,
        officer: accepted.officer,
        standing: accepted.standing,
    })
}
