//! What the broken glass opens ends with it.

use cotreat_access::{Action, GLASS_HOLDS, Relation, Viewer};
use cotreat_people::Role;

use crate::support::{OURS, Situation, access, ask, clinician, glass, now, of_a_patient, staff};

#[test]
fn it_is_for_clinicians_with_a_second_factor() {
    for situation in Situation::ALL {
        let patient = situation.patient();
        for role in Role::ALL {
            let allowed = ask(&staff(&[role]), Action::BreakGlass, &patient).allowed;
            assert_eq!(allowed, role == Role::Clinician, "{role} {situation:?}");
        }
        let by_password = Viewer::Staff {
            user: "me".to_owned(),
            name: "Ada".to_owned(),
            organisation: OURS.to_owned(),
            roles: [Role::Clinician].into(),
            profession: None,
            second_factor: false,
        };
        let decision = ask(&by_password, Action::BreakGlass, &patient);
        assert!(!decision.allowed);
        assert!(
            decision.sentence().contains("second factor"),
            "{decision:?}"
        );
    }
}

#[test]
fn it_holds_for_four_hours() {
    assert_eq!(GLASS_HOLDS.as_hours(), 4);
    let broken = now();
    let until = broken + GLASS_HOLDS;
    let opens = |at| {
        let patient = Relation {
            at,
            glass: glass(until),
            ..Situation::Elsewhere.patient()
        };
        ask(&clinician(), Action::SeeRecord, &patient).allowed
    };
    assert!(opens(broken) && opens(until - jiff::SignedDuration::from_micros(1)));
    assert!(!opens(until) && !opens(until + GLASS_HOLDS));
}

/// By each of these somebody would see the record after the glass: by joining the care team, by a referral to themselves, by a link to the patient's page or an e-mail address of
/// theirs.
#[test]
fn it_opens_nothing_that_lasts() {
    const LASTING: [Action; 11] = [
        Action::OpenEpisode,
        Action::AgreePlan,
        Action::DraftReferral,
        Action::AnswerReferral,
        Action::ChangeWhereSeen,
        Action::CorrectIdentity,
        Action::MergePatients,
        Action::MakeLink,
        Action::RegisterPatient,
        Action::ChangeMembers,
        Action::ErasePatient,
    ];
    let patient = Situation::Glass.patient();
    for action in LASTING {
        assert!(!ask(&clinician(), action, &patient).allowed, "{action}");
    }
    let without = Situation::Elsewhere.patient();
    let by_the_glass: Vec<&str> = Action::ALL
        .iter()
        .filter(|action| of_a_patient(**action))
        .filter(|action| {
            ask(&clinician(), **action, &patient).allowed
                && !ask(&clinician(), **action, &without).allowed
        })
        .map(|action| action.id())
        .collect();
    // A further action here must be one after which nothing stays open.
    assert_eq!(
        by_the_glass,
        [
            "find_patient",
            "see_identity",
            "see_contact",
            "see_due",
            "see_record",
            "see_outcomes",
            "see_openings",
            "see_private_note",
            "write_facts",
            "take_alert",
            "clear_alarm",
            "write_session",
            "write_medication",
            "give_consent",
            "answer_instrument",
            "see_referral",
        ]
    );
}

#[test]
fn it_is_ones_own() {
    let patient = Relation {
        glass: [("colleague".to_owned(), now() + GLASS_HOLDS)].into(),
        ..Situation::Elsewhere.patient()
    };
    assert!(!ask(&clinician(), Action::SeeRecord, &patient).allowed);
    assert!(!patient.within(&access().sight(&clinician(), Action::SeeRecord)));
}
