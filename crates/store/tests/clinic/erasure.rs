//! Of an erased patient nothing is left: every table is as if they had never come.

use cotreat_people::search::terms_of;
use cotreat_store::Error;

use super::dump::{dump, everything};
use super::story::{ana, of_a_patient, staff};
use super::world::{Clinic, desk, now};
use crate::support::erasure;

both!(of_an_erased_patient_nothing_is_left, |place| async move {
    let clinic = Clinic::open(place).await;
    staff(&clinic).await;
    of_a_patient(&clinic, "stays").await;
    let before = dump(&clinic.place, &clinic.store).await;
    assert!(
        before.values().all(|rows| !rows.is_empty()),
        "the story makes a row everywhere"
    );

    of_a_patient(&clinic, "goes").await;
    let grown = dump(&clinic.place, &clinic.store).await;
    assert!(grown["search_term"].len() > before["search_term"].len());
    let sight = desk("clinic_a");
    let found = clinic
        .store
        .find_patients(&sight, now(), "garcia 1.5.1980", 10)
        .await
        .unwrap();
    let found: Vec<_> = found.iter().map(|one| one.patient.as_str()).collect();
    assert_eq!(found, ["goes", "stays"]);
    // Every file of a patient is erased, or the other one would go on telling about them.
    let files = clinic
        .store
        .relation("goes", now())
        .await
        .unwrap()
        .unwrap()
        .files;
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    assert_eq!(files, ["goes", "goes-again"]);
    let erased = clinic.store.erase(&erasure(&files, 100)).await.unwrap();
    assert_eq!(erased, files);
    assert_eq!(dump(&clinic.place, &clinic.store).await, before);

    let found = clinic
        .store
        .find_patients(&sight, now(), "garcia 1.5.1980", 10)
        .await
        .unwrap();
    let found: Vec<_> = found.iter().map(|one| one.patient.as_str()).collect();
    assert_eq!(found, ["stays"]);
    assert_eq!(clinic.sees(&sight, "goes").await, None);
    assert_eq!(clinic.store.relation("goes", now()).await.unwrap(), None);
    let gone = clinic.store.episode("goes-e1").await.unwrap_err();
    assert!(matches!(gone, Error::Erased { .. }), "{gone}");
    assert!(
        clinic
            .store
            .verify(&[], &mut |_| ())
            .await
            .unwrap()
            .is_fine()
    );

    clinic.store.rebuild(&mut |_, _| ()).await.unwrap();
    assert_eq!(
        dump(&clinic.place, &clinic.store).await,
        before,
        "nor does anything come back"
    );
    let clinic = clinic.reopened().await;
    assert_eq!(dump(&clinic.place, &clinic.store).await, before);
});

both!(
    nothing_readable_stands_in_the_database,
    |place| async move {
        let clinic = Clinic::open(place).await;
        staff(&clinic).await;
        of_a_patient(&clinic, "p1").await;
        let everything = everything(&clinic.place).await;
        for secret in [
            "García",
            "Lopez",
            "7946",
            "mail.example",
            "High Street",
            "0012345",
            "Reed",
            "clinic.example",
            "pays in cash",
            "on the floor",
            "garden",
            "Dr Grey",
        ] {
            assert!(!everything.contains(secret), "{secret} can be read");
        }
        for term in terms_of(&ana()) {
            let words = term.trim_start_matches(|c| c != ':').len() > 4;
            assert!(!words || !everything.contains(&term), "{term} can be read");
        }
    }
);
