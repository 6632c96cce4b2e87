//! Who has a say in an organisation, and over themselves.

use cotreat_access::{Action, Resource, Viewer};
use cotreat_people::Role;

use crate::support::{
    OURS, PATIENT, Situation, THEIRS, access, ask, clinician, elsewhere_done, patient_page, roles,
    staff,
};

#[test]
fn nobody_has_a_say_in_another_organisation() {
    for roles in roles() {
        for action in Action::ALL {
            let Some(resource) = elsewhere_done(*action, THEIRS) else {
                continue;
            };
            let allowed = access().decide(&staff(&roles), *action, &resource).allowed;
            let of_the_server = matches!(resource, Resource::Installation);
            assert!(!allowed || of_the_server, "{roles:?} {action}");
        }
    }
}

#[test]
fn owners_answer_for_members_settings_audit_and_results() {
    let own = |viewer: &Viewer, action| {
        access()
            .decide(
                viewer,
                action,
                &elsewhere_done(action, OURS).expect("of an organisation"),
            )
            .allowed
    };
    let owner = staff(&[Role::Owner]);
    for action in [
        Action::SeeMembers,
        Action::ChangeMembers,
        Action::ChangeOrganisation,
        Action::AcceptKnowledge,
        Action::SeeAudit,
        Action::SeeResults,
    ] {
        assert!(own(&owner, action), "{action}");
        for role in [
            Role::Clinician,
            Role::FrontDesk,
            Role::Operator,
            Role::Integrator,
        ] {
            assert!(!own(&staff(&[role]), action), "{role} {action}");
        }
    }
    assert!(
        !own(&owner, Action::ExportRows)
            && !own(&owner, Action::SeeMetrics)
            && !own(&owner, Action::RegisterPatient)
    );
}

#[test]
fn the_privacy_officer_sees_the_audit_of_their_own_organisation() {
    let audit = |organisation, officer| {
        let resource = Resource::Organisation {
            organisation,
            privacy_officer: Some(officer),
        };
        access()
            .decide(&clinician(), Action::SeeAudit, &resource)
            .allowed
    };
    assert!(audit(OURS, "me"));
    assert!(!audit(OURS, "colleague") && !audit(THEIRS, "me"));
}

#[test]
fn a_patient_of_two_organisations_is_not_erased_by_one() {
    let owner = staff(&[Role::Owner]);
    assert!(
        ask(
            &owner,
            Action::ErasePatient,
            &Situation::Organisation.patient()
        )
        .allowed
    );
    assert!(!ask(&owner, Action::ErasePatient, &Situation::Both.patient()).allowed);
    assert!(
        !ask(
            &owner,
            Action::ErasePatient,
            &Situation::Elsewhere.patient()
        )
        .allowed
    );
    assert!(
        ask(
            &Viewer::Operator,
            Action::ErasePatient,
            &Situation::Both.patient()
        )
        .allowed
    );
}

#[test]
fn clinicians_change_their_own_entry_in_the_directory() {
    let may = |roles: &[Role], user| {
        let entry = Resource::Account { user };
        access()
            .decide(&staff(roles), Action::ChangeOwnEntry, &entry)
            .allowed
    };
    for roles in roles() {
        assert_eq!(
            may(&roles, "me"),
            roles.contains(&Role::Clinician),
            "{roles:?}"
        );
        assert!(!may(&roles, "colleague"), "{roles:?}");
    }
}

#[test]
fn everybody_changes_how_they_sign_in_themselves() {
    for roles in roles() {
        assert!(
            access()
                .decide(
                    &staff(&roles),
                    Action::SignInSettings,
                    &Resource::Account { user: "me" }
                )
                .allowed
        );
        assert!(
            !access()
                .decide(
                    &staff(&roles),
                    Action::SignInSettings,
                    &Resource::Account { user: "colleague" }
                )
                .allowed
        );
    }
    assert!(
        !access()
            .decide(
                &patient_page(),
                Action::SignInSettings,
                &Resource::Account { user: PATIENT }
            )
            .allowed
    );
}
