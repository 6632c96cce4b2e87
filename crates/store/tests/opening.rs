//! Opening: wrong keys, other people's databases, older and newer ones, damaged files, second writers.

use cotreat_store::database::Address;
use cotreat_store::{Error, Expected, MasterKey, Opening, Schema, Store};

use crate::support::{Place, notes, texts};

both!(
    what_was_written_is_there_after_opening_again,
    |place| async move {
        let store = place.open().await;
        store
            .append(&notes("p1/e1", Expected::New, &["stays"]), None)
            .await
            .unwrap();
        store.close().await;
        let store = place.open().await;
        assert_eq!(texts(&store, "p1/e1").await, ["stays"]);
    }
);

both!(a_second_writer_is_refused, |place| async move {
    let first = place.open().await;
    let second = place.try_open(Vec::new()).await.unwrap_err();
    assert!(matches!(second, Error::InUse { .. }), "{second}");
    first.close().await;
    place.open().await;
});

both!(a_wrong_key_is_refused, |place| async move {
    place.open().await.close().await;
    let other = Place {
        key: MasterKey::random().unwrap(),
        ..place
    };
    let refused = other.try_open(Vec::new()).await.unwrap_err();
    assert!(matches!(refused, Error::WrongKey), "{refused}");
});

both!(
    a_newer_database_is_refused_and_left_alone,
    |place| async move {
        place.open().await.close().await;
        place
            .behind_its_back("UPDATE instance SET schema = 99")
            .await;
        let refused = place.try_open(Vec::new()).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            format!(
                "this database was written by a newer program (schema 99; this program knows up to {}). Install the newer program.",
                Schema::ours().newest()
            )
        );
    }
);

both!(somebody_elses_database_is_refused, |place| async move {
    place.open().await.close().await;
    place.behind_its_back("DROP TABLE instance").await;
    let refused = place.try_open(Vec::new()).await.unwrap_err();
    assert!(matches!(refused, Error::NotOurs { .. }), "{refused}");
    place
        .behind_its_back("CREATE TABLE instance (something TEXT)")
        .await;
    let refused = place.try_open(Vec::new()).await.unwrap_err();
    assert!(matches!(refused, Error::NotOurs { .. }), "{refused}");
});

#[tokio::test]
async fn a_file_that_is_no_database_is_refused() {
    let place = Place::sqlite();
    let Address::Sqlite(path) = &place.address else {
        unreachable!()
    };
    std::fs::write(path, "Dear diary, ".repeat(1000)).unwrap();
    let refused = place.try_open(Vec::new()).await.unwrap_err();
    assert!(matches!(refused, Error::Damaged { .. }), "{refused}");
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        "Dear diary, ".repeat(1000),
        "it was not touched"
    );
}

#[tokio::test]
async fn a_corrupted_page_is_said_and_not_shown() {
    let place = Place::sqlite();
    let store = place.open().await;
    let long = "x".repeat(3000);
    for turn in 0..200 {
        store
            .append(&notes("p1/e1", Expected::Version(turn), &[&long]), None)
            .await
            .unwrap();
    }
    store.close().await;
    let Address::Sqlite(path) = &place.address else {
        unreachable!()
    };
    let mut bytes = std::fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0xA5);
    std::fs::write(path, bytes).unwrap();
    // Whatever the page held, the damage is told: at opening, at reading, or at verifying.
    let said = match place.try_open(Vec::new()).await {
        Err(error) => error.to_string(),
        Ok(store) => match store.stream("p1/e1").await {
            Err(error) => error.to_string(),
            Ok(_) => match store.verify(&[], &mut |_| ()).await {
                Err(error) => error.to_string(),
                Ok(verdict) => verdict.faults[0].to_string(),
            },
        },
    };
    assert!(
        ["cannot be opened", "was changed", "are missing"]
            .iter()
            .any(|words| said.contains(words)),
        "{said}"
    );
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named() {
    let place = Place::sqlite();
    let folder = place.folder.as_ref().unwrap().path().join("not/there.db");
    let refused = Store::open(
        &Address::Sqlite(folder),
        MasterKey::random().unwrap(),
        Opening::Upgrade,
        Vec::new(),
    )
    .await
    .unwrap_err();
    assert!(
        refused.to_string().contains("not/there.db.lock"),
        "{refused}"
    );
}

#[test]
fn addresses_are_read_and_wrong_ones_explained() {
    let read = |given: &str| Address::read(given).map_err(|error| error.to_string());
    let file = |path: &str| Ok(Address::Sqlite(path.into()));
    assert_eq!(read("cotreat.db"), file("cotreat.db"));
    assert_eq!(
        read("sqlite:/var/lib/cotreat.db"),
        file("/var/lib/cotreat.db")
    );
    assert_eq!(
        read("sqlite:///var/lib/cotreat.db"),
        file("/var/lib/cotreat.db")
    );
    let postgres = "postgres://me:secret@db.example/cotreat";
    let address = Address::read(postgres).unwrap();
    assert_eq!(address, Address::Postgres(postgres.to_owned()));
    assert_eq!(address.shown(), "postgres://…@db.example/cotreat");
    assert!(
        read("mysql://db")
            .unwrap_err()
            .contains("only SQLite and PostgreSQL")
    );
    assert!(read("").unwrap_err().contains("it is empty"));
    assert!(read("sqlite:").unwrap_err().contains("the path is missing"));
}

#[test]
fn keys_are_read_as_they_are_written() {
    let key = MasterKey::random().unwrap();
    let text = format!("{}\n", *key.to_hex());
    assert_eq!(*MasterKey::from_hex(&text).unwrap().to_hex(), *key.to_hex());
    for wrong in ["", "abc", &"g".repeat(64), &"é".repeat(32), &"a".repeat(66)] {
        assert!(MasterKey::from_hex(wrong).is_err(), "{wrong}");
    }
    assert_eq!(format!("{key:?}"), "MasterKey(..)");
}
