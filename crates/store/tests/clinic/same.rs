//! Two files of one patient are read as one, and as two again.

use cotreat_people::event::Sharing;
use cotreat_store::Store;
use jiff::civil::date;

use super::world::{Clinic, desk, gp, identity, now, own, team_of, therapist};
use crate::support::{Place, erasure};

/// Files p1 to p4, each of a clinic of its own.
async fn four_files(place: Place) -> Clinic {
    let clinic = Clinic::open(place).await;
    for (nth, organisation) in (1..).zip(["clinic_a", "clinic_b", "clinic_c", "clinic_d"]) {
        clinic.organisation(organisation, Sharing::CareTeam).await;
        let identity = identity("García", &format!("Ana {nth}"), date(1980, 5, 1));
        clinic
            .patient(&format!("p{nth}"), identity, organisation)
            .await;
    }
    clinic
}

/// As which file each of the four is read.
async fn read_as(store: &Store) -> [String; 4] {
    let mut kept = Vec::new();
    for patient in ["p1", "p2", "p3", "p4"] {
        let relation = store
            .relation(patient, now())
            .await
            .expect("it can be asked");
        kept.push(relation.map_or_else(|| "-".to_owned(), |relation| relation.patient));
    }
    kept.try_into().expect("four")
}

both!(
    a_merged_file_is_read_as_the_one_that_is_kept,
    |place| async move {
        let clinic = four_files(place).await;
        clinic.opens("e1", "p1", &gp()).await;
        clinic.opens("e2", "p2", &therapist()).await;
        assert_eq!(clinic.sees(&desk("clinic_b"), "p1").await, None);
        clinic.merge("p1", "p2").await;
        assert_eq!(read_as(&clinic.store).await, ["p1", "p1", "p3", "p4"]);
        // Whoever saw one of the files sees the patient, by either id.
        for sight in [
            desk("clinic_a"),
            desk("clinic_b"),
            team_of("max"),
            own("p1"),
            own("p2"),
        ] {
            for file in ["p1", "p2"] {
                assert_eq!(
                    clinic.sees(&sight, file).await.as_deref(),
                    Some("p1"),
                    "{sight:?}"
                );
            }
        }
        let sight = desk("clinic_b");
        let found = clinic
            .store
            .patient(&sight, now(), "p2")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(found.identity.given_name, "Ana 1");
        assert_eq!(found.files, ["p1", "p2"]);
        assert_eq!(found.organisations, ["clinic_a", "clinic_b"]);
        let episodes = clinic.store.episodes_of(&sight, now(), "p1").await.unwrap();
        let files: Vec<_> = episodes
            .iter()
            .map(|one| (one.episode.as_str(), one.file.as_str()))
            .collect();
        assert_eq!(files, [("e1", "p1"), ("e2", "p2")], "events never move");
        let caseload = clinic
            .store
            .caseload(&team_of("max"), now(), "max")
            .await
            .unwrap();
        assert_eq!(caseload[0].patient, "p1");
        let relation = clinic.store.relation("p2", now()).await.unwrap().unwrap();
        assert_eq!(Vec::from_iter(relation.team), ["grey", "max"]);
        assert_eq!(Vec::from_iter(relation.files), ["p1", "p2"]);

        clinic.unmerge("p1", "p2").await;
        assert_eq!(read_as(&clinic.store).await, ["p1", "p2", "p3", "p4"]);
        assert_eq!(clinic.sees(&team_of("max"), "p1").await, None);
        assert_eq!(
            clinic.sees(&team_of("max"), "p2").await.as_deref(),
            Some("p2")
        );
    }
);

both!(
    what_was_merged_into_a_file_comes_along_and_parts_with_it,
    |place| async move {
        let clinic = four_files(place).await;
        clinic.merge("p2", "p3").await;
        clinic.merge("p1", "p2").await;
        assert_eq!(read_as(&clinic.store).await, ["p1", "p1", "p1", "p4"]);
        clinic.merge("p2", "p4").await;
        assert_eq!(read_as(&clinic.store).await, ["p1", "p1", "p1", "p1"]);
        clinic.unmerge("p1", "p2").await;
        assert_eq!(read_as(&clinic.store).await, ["p1", "p2", "p2", "p2"]);
        clinic.unmerge("p2", "p3").await;
        assert_eq!(read_as(&clinic.store).await, ["p1", "p2", "p3", "p2"]);
        // Nobody claimed that; and that a file is itself says nothing.
        clinic.unmerge("p1", "p4").await;
        clinic.merge("p1", "p1").await;
        assert_eq!(read_as(&clinic.store).await, ["p1", "p2", "p3", "p2"]);
        // Each merged into the other: the older file is kept.
        clinic.merge("p3", "p1").await;
        clinic.merge("p1", "p3").await;
        assert_eq!(read_as(&clinic.store).await, ["p1", "p2", "p1", "p2"]);
    }
);

both!(
    what_an_erased_file_said_of_others_is_gone_with_it,
    |place| async move {
        let clinic = four_files(place).await;
        clinic.merge("p1", "p2").await;
        clinic.merge("p2", "p3").await;
        clinic.merge("p4", "p1").await;
        assert_eq!(read_as(&clinic.store).await, ["p4", "p4", "p4", "p4"]);
        clinic.store.erase(&erasure(&["p1"], 9)).await.unwrap();
        assert_eq!(read_as(&clinic.store).await, ["-", "p2", "p2", "p4"]);
        clinic.comes_out_the_same().await;
    }
);
