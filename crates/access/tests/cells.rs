//! The cells of the matrix that matter most, by hand. `docs/access.md` holds all of them.

use cotreat_access::{Action, Field, Relation, Resource, Viewer};
use cotreat_people::{Role, Sight};

use crate::support::{
    OURS, Situation, THEIRS, access, ask, clinician, elsewhere_done, glass, ids, may, now,
    patient_page, roles, staff,
};

/// Everything clinical, and everything else that is only for those in the care of a patient.
const CLINICAL: [Action; 9] = [
    Action::SeeRecord,
    Action::SeeOpenings,
    Action::SeePrivateNote,
    Action::WritePrivateNote,
    Action::ClearAlarm,
    Action::AgreePlan,
    Action::WriteSession,
    Action::AnswerQuestion,
    Action::DraftReferral,
];

#[test]
fn nobody_of_another_organisation_sees_or_does_anything() {
    for roles in roles() {
        let viewer = staff(&roles);
        let may = may(&viewer, &Situation::Elsewhere.patient());
        // The one way in, which is told to the privacy officer and to the patient.
        let glass = roles.contains(&Role::Clinician);
        assert_eq!(
            may,
            if glass {
                vec![Action::BreakGlass]
            } else {
                vec![]
            },
            "{roles:?}"
        );
        assert!(
            access()
                .fields(&viewer, &Situation::Elsewhere.patient())
                .is_empty()
        );
    }
}

#[test]
fn no_role_but_clinicians_and_programs_sees_a_record() {
    for role in [
        Role::FrontDesk,
        Role::Owner,
        Role::Researcher,
        Role::Operator,
    ] {
        for situation in Situation::ALL {
            let viewer = staff(&[role]);
            for action in CLINICAL {
                assert!(
                    !ask(&viewer, action, &situation.patient()).allowed,
                    "{role} {action} {situation:?}"
                );
            }
            assert!(
                !access()
                    .fields(&viewer, &situation.patient())
                    .contains(&Field::Clinical)
            );
        }
    }
}

#[test]
fn operators_see_no_patient_and_owners_and_researchers_no_name() {
    for situation in Situation::ALL {
        let patient = situation.patient();
        assert_eq!(
            may(&staff(&[Role::Operator]), &patient),
            [],
            "{situation:?}"
        );
        assert_eq!(
            may(&Viewer::Operator, &patient),
            [Action::ErasePatient],
            "{situation:?}"
        );
        let owner = may(&staff(&[Role::Owner]), &patient);
        assert!(
            owner
                .iter()
                .all(|action| [Action::ErasePatient, Action::TakeAlert].contains(action)),
            "{owner:?}"
        );
        let researcher = may(&staff(&[Role::Researcher]), &patient);
        assert!(
            researcher
                .iter()
                .all(|action| *action == Action::SeeOutcomes),
            "{researcher:?}"
        );
        for viewer in [
            Viewer::Operator,
            staff(&[Role::Owner]),
            staff(&[Role::Researcher]),
            staff(&[Role::Operator]),
        ] {
            // Owners are told of a warned patient whom nobody saw to, and whom to call.
            for action in Action::ROWS
                .into_iter()
                .filter(|action| *action != Action::TakeAlert)
            {
                assert_eq!(access().sight(&viewer, action), Sight::default());
            }
        }
    }
}

#[test]
fn researchers_see_rows_of_patients_who_agreed() {
    let researcher = staff(&[Role::Researcher]);
    let agreed = Situation::Organisation.patient();
    assert_eq!(
        access().fields(&researcher, &agreed),
        [Field::Outcomes].into()
    );
    let withdrawn = Relation {
        research: false,
        ..agreed
    };
    assert!(access().fields(&researcher, &withdrawn).is_empty());
    assert!(
        access()
            .fields(&researcher, &Situation::Elsewhere.patient())
            .is_empty()
    );
}

