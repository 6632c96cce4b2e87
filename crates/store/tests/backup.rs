//! Backups: everything that cannot be made again comes back, in either database, and nothing that is not a whole backup of ours is taken.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use cotreat_store::backup::{Label, Restored, restore};
use cotreat_store::database::Address;
use cotreat_store::outbox::Message;
use cotreat_store::{Beside, Erasure, Error, Expected, MasterKey, Projection, Schema, Store};

use crate::support::counting::Counting;
use crate::support::killed::{Child, given};
use crate::support::{Place, minute, notes, texts};

fn label() -> Label {
    Label {
        taken_at: minute(7),
        program: "0.1.0".to_owned(),
        knowledge: Some("a hash".to_owned()),
    }
}

fn counting() -> Vec<Box<dyn Projection>> {
    vec![Box::new(Counting { shape: 1 })]
}

async fn backup_of(store: &Store) -> Vec<u8> {
    let mut bytes = Vec::new();
    store
        .backup_to(&label(), &mut bytes, &mut |_| ())
        .await
        .expect("a backup can be taken");
    bytes
}

async fn try_restore(backup: &[u8], into: &Place) -> Result<Restored, Error> {
    let mut from = Cursor::new(backup);
    restore(
        &mut from,
        &into.address,
        &into.key,
        &Schema::ours(),
        &counting(),
        &mut |_, _| (),
    )
    .await
}

/// Rows of tables that have an owner of their own, whatever they mean.
const ROWS: [&str; 14] = [
    "INSERT INTO diary VALUES ('d1', 'o1', '2026-03-02', 'p1', {bytes}, '2026-03-01')",
    "INSERT INTO refusal VALUES ('f1', 'u1', 'o1', 'GET', '/audit', '', '2026-03-01')",
    "INSERT INTO inquiry VALUES ('q1', 'o1', {bytes}, '2026-03-01')",
    "INSERT INTO reminder VALUES ('e1', 'a1', 1, 'p1', 'l1', 1, '2026-03-01')",
    "INSERT INTO unreachable VALUES ({bytes}, '2026-03-01')",
    "INSERT INTO account VALUES ('u1', {bytes}, 2, '2026-03-01')",
    "INSERT INTO credential VALUES ('c1', 'u1', 'passkey', {bytes}, {bytes}, 7, '2026-03-01', '')",
    "INSERT INTO link VALUES ('l1', {bytes}, 'task', 'p1', 'a1', 1, '2026-03-01', '2026-03-15', '', '', '')",
    "INSERT INTO draft VALUES ('p1', 'a1', 3, {bytes}, '2026-03-01')",
    "INSERT INTO session VALUES ('s1', {bytes}, 'u1', '', 'password', 1, 0, '', '', '', '2026-03-02')",
    "INSERT INTO setup VALUES ({bytes}, 'u1', 'first', '2026-03-02')",
    "INSERT INTO oidc_state VALUES ({bytes}, {bytes}, '2026-03-02')",
    "INSERT INTO link_session VALUES ({bytes}, 'l1', '2026-03-02')",
    "INSERT INTO email_code VALUES ('l1', {bytes}, 0, '2026-03-02')",
];

/// What no backup holds: it opens doors for a short time.
const DOORS: [&str; 5] = [
    "session",
    "setup",
    "oidc_state",
    "link_session",
    "email_code",
];

/// A store with at least one row in every table.
async fn full(place: &Place) -> Store {
    let store = place.open_with(counting()).await;
    let mut batch = notes(
        "p1/e1",
        Expected::New,
        &["one", "two \"quoted\"\nlines, ümlaut"],
    );
    batch.messages.push(Message {
        topic: "invitation".to_owned(),
        body: b"please come".to_vec(),
        due_at: minute(1),
    });
    store.append(&batch, Some("a request")).await.unwrap();
    store
        .append(&notes("p2/e1", Expected::New, &["to be erased"]), None)
        .await
        .unwrap();
    store.not_sent(1, "no such host", minute(2)).await.unwrap();
    store
        .keep_shown("p1", b"what was shown", minute(0))
        .await
        .unwrap();
    let erasure = Erasure {
        persons: vec!["p2".to_owned()],
        actor: "practitioner-1".to_owned(),
        asked_by: "p2".to_owned(),
        reason: "they asked".to_owned(),
        at: minute(3),
    };
    store.erase(&erasure).await.unwrap();
    store
        .checkpoint("2026-03-01".parse().unwrap())
        .await
        .unwrap();
    for row in ROWS {
        place.run(row).await;
    }
    store
}

