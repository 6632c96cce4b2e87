//! What the fault drills in `tests/faults` torment: a process that writes and says what is safe, and one that looks whether it still is.
//!
//! - `writer new DATABASE KEY-FILE`: makes a store and its key.
//! - `writer write DATABASE KEY-FILE WRITERS SECONDS`: that many writers append, each event with a request key of its own, and print `safe TEXT` for what was acknowledged.
//!   The first refusal is printed as `refused WORDS` and ends the process with code 3.
//! - `writer check DATABASE KEY-FILE SAFE-FILE`: every text of the file is there once, the chain verifies, the database is sound; prints what was found, else ends with code 1.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cotreat_store::database::Address;
use cotreat_store::{Batch, Error, Expected, MasterKey, NewEvent, Opening, Store};
use jiff::Timestamp;

#[tokio::main(flavor = "multi_thread")]
async fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let done = match given.as_slice() {
        ["new", database, key] => new(database, key).await,
        ["write", database, key, writers, seconds] => {
            write(database, key, number(writers), number(seconds)).await
        }
        ["check", database, key, safe] => check(database, key, safe).await,
        _ => {
            eprintln!("writer new|write|check DATABASE KEY-FILE …");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            println!("refused {error}");
            ExitCode::from(3)
        }
    }
}

fn number(word: &str) -> u64 {
    word.parse().unwrap_or(1)
}

async fn new(database: &str, key_file: &str) -> Result<ExitCode, Error> {
    let key = MasterKey::random()?;
    std::fs::write(key_file, key.to_hex().as_bytes())
        .map_err(|error| Error::File(key_file.into(), error))?;
    open(database, key_file, Opening::New).await?.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn open(database: &str, key_file: &str, opening: Opening) -> Result<Store, Error> {
    let key =
        std::fs::read_to_string(key_file).map_err(|error| Error::File(key_file.into(), error))?;
    Store::open(
        &Address::read(database)?,
        MasterKey::from_hex(&key)?,
        opening,
        Vec::new(),
    )
    .await
}

async fn write(database: &str, key: &str, writers: u64, seconds: u64) -> Result<ExitCode, Error> {
    let store = Arc::new(open(database, key, Opening::AsIs).await?);
    let until = Instant::now() + Duration::from_secs(seconds);
    // Each run writes other texts.
    let run = Timestamp::now().as_nanosecond();
    let mut all = Vec::new();
    for writer in 0..writers {
        let store = Arc::clone(&store);
        all.push(tokio::spawn(async move {
            let mut turn = 0;
            while Instant::now() < until {
                turn += 1;
                let text = format!("{writer} {run} {turn}.");
                store.append(&batch(&text), Some(&text)).await?;
                // One call, one line: a kill may cut the last one, which then lacks its full stop.
                let _ = std::io::stdout().write_all(format!("safe {text}\n").as_bytes());
            }
            Ok::<(), Error>(())
        }));
    }
    let mut refused = None;
    for one in all {
        if let Ok(Err(error)) = one.await {
            refused = Some(error);
        }
    }
    match refused {
        Some(error) => Err(error),
        None => Ok(ExitCode::SUCCESS),
    }
}

/// The first word of a text is its stream.
fn batch(text: &str) -> Batch {
    let writer = text.split(' ').next().unwrap_or_default();
    Batch {
        stream: format!("p{writer}/e1"),
        person: format!("p{writer}"),
        actor: "writer".to_owned(),
        at: Timestamp::now(),
        expected: Expected::Any,
        events: vec![NewEvent {
            kind: "note".to_owned(),
            shape: 1,
            body: text.as_bytes().to_vec(),
        }],
        messages: Vec::new(),
    }
}

async fn check(database: &str, key: &str, safe: &str) -> Result<ExitCode, Error> {
    let store = open(database, key, Opening::AsIs).await?;
    let list = std::fs::read_to_string(safe).map_err(|error| Error::File(safe.into(), error))?;
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    let mut position = 0;
    loop {
        let events = store.after(position).await?;
        let Some(last) = events.last() else { break };
        position = last.position;
        for event in events {
            let text = String::from_utf8_lossy(event.body.as_deref().unwrap_or_default());
            *found.entry(text.into_owned()).or_default() += 1;
        }
    }
    let acknowledged = list
        .lines()
        .filter_map(|line| line.strip_prefix("safe "))
        .filter(|text| text.ends_with('.'));
    let (mut kept, mut lost) = (0_u64, Vec::new());
    for text in acknowledged {
        match found.get(text) {
            Some(1) => kept += 1,
            Some(times) => lost.push(format!("`{text}` is there {times} times")),
            None => lost.push(format!("`{text}` is lost")),
        }
    }
    let verdict = store.verify(&[], &mut |_| ()).await?;
    let sound = match Address::read(database)? {
        Address::Sqlite(_) => store.ask("PRAGMA integrity_check", &[]).await?[0].text(0)? == "ok",
        Address::Postgres(_) => true,
    };
    for line in &lost {
        println!("{line}");
    }
    println!(
        "{kept} acknowledged events, each there once; {position} events in all; chain {}; database {}",
        if verdict.is_fine() { "holds" } else { "BROKEN" },
        if sound { "sound" } else { "DAMAGED" }
    );
    store.close().await;
    Ok(ExitCode::from(u8::from(
        !(lost.is_empty() && verdict.is_fine() && sound),
    )))
}