#[test]
fn the_front_desk_sees_who_and_what_is_due_and_nothing_clinical() {
    let desk = staff(&[Role::FrontDesk]);
    let sees = access().fields(&desk, &Situation::Organisation.patient());
    assert_eq!(sees, [Field::Name, Field::Contact].into());
    assert!(
        access()
            .fields(&desk, &Situation::Team.patient())
            .is_empty(),
        "the care team is for clinicians"
    );
    assert!(
        !ask(
            &desk,
            Action::BreakGlass,
            &Situation::Organisation.patient()
        )
        .allowed
    );
}

#[test]
fn a_clinician_sees_the_record_by_team_clinic_or_glass_only() {
    let opens =
        |situation: Situation| ask(&clinician(), Action::SeeRecord, &situation.patient()).allowed;
    let open: Vec<Situation> = Situation::ALL
        .into_iter()
        .filter(|one| opens(*one))
        .collect();
    assert_eq!(open, [Situation::Team, Situation::Clinic, Situation::Glass]);
}

#[test]
fn whole_clinic_sharing_is_that_of_the_organisation_that_sees_the_patient() {
    let shared_but_not_seen = Relation {
        shared_by: ids(&[OURS, THEIRS]),
        ..Situation::Elsewhere.patient()
    };
    assert_eq!(
        may(&clinician(), &shared_but_not_seen),
        [Action::BreakGlass]
    );
    let seen_but_shared_elsewhere = Relation {
        seen_at: ids(&[OURS, THEIRS]),
        shared_by: ids(&[THEIRS]),
        ..shared_but_not_seen
    };
    assert_eq!(
        may(&clinician(), &seen_but_shared_elsewhere),
        [Action::BreakGlass]
    );
}

#[test]
fn somebody_without_a_role_any_more_does_nothing() {
    // They are still named in the care team, by the glass and in a referral.
    for situation in Situation::ALL {
        assert_eq!(may(&staff(&[]), &situation.patient()), [], "{situation:?}");
    }
    for action in Action::ALL {
        if let Some(resource) = elsewhere_done(*action, OURS) {
            let allowed = access().decide(&staff(&[]), *action, &resource).allowed;
            assert_eq!(allowed, *action == Action::SignInSettings, "{action}");
        }
    }
}

#[test]
fn an_expired_glass_opens_nothing() {
    let expired = Situation::ExpiredGlass.patient();
    assert_eq!(
        may(&clinician(), &expired),
        [Action::BreakGlass],
        "it held until now, and now it is over"
    );
    let holds = Relation {
        glass: glass(now() + jiff::SignedDuration::from_micros(1)),
        ..expired
    };
    assert!(ask(&clinician(), Action::SeeRecord, &holds).allowed);
}

#[test]
fn an_unanswered_referral_shows_who_it_is_and_itself() {
    for situation in [Situation::Referred, Situation::ReferredOrganisation] {
        let may = may(&clinician(), &situation.patient());
        assert_eq!(
            may,
            [
                Action::FindPatient,
                Action::SeeIdentity,
                Action::BreakGlass,
                Action::SeeReferral,
                Action::AnswerReferral
            ]
        );
        assert_eq!(
            access().fields(&clinician(), &situation.patient()),
            [Field::Name].into()
        );
    }
}

#[test]
fn private_notes_stay_with_their_organisation() {
    for situation in Situation::ALL {
        let patient = situation.patient();
        for viewer in [clinician(), staff(&Role::ALL), patient_page()] {
            for action in [Action::SeePrivateNote, Action::WritePrivateNote] {
                let theirs = Resource::PrivateNotes {
                    of: &patient,
                    organisation: THEIRS,
                };
                assert!(
                    !access().decide(&viewer, action, &theirs).allowed,
                    "{situation:?}"
                );
            }
        }
    }
    let program = staff(&[Role::Integrator]);
    assert!(ask(&program, Action::SeeRecord, &Situation::Clinic.patient()).allowed);
    assert!(
        !ask(
            &program,
            Action::SeePrivateNote,
            &Situation::Clinic.patient()
        )
        .allowed
    );
}

