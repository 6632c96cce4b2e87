//! What can be seen of a database from outside, while somebody writes to it.

use cotreat_store::database::Address;
use cotreat_store::doctor::{Events, Fit, Outbox, Tables};
use cotreat_store::outbox::Message;
use cotreat_store::{Beside, Error, Expected, MasterKey, Opening, Schema, Store};

use crate::support::counting::Counting;
use crate::support::{Place, minute, notes};

async fn beside(place: &Place) -> Beside {
    Beside::open(&place.address).await.expect("it can be read")
}

both!(whose_tables_and_which_key, |place| async move {
    let store = place.open().await;
    let found = beside(&place).await.tables(Some(&place.key)).await.unwrap();
    let newest = Schema::ours().newest();
    let ours = |key_fits| Tables::Ours {
        schema: newest,
        newest,
        key_fits,
    };
    assert_eq!(found, ours(Some(true)));
    let other = MasterKey::random().unwrap();
    let found = beside(&place).await.tables(Some(&other)).await.unwrap();
    assert_eq!(found, ours(Some(false)));
    let found = beside(&place).await.tables(None).await.unwrap();
    assert_eq!(found, ours(None));
    store.close().await;
    place.behind_its_back("DROP TABLE instance").await;
    let found = beside(&place).await.tables(None).await.unwrap();
    assert_eq!(found, Tables::Other);
});

#[tokio::test]
async fn a_file_that_is_not_there_is_not_made() {
    let place = Place::sqlite();
    let Address::Sqlite(path) = &place.address else {
        unreachable!()
    };
    let refused = Beside::open(&place.address).await.unwrap_err();
    assert!(
        refused.to_string().contains("Make one with `cotreat init`"),
        "{refused}"
    );
    let refused = Store::open(&place.address, place.key.clone(), Opening::AsIs, Vec::new())
        .await
        .unwrap_err();
    assert!(matches!(refused, Error::Empty { .. }), "{refused}");
    assert!(!path.exists());
}

both!(a_new_store_is_made_once, |place| async move {
    let place = &place;
    let new = || Store::open(&place.address, place.key.clone(), Opening::New, Vec::new());
    new().await.unwrap().close().await;
    let refused = new().await.unwrap_err();
    assert!(matches!(refused, Error::NotEmpty { .. }), "{refused}");
});

both!(who_writes, |place| async move {
    let store = place.open().await;
    let writer = beside(&place).await.writer().await.unwrap();
    let words = writer.expect("somebody writes");
    match &place.address {
        Address::Sqlite(_) => assert_eq!(words, format!("process {}", std::process::id())),
        Address::Postgres(_) => assert!(words.contains("of the server, from 127.0.0.1"), "{words}"),
    }
    store.close().await;
    assert_eq!(beside(&place).await.writer().await.unwrap(), None);
});

both!(events_and_messages_are_counted, |place| async move {
    let store = place.open().await;
    let empty = Events {
        count: 0,
        last: 0,
        last_at: None,
    };
    assert_eq!(beside(&place).await.events().await.unwrap(), empty);
    for (stream, due) in [("p1/e1", 1), ("p2/e1", 5), ("p3/e1", 60)] {
        let mut batch = notes(stream, Expected::New, &["a"]);
        batch.messages.push(Message {
            topic: "reminder".to_owned(),
            body: b"please".to_vec(),
            due_at: minute(due),
        });
        store.append(&batch, None).await.unwrap();
    }
    store.sent(1, minute(2)).await.unwrap();
    for _ in 0..3 {
        store.not_sent(2, "no such host", minute(5)).await.unwrap();
    }
    let found = beside(&place).await.events().await.unwrap();
    assert_eq!((found.count, found.last), (3, 3));
    assert_eq!(
        found.last_at.as_deref(),
        Some("2026-03-01T21:20:00.000000Z")
    );
    let outbox = Outbox {
        waiting: 2,
        due: 1,
        troubled: 1,
        tries: 3,
    };
    assert_eq!(store.outbox(minute(10)).await.unwrap(), outbox);
    assert_eq!(
        beside(&place).await.outbox(minute(10)).await.unwrap(),
        outbox
    );
    assert!(store.size().await.unwrap() > 10_000);
    assert!(beside(&place).await.size().await.unwrap() > 10_000);
    let kinds = beside(&place)
        .await
        .of_kind(&place.key, "note")
        .await
        .unwrap();
    assert_eq!(kinds.len(), 3);
    assert_eq!(kinds[0].body.as_deref(), Some(&b"a"[..]));
});

