//! Projections follow the events, and can be made again from them.

use std::sync::{Arc, Mutex};

use cotreat_store::database::{Tx, Value};
use cotreat_store::projection::{Order, Step};
use cotreat_store::{Error, Expected, Pen, Projection, Store, StoredEvent};

use crate::support::counting::{Counting, dump};
use crate::support::{Place, erasure, notes, texts};

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
    of_erased_people_no_row_is_left_and_none_comes_back,
    |place| async move {
        let store = place.open_with(vec![Box::new(Counting { shape: 1 })]).await;
        for stream in ["p1/e1", "p2/e1"] {
            store
                .append(&notes(stream, Expected::New, &["a note"]), None)
                .await
                .unwrap();
        }
        store.erase(&erasure(&["p1"], 1)).await.unwrap();
        let left = dump(&store).await;
        // What is left is the other one, and that somebody was erased.
        let streams: Vec<&str> = left.iter().map(|(stream, ..)| stream.as_str()).collect();
        assert_eq!(streams, ["erasures", "p2/e1"]);
        store.rebuild(&mut |_, _| ()).await.unwrap();
        assert_eq!(dump(&store).await, left);
    }
);

both!(
    an_erasure_a_projection_refuses_erases_nobody,
    |place| async move {
        let store = place.open_with(vec![Box::new(Counting { shape: 1 })]).await;
        store
            .append(&notes("p1/e1", Expected::New, &["a note"]), None)
            .await
            .unwrap();
        store.close().await;
        place
            .behind_its_back("ALTER TABLE counting RENAME TO lost")
            .await;
        let store = place.open_with(vec![Box::new(Counting { shape: 1 })]).await;
        assert!(store.erase(&erasure(&["p1"], 1)).await.is_err());
        assert_eq!(texts(&store, "p1/e1").await, ["a note"]);
        assert_eq!(store.erased().await.unwrap(), []);
    }
);

/// Notes down everything it is told, and in which order.
struct Diary {
    streams: &'static str,
    order: Order,
    told: Arc<Mutex<Vec<String>>>,
}

impl Projection for Diary {
    fn name(&self) -> &'static str {
        "diary"
    }

    fn shape(&self) -> u32 {
        1
    }

    fn streams(&self) -> &'static str {
        self.streams
    }

    fn order(&self) -> Order {
        self.order
    }

    fn tables(&self) -> &'static str {
        "CREATE TABLE diary (position BIGINT NOT NULL PRIMARY KEY, words {bytes} NOT NULL, number BIGINT NOT NULL)"
    }

    fn drop_tables(&self) -> &'static str {
        "DROP TABLE IF EXISTS diary"
    }

    fn apply<'a>(&'a self, pen: &'a mut Pen<'_>, events: &'a [StoredEvent]) -> Step<'a> {
        Box::pin(async move {
            for event in events {
                let body = event.body.clone().expect("nobody was erased");
                let text = String::from_utf8(body).expect("a text");
                let place = event.position.to_string();
                let sealed = pen.seal(&place, text.as_bytes())?;
                let position = i64::try_from(event.position).expect("a small number");
                let values = [
                    Value::Number(position),
                    Value::Bytes(&sealed),
                    Value::Number(pen.keyed(&text)),
                ];
                pen.run(
                    "INSERT INTO diary (position, words, number) VALUES ($1, $2, $3)",
                    &values,
                )
                .await?;
                let mut told = format!("{}: {text}", event.stream);
                // Looking back from each of many would take long.
                if event.version <= 3 {
                    told += &format!(", behind {}", pen.earlier(event).await?.len());
                }
                self.told.lock().expect("nobody panicked").push(told);
            }
            Ok(())
        })
    }

    fn forget<'a>(&'a self, _: &'a mut Tx, _: &'a str) -> Step<'a> {
        Box::pin(async { Ok(()) })
    }
}

async fn with_diary(
    place: &Place,
    streams: &'static str,
    order: Order,
) -> (Store, Arc<Mutex<Vec<String>>>) {
    let told = Arc::default();
    let diary = Diary {
        streams,
        order,
        told: Arc::clone(&told),
    };
    (place.open_with(vec![Box::new(diary)]).await, told)
}

