//! Organisations, whoever works in them, and the directory.

use cotreat_people::Role;
use cotreat_people::event::{NewPatients, OrganisationEvent, Qualification, Sharing, UserEvent};
use cotreat_store::clinic::ask::{KnowledgeAccepted, Offers};

use super::world::{Clinic, account, settings};
use crate::support::{Place, erasure, minute};

fn qualification(profession: &str, techniques: &[&str], languages: &[&str]) -> Qualification {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Qualification {
        profession: profession.to_owned(),
        training_hours: Some(2200),
        practising_since: Some(2010),
        techniques: owned(techniques),
        languages: owned(languages),
        ..Qualification::default()
    }
}

async fn staffed(place: Place) -> Clinic {
    let clinic = Clinic::open(place).await;
    clinic.organisation("clinic_a", Sharing::CareTeam).await;
    clinic.organisation("clinic_b", Sharing::WholeClinic).await;
    let massage = qualification("massage_therapist", &["stripping"], &["en-GB", "es"]);
    clinic.user("max", "Max Reed", Some(massage)).await;
    let also = Qualification {
        areas: vec!["Leeds LS6".to_owned(), "York".to_owned()],
        new_patients: Some(NewPatients::No),
        ..qualification("massage_therapist", &["stripping", "cupping"], &["DE"])
    };
    clinic.user("mia", "Mia Ford", Some(also)).await;
    clinic
        .user("grey", "Dr Grey", Some(qualification("gp", &[], &["en"])))
        .await;
    clinic.user("dee", "Dee Lake", None).await;
    for (user, organisation, role) in [
        ("max", "clinic_a", Role::Clinician),
        ("max", "clinic_b", Role::Clinician),
        ("mia", "clinic_b", Role::Clinician),
        ("grey", "clinic_a", Role::Clinician),
        ("grey", "clinic_a", Role::Owner),
        ("dee", "clinic_a", Role::FrontDesk),
    ] {
        clinic.role(user, organisation, role).await;
    }
    clinic
}

async fn names(clinic: &Clinic, offers: Offers<'_>) -> Vec<String> {
    let found = clinic
        .store
        .directory(offers)
        .await
        .expect("it can be asked");
    found.into_iter().map(|one| one.name).collect()
}

both!(the_directory_knows_who_offers_what, |place| async move {
    let clinic = staffed(place).await;
    let any = Offers::default();
    assert_eq!(
        names(&clinic, any).await,
        ["Dr Grey", "Max Reed", "Mia Ford"]
    );
    for (offers, expected) in [
        (
            Offers {
                profession: Some("massage_therapist"),
                ..any
            },
            vec!["Max Reed", "Mia Ford"],
        ),
        (
            Offers {
                technique: Some("cupping"),
                ..any
            },
            vec!["Mia Ford"],
        ),
        (
            Offers {
                language: Some("EN"),
                ..any
            },
            vec!["Dr Grey", "Max Reed"],
        ),
        (
            Offers {
                language: Some("en-GB"),
                ..any
            },
            vec!["Max Reed"],
        ),
        (
            Offers {
                language: Some("de"),
                ..any
            },
            vec!["Mia Ford"],
        ),
        (
            Offers {
                organisation: Some("clinic_b"),
                ..any
            },
            vec!["Max Reed", "Mia Ford"],
        ),
        (
            Offers {
                area: Some("LEEDS  ls6"),
                ..any
            },
            vec!["Mia Ford"],
        ),
        (
            Offers {
                area: Some("leeds"),
                ..any
            },
            vec!["Mia Ford"],
        ),
        (
            Offers {
                area: Some("Hull"),
                ..any
            },
            vec![],
        ),
        // Whoever does not say may have room.
        (
            Offers {
                has_room: true,
                ..any
            },
            vec!["Dr Grey", "Max Reed"],
        ),
        (
            Offers {
                technique: Some("stripping"),
                language: Some("es"),
                ..any
            },
            vec!["Max Reed"],
        ),
        (
            Offers {
                profession: Some("gp"),
                organisation: Some("clinic_b"),
                ..any
            },
            vec![],
        ),
    ] {
        assert_eq!(names(&clinic, offers).await, expected, "{offers:?}");
    }
    let max = &clinic.store.directory(any).await.unwrap()[1];
    assert_eq!(Vec::from_iter(&max.organisations), ["clinic_a", "clinic_b"]);
    assert_eq!(max.qualification.training_hours, Some(2200));
});