#[test]
fn programs_read_and_write_nothing() {
    let program = staff(&[Role::Integrator]);
    for situation in Situation::ALL {
        let may = may(&program, &situation.patient());
        if situation == Situation::Clinic {
            assert!(may.contains(&Action::SeeRecord));
            assert!(may.iter().all(|action| action.id().starts_with("see_") || *action == Action::FindPatient), "{may:?}");
        } else {
            assert_eq!(may, [], "{situation:?}");
        }
    }
}

#[test]
fn files_are_merged_where_both_are_seen() {
    let ours = Relation {
        patient: "one".to_owned(),
        ..Situation::Clinic.patient()
    };
    let both = Relation {
        patient: "two".to_owned(),
        seen_at: ids(&[OURS, THEIRS]),
        ..Situation::Clinic.patient()
    };
    let theirs = Relation {
        patient: "three".to_owned(),
        ..Situation::Elsewhere.patient()
    };
    let merge = |role, kept, merged| {
        access()
            .decide(
                &staff(&[role]),
                Action::MergePatients,
                &Resource::Files { kept, merged },
            )
            .allowed
    };
    for role in Role::ALL {
        let may = matches!(role, Role::Clinician | Role::FrontDesk);
        assert_eq!(merge(role, &ours, &both), may, "{role}");
        assert!(
            !merge(role, &ours, &theirs) && !merge(role, &theirs, &ours),
            "{role}"
        );
    }
}

#[test]
fn an_episode_is_opened_where_nobody_has_the_patient_in_care() {
    let may =
        |situation: Situation| ask(&clinician(), Action::OpenEpisode, &situation.patient()).allowed;
    let open: Vec<Situation> = Situation::ALL.into_iter().filter(|one| may(*one)).collect();
    assert_eq!(
        open,
        [Situation::Team, Situation::Clinic, Situation::Unclaimed]
    );
}

/// Where records are shared within the care team only, nobody puts themselves there: not by opening an episode, and not by merging the patient with one of their own.
#[test]
fn nobody_joins_a_care_team_by_themselves() {
    let both_roles = staff(&[Role::Clinician, Role::FrontDesk]);
    let own = Relation {
        patient: "my own".to_owned(),
        team: ids(&["me"]),
        ..Situation::Organisation.patient()
    };
    for situation in [Situation::Organisation, Situation::Both] {
        let patient = situation.patient();
        for viewer in [clinician(), both_roles.clone()] {
            for action in [
                Action::OpenEpisode,
                Action::AgreePlan,
                Action::DraftReferral,
                Action::AnswerReferral,
                Action::ChangeWhereSeen,
            ] {
                assert!(
                    !ask(&viewer, action, &patient).allowed,
                    "{action} {situation:?}"
                );
            }
            for (kept, merged) in [(&own, &patient), (&patient, &own)] {
                let merge = access().decide(
                    &viewer,
                    Action::MergePatients,
                    &Resource::Files { kept, merged },
                );
                assert!(
                    !merge.allowed && merge.sentence().contains("front desk"),
                    "{merge:?}"
                );
            }
        }
        let desk = staff(&[Role::FrontDesk]);
        let files = Resource::Files {
            kept: &own,
            merged: &patient,
        };
        assert!(
            access()
                .decide(&desk, Action::MergePatients, &files)
                .allowed,
            "{situation:?}"
        );
    }
}

#[test]
fn what_a_profession_answers_for_needs_one() {
    let unnamed = Viewer::Staff {
        user: "me".to_owned(),
        name: "Ada".to_owned(),
        organisation: OURS.to_owned(),
        roles: [Role::Clinician].into(),
        profession: None,
        second_factor: true,
    };
    assert!(ask(&unnamed, Action::SeeRecord, &Situation::Team.patient()).allowed);
    for action in [
        Action::AgreePlan,
        Action::ClearAlarm,
        Action::WriteSession,
        Action::AnswerReferral,
    ] {
        assert!(
            !ask(&unnamed, action, &Situation::Team.patient()).allowed,
            "{action}"
        );
    }
}
