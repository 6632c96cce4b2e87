//! Any event on any state makes a state.

use std::fmt::Debug;

use cotreat_people::event::{Account, OrganisationSettings, Reach};
use cotreat_people::event::{
    Actor, OrganisationEvent, PatientEvent, Purpose, Recorded, Sharing, UserEvent, VERSION,
};
use cotreat_people::{Role, organisation, patient, user};
use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;

use crate::common::person;

fn any_instant() -> impl Strategy<Value = Timestamp> {
    let (least, most) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    (least..=most).prop_map(|second| Timestamp::from_second(second).expect("in range"))
}

fn recorded<E: Clone + Debug>(
    event: impl Strategy<Value = E>,
) -> impl Strategy<Value = Recorded<E>> {
    let by = prop_oneof![
        Just(Actor::Patient),
        Just(Actor::Operator),
        Just(Actor::Program),
        "[ab]".prop_map(|id| Actor::User {
            id,
            name: String::new(),
            organisation: None
        }),
    ];
    (by, any_instant(), event).prop_map(|(by, at, event)| Recorded {
        version: VERSION,
        by,
        at,
        event,
    })
}

fn organisations() -> impl Strategy<Value = OrganisationEvent> {
    let settings = |name: String| OrganisationSettings {
        name,
        jurisdiction: String::new(),
        time_zone: String::new(),
        profile: None,
        sharing: Sharing::CareTeam,
        reach: Reach::default(),
    };
    prop_oneof![
        ".{0,4}".prop_map(move |name| OrganisationEvent::OrganisationRegistered {
            settings: settings(name)
        }),
        ".{0,4}".prop_map(move |name| OrganisationEvent::OrganisationChanged {
            settings: settings(name)
        }),
        "[ab]".prop_map(|user| OrganisationEvent::PrivacyOfficerNamed { user }),
        "[ab]".prop_map(|text| OrganisationEvent::KnowledgeAccepted {
            knowledge: text.clone(),
            engine: text.clone(),
            officer: text.clone(),
            standing: text
        }),
    ]
}

fn users() -> impl Strategy<Value = UserEvent> {
    let account = |name: String| Account {
        email: name.clone(),
        name,
        qualification: None,
    };
    let role = || prop::sample::select(Role::ALL.to_vec());
    prop_oneof![
        ".{0,4}".prop_map(move |name| UserEvent::UserAdded {
            account: account(name)
        }),
        ".{0,4}".prop_map(move |name| UserEvent::UserChanged {
            account: account(name)
        }),
        ("[ab]", role())
            .prop_map(|(organisation, role)| UserEvent::RoleGranted { organisation, role }),
        ("[ab]", role()).prop_map(|(organisation, role)| UserEvent::RoleWithdrawn {
            organisation,
            role,
            reason: String::new()
        }),
        Just(UserEvent::UserDisabled {
            reason: String::new()
        }),
        Just(UserEvent::UserEnabled),
        Just(UserEvent::SignIn {
            what: String::new(),
            how: String::new()
        }),
    ]
}

fn patients() -> impl Strategy<Value = PatientEvent> {
    let who = |name: String| person(&name, "", date(1, 1, 1));
    let nothing = String::new;
    prop_oneof![
        ".{0,4}".prop_map(move |name| PatientEvent::PatientRegistered {
            identity: who(name),
            organisation: nothing()
        }),
        ".{0,4}".prop_map(move |name| PatientEvent::IdentityCorrected {
            identity: who(name),
            reason: nothing()
        }),
        "[ab]".prop_map(|organisation| PatientEvent::SeenAt { organisation }),
        "[ab]".prop_map(move |organisation| PatientEvent::NoLongerSeenAt {
            organisation,
            reason: nothing()
        }),
        ("[ab]", ".{0,4}").prop_map(move |(note, text)| PatientEvent::PrivateNoteWritten {
            note,
            organisation: nothing(),
            text
        }),
        Just(PatientEvent::RecordOpened {
            purpose: Purpose::Care,
            what: nothing()
        }),
        any_instant().prop_map(move |until| PatientEvent::GlassBroken {
            reason: nothing(),
            until
        }),
        "[ab]".prop_map(move |merged| PatientEvent::FileMerged {
            merged,
            reason: nothing()
        }),
        "[ab]".prop_map(move |merged| PatientEvent::FileUnmerged {
            merged,
            reason: nothing()
        }),
    ]
}

proptest! {
    #[test]
    fn any_event_on_any_state_makes_a_state(
        of_organisation in prop::collection::vec(recorded(organisations()), 0..30),
        of_user in prop::collection::vec(recorded(users()), 0..30),
        of_patient in prop::collection::vec(recorded(patients()), 0..30),
        at in any_instant(),
    ) {
        let clinic = of_organisation.iter().fold(Default::default(), organisation::evolve);
        let somebody = of_user.iter().fold(Default::default(), user::evolve);
        let file = of_patient.iter().fold(Default::default(), patient::evolve);

        // What is noted once is never lost.
        let accepted = of_organisation.iter().filter(|one| matches!(one.event, OrganisationEvent::KnowledgeAccepted { .. }));
        prop_assert_eq!(clinic.accepted.len(), accepted.count());
        let broken = of_patient.iter().filter(|one| matches!(one.event, PatientEvent::GlassBroken { .. }));
        prop_assert_eq!(file.glass.len(), broken.count());
        let first = of_patient.iter().find_map(|one| match &one.event {
            PatientEvent::PrivateNoteWritten { note, text, .. } if note == "a" => Some(text),
            _ => None,
        });
        prop_assert_eq!(file.notes.get("a").map(|note| &note.text), first);
        prop_assert_eq!(somebody.works_in("c"), false);
        prop_assert!(!file.glass_holds("c", at));
    }
}