both!(
    whoever_may_not_treat_is_not_in_the_directory,
    |place| async move {
        let clinic = staffed(place).await;
        let reason = || "left".to_owned();
        clinic
            .user_event("grey", UserEvent::UserDisabled { reason: reason() })
            .await;
        let withdrawn = UserEvent::RoleWithdrawn {
            organisation: "clinic_b".to_owned(),
            role: Role::Clinician,
            reason: reason(),
        };
        clinic.user_event("mia", withdrawn).await;
        assert_eq!(names(&clinic, Offers::default()).await, ["Max Reed"]);
        clinic.user_event("grey", UserEvent::UserEnabled).await;
        assert_eq!(
            names(&clinic, Offers::default()).await,
            ["Dr Grey", "Max Reed"]
        );
        // Somebody who no longer offers something is no longer found by it.
        let account = account("Max Reed", Some(qualification("osteopath", &[], &[])));
        clinic
            .user_event("max", UserEvent::UserChanged { account })
            .await;
        let massage = Offers {
            technique: Some("stripping"),
            ..Offers::default()
        };
        assert_eq!(names(&clinic, massage).await, Vec::<String>::new());
    }
);

both!(users_are_known_by_id_and_address, |place| async move {
    let clinic = staffed(place).await;
    let grey = clinic.store.user("grey").await.unwrap().expect("is known");
    assert_eq!(grey.account.name, "Dr Grey");
    let roles: Vec<_> = grey
        .roles
        .iter()
        .map(|(at, role)| (at.as_str(), *role))
        .collect();
    assert_eq!(
        roles,
        [("clinic_a", Role::Clinician), ("clinic_a", Role::Owner)]
    );
    assert!(!grey.disabled);
    assert_eq!(clinic.store.user("nobody").await.unwrap(), None);
    let by_address = clinic
        .store
        .users_by_email(" DR.grey@clinic.example")
        .await
        .unwrap();
    assert_eq!(by_address, [grey]);
    assert_eq!(
        clinic
            .store
            .users_by_email("grey@clinic.example")
            .await
            .unwrap(),
        []
    );

    let members = clinic.store.members("clinic_a").await.unwrap();
    let members: Vec<_> = members
        .into_iter()
        .map(|one| (one.user, Vec::from_iter(one.roles)))
        .collect();
    assert_eq!(
        members,
        [
            ("dee".to_owned(), vec![Role::FrontDesk]),
            ("grey".to_owned(), vec![Role::Clinician, Role::Owner]),
            ("max".to_owned(), vec![Role::Clinician]),
        ]
    );
    // Nobody is known who was erased.
    clinic
        .store
        .erase(&erasure(&["user/grey"], 9))
        .await
        .unwrap();
    assert_eq!(clinic.store.user("grey").await.unwrap(), None);
    assert_eq!(
        names(&clinic, Offers::default()).await,
        ["Max Reed", "Mia Ford"]
    );
    assert_eq!(clinic.store.members("clinic_a").await.unwrap().len(), 2);
});

both!(organisations_are_as_they_are_now, |place| async move {
    let clinic = staffed(place).await;
    let named = OrganisationEvent::PrivacyOfficerNamed {
        user: "grey".to_owned(),
    };
    clinic.organisation_event("clinic_a", named).await;
    let now = settings("Clinic A & Partners", Sharing::WholeClinic);
    let changed = OrganisationEvent::OrganisationChanged {
        settings: now.clone(),
    };
    clinic.organisation_event("clinic_a", changed).await;
    let found = clinic
        .store
        .organisation("clinic_a")
        .await
        .unwrap()
        .expect("is known");
    assert_eq!(found.settings, now);
    assert_eq!(found.privacy_officer.as_deref(), Some("grey"));
    let all = clinic.store.organisations().await.unwrap();
    let ids: Vec<_> = all.iter().map(|one| one.organisation.as_str()).collect();
    assert_eq!(ids, ["clinic_a", "clinic_b"]);
    assert_eq!(clinic.store.organisation("clinic_c").await.unwrap(), None);

    let accepted = OrganisationEvent::KnowledgeAccepted {
        knowledge: "abc".to_owned(),
        engine: "0.1.0".to_owned(),
        officer: "Dr Grey".to_owned(),
        standing: "GP, 1234567".to_owned(),
    };
    clinic.organisation_event("clinic_a", accepted).await;
    let expected = KnowledgeAccepted {
        knowledge: "abc".to_owned(),
        engine: "0.1.0".to_owned(),
        at: minute(0),
        officer: "Dr Grey".to_owned(),
        standing: "GP, 1234567".to_owned(),
    };
    assert_eq!(
        clinic.store.knowledge_accepted("clinic_a").await.unwrap(),
        [expected]
    );
    assert_eq!(
        clinic.store.knowledge_accepted("clinic_b").await.unwrap(),
        []
    );
});
