//! How many events a second become durable, are verified, backed up and restored: `cargo bench -p cotreat-store --bench append`.
//!
//! SQLite (WAL, `synchronous=FULL`) in a file below the target folder, so that a real disk is measured; the same bytes inserted bare, one row in each
//! transaction, stand beside it. With `COTREAT_BENCH_POSTGRES=postgres://…/empty_database` the same on that server, with its own fsync settings.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use cotreat_store::backup::{Label, restore};
use cotreat_store::database::Address;
use cotreat_store::{Batch, Expected, MasterKey, NewEvent, Opening, Schema, Store};
use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _};

/// An event of the clinic is about this long, in bytes.
const BODY: usize = 400;
const ONE_BY_ONE: u64 = 1_500;
const BULK: u64 = 40_000;
/// Events of one episode in an import.
const EPISODE: u64 = 20;
/// Events a second that must be reached.
const LIMITS: (f64, f64) = (300.0, 5_000.0);

#[tokio::main]
async fn main() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("append-bench");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    println!(
        "{BODY} bytes an event; limits: {} a second one by one, {} in bulk",
        LIMITS.0, LIMITS.1
    );
    let bare = rate(ONE_BY_ONE, bare(&folder.join("bare.db")).await);
    let file = Address::Sqlite(folder.join("cotreat.db"));
    measure("SQLite, WAL, synchronous=FULL", &file, Some(bare)).await;
    if let Ok(url) = std::env::var("COTREAT_BENCH_POSTGRES") {
        let server = Address::read(&url).expect("an address of PostgreSQL");
        measure("PostgreSQL, fsync as the server has it", &server, None).await;
    }
}

async fn measure(name: &str, address: &Address, bare: Option<f64>) {
    let key = MasterKey::random().expect("there are random numbers");
    let store = Store::open(address, key.clone(), Opening::Upgrade, Vec::new())
        .await
        .expect("the store can be opened");
    let began = Instant::now();
    for turn in 0..ONE_BY_ONE {
        let (episode, version) = (turn / EPISODE, turn % EPISODE);
        store
            .append(&batch(episode, version, 1), None)
            .await
            .expect("it is appended");
    }
    let single = rate(ONE_BY_ONE, began.elapsed());
    println!("{name}");
    let beside = bare.map_or_else(String::new, |bare| {
        format!("; bare inserts {bare:.0}, so {:.2} of that", single / bare)
    });
    println!(
        "  one by one {single:>8.0} events/s, {:.1} of the limit{beside}",
        single / LIMITS.0
    );
    let first = ONE_BY_ONE / EPISODE + 1;
    let batches: Vec<Batch> = (first..first + BULK / EPISODE)
        .map(|episode| batch(episode, 0, EPISODE))
        .collect();
    let began = Instant::now();
    for some in batches.chunks(50) {
        store.append_all(some, None).await.expect("it is appended");
    }
    let bulk = rate(BULK, began.elapsed());
    println!(
        "  in bulk    {bulk:>8.0} events/s, {:.1} of the limit; {} episodes of {EPISODE} events, 50 in a transaction",
        bulk / LIMITS.1,
        batches.len()
    );
    let began = Instant::now();
    let verdict = store
        .verify(&[], &mut |_| ())
        .await
        .expect("it can be verified");
    assert!(verdict.is_fine(), "{verdict:?}");
    println!(
        "  verified   {:>8.0} events/s",
        rate(verdict.events, began.elapsed())
    );
    backed_up(&store, &key).await;
    store.close().await;
}

/// A backup into memory, and back into a file.
async fn backed_up(store: &Store, key: &MasterKey) {
    let label = Label {
        taken_at: Timestamp::UNIX_EPOCH,
        program: "bench".to_owned(),
        knowledge: None,
    };
    let began = Instant::now();
    let mut backup = Vec::new();
    let rows = store
        .backup_to(&label, &mut backup, &mut |_| ())
        .await
        .expect("it can be backed up");
    let events = rows["event"];
    println!(
        "  backed up  {:>8.0} events/s, {} bytes an event, not encrypted",
        rate(events, began.elapsed()),
        backup.len() as u64 / events
    );
    let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("append-bench/restored.db");
    let _ = std::fs::remove_file(&place);
    let began = Instant::now();
    let mut from = backup.as_slice();
    let into = Address::Sqlite(place);
    let restored = restore(&mut from, &into, key, &Schema::ours(), &[], &mut |_, _| ())
        .await
        .expect("it can be restored");
    println!(
        "  restored   {:>8.0} events/s into SQLite, verified",
        rate(restored.verdict.events, began.elapsed())
    );
}

fn batch(episode: u64, seen: u64, events: u64) -> Batch {
    Batch {
        stream: format!("episode-{episode}"),
        person: format!("person-{episode}"),
        actor: "practitioner-1".to_owned(),
        at: Timestamp::UNIX_EPOCH,
        expected: Expected::Version(seen),
        events: (0..events)
            .map(|_| NewEvent {
                kind: "facts_recorded".to_owned(),
                shape: 1,
                body: vec![b'x'; BODY],
            })
            .collect(),
        messages: Vec::new(),
    }
}

/// The same bytes without anything around them.
async fn bare(path: &std::path::Path) -> Duration {
    let mut connection = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await
        .expect("a file can be made");
    sqlx::query("CREATE TABLE event (position BIGINT PRIMARY KEY, body BLOB NOT NULL)")
        .execute(&mut connection)
        .await
        .expect("a table");
    let body = vec![b'x'; BODY];
    let began = Instant::now();
    for position in 0..i64::try_from(ONE_BY_ONE).expect("a small number") {
        sqlx::query("INSERT INTO event (position, body) VALUES ($1, $2)")
            .bind(position)
            .bind(body.as_slice())
            .execute(&mut connection)
            .await
            .expect("a row");
    }
    let taken = began.elapsed();
    connection.close().await.expect("it closes");
    taken
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a benchmark are small"
)]
fn rate(count: u64, taken: Duration) -> f64 {
    count as f64 / taken.as_secs_f64()
}
