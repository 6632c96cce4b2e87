//! A referral opens what it must to whom it was sent to, and nothing to anybody else.

use std::collections::BTreeMap;

use cotreat_access::{Action, Addressee, Relation, Resource};
use cotreat_people::Role;

use crate::support::{OURS, Situation, access, clinician, elsewhere, referral_link, staff};

fn patient(to: Addressee) -> Relation {
    Relation {
        referrals: BTreeMap::from([
            ("mine".to_owned(), to),
            (
                "another".to_owned(),
                Addressee::User("colleague".to_owned()),
            ),
        ]),
        ..elsewhere()
    }
}

#[test]
fn one_referral_does_not_open_another() {
    for to in [
        Addressee::User("me".to_owned()),
        Addressee::Organisation(OURS.to_owned()),
    ] {
        let patient = patient(to);
        let may = |action, referral| {
            access()
                .decide(
                    &clinician(),
                    action,
                    &Resource::Referral {
                        of: &patient,
                        referral,
                    },
                )
                .allowed
        };
        for action in [Action::SeeReferral, Action::AnswerReferral] {
            assert!(may(action, "mine"), "{action}");
            assert!(!may(action, "another"), "{action}");
            assert!(!may(action, "never sent"), "{action}");
        }
    }
}

#[test]
fn a_user_and_an_organisation_of_one_id_are_two() {
    let to_a_user = patient(Addressee::User(OURS.to_owned()));
    let to_an_organisation = patient(Addressee::Organisation("me".to_owned()));
    for patient in [to_a_user, to_an_organisation] {
        let resource = Resource::Referral {
            of: &patient,
            referral: "mine",
        };
        assert!(
            !access()
                .decide(&clinician(), Action::SeeReferral, &resource)
                .allowed
        );
        assert!(
            !access()
                .decide(
                    &clinician(),
                    Action::SeeIdentity,
                    &Resource::Patient(&patient)
                )
                .allowed
        );
    }
}

#[test]
fn an_answered_referral_opens_nothing_by_itself() {
    let answered = Relation {
        referrals: BTreeMap::new(),
        ..elsewhere()
    };
    let resource = Resource::Referral {
        of: &answered,
        referral: "mine",
    };
    for action in [
        Action::SeeReferral,
        Action::AnswerReferral,
        Action::CompleteReferral,
    ] {
        assert!(
            !access().decide(&clinician(), action, &resource).allowed,
            "{action}"
        );
    }
    let accepted = Situation::Team.patient();
    let resource = Resource::Referral {
        of: &accepted,
        referral: "mine",
    };
    assert!(
        access()
            .decide(&clinician(), Action::CompleteReferral, &resource)
            .allowed,
        "accepting joined the care team"
    );
    assert!(
        !access()
            .decide(&clinician(), Action::AnswerReferral, &resource)
            .allowed,
        "the team does not answer for others"
    );
}

/// The care team arranges a referral without saying which; a link must say so.
#[test]
fn arranging_needs_no_name_but_a_link_does() {
    let patient = Situation::Team.patient();
    for action in [Action::ScheduleReferral, Action::CompleteReferral] {
        let of_the_patient = Resource::Patient(&patient);
        assert!(
            access()
                .decide(&clinician(), action, &of_the_patient)
                .allowed
        );
        assert!(
            !access()
                .decide(&referral_link(), action, &of_the_patient)
                .allowed
        );
    }
}

#[test]
fn only_clinicians_are_asked() {
    for role in Role::ALL {
        let patient = patient(Addressee::Organisation(OURS.to_owned()));
        let resource = Resource::Referral {
            of: &patient,
            referral: "mine",
        };
        let allowed = access()
            .decide(&staff(&[role]), Action::AnswerReferral, &resource)
            .allowed;
        assert_eq!(allowed, role == Role::Clinician, "{role}");
    }
}
