//! Of an erased patient nothing is left: every table is as if they had never come.

use cotreat_store::Error;

use super::dump::dump;
use super::story::{of_a_patient, staff};
use super::world::{Clinic, desk, now};
use crate::support::erasure;

both!(of_an_erased_patient_nothing_is_left, |place| async move {
    let clinic = Clinic::open(place).await;
    staff(&clinic).await;
    of_a_patient(&clinic, "stays").await;
    let before = dump(&clinic.place).await;
    assert!(
        before.values().all(|rows| !rows.is_empty()),
        "the story makes a row everywhere"
    );

    of_a_patient(&clinic, "goes").await;
    let grown = dump(&clinic.place).await;
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
    assert_eq!(dump(&clinic.place).await, before);

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
        dump(&clinic.place).await,
        before,
        "nor does anything come back"
    );
    let clinic = clinic.reopened().await;
    assert_eq!(dump(&clinic.place).await, before);
});

both!(
    nothing_readable_stands_in_the_database,
    |place| async move {
        let clinic = Clinic::open(place).await;
        staff(&clinic).await;
        of_a_patient(&clinic, "p1").await;
        let rows = clinic.place.rows().await;
        let cells: Vec<&String> = rows.values().flatten().flatten().flatten().collect();
        let somewhere = |text: &str| {
            let bytes: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
            cells
                .iter()
                .any(|cell| cell.contains(text) || cell.contains(&bytes))
        };
        assert!(somewhere("care_team"), "what is no secret is found");
        for secret in [
            "García",
            "Lopez",
            "7946 0958",
            "mail.example",
            "High Street",
            "MRN",
            "Reed",
            "clinic.example",
            "pays in cash",
            "on the floor",
            "garden",
            "Dr Grey",
            "1980-05-01",
        ] {
            assert!(!somewhere(secret), "{secret} can be read");
        }
    }
);
