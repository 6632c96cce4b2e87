//! Projections follow the events, and can be made again from them.

use cotreat_store::Expected;

use crate::support::counting::{Counting, dump};
use crate::support::{minute, notes};

both!(rebuilt_it_is_the_same, |place| async move {
    let store = place.open_with(vec![Box::new(Counting { shape: 1 })]).await;
    for stream in ["p1/e1", "p2/e1", "p3/e1"] {
        store
            .append(&notes(stream, Expected::New, &["a", "bc"]), None)
            .await
            .unwrap();
    }
    let before = dump(&store).await;
    assert_eq!(before[0], ("p1/e1".to_owned(), 2, 3));
    let mut told = Vec::new();
    store
        .rebuild(&mut |name, position| told.push((name, position)))
        .await
        .unwrap();
    assert_eq!(dump(&store).await, before);
    assert_eq!(told, [("counting", 6)]);
});

both!(a_new_shape_is_made_from_old_events, |place| async move {
    let store = place.open().await;
    store
        .append(&notes("p1/e1", Expected::New, &["before it existed"]), None)
        .await
        .unwrap();
    store.close().await;
    let store = place.open_with(vec![Box::new(Counting { shape: 1 })]).await;
    assert_eq!(dump(&store).await, [("p1/e1".to_owned(), 1, 17)]);
    store.close().await;
    place
        .behind_its_back("UPDATE counting SET notes = 99")
        .await;
    // The same shape is left alone; a new one is made anew.
    let store = place.open_with(vec![Box::new(Counting { shape: 1 })]).await;
    assert_eq!(dump(&store).await[0].1, 99);
    store.close().await;
    let store = place.open_with(vec![Box::new(Counting { shape: 2 })]).await;
    assert_eq!(dump(&store).await[0].1, 1);
});

both!(
    an_event_its_projection_refuses_is_not_stored,
    |place| async move {
        let store = place.open_with(vec![Box::new(Counting { shape: 1 })]).await;
        let refused = store
            .append(&notes("p1/e1", Expected::New, &["fine", "poison"]), None)
            .await;
        assert!(refused.is_err());
        assert!(store.stream("p1/e1").await.unwrap().is_empty());
        assert_eq!(dump(&store).await, []);
        // The store goes on.
        store
            .append(&notes("p1/e1", Expected::New, &["fine"]), None)
            .await
            .unwrap();
        assert_eq!(dump(&store).await, [("p1/e1".to_owned(), 1, 4)]);
    }
);

both!(
    erased_people_are_rebuilt_without_their_bodies,
    |place| async move {
        let store = place.open_with(vec![Box::new(Counting { shape: 1 })]).await;
        store
            .append(&notes("p1/e1", Expected::New, &["hers"]), None)
            .await
            .unwrap();
        store.erase("p1", minute(1)).await.unwrap();
        store.rebuild(&mut |_, _| ()).await.unwrap();
        assert_eq!(dump(&store).await, [("p1/e1".to_owned(), 1, 0)]);
    }
);