both!(checkpoints_fit_or_not, |place| async move {
    let store = place.open().await;
    let day = |day: &str| day.parse().unwrap();
    for turn in 0..4 {
        let batch = notes("p1/e1", Expected::Version(turn), &["a"]);
        store.append(&batch, None).await.unwrap();
        store
            .checkpoint(day(&format!("2026-03-0{}", turn + 1)))
            .await
            .unwrap();
    }
    let points = beside(&place).await.checkpoints().await.unwrap();
    assert_eq!(points.len(), 4);
    let fit = async |at: usize| {
        beside(&place)
            .await
            .fit(&place.key, &points[at])
            .await
            .unwrap()
    };
    assert_eq!(fit(1).await, Fit::Fits);
    store.close().await;
    place
        .behind_its_back("DELETE FROM event WHERE position = 4")
        .await;
    place
        .behind_its_back("UPDATE event SET hash = body WHERE position = 3")
        .await;
    assert_eq!(fit(1).await, Fit::Fits);
    assert_eq!(fit(2).await, Fit::Rewritten);
    assert_eq!(fit(3).await, Fit::CutOff);
    let other = MasterKey::random().unwrap();
    let found = beside(&place).await.fit(&other, &points[1]).await.unwrap();
    assert_eq!(found, Fit::NotSigned);
});

both!(the_database_looks_at_itself, |place| async move {
    place.open().await.close().await;
    let looked = beside(&place).await;
    assert_eq!(looked.integrity().await.unwrap(), Vec::<String>::new());
    let settings = looked.settings().await.unwrap();
    match &place.address {
        Address::Sqlite(_) => assert_eq!(settings, []),
        // The server of these tests does not sync, and that can be seen.
        Address::Postgres(_) => {
            assert!(
                settings.contains(&("fsync".to_owned(), "off".to_owned())),
                "{settings:?}"
            );
            assert_eq!(settings.len(), 5);
        }
    }
});

#[tokio::test]
async fn a_damaged_page_is_found() {
    let place = Place::sqlite();
    let store = place.open().await;
    let long = "x".repeat(3000);
    for turn in 0..20 {
        let batch = notes("p1/e1", Expected::Version(turn), &[&long]);
        store.append(&batch, None).await.unwrap();
    }
    store.close().await;
    let Address::Sqlite(path) = &place.address else {
        unreachable!()
    };
    let mut bytes = std::fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0xA5);
    std::fs::write(path, bytes).unwrap();
    let found = match beside(&place).await.integrity().await {
        Ok(lines) => lines.join("\n"),
        Err(error) => error.to_string(),
    };
    assert!(!found.is_empty());
}

both!(a_lock_that_is_gone_is_noticed, |place| async move {
    let store = place.open().await;
    store.is_well().await.unwrap();
    match &place.address {
        Address::Sqlite(path) => {
            std::fs::remove_file(format!("{}.lock", path.display())).unwrap();
        }
        Address::Postgres(_) => {
            place
                .behind_its_back("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                .await;
        }
    }
    // A server ends a connection in its own time.
    let mut told = store.is_well().await;
    for _ in 0..200 {
        if told.is_err() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        told = store.is_well().await;
    }
    let said = told.unwrap_err().to_string();
    assert!(
        said.contains("is gone") && said.contains("start it again"),
        "{said}"
    );
});

both!(projections_that_are_behind_are_named, |place| async move {
    let store = place.open_with(vec![Box::new(Counting { shape: 1 })]).await;
    assert_eq!(store.stale_projections().await.unwrap(), Vec::<&str>::new());
    store.close().await;
    let store = place.open_with(vec![Box::new(Counting { shape: 1 })]).await;
    place
        .behind_its_back("UPDATE projection SET shape = 0")
        .await;
    assert_eq!(store.stale_projections().await.unwrap(), ["counting"]);
});
