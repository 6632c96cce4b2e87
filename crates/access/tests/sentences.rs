//! Every answer comes with a sentence for whoever asked.

use cotreat_access::{Action, Decision, Resource, Viewer};
use cotreat_people::Role;

use crate::support::{
    OURS, Situation, THEIRS, about, access, ask, clinician, elsewhere_done, patient_page,
    referral_link, staff, task_link, viewers,
};

/// Who asks, what for, about whom, and what they are told.
fn check(viewer: &Viewer, action: Action, situation: Situation, told: &str) {
    let decision = ask(viewer, action, &situation.patient());
    assert_eq!(decision.sentence(), told, "{action} {situation:?}");
}

#[test]
fn reasons_are_the_ones_that_hold() {
    check(
        &clinician(),
        Action::SeeRecord,
        Situation::Team,
        "you are in the care team of this patient",
    );
    check(
        &clinician(),
        Action::SeeRecord,
        Situation::Glass,
        "you broke the glass for this patient, and it still holds",
    );
    check(
        &patient_page(),
        Action::SeeOpenings,
        Situation::Elsewhere,
        "it is your own record",
    );
    let team = ask(&clinician(), Action::SeeRecord, &Situation::Team.patient());
    assert_eq!(team.rules, ["care_team"]);
}

#[test]
fn refusals_say_why_and_what_to_do() {
    check(
        &clinician(),
        Action::SeeRecord,
        Situation::Elsewhere,
        "it is for the care team of this patient: ask to be referred, or break the glass",
    );
    check(
        &staff(&[Role::FrontDesk]),
        Action::SeeRecord,
        Situation::Organisation,
        "this is clinical: ask a clinician of the care team",
    );
    check(
        &staff(&[Role::Owner]),
        Action::SeeRecord,
        Situation::Clinic,
        "this is clinical: ask a clinician of the care team",
    );
    check(
        &staff(&[Role::FrontDesk]),
        Action::BreakGlass,
        Situation::Elsewhere,
        "the glass is for clinicians: ask one",
    );
    check(
        &staff(&[]),
        Action::FindPatient,
        Situation::Clinic,
        "you have no role in this organisation: ask its owner for one",
    );
    check(
        &task_link(),
        Action::SeeRecord,
        Situation::Elsewhere,
        "this link takes the answers to one questionnaire and shows nothing: ask the clinic for another link",
    );
    check(
        &referral_link(),
        Action::SeeRecord,
        Situation::Elsewhere,
        "this link is for one referral and shows nothing else: ask whoever sent it",
    );
    check(
        &Viewer::Operator,
        Action::SeeRecord,
        Situation::Elsewhere,
        "commands see no patient: sign in as somebody who cares for them",
    );
    check(
        &staff(&[Role::Owner]),
        Action::ErasePatient,
        Situation::Both,
        "another organisation sees this patient too: when all of them agree, the patient is erased at the server, by a command",
    );
    let nothing_said = Resource::Rows {
        organisation: OURS,
        purpose: "  ",
    };
    let decision = access().decide(
        &staff(&[Role::Researcher]),
        Action::ExportRows,
        &nothing_said,
    );
    assert_eq!(
        decision.sentence(),
        "nothing is exported without a purpose: say what the rows are for"
    );
}

#[test]
fn every_answer_has_a_sentence() {
    for viewer in &viewers() {
        for action in Action::ALL {
            for situation in Situation::ALL {
                let patient = situation.patient();
                let resource = elsewhere_done(*action, THEIRS)
                    .unwrap_or_else(|| about(*action, &patient, viewer));
                told_well(&access().decide(viewer, *action, &resource), *action);
            }
        }
    }
}

fn told_well(decision: &Decision, action: Action) {
    assert!(!decision.because.is_empty(), "{action}");
    for sentence in &decision.because {
        let ordinary = sentence.len() > 10
            && sentence.starts_with(|c: char| c.is_lowercase())
            && !sentence.ends_with('.')
            && !sentence.contains('`')
            && !sentence.contains("Action::");
        assert!(ordinary, "{action}: {sentence}");
    }
}

/// An action that is done to something else is a fault of the program; it is refused, and says so.
#[test]
fn what_does_not_go_together_is_refused() {
    let patient = Situation::Team.patient();
    let all = [
        Resource::Patient(&patient),
        Resource::Files {
            kept: &patient,
            merged: &patient,
        },
        Resource::Assignment {
            of: &patient,
            assignment: "a",
        },
        Resource::Referral {
            of: &patient,
            referral: "a",
        },
        Resource::PrivateNotes {
            of: &patient,
            organisation: OURS,
        },
        Resource::organisation(OURS),
        Resource::Rows {
            organisation: OURS,
            purpose: "a study",
        },
        Resource::Account { user: "me" },
        Resource::Installation,
    ];
    let everything = staff(&Role::ALL);
    for action in Action::ALL {
        let right =
            elsewhere_done(*action, OURS).unwrap_or_else(|| about(*action, &patient, &everything));
        let may_go = |resource: &Resource<'_>| {
            std::mem::discriminant(resource) == std::mem::discriminant(&right)
                || (matches!(resource, Resource::Assignment { .. })
                    && matches!(
                        action,
                        Action::WriteFacts | Action::WriteMedication | Action::AnswerInstrument
                    ))
                || (matches!(resource, Resource::Patient(_))
                    && matches!(action, Action::ScheduleReferral | Action::CompleteReferral))
        };
        for resource in all.iter().filter(|resource| !may_go(resource)) {
            let decision = access().decide(&everything, *action, resource);
            assert!(!decision.allowed, "{action} {resource:?}");
            assert!(
                decision.sentence().contains("fault of the program"),
                "{action} {resource:?}: {decision:?}"
            );
        }
    }
}
