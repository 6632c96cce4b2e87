//! A database of the program before gains the tables.

use cotreat_store::{Error, Expected, Opening, Schema, Store};

use super::{add_user, session};
use crate::support::{minute, notes, texts};

const TABLES: [&str; 15] = [
    "DROP INDEX event_at",
    "DROP TABLE diary",
    "DROP TABLE refusal",
    "DROP TABLE inquiry",
    "DROP TABLE reminder",
    "DROP TABLE unreachable",
    "DROP TABLE account",
    "DROP TABLE credential",
    "DROP TABLE session",
    "DROP TABLE setup",
    "DROP TABLE oidc_state",
    "DROP TABLE link",
    "DROP TABLE link_session",
    "DROP TABLE email_code",
    "DROP TABLE draft",
];

both!(
    an_older_database_is_upgraded_and_keeps_its_events,
    |place| async move {
        let store = place.open().await;
        store
            .append(&notes("p1/e1", Expected::New, &["stays"]), None)
            .await
            .unwrap();
        store.close().await;
        for drop in TABLES {
            place.behind_its_back(drop).await;
        }
        place
            .behind_its_back("UPDATE instance SET schema = 1")
            .await;

        let as_is = Store::open(&place.address, place.key.clone(), Opening::AsIs, Vec::new()).await;
        let newest = Schema::ours().newest();
        assert!(matches!(as_is, Err(Error::Older { found: 1, known }) if known == newest));
        let store = place.open_known().await;
        assert_eq!(texts(&store, "p1/e1").await, ["stays"]);
        add_user(&store, "u1", "ada@example.org").await;
        store
            .add_session(b"token", &session("s1", "u1"), minute(0), &[])
            .await
            .unwrap();
        assert!(store.session(b"token", minute(1)).await.unwrap().is_some());
        assert!(store.verify(&[], &mut |_| ()).await.unwrap().is_fine());
    }
);
