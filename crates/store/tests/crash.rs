//! The process is killed while four writers write, again and again: whatever was acknowledged is there, once, and the chain holds.
//!
//! `COTREAT_KILLS=200 cargo test -p cotreat-store crash` kills so often on each database; the ordinary run kills a few times.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use cotreat_store::database::Address;
use cotreat_store::{Expected, MasterKey, Opening, Store};

use crate::support::{Place, notes, texts};

const WRITERS: usize = 4;
/// How often the ordinary run kills.
const KILLS: u32 = 5;

both!(what_was_acknowledged_outlives_a_kill, |place| async move {
    let kills = std::env::var("COTREAT_KILLS").map_or(KILLS, |n| n.parse().expect("a number"));
    place.open().await.close().await;
    let mut acknowledged = Vec::new();
    for kill in 0..kills {
        let new = written_until_killed(&place, kill);
        assert!(!new.is_empty(), "nothing was written before kill {kill}");
        let store = place.open().await;
        // The last form was sent; its sender, who cannot know that it arrived, sends it again.
        let last = new.last().expect("it is not empty");
        let again = notes(&stream_of(last), Expected::Any, &[last]);
        let answer = store.append(&again, Some(last)).await.unwrap();
        assert!(answer.repeated, "{last} was acknowledged");
        acknowledged.extend(new);
        let mut found = Vec::new();
        for writer in 0..WRITERS {
            found.extend(texts(&store, &format!("p{writer}/e1")).await);
        }
        let count = found.len();
        found.sort();
        found.dedup();
        assert_eq!(found.len(), count, "nothing is there twice");
        for text in &acknowledged {
            assert!(found.binary_search(text).is_ok(), "{text} is lost");
        }
        let verdict = store.verify(&[], &mut |_| ()).await.unwrap();
        assert!(verdict.is_fine(), "{verdict:?}");
        if let Address::Sqlite(_) = place.address {
            let rows = store.ask("PRAGMA integrity_check", &[]).await.unwrap();
            assert_eq!(rows[0].text(0).unwrap(), "ok");
        }
        store.close().await;
    }
});

/// Starts writers in a process of their own, kills it after a while that is never the same, and returns what they were told is safe.
fn written_until_killed(place: &Place, kill: u32) -> Vec<String> {
    let address = match &place.address {
        Address::Sqlite(path) => format!("sqlite:{}", path.display()),
        Address::Postgres(url) => url.clone(),
    };
    let program = std::env::current_exe().expect("this program has a name");
    let mut child = Command::new(program)
        .args(["crash::writers", "--exact", "--ignored", "--nocapture"])
        .env("COTREAT_CRASH_DATABASE", address)
        .env("COTREAT_CRASH_KEY", place.key.to_hex().as_str())
        .env("COTREAT_CRASH_RUN", kill.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("this program can be started again");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut safe = Vec::new();
    for line in lines.by_ref().map_while(Result::ok) {
        if let Some((_, text)) = line.split_once("safe ") {
            safe.push(text.to_owned());
            break;
        }
    }
    // From 5 to 120 ms after the first, in steps that meet no rhythm of the writers.
    std::thread::sleep(Duration::from_millis(5 + u64::from(kill * 37 % 116)));
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    for line in lines.map_while(Result::ok) {
        if let Some((_, text)) = line.split_once("safe ") {
            safe.push(text.to_owned());
        }
    }
    // The last line may have been cut in the middle; a text says how long it is.
    safe.retain(|text| text.ends_with('.'));
    safe
}

/// Each text begins with the number of its writer.
fn stream_of(text: &str) -> String {
    let writer = text.split(' ').next().unwrap_or_default();
    format!("p{writer}/e1")
}

/// Not a test: the process that is killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started and killed by the tests of this file"]
async fn writers() {
    let given = |name: &str| std::env::var(name).expect("started by the tests of this file");
    let store = Store::open(
        &Address::read(&given("COTREAT_CRASH_DATABASE")).expect("an address"),
        MasterKey::from_hex(&given("COTREAT_CRASH_KEY")).expect("a key"),
        Opening::AsIs,
        Vec::new(),
    )
    .await
    .expect("the store can be opened");
    let store = Arc::new(store);
    let run = given("COTREAT_CRASH_RUN");
    let mut writers = Vec::new();
    for writer in 0..WRITERS {
        let (store, run) = (Arc::clone(&store), run.clone());
        writers.push(tokio::spawn(async move {
            for turn in 0.. {
                let text = format!("{writer} run {run} turn {turn}.");
                let batch = notes(&stream_of(&text), Expected::Any, &[&text]);
                store
                    .append(&batch, Some(&text))
                    .await
                    .expect("it can be written");
                let mut out = std::io::stdout().lock();
                writeln!(out, "safe {text}").expect("somebody reads");
            }
        }));
    }
    for writer in writers {
        writer.await.expect("it goes on until it is killed");
    }
}
