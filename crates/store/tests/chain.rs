//! Whoever changes the past is found out.

use cotreat_store::Expected;
use cotreat_store::checkpoint::Checkpoint;
use cotreat_store::verify::Fault;
use jiff::civil::date;

use crate::support::{Place, notes};

/// A store with five events, and a checkpoint at the third.
async fn five(place: &Place) -> Checkpoint {
    let store = place.open().await;
    store
        .append(&notes("p1/e1", Expected::New, &["1", "2", "3"]), None)
        .await
        .unwrap();
    let point = store.checkpoint(date(2026, 3, 1)).await.unwrap().unwrap();
    store
        .append(&notes("p1/e1", Expected::Version(3), &["4", "5"]), None)
        .await
        .unwrap();
    store.close().await;
    point
}

/// Changes the database behind the store's back, and verifies.
async fn tampered(place: &Place, sql: &'static str, elsewhere: &[Checkpoint]) -> Vec<Fault> {
    place.behind_its_back(sql).await;
    let store = place.open().await;
    store.verify(elsewhere, &mut |_| ()).await.unwrap().faults
}

both!(an_untouched_store_verifies, |place| async move {
    let point = five(&place).await;
    let store = place.open().await;
    let verdict = store
        .verify(std::slice::from_ref(&point), &mut |_| ())
        .await
        .unwrap();
    assert!(verdict.is_fine(), "{verdict:?}");
    assert_eq!((verdict.events, verdict.checkpoints), (5, 2));
    // A day keeps its first checkpoint.
    let again = store.checkpoint(date(2026, 3, 1)).await.unwrap().unwrap();
    assert_eq!(again, point);
    assert_eq!(Checkpoint::from_line(&point.to_line()), Some(point));
});

both!(a_changed_event_is_found, |place| async move {
    five(&place).await;
    let faults = tampered(
        &place,
        "UPDATE event SET actor = 'somebody else' WHERE position = 2",
        &[],
    )
    .await;
    assert_eq!(faults, [Fault::Changed { position: 2 }]);
    assert_eq!(
        faults[0].to_string(),
        "event 2 was changed after it was written"
    );
});

both!(a_removed_event_is_found, |place| async move {
    five(&place).await;
    let faults = tampered(&place, "DELETE FROM event WHERE position = 4", &[]).await;
    assert_eq!(faults, [Fault::Missing { from: 4, to: 5 }]);
});

both!(events_that_changed_places_are_found, |place| async move {
    five(&place).await;
    place
        .behind_its_back("UPDATE event SET position = -4 WHERE position = 4")
        .await;
    place
        .behind_its_back("UPDATE event SET position = 4 WHERE position = 5")
        .await;
    let faults = tampered(
        &place,
        "UPDATE event SET position = 5 WHERE position = -4",
        &[],
    )
    .await;
    assert!(
        faults.contains(&Fault::Changed { position: 4 }),
        "{faults:?}"
    );
    assert!(
        faults.contains(&Fault::Changed { position: 5 }),
        "{faults:?}"
    );
});

both!(
    a_cut_off_end_shows_against_a_copied_checkpoint,
    |place| async move {
        let point = five(&place).await;
        place
            .behind_its_back("DELETE FROM event WHERE position > 2")
            .await;
        // Without the copy nothing is wrong: that is said in the documentation.
        let alone = tampered(&place, "DELETE FROM checkpoint", &[]).await;
        assert_eq!(alone, []);
        let store = place.open().await;
        let faults = store.verify(&[point], &mut |_| ()).await.unwrap().faults;
        let cut = Fault::CutOff {
            ends: 2,
            day: "2026-03-01".to_owned(),
            position: 3,
        };
        assert_eq!(faults, [cut]);
    }
);

both!(a_forged_checkpoint_is_found, |place| async move {
    five(&place).await;
    let faults = tampered(
        &place,
        "UPDATE checkpoint SET position = 4 WHERE day = '2026-03-01'",
        &[],
    )
    .await;
    let day = "2026-03-01".to_owned();
    assert_eq!(faults, [Fault::NotSigned { day }]);
});

both!(
    a_body_moved_to_another_event_cannot_be_opened,
    |place| async move {
        five(&place).await;
        place
        .behind_its_back(
            "UPDATE event SET body = (SELECT body FROM event AS other WHERE other.position = 1) WHERE position = 2",
        )
        .await;
        let store = place.open().await;
        let damaged = store.stream("p1/e1").await.unwrap_err();
        assert_eq!(
            damaged.to_string(),
            "event 2 of `p1/e1` (position 2) cannot be opened: it was changed or damaged. Verify the store, and restore the newest backup that verifies."
        );
    }
);