/// A table that a new schema brings must get a row in `full`, and then a place in `src/backup/tables.rs`.
async fn a_restored_database_holds_every_row(from: Place, to: Option<Place>) {
    let Some(to) = to else { return };
    let to = Place {
        key: from.key.clone(),
        ..to
    };
    let store = full(&from).await;
    let backup = backup_of(&store).await;
    store.close().await;
    let mut before = from.rows().await;
    for (table, rows) in &mut before {
        assert!(!rows.is_empty(), "`full` puts no row into `{table}`");
        if DOORS.contains(&table.as_str()) {
            rows.clear();
        }
    }
    let restored = try_restore(&backup, &to).await.unwrap();
    let after = to.rows().await;
    for (table, rows) in &before {
        assert_eq!(after.get(table), Some(rows), "{table}");
    }
    assert_eq!(after.len(), before.len());
    assert_eq!(restored.label, label());
    // Two notes, one that nobody can read any more, and that this is so.
    assert_eq!(restored.rows["event"], 4);
    assert_eq!(
        (restored.verdict.events, restored.verdict.checkpoints),
        (4, 1)
    );
    let store = to.open_with(counting()).await;
    assert_eq!(
        texts(&store, "p1/e1").await,
        ["one", "two \"quoted\"\nlines, ümlaut"]
    );
    assert!(matches!(
        store.stream("p2/e1").await.unwrap_err(),
        Error::Erased { .. }
    ));
    // It goes on where it was.
    store
        .append(&notes("p1/e1", Expected::Version(2), &["three"]), None)
        .await
        .unwrap();
    assert!(store.verify(&[], &mut |_| ()).await.unwrap().is_fine());
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_file_to_a_file() {
    a_restored_database_holds_every_row(Place::sqlite(), Some(Place::sqlite())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_file_to_a_server() {
    a_restored_database_holds_every_row(Place::sqlite(), Place::postgres()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_server_to_a_file() {
    if let Some(server) = Place::postgres() {
        a_restored_database_holds_every_row(server, Some(Place::sqlite())).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_server_to_a_server() {
    if let Some(server) = Place::postgres() {
        a_restored_database_holds_every_row(server, Place::postgres()).await;
    }
}

both!(a_backup_is_of_one_moment, |place| async move {
    let store = Arc::new(place.open().await);
    for turn in 0..1500 {
        let stream = format!("p{}/e{turn}", turn % 3);
        store
            .append(&notes(&stream, Expected::New, &["before"]), None)
            .await
            .unwrap();
    }
    let writing = {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            for turn in 0.. {
                let stream = format!("q{turn}/e1");
                store
                    .append(&notes(&stream, Expected::New, &["during"]), None)
                    .await
                    .unwrap();
            }
        })
    };
    // Beside the writer, as another process does.
    let beside = Beside::open(&place.address).await.unwrap();
    let mut backup = Vec::new();
    let rows = beside
        .backup_to(&place.key, &label(), &mut backup, &mut |_| ())
        .await
        .unwrap();
    assert!(beside.events().await.unwrap().count > rows["event"]);
    writing.abort();
    beside.close().await;
    assert!(rows["event"] >= 1500);
    let to = Place {
        key: place.key.clone(),
        ..Place::sqlite()
    };
    let restored = try_restore(&backup, &to).await.unwrap();
    assert_eq!(restored.verdict.events, rows["event"]);
    assert_eq!(
        rows["person_key"],
        // Three persons before, and one with each event since.
        3 + rows["event"] - 1500,
        "no key without its event, no event without its key"
    );
});

both!(an_old_backup_is_brought_up_to_date, |place| async move {
    let from = Place {
        key: place.key.clone(),
        ..Place::sqlite()
    };
    let backup = backup_of(&full(&from).await).await;
    let newer = Schema::ours()
        .and("CREATE TABLE remark (event BIGINT NOT NULL); INSERT INTO remark SELECT position FROM event");
    let restored = restore(
        &mut Cursor::new(&backup),
        &place.address,
        &place.key,
        &newer,
        &counting(),
        &mut |_, _| (),
    )
    .await
    .unwrap();
    assert_eq!(restored.schema, Schema::ours().newest());
    assert_eq!(place.rows().await["remark"].len(), 4);
    // And the other way round.
    let to = Place {
        key: place.key.clone(),
        ..Place::sqlite()
    };
    let beside = Beside::open(&place.address).await.unwrap();
    let refused = beside
        .backup_to(&place.key, &label(), &mut Vec::new(), &mut |_| ())
        .await
        .unwrap_err();
    assert!(matches!(refused, Error::Newer { .. }), "{refused}");
    assert!(!path_of(&to).exists());
});

both!(a_record_is_never_written_over, |place| async move {
    let store = full(&place).await;
    let backup = backup_of(&store).await;
    let in_use = try_restore(&backup, &place).await.unwrap_err();
    assert!(matches!(in_use, Error::InUse { .. }), "{in_use}");
    store.close().await;
    let before = place.rows().await;
    let refused = try_restore(&backup, &place).await.unwrap_err();
    assert!(
        refused.to_string().contains("is left as it is"),
        "{refused}"
    );
    assert_eq!(place.rows().await, before);
});

both!(a_wrong_key_is_said, |place| async move {
    let backup = backup_of(&full(&place).await).await;
    // The same kind of database, another key.
    let to = Place::sqlite();
    let refused = try_restore(&backup, &to).await.unwrap_err();
    assert!(matches!(refused, Error::WrongKey), "{refused}");
    assert!(!path_of(&to).exists());
    let beside = Beside::open(&place.address).await.unwrap();
    let other = MasterKey::random().unwrap();
    let refused = beside
        .backup_to(&other, &label(), &mut Vec::new(), &mut |_| ())
        .await
        .unwrap_err();
    assert!(matches!(refused, Error::WrongKey), "{refused}");
});

fn path_of(place: &Place) -> &std::path::Path {
    match &place.address {
        Address::Sqlite(path) => path,
        Address::Postgres(_) => unreachable!("asked of files only"),
    }
}

/// A backup of a full store, and an empty place with its key.
async fn backup_and_place() -> (Vec<u8>, Place) {
    let from = Place::sqlite();
    let backup = backup_of(&full(&from).await).await;
    let to = Place {
        key: from.key.clone(),
        ..Place::sqlite()
    };
    (backup, to)
}

#[tokio::test]
async fn a_backup_that_was_cut_off_is_refused() {
    let (backup, to) = backup_and_place().await;
    for length in (0..backup.len()).step_by(13) {
        let refused = try_restore(&backup[..length], &to).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            "this backup cannot be restored: it ends too early, as if it had been cut off. Nothing was changed; take another backup.",
            "{length} bytes"
        );
        assert!(!path_of(&to).exists());
    }
    try_restore(&backup, &to).await.unwrap();
}

#[tokio::test]
async fn a_backup_that_was_changed_is_refused() {
    let (backup, to) = backup_and_place().await;
    let mut refusals = 0;
    for at in (0..backup.len()).step_by(17) {
        let mut changed = backup.clone();
        changed[at] ^= 0x10;
        match try_restore(&changed, &to).await {
            Err(Error::Backup { .. } | Error::WrongKey) => refusals += 1,
            Err(other) => panic!("byte {at}: {other}"),
            // A byte that says nothing to the decompressor: what came out is what was sealed.
            Ok(restored) => {
                assert_eq!(restored.rows["event"], 4);
                std::fs::remove_file(path_of(&to)).unwrap();
            }
        }
        assert!(!path_of(&to).exists(), "byte {at}");
    }
    assert!(refusals > 20, "{refusals}");
}

/// Unpacks a backup, changes its text, and packs it again: what somebody can do who knows the form and no key.
fn forged(backup: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    let text = String::from_utf8(zstd::decode_all(backup).unwrap()).unwrap();
    zstd::encode_all(change(text).as_bytes(), 1).unwrap()
}

#[tokio::test]
async fn a_forged_backup_is_refused() {
    let (backup, to) = backup_and_place().await;
    let untouched = forged(&backup, |text| text);
    let without_a_row = |text: String| {
        let lines = text.split_inclusive('\n');
        lines.filter(|line| !line.starts_with("[\"p2\"")).collect()
    };
    for (name, changed) in [
        ("a row is gone", forged(&backup, without_a_row)),
        (
            "a value",
            forged(&backup, |text| text.replace("\"a request\"", "\"another\"")),
        ),
        (
            "a null",
            forged(&backup, |text| text.replace("\"invitation\"", "null")),
        ),
        (
            "a label",
            forged(&backup, |text| text.replace("a hash", "b hash")),
        ),
        ("something follows", forged(&backup, |text| text + "[1]\n")),
        (
            "a table of its own",
            forged(&backup, |text| {
                text.replace("\"request\",\"col", "\"event; DROP TABLE event\",\"col")
            }),
        ),
    ] {
        let refused = try_restore(&changed, &to).await.unwrap_err();
        assert!(matches!(refused, Error::Backup { .. }), "{name}: {refused}");
        assert!(!path_of(&to).exists());
    }
    try_restore(&untouched, &to).await.unwrap();
}

#[tokio::test]
async fn what_is_no_backup_is_refused() {
    let (backup, to) = backup_and_place().await;
    let foreign = "this backup cannot be restored: this is no backup of this program.";
    for (bytes, words) in [
        (b"Dear diary, today".repeat(100), foreign),
        (zstd::encode_all(&b"Dear diary\n"[..], 1).unwrap(), foreign),
        (
            zstd::encode_all(&b"{\"backup\":\"other\"}\n"[..], 1).unwrap(),
            foreign,
        ),
        (
            forged(&backup, |text| text.replace("\"format\":1", "\"format\":2")),
            "it was written by a newer program",
        ),
        (
            forged(&backup, |text| text.replace("\"taken_at\"", "\"taken\"")),
            "its first line is not complete",
        ),
    ] {
        let refused = try_restore(&bytes, &to).await.unwrap_err().to_string();
        assert!(refused.contains(words), "{refused}");
        assert!(!path_of(&to).exists());
    }
    let newer = forged(&backup, |text| text.replace("\"schema\":", "\"schema\":9"));
    let refused = try_restore(&newer, &to).await.unwrap_err();
    assert!(matches!(refused, Error::Newer { .. }), "{refused}");
}

#[tokio::test]
async fn what_another_database_left_behind_is_not_mixed_in() {
    let (backup, to) = backup_and_place().await;
    let log = format!("{}-wal", path_of(&to).display());
    std::fs::write(&log, "a log of a database that was moved away").unwrap();
    let refused = try_restore(&backup, &to).await.unwrap_err();
    assert!(refused.to_string().contains(&log), "{refused}");
}

both!(
    a_kill_while_restoring_leaves_nothing_or_all,
    |place| async move {
        let from = Place {
            key: place.key.clone(),
            ..Place::sqlite()
        };
        let store = from.open().await;
        let batches: Vec<_> = (0..2500)
            .map(|n| notes(&format!("p{n}/e1"), Expected::New, &["a note"]))
            .collect();
        store.append_all(&batches, None).await.unwrap();
        let backup = backup_of(&store).await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup");
        std::fs::write(&file, &backup).unwrap();
        for lines in [1, 4, 8, 11] {
            let mut child = Child::start("backup::restores", &place, &file.display().to_string());
            let last = child.lines(lines);
            child.kill();
            assert!(last.is_some(), "it was killed before it was done");
            let there = match &place.address {
                Address::Sqlite(path) if !path.exists() => BTreeMap::new(),
                _ => place.rows().await,
            };
            if let Some(events) = there.get("event") {
                // The machine was slow to kill.
                assert_eq!(events.len(), 2500, "{last:?}");
                return;
            }
        }
        let restored = try_restore(&backup, &place).await.unwrap();
        assert_eq!(restored.rows["event"], 2500);
    }
);

/// Not a test: the process that is killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started and killed by the tests of this file"]
async fn restores() {
    let given = given();
    let backup = std::fs::read(&given.more).expect("a backup");
    restore(
        &mut Cursor::new(&backup),
        &given.address,
        &given.key,
        &Schema::ours(),
        &counting(),
        &mut |stage, done| given.say(&format!("{stage:?} {done}")),
    )
    .await
    .expect("it can be restored");
}
