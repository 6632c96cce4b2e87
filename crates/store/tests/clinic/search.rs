//! Patients are found by what somebody types, among those who are seen.

use cotreat_people::Identity;
use cotreat_people::event::{PatientEvent, Recorded, Sharing};
use cotreat_store::Expected;
use cotreat_store::clinic::batch;
use jiff::civil::{Date, date};

use super::story::ana;
use super::world::{Clinic, by, desk, identity, now, own, recorded};
use crate::support::Place;

const BORN: Date = date(1975, 11, 30);

async fn people(place: Place) -> Clinic {
    let clinic = Clinic::open(place).await;
    clinic.organisation("clinic_a", Sharing::CareTeam).await;
    clinic.patient("ana", ana(), "clinic_a").await;
    for (id, family, given) in [
        ("maria", "Garcia", "María José"),
        ("jurgen", "Müller", "Jürgen"),
        ("li", "Li", "Wei"),
        ("obrien", "O’Brien", "Siobhán"),
        ("lindqvist", "Lindqvist", "Elsa"),
    ] {
        clinic
            .patient(id, identity(family, given, BORN), "clinic_a")
            .await;
    }
    clinic
}

async fn found(clinic: &Clinic, typed: &str) -> Vec<String> {
    let found = clinic
        .store
        .find_patients(&desk("clinic_a"), now(), typed, 10)
        .await;
    found
        .expect("it can be asked")
        .into_iter()
        .map(|one| one.patient)
        .collect()
}

both!(by_name_day_and_number_with_slips, |place| async move {
    let clinic = people(place).await;
    for (typed, first) in [
        ("garcia ana", "ana"),
        ("GARCÍA MARIA", "maria"),
        ("gracia maria", "maria"),
        ("mueller", "jurgen"),
        ("Muler", "jurgen"),
        ("li", "li"),
        ("obrien", "obrien"),
        ("siobhan o'brein", "obrien"),
        ("linqvist", "lindqvist"),
        ("lind", "lindqvist"),
        ("1.5.1980", "ana"),
        ("ana 01/05/80", "ana"),
        ("7946 0958", "ana"),
        ("02079460958", "ana"),
        ("ANA.garcia@mail.example", "ana"),
        ("mrn-0012345", "ana"),
    ] {
        let found = found(&clinic, typed).await;
        assert_eq!(
            found.first().map(String::as_str),
            Some(first),
            "{typed}: {found:?}"
        );
    }
    for typed in [
        "",
        "   ",
        "xyz",
        "garcia 2.5.1981",
        "07946 111111",
        "'; DROP TABLE patient; --",
        "%",
    ] {
        assert_eq!(found(&clinic, typed).await, Vec::<String>::new(), "{typed}");
    }
    // However much is typed.
    let long = "garcia ".repeat(500);
    assert_eq!(
        found(&clinic, &long).await[..2],
        ["ana", "maria"].map(str::to_owned)
    );
});

both!(
    a_corrected_name_replaces_the_one_before,
    |place| async move {
        let clinic = people(place).await;
        let correction = PatientEvent::IdentityCorrected {
            identity: Identity {
                family_name: "Zapatero".to_owned(),
                phone: None,
                ..ana()
            },
            reason: "married".to_owned(),
        };
        clinic.patient_event("ana", correction).await;
        assert_eq!(found(&clinic, "zapatero").await, ["ana"]);
        assert_eq!(found(&clinic, "7946 0958").await, Vec::<String>::new());
        assert_eq!(found(&clinic, "garcia").await, ["maria"]);
        assert_eq!(found(&clinic, "ana 1.5.1980").await, ["ana"]);
    }
);

both!(a_merged_file_is_found_by_what_it_says, |place| async move {
    let clinic = people(place).await;
    clinic.merge("ana", "jurgen").await;
    let found = clinic
        .store
        .find_patients(&own("ana"), now(), "müller", 10)
        .await
        .unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].patient.as_str(), found[0].file.as_str()),
        ("ana", "jurgen")
    );
    assert_eq!(found[0].identity, ana(), "as the file that is kept says");
});

both!(
    nobody_is_pushed_out_by_those_who_are_not_seen,
    |place| async move {
        let clinic = people(place).await;
        // Many of the same name somewhere else, older than the one who is looked for.
        let mut batches = Vec::new();
        for nth in 0..400_i64 {
            let born = BORN.saturating_sub(jiff::Span::new().days(nth));
            let event = PatientEvent::PatientRegistered {
                identity: identity("Popular", "Pat", born),
                organisation: "clinic_b".to_owned(),
            };
            let events: [Recorded<PatientEvent>; 1] = [recorded(by("dee", "clinic_b"), event)];
            batches.push(batch::patient(&format!("b{nth}"), Expected::New, &events).unwrap());
        }
        clinic.store.append_all(&batches, None).await.unwrap();
        clinic
            .patient("pat", identity("Popular", "Pat", BORN), "clinic_a")
            .await;
        assert_eq!(found(&clinic, "pat popular").await, ["pat"]);
        assert_eq!(found(&clinic, "pat popluar").await, ["pat"]);
        let all = clinic
            .store
            .find_patients(&desk("clinic_b"), now(), "popular", 1000)
            .await;
        let all = all.unwrap();
        assert!(all.len() >= 100 && all.iter().all(|one| one.patient.starts_with('b')));
        // Of so many the day tells who is meant.
        let one = clinic
            .store
            .find_patients(&desk("clinic_b"), now(), "popular 28.11.1975", 10)
            .await;
        let one = one.unwrap();
        assert_eq!((one.len(), one[0].patient.as_str()), (1, "b2"));
    }
);

both!(who_may_be_the_same_is_told, |place| async move {
    let clinic = people(place).await;
    let again = Identity {
        family_name: "Garzia".to_owned(),
        given_name: "Anna".to_owned(),
        number_elsewhere: None,
        ..ana()
    };
    let found = clinic
        .store
        .possible_duplicates(&desk("clinic_a"), now(), &again, 3)
        .await;
    assert_eq!(found.unwrap()[0].patient, "ana");
    let other_name = Identity {
        phone: ana().phone,
        ..identity("Zapatero", "Bea", BORN)
    };
    let found = clinic
        .store
        .possible_duplicates(&desk("clinic_a"), now(), &other_name, 10)
        .await;
    let found: Vec<_> = found.unwrap().into_iter().map(|one| one.patient).collect();
    assert!(
        found.contains(&"ana".to_owned()),
        "the same telephone: {found:?}"
    );
    let unseen = clinic
        .store
        .possible_duplicates(&desk("clinic_b"), now(), &again, 3)
        .await;
    assert_eq!(unseen.unwrap(), []);
});