both!(
    a_projection_is_told_its_streams_in_its_order,
    |place| async move {
        let (store, told) = with_diary(&place, "p", Order::AsWritten).await;
        for (stream, text) in [
            ("p2/e1", "a"),
            ("q1/e1", "b"),
            ("p1/e1", "c"),
            ("p2/e1", "d"),
        ] {
            store
                .append(&notes(stream, Expected::Any, &[text]), None)
                .await
                .unwrap();
        }
        let written = [
            "p2/e1: a, behind 0",
            "p1/e1: c, behind 0",
            "p2/e1: d, behind 1",
        ];
        assert_eq!(*told.lock().unwrap(), written);
        told.lock().unwrap().clear();
        store.rebuild(&mut |_, _| ()).await.unwrap();
        assert_eq!(*told.lock().unwrap(), written);
        store.close().await;

        let (store, told) = with_diary(&place, "p", Order::StreamByStream).await;
        let mut done = Vec::new();
        store
            .rebuild(&mut |_, events| done.push(events))
            .await
            .unwrap();
        let by_stream = [
            "p1/e1: c, behind 0",
            "p2/e1: a, behind 0",
            "p2/e1: d, behind 1",
        ];
        assert_eq!(*told.lock().unwrap(), by_stream);
        assert_eq!(done, [4], "of all events, wanted or not");
    }
);

both!(a_rebuild_turns_many_pages, |place| async move {
    let (store, told) = with_diary(&place, "", Order::StreamByStream).await;
    let many: Vec<String> = (0..700).map(|nth| nth.to_string()).collect();
    let texts: Vec<&str> = many.iter().map(String::as_str).collect();
    for stream in ["p3/e1", "p1/e1", "p2/e1"] {
        store
            .append(&notes(stream, Expected::New, &texts), None)
            .await
            .unwrap();
    }
    told.lock().unwrap().clear();
    let mut done = Vec::new();
    store
        .rebuild(&mut |_, events| done.push(events))
        .await
        .unwrap();
    let all = told.lock().unwrap().clone();
    assert_eq!(all.len(), 2100);
    for (at, said) in [
        (0, "p1/e1: 0, behind 0"),
        (2, "p1/e1: 2, behind 2"),
        (699, "p1/e1: 699"),
        (700, "p2/e1: 0, behind 0"),
        (1000, "p2/e1: 300"),
        (2099, "p3/e1: 699"),
    ] {
        assert_eq!(all[at], said);
    }
    assert_eq!(done, [1000, 2000, 2100]);
});

both!(
    a_sealed_text_opens_only_where_it_was_put,
    |place| async move {
        let (store, _) = with_diary(&place, "", Order::AsWritten).await;
        for stream in ["p1/e1", "p2/e1"] {
            store
                .append(&notes(stream, Expected::New, &["Mrs Example"]), None)
                .await
                .unwrap();
        }
        let rows = store
            .ask("SELECT words, number FROM diary ORDER BY position", &[])
            .await
            .unwrap();
        let sealed = rows[0].bytes(0).unwrap();
        assert!(!sealed.windows(7).any(|part| part == b"Example"));
        let opened = store.open_sealed("p1", "1", &sealed).await.unwrap();
        assert_eq!(opened, b"Mrs Example");
        for (person, at) in [("p2", "1"), ("p1", "2")] {
            let refused = store.open_sealed(person, at, &sealed).await.unwrap_err();
            assert!(matches!(refused, Error::Damaged { .. }), "{refused}");
        }
        // The same text is the same number in this installation, and in no other.
        let number = rows[0].number(1).unwrap();
        assert_eq!(rows[1].number(1).unwrap(), number);
        let other = Place::sqlite();
        let (store, _) = with_diary(&other, "", Order::AsWritten).await;
        store
            .append(&notes("p1/e1", Expected::New, &["Mrs Example"]), None)
            .await
            .unwrap();
        let rows = store.ask("SELECT number FROM diary", &[]).await.unwrap();
        assert_ne!(rows[0].number(0).unwrap(), number);
    }
);
