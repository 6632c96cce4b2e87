//! Organisations: registered, changed, their privacy officer, the knowledge they accept.

use cotreat_people::decide::{OrganisationAct, Refused};
use cotreat_people::event::{OrganisationSettings, Reach, Sharing};
use cotreat_people::organisation::Organisation;

use super::story::Story;

fn settings() -> OrganisationSettings {
    OrganisationSettings {
        name: "The back clinic".into(),
        jurisdiction: "us_pa".into(),
        time_zone: "America/New_York".into(),
        profile: None,
        sharing: Sharing::CareTeam,
        reach: Reach::default(),
    }
}

fn register(settings: OrganisationSettings) -> OrganisationAct {
    OrganisationAct::RegisterOrganisation { settings }
}

fn change(settings: OrganisationSettings) -> OrganisationAct {
    OrganisationAct::ChangeOrganisation { settings }
}

fn officer(user: &str, works_here: bool) -> OrganisationAct {
    OrganisationAct::NamePrivacyOfficer {
        user: user.into(),
        works_here,
    }
}

fn accept(knowledge: &str, officer: &str, standing: &str) -> OrganisationAct {
    OrganisationAct::AcceptKnowledge {
        knowledge: knowledge.into(),
        engine: "0.1.0".into(),
        officer: officer.into(),
        standing: standing.into(),
    }
}

fn none() -> Story<Organisation> {
    Story::default()
}

fn clinic() -> Story<Organisation> {
    none().and(register(settings()))
}

#[test]
fn an_organisation_is_registered_once() {
    none()
        .when(register(settings()))
        .then("organisation_registered")
        .shows(|clinic| clinic.settings == Some(settings()))
        .when(register(settings()))
        .refused(Refused::AlreadyThere, "change its settings");
}

#[test]
fn nothing_happens_to_an_organisation_that_is_not_registered() {
    for act in [
        change(settings()),
        officer("ana", true),
        accept("ab12", "Dr Grey", "GP"),
    ] {
        none()
            .when(act)
            .refused(Refused::NotRegistered, "no such organisation yet");
    }
}

#[test]
fn its_settings_are_changed_where_they_differ() {
    let wider = OrganisationSettings {
        sharing: Sharing::WholeClinic,
        profile: Some("uk".into()),
        ..settings()
    };
    clinic()
        .when(change(wider.clone()))
        .then("organisation_changed")
        .shows(|clinic| clinic.settings == Some(wider.clone()))
        .when(change(wider.clone()))
        .refused(Refused::NothingNew, "these are its settings");
}

#[test]
fn settings_must_be_possible() {
    let with = |edit: &dyn Fn(&mut OrganisationSettings)| {
        let mut changed = settings();
        edit(&mut changed);
        changed
    };
    for (settings, why, words) in [
        (
            with(&|s| s.name = " ".into()),
            Refused::WordsMissing,
            "the name is missing",
        ),
        (
            with(&|s| s.name = "12 - 34".into()),
            Refused::WordsMissing,
            "the name is missing",
        ),
        (
            with(&|s| s.name = "a".repeat(201)),
            Refused::TooLong,
            "more than 200 characters",
        ),
        (
            with(&|s| s.name = "Back\u{202e}clinic".into()),
            Refused::StrangeCharacters,
            "nobody sees",
        ),
        (
            with(&|s| s.jurisdiction = "Pennsylvania!".into()),
            Refused::DoesNotFit,
            "the jurisdiction does not fit",
        ),
        (
            with(&|s| s.profile = Some(String::new())),
            Refused::WordsMissing,
            "the profile of guidelines",
        ),
        (
            with(&|s| s.time_zone = "../etc/passwd".into()),
            Refused::DoesNotFit,
            "Europe/Berlin",
        ),
        (
            with(&|s| s.time_zone = "Europe//Berlin".into()),
            Refused::DoesNotFit,
            "Europe/Berlin",
        ),
        (
            with(&|s| s.time_zone = String::new()),
            Refused::WordsMissing,
            "the time zone",
        ),
        (
            with(&|s| s.reach.escalate_to = Some("the owner".into())),
            Refused::NotAnEmail,
            "name@example.org",
        ),
        (
            with(&|s| s.reach.hours = Some(" ".into())),
            Refused::WordsMissing,
            "when it is open",
        ),
        (
            with(&|s| s.reach.when_closed = Some("a".repeat(501))),
            Refused::TooLong,
            "more than 500 characters",
        ),
    ] {
        none().when(register(settings.clone())).refused(why, words);
        clinic().when(change(settings)).refused(why, words);
    }
}

#[test]
fn the_privacy_officer_works_there() {
    clinic()
        .when(officer("ana", true))
        .then("privacy_officer_named")
        .shows(|clinic| clinic.privacy_officer.as_deref() == Some("ana"))
        .when(officer("ana", true))
        .refused(Refused::NothingNew, "they are the privacy officer");
    clinic().when(officer("ben", false)).refused(
        Refused::DoesNotWorkHere,
        "`ben` has no role in this organisation",
    );
    clinic()
        .when(officer("ben\n", true))
        .refused(Refused::StrangeCharacters, "the user");
    clinic()
        .when(officer("organisation/ben", true))
        .refused(Refused::DoesNotFit, "the user");
}

#[test]
fn knowledge_is_accepted_by_a_named_officer() {
    clinic()
        .when(accept("ab12", "Dr Grey", "GP, GMC 123"))
        .then("knowledge_accepted")
        .shows(|clinic| clinic.accepts("ab12", "0.1.0"))
        .shows(|clinic| !clinic.accepts("ab12", "0.2.0") && !clinic.accepts("cd34", "0.1.0"))
        .and(accept("ab12", "Dr Brown", "GP, GMC 456"))
        .when(accept("ab12", "Dr Grey", "GP, GMC 123"))
        .refused(
            Refused::NothingNew,
            "this officer has accepted this release",
        );
    clinic()
        .when(accept("ab12; drop", "Dr Grey", "GP"))
        .refused(Refused::DoesNotFit, "hexadecimal");
    clinic()
        .when(accept("", "Dr Grey", "GP"))
        .refused(Refused::WordsMissing, "the hash of the knowledge");
    clinic().when(accept("ab12", "  ", "GP")).refused(
        Refused::WordsMissing,
        "the name of the clinical safety officer",
    );
    clinic().when(accept("ab12", "Dr Grey", "")).refused(
        Refused::WordsMissing,
        "the officer's profession and registration",
    );
}
