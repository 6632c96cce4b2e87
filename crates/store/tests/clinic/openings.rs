//! Patients see who opened their record, and who broke the glass; a broken glass opens it for a while.

use cotreat_people::Sight;
use cotreat_people::event::{Actor, PatientEvent, Purpose, Sharing};
use cotreat_store::clinic::ask::{BrokenGlass, Opening};
use jiff::civil::date;

use super::world::{Clinic, desk, identity, now, own};
use crate::support::{Place, minute};

async fn one_patient(place: Place) -> Clinic {
    let clinic = Clinic::open(place).await;
    clinic.organisation("clinic_a", Sharing::CareTeam).await;
    let ana = identity("García", "Ana", date(1980, 5, 1));
    clinic.patient("p1", ana, "clinic_a").await;
    clinic
}

both!(patients_see_who_opened_their_record, |place| async move {
    let clinic = one_patient(place).await;
    clinic.opened_record("p1", "dee", 5, "appraisal").await;
    let read = PatientEvent::RecordOpened {
        purpose: Purpose::OwnRecord,
        what: "plan".to_owned(),
    };
    clinic
        .patient_event_by("p1", Actor::Patient, minute(6), read)
        .await;
    let openings = clinic.store.openings(&own("p1"), now(), "p1", 10).await;
    let theirs = Opening {
        actor: "patient".to_owned(),
        name: None,
        organisation: None,
        at: minute(6),
        purpose: Purpose::OwnRecord,
        what: "plan".to_owned(),
    };
    let dees = Opening {
        actor: "dee".to_owned(),
        name: Some("DEE".to_owned()),
        organisation: Some("clinic_a".to_owned()),
        at: minute(5),
        purpose: Purpose::Care,
        what: "appraisal".to_owned(),
    };
    assert_eq!(openings.unwrap(), [theirs.clone(), dees]);
    let last = clinic.store.openings(&own("p1"), now(), "p1", 1).await;
    assert_eq!(last.unwrap(), [theirs]);
    let others = clinic.store.openings(&own("p2"), now(), "p1", 10).await;
    assert_eq!(others.unwrap(), []);
});

both!(a_broken_glass_holds_for_a_while, |place| async move {
    let clinic = one_patient(place).await;
    clinic.break_glass("p1", "eve", 10, 240).await;
    let sight = Sight {
        glass_of: Some("eve".to_owned()),
        ..Sight::default()
    };
    let sees = async |sight: &Sight, at| {
        let found = clinic.store.patient(sight, minute(at), "p1").await;
        found.unwrap().is_some()
    };
    assert!(sees(&sight, 11).await);
    assert!(sees(&sight, 249).await);
    assert!(!sees(&sight, 250).await, "until then, and not longer");
    let other = Sight {
        glass_of: Some("max".to_owned()),
        ..Sight::default()
    };
    assert!(!sees(&other, 11).await);
    let broken = BrokenGlass {
        user: "eve".to_owned(),
        organisation: Some("clinic_b".to_owned()),
        at: minute(10),
        until: minute(250),
        reason: "eve found them on the floor".to_owned(),
    };
    for sight in [own("p1"), desk("clinic_a")] {
        let told = clinic.store.glass_broken(&sight, now(), "p1", 10).await;
        assert_eq!(told.unwrap(), std::slice::from_ref(&broken));
    }
    let relation = clinic.store.relation("p1", minute(11)).await.unwrap();
    assert_eq!(Vec::from_iter(relation.unwrap().glass), ["eve"]);
    let relation = clinic.store.relation("p1", minute(250)).await.unwrap();
    assert!(relation.unwrap().glass.is_empty());
});
