//! Made again from the events, every table is as it was.

use super::dump::dump;
use super::story::{of_a_patient, staff};
use super::world::{Clinic, FIRST, desk, draft, gp, identity, now, send, to};
use crate::support::minute;
use cotreat_people::event::PatientEvent;

both!(made_again_every_table_is_as_it_was, |place| async move {
    let clinic = Clinic::open(place).await;
    staff(&clinic).await;
    for patient in ["p1", "p2"] {
        of_a_patient(&clinic, patient).await;
    }
    // A patient that merges into another of whom much is known already.
    clinic.merge("p2", "p1").await;
    let before = dump(&clinic.place).await;
    assert!(
        before.values().all(|rows| !rows.is_empty()),
        "the story makes a row everywhere"
    );
    clinic.store.rebuild(&mut |_, _| ()).await.unwrap();
    assert_eq!(dump(&clinic.place).await, before);
    // The store goes on from there.
    let correction = PatientEvent::IdentityCorrected {
        identity: identity("Garcia", "Ana", FIRST),
        reason: "a slip".to_owned(),
    };
    clinic.patient_event("p1", correction).await;
    clinic.happens("p1-e1", &gp(), send("r3")).await;
    let after = dump(&clinic.place).await;
    assert_ne!(after, before);
    let clinic = clinic.reopened().await;
    assert_eq!(
        dump(&clinic.place).await,
        after,
        "nothing is made anew at opening"
    );
    clinic.store.rebuild(&mut |_, _| ()).await.unwrap();
    assert_eq!(dump(&clinic.place).await, after);
});

both!(
    many_episodes_at_once_are_more_than_are_remembered,
    |place| async move {
        let clinic = Clinic::open(place).await;
        clinic
            .patient("p1", identity("García", "Ana", FIRST), "clinic_a")
            .await;
        let episodes: Vec<String> = (0..70).map(|nth| format!("e{nth}")).collect();
        for episode in &episodes {
            clinic.opens(episode, "p1", &gp()).await;
        }
        for episode in &episodes {
            clinic
                .happens(episode, &gp(), draft("r1", to(Some("max"), None)))
                .await;
        }
        clinic.happens("e0", &gp(), send("r1")).await;
        let sight = desk("clinic_a");
        let listed = clinic.store.episodes_of(&sight, now(), "p1").await.unwrap();
        assert_eq!(listed.len(), 70);
        assert!(
            listed
                .iter()
                .all(|one| one.version == 2 + u64::from(one.episode == "e0"))
        );
        assert!(listed.iter().all(|one| one.last_at >= minute(0)));
        clinic.comes_out_the_same().await;
    }
);
