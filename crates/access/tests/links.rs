//! Who comes by a link sees one thing, and who did not sign in sees nothing.

use cotreat_access::{Action, Field, Relation, Resource, Viewer};

use crate::support::{
    ASSIGNMENT, OURS, REFERRAL, Situation, about, access, elsewhere_done, may, patient_page,
    referral_link, task_link,
};

#[test]
fn a_task_link_reads_nothing() {
    let task = task_link();
    let mine = Situation::Elsewhere.patient();
    assert_eq!(
        may(&task, &mine),
        [
            Action::WriteFacts,
            Action::WriteMedication,
            Action::AnswerInstrument
        ]
    );
    assert!(access().fields(&task, &mine).is_empty());
    for action in Action::ALL {
        let other = Resource::Assignment {
            of: &mine,
            assignment: "another",
        };
        assert!(
            !access().decide(&task, *action, &other).allowed,
            "{action}: another assignment"
        );
        let somebody_else = Relation {
            patient: "another".to_owned(),
            ..mine.clone()
        };
        let theirs = Resource::Assignment {
            of: &somebody_else,
            assignment: ASSIGNMENT,
        };
        assert!(
            !access().decide(&task, *action, &theirs).allowed,
            "{action}: another patient"
        );
        let without = Resource::Patient(&mine);
        assert!(
            !access().decide(&task, *action, &without).allowed,
            "{action}: no assignment"
        );
    }
}

#[test]
fn a_patient_page_shows_ones_own_record_only() {
    let mine = Situation::Elsewhere.patient();
    let may_do = may(&patient_page(), &mine);
    assert_eq!(
        may_do,
        [
            Action::SeeIdentity,
            Action::SeeContact,
            Action::SeeDue,
            Action::RevokeLink,
            Action::SeeRecord,
            Action::SeeOutcomes,
            Action::SeeOpenings,
            Action::GiveConsent,
            Action::AskQuestion,
            Action::SeeReferral,
        ]
    );
    let fields = access().fields(&patient_page(), &mine);
    assert!(!fields.contains(&Field::PrivateNotes) && fields.contains(&Field::Openings));
    let somebody_else = Relation {
        patient: "another".to_owned(),
        ..mine
    };
    assert_eq!(may(&patient_page(), &somebody_else), []);
}

#[test]
fn a_referral_link_answers_one_referral() {
    let mine = Situation::Elsewhere.patient();
    assert_eq!(
        may(&referral_link(), &mine),
        [
            Action::SeeReferral,
            Action::AnswerReferral,
            Action::ScheduleReferral,
            Action::CompleteReferral
        ]
    );
    let somebody_else = Relation {
        patient: "another".to_owned(),
        ..mine.clone()
    };
    assert_eq!(may(&referral_link(), &somebody_else), []);
    let other = Resource::Referral {
        of: &mine,
        referral: "another",
    };
    assert!(
        !access()
            .decide(&referral_link(), Action::SeeReferral, &other)
            .allowed
    );
    let same_id = Resource::Referral {
        of: &somebody_else,
        referral: REFERRAL,
    };
    assert!(
        !access()
            .decide(&referral_link(), Action::SeeReferral, &same_id)
            .allowed
    );
}

#[test]
fn nobody_who_did_not_sign_in_does_anything() {
    for action in Action::ALL {
        for situation in Situation::ALL {
            let patient = situation.patient();
            let resource = elsewhere_done(*action, OURS)
                .unwrap_or_else(|| about(*action, &patient, &Viewer::Anonymous));
            let decision = access().decide(&Viewer::Anonymous, *action, &resource);
            assert!(!decision.allowed, "{action}");
            assert_eq!(decision.because, ["sign in first"]);
        }
    }
}
