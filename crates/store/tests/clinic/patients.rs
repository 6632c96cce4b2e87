//! Who patients are, where they are seen, and the notes that stay with one organisation.

use cotreat_people::Sight;
use cotreat_people::event::{OrganisationEvent, PatientEvent, Sharing};
use cotreat_store::clinic::ask::Patient;
use jiff::civil::date;

use super::world::{Clinic, by, desk, identity, now, own, settings};
use crate::support::minute;

async fn two_clinics(place: crate::support::Place) -> Clinic {
    let clinic = Clinic::open(place).await;
    clinic.organisation("clinic_a", Sharing::CareTeam).await;
    clinic.organisation("clinic_b", Sharing::WholeClinic).await;
    let ana = identity("García", "Ana", date(1980, 5, 1));
    clinic.patient("p1", ana, "clinic_a").await;
    clinic
}

fn clinicians_of(organisation: &str) -> Sight {
    Sight {
        clinic: Some(organisation.to_owned()),
        ..Sight::default()
    }
}

both!(a_patient_is_who_they_are_now, |place| async move {
    let clinic = two_clinics(place).await;
    let sight = desk("clinic_a");
    let expected = |identity| Patient {
        patient: "p1".to_owned(),
        identity,
        files: vec!["p1".to_owned()],
        organisations: vec!["clinic_a".to_owned()],
    };
    let found = clinic.store.patient(&sight, now(), "p1").await.unwrap();
    assert_eq!(
        found,
        Some(expected(identity("García", "Ana", date(1980, 5, 1))))
    );
    let identity = identity("García Lopez", "Ana", date(1980, 5, 1));
    let correction = PatientEvent::IdentityCorrected {
        identity: identity.clone(),
        reason: "married".to_owned(),
    };
    clinic.patient_event("p1", correction).await;
    let found = clinic.store.patient(&sight, now(), "p1").await.unwrap();
    assert_eq!(found, Some(expected(identity)));
    let nobody = clinic.store.patient(&sight, now(), "p2").await.unwrap();
    assert_eq!(nobody, None);
});

both!(
    a_patient_is_seen_where_they_are_a_patient,
    |place| async move {
        let clinic = two_clinics(place).await;
        let sees = async |sight: Sight| clinic.sees(&sight, "p1").await.is_some();
        assert!(!sees(Sight::default()).await, "nothing given opens nothing");
        assert!(sees(desk("clinic_a")).await);
        assert!(!sees(desk("clinic_b")).await);
        assert!(sees(own("p1")).await);
        assert!(!sees(own("p2")).await);

        clinic.seen_at("p1", "clinic_b").await;
        assert!(sees(desk("clinic_b")).await);
        // Clinicians outside the care team only where the whole clinic shares.
        assert!(sees(clinicians_of("clinic_b")).await);
        assert!(!sees(clinicians_of("clinic_a")).await);
        let settings = settings("clinic_a", Sharing::WholeClinic);
        clinic
            .organisation_event(
                "clinic_a",
                OrganisationEvent::OrganisationChanged { settings },
            )
            .await;
        assert!(sees(clinicians_of("clinic_a")).await);

        let leaves = PatientEvent::NoLongerSeenAt {
            organisation: "clinic_b".to_owned(),
            reason: "moved".to_owned(),
        };
        clinic.patient_event("p1", leaves).await;
        assert!(!sees(desk("clinic_b")).await);
        assert!(!sees(clinicians_of("clinic_b")).await);
        assert!(sees(desk("clinic_a")).await);
    }
);

both!(
    private_notes_stay_with_their_organisation,
    |place| async move {
        let clinic = two_clinics(place).await;
        clinic.seen_at("p1", "clinic_b").await;
        for (user, organisation, at) in [("dee", "clinic_a", 3), ("max", "clinic_b", 4)] {
            let note = PatientEvent::PrivateNoteWritten {
                note: format!("note-{user}"),
                organisation: organisation.to_owned(),
                text: format!("only for {organisation}"),
            };
            clinic
                .patient_event_by("p1", by(user, organisation), minute(at), note)
                .await;
        }
        let sight = desk("clinic_a");
        let notes = clinic.store.private_notes(&sight, now(), "p1", "clinic_a");
        let notes = notes.await.unwrap();
        assert_eq!(notes.len(), 1);
        assert_eq!(notes[0].text, "only for clinic_a");
        assert_eq!(notes[0].note, "note-dee");
        assert_eq!(notes[0].name.as_deref(), Some("DEE"));
        assert_eq!(notes[0].at, minute(3));
        // Whoever does not see the patient sees no note, not even their own.
        let other = desk("clinic_c");
        let notes = clinic.store.private_notes(&other, now(), "p1", "clinic_a");
        assert_eq!(notes.await.unwrap(), []);
    }
);
