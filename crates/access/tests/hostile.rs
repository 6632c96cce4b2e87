//! Ids come from outside: whatever they hold, nothing panics, nothing is read as a rule, and nothing is allowed by accident.

use std::collections::{BTreeMap, BTreeSet};

use cotreat_access::{Action, Addressee, Relation, Resource, Viewer};
use cotreat_people::{Role, Sight};
use jiff::Timestamp;
use proptest::prelude::*;

use crate::support::{access, now};

/// Texts that break things elsewhere.
fn nasty() -> Vec<String> {
    [
        "\"",
        "'",
        "\\",
        "\\\"",
        "\n",
        "\r\n",
        "\0",
        "a\" || true || \"",
        "\"); permit(principal, action, resource); //",
        "Role::\"clinician\"",
        "Staff::\"me\"",
        "principal",
        "*",
        "?principal",
        "@id(\"care_team\")",
        "\u{202e}me",
        "me\u{0}",
        "me ",
        " me",
        "ME",
        "ｍｅ",
        "' OR 1=1 --",
        "{{me}}",
        "../me",
        "%00",
    ]
    .map(str::to_owned)
    .into()
}

fn staff(user: &str, organisation: &str) -> Viewer {
    Viewer::Staff {
        user: user.to_owned(),
        name: user.to_owned(),
        organisation: organisation.to_owned(),
        roles: Role::ALL.into(),
        profession: Some(user.to_owned()),
        second_factor: true,
    }
}

fn viewers(id: &str) -> [Viewer; 4] {
    let id = || id.to_owned();
    [
        staff(&id(), &id()),
        Viewer::Patient { patient: id() },
        Viewer::Task {
            patient: id(),
            assignment: id(),
        },
        Viewer::Outsider {
            referral: id(),
            patient: id(),
            id: id(),
            name: id(),
            profession: id(),
        },
    ]
}

/// A patient with whom everybody of this id has everything to do.
fn relation(id: &str) -> Relation {
    let ids = || BTreeSet::from([id.to_owned()]);
    Relation {
        patient: id.to_owned(),
        at: now(),
        seen_at: ids(),
        shared_by: ids(),
        team: ids(),
        glass: BTreeMap::from([(id.to_owned(), Timestamp::MAX)]),
        referrals: BTreeMap::from([(id.to_owned(), Addressee::User(id.to_owned()))]),
        research: true,
    }
}

fn resources<'a>(relation: &'a Relation, id: &'a str) -> [Resource<'a>; 9] {
    [
        Resource::Patient(relation),
        Resource::Files {
            kept: relation,
            merged: relation,
        },
        Resource::Assignment {
            of: relation,
            assignment: id,
        },
        Resource::Referral {
            of: relation,
            referral: id,
        },
        Resource::PrivateNotes {
            of: relation,
            organisation: id,
        },
        Resource::Organisation {
            organisation: id,
            privacy_officer: Some(id),
        },
        Resource::Rows {
            organisation: id,
            purpose: id,
        },
        Resource::Account { user: id },
        Resource::Installation,
    ]
}

/// What is not about anybody: whoever has the role may, whatever their id is.
const ABOUT_NOBODY: [Action; 4] = [
    Action::SeeDirectory,
    Action::SeeMetrics,
    Action::Backup,
    Action::BreakGlass,
];

#[test]
fn a_nasty_id_opens_nothing_of_anybody_else() {
    let me = relation("me");
    for nasty in nasty() {
        for viewer in viewers(&nasty) {
            for resource in resources(&me, "me") {
                for action in Action::ALL
                    .iter()
                    .filter(|action| !ABOUT_NOBODY.contains(action))
                {
                    let decision = access().decide(&viewer, *action, &resource);
                    assert!(
                        !decision.allowed,
                        "{action} {resource:?} {}",
                        nasty.escape_debug().take(40).collect::<String>()
                    );
                }
            }
            for action in Action::ROWS {
                assert!(!me.within(&access().sight(&viewer, action)), "{action}");
            }
        }
    }
}

#[test]
fn a_nasty_patient_is_opened_by_nobody_else() {
    for nasty in nasty() {
        let theirs = relation(&nasty);
        for viewer in viewers("me") {
            for resource in resources(&theirs, &nasty) {
                for action in Action::ALL
                    .iter()
                    .filter(|action| !ABOUT_NOBODY.contains(action))
                {
                    assert!(
                        !access().decide(&viewer, *action, &resource).allowed,
                        "{action}"
                    );
                }
            }
        }
    }
}

/// An id is only an id: a nasty one works like any other for whoever it belongs to.
#[test]
fn a_nasty_id_is_an_id() {
    for nasty in nasty().into_iter().filter(|id| !id.trim().is_empty()) {
        let own = relation(&nasty);
        assert!(
            access()
                .decide(
                    &staff(&nasty, "other"),
                    Action::SeeRecord,
                    &Resource::Patient(&own)
                )
                .allowed
        );
        let sight = access().sight(&staff(&nasty, "other"), Action::SeeRecord);
        assert_eq!(sight.team_of, Some(nasty));
    }
}

#[test]
fn an_id_of_a_megabyte_is_an_id() {
    let long = "me".repeat(500_000);
    let (me, own) = (relation("me"), relation(&long));
    for action in [Action::SeeRecord, Action::WriteFacts, Action::ErasePatient] {
        for viewer in viewers(&long) {
            assert!(
                !access()
                    .decide(&viewer, action, &Resource::Patient(&me))
                    .allowed,
                "{action}"
            );
        }
        for viewer in viewers("me") {
            assert!(
                !access()
                    .decide(&viewer, action, &Resource::Patient(&own))
                    .allowed,
                "{action}"
            );
        }
        assert!(
            access()
                .decide(&staff(&long, &long), action, &Resource::Patient(&own))
                .allowed,
            "{action}"
        );
    }
}

/// Two ids that are both missing are not the same id.
#[test]
fn a_missing_id_is_nobodys() {
    for missing in ["", " ", "\n\t"] {
        let nobodys = relation(missing);
        for viewer in viewers(missing) {
            for resource in resources(&nobodys, missing) {
                for action in Action::ALL {
                    assert!(
                        !access().decide(&viewer, *action, &resource).allowed,
                        "{action}"
                    );
                }
            }
            assert!(access().fields(&viewer, &nobodys).is_empty());
            for action in Action::ROWS {
                assert_eq!(access().sight(&viewer, action), Sight::default());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_two_ids_are_apart(one in any::<String>(), other in any::<String>()) {
        prop_assume!(one != other);
        let theirs = relation(&other);
        for viewer in viewers(&one) {
            for resource in resources(&theirs, &other) {
                for action in Action::ALL.iter().filter(|action| !ABOUT_NOBODY.contains(action)) {
                    prop_assert!(!access().decide(&viewer, *action, &resource).allowed, "{}", action);
                }
            }
        }
    }
}
