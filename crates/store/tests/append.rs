//! Appending and reading.

use std::sync::Arc;

use cotreat_store::{Batch, Error, Expected};

use crate::support::{minute, note, notes, texts};

both!(what_is_appended_is_read_in_order, |place| async move {
    let store = place.open().await;
    let first = store
        .append(&notes("p1/e1", Expected::New, &["came", "was seen"]), None)
        .await
        .unwrap();
    store
        .append(&notes("p2/e1", Expected::New, &["someone else"]), None)
        .await
        .unwrap();
    let third = store
        .append(&notes("p1/e1", Expected::Version(2), &["left"]), None)
        .await
        .unwrap();
    assert_eq!((first.first, first.last, first.repeated), (1, 2, false));
    assert_eq!((third.first, third.last), (4, 4));
    assert_eq!(texts(&store, "p1/e1").await, ["came", "was seen", "left"]);
    let all = store.after(0).await.unwrap();
    let places: Vec<_> = all
        .iter()
        .map(|e| (e.position, e.stream.as_str(), e.version))
        .collect();
    assert_eq!(
        places,
        [
            (1, "p1/e1", 1),
            (2, "p1/e1", 2),
            (3, "p2/e1", 1),
            (4, "p1/e1", 3)
        ]
    );
    assert_eq!(all[0].recorded_at, "2026-03-01T21:20:00.000000Z");
    assert!(store.after(4).await.unwrap().is_empty());
    assert!(store.stream("p9/e9").await.unwrap().is_empty());
});

both!(
    of_two_who_saw_the_same_version_one_is_told,
    |place| async move {
        let store = place.open().await;
        store
            .append(&notes("p1/e1", Expected::New, &["came"]), None)
            .await
            .unwrap();
        store
            .append(&notes("p1/e1", Expected::Version(1), &["mine"]), None)
            .await
            .unwrap();
        let late = store
            .append(&notes("p1/e1", Expected::Version(1), &["yours"]), None)
            .await
            .unwrap_err();
        assert_eq!(
            late.to_string(),
            "`p1/e1` was changed in the meantime: version 1 was seen, it has version 2. Read it again and repeat."
        );
        let again = store
            .append(&notes("p1/e1", Expected::New, &["twice"]), None)
            .await;
        assert!(matches!(again, Err(Error::Conflict { found: 2, .. })));
        assert_eq!(texts(&store, "p1/e1").await, ["came", "mine"]);
    }
);

both!(many_at_once_lose_nothing, |place| async move {
    let store = Arc::new(place.open().await);
    let mut writers = Vec::new();
    for writer in 0..8 {
        let store = Arc::clone(&store);
        writers.push(tokio::spawn(async move {
            for turn in 0..10 {
                let text = format!("{writer} {turn}");
                let batch = notes("p1/e1", Expected::Any, &[&text]);
                store.append(&batch, None).await.unwrap();
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let mut found = texts(&store, "p1/e1").await;
    assert_eq!(found.len(), 80);
    found.sort();
    found.dedup();
    assert_eq!(found.len(), 80);
    assert!(store.verify(&[], &mut |_| ()).await.unwrap().is_fine());
});

both!(
    a_repeated_request_is_answered_and_writes_nothing,
    |place| async move {
        let store = place.open().await;
        let batch = notes("p1/e1", Expected::New, &["came"]);
        let first = store.append(&batch, Some("form-1")).await.unwrap();
        // The connection broke and the phone sends it again, a minute later.
        let later = Batch {
            at: minute(1),
            ..batch.clone()
        };
        let second = store.append(&later, Some("form-1")).await.unwrap();
        assert_eq!((second.first, second.last), (first.first, first.last));
        assert!(second.repeated && !first.repeated);
        let other = notes("p1/e1", Expected::Version(1), &["something else"]);
        let refused = store.append(&other, Some("form-1")).await.unwrap_err();
        assert!(matches!(refused, Error::OtherRequest { .. }), "{refused}");
        assert_eq!(texts(&store, "p1/e1").await, ["came"]);
    }
);

both!(
    several_streams_are_written_all_or_none,
    |place| async move {
        let store = place.open().await;
        store
            .append(&notes("p2/e1", Expected::New, &["there"]), None)
            .await
            .unwrap();
        let batches = [
            notes("p1/e1", Expected::New, &["one"]),
            notes("p2/e1", Expected::New, &["clashes"]),
        ];
        assert!(store.append_all(&batches, None).await.is_err());
        assert!(store.stream("p1/e1").await.unwrap().is_empty());
        let batches = [
            notes("p1/e1", Expected::New, &["one"]),
            notes("p2/e1", Expected::Version(1), &["two"]),
        ];
        let done = store.append_all(&batches, None).await.unwrap();
        assert_eq!((done.first, done.last), (2, 3));
    }
);

both!(a_stream_belongs_to_one_person, |place| async move {
    let store = place.open().await;
    store
        .append(&notes("p1/e1", Expected::New, &["hers"]), None)
        .await
        .unwrap();
    let mut batch = notes("p1/e1", Expected::Version(1), &["his"]);
    batch.person = "p2".to_owned();
    assert!(matches!(
        store.append(&batch, None).await,
        Err(Error::Conflict { .. })
    ));
});

both!(
    bodies_are_not_readable_in_the_database,
    |place| async move {
        let store = place.open().await;
        let mut batch = notes("p1/e1", Expected::New, &[]);
        batch.events.push(note("Mrs Example fell down the stairs"));
        store.append(&batch, None).await.unwrap();
        let rows = store.ask("SELECT body FROM event", &[]).await.unwrap();
        let sealed = rows[0].bytes(0).unwrap();
        assert!(!sealed.windows(7).any(|part| part == b"Example"));
    }
);
