//! The doctor: one line for each thing, well or not, with what to do.

use std::fs;

use cotreat_server::operations::backups::{self, Order};
use cotreat_server::operations::config::{Backup, Issuer, Smtp};
use cotreat_server::operations::doctor::{self, Line, State, Visit};
use cotreat_server::operations::{Settings, directory, envelope};
use cotreat_store::outbox::Message;
use cotreat_store::{Batch, Expected, MasterKey, NewEvent, Opening, Store};
use jiff::{SignedDuration, Timestamp};

use crate::postgres;
use crate::support::{House, now};

async fn examine(settings: &Settings) -> Vec<Line> {
    at(settings, now()).await
}

async fn at(settings: &Settings, now: Timestamp) -> Vec<Line> {
    let visit = Visit {
        knowledge: Some("c0ffee01".to_owned()),
        now,
    };
    doctor::examine(settings, &visit).await
}

/// The state of one thing, what is said, and what to do.
#[track_caller]
fn of(lines: &[Line], what: &str) -> (State, String, String) {
    let line = lines.iter().find(|line| line.what == what);
    let line = line.unwrap_or_else(|| panic!("nothing is said about {what}: {lines:#?}"));
    (
        line.state,
        line.says.clone(),
        line.todo.clone().unwrap_or_default(),
    )
}

#[track_caller]
fn is(lines: &[Line], what: &str, state: State, words: &[&str]) {
    let (found, says, todo) = of(lines, what);
    assert_eq!(found, state, "{what}: {says}");
    for word in words {
        assert!(
            says.contains(word) || todo.contains(word),
            "`{word}` is not in: {says} → {todo}"
        );
    }
    assert_eq!(
        todo.is_empty(),
        state == State::Ok,
        "whatever is not well has a remedy: {says}"
    );
}

fn later(hours: i64) -> Timestamp {
    now()
        .checked_add(SignedDuration::from_hours(hours))
        .expect("a moment")
}

#[tokio::test]
async fn an_installation_that_is_well() {
    let house = House::new();
    let public = envelope::new_identity(&house.path("identity")).unwrap();
    fs::write(house.path("stolen"), "").unwrap();
    let settings = Settings {
        public_url: Some("https://cotreat.example.org".to_owned()),
        breached_passwords: Some(house.path("stolen")),
        checkpoint_copy: Some(house.path("checkpoints")),
        backup: Backup {
            folder: Some(house.path("backups")),
            recipients: vec![public],
            ..Backup::default()
        },
        smtp: Some(Smtp {
            host: "mail.example.org".to_owned(),
            port: 587,
            user: Some("cotreat".to_owned()),
            password_file: Some(house.secret("mail", "hush-7731")),
            from: "clinic@example.org".to_owned(),
        }),
        oidc: vec![Issuer {
            id: "clinic".to_owned(),
            name: "Clinic".to_owned(),
            issuer: "https://login.example.org".to_owned(),
            client_id: "cotreat".to_owned(),
            client_secret_file: Some(house.secret("issuer", "hush-7732")),
            hosts: Vec::new(),
            inside: false,
            asks_second_factor: false,
        }],
        ..house.settings.clone()
    };
    let store = house.begun().await;
    let place = directory::organisation(&store, None).await.unwrap();
    directory::accept(
        &store,
        &place.organisation,
        "c0ffee01",
        "Ada Example",
        "physiotherapist",
        now(),
    )
    .await
    .unwrap();
    store
        .checkpoint("2026-11-27".parse().unwrap())
        .await
        .unwrap();
    cotreat_server::operations::checkpoints::add_missing(
        &house.path("checkpoints"),
        &store.checkpoints().await.unwrap(),
    )
    .unwrap();
    let order = Order {
        into: None,
        knowledge: None,
        now: now(),
    };
    backups::take(&settings, &order, &mut |_, _| ())
        .await
        .unwrap();
    let lines = at(&settings, later(1)).await;
    for line in &lines {
        // How much room there is on the machine of a test is nobody's fault.
        if !line.what.starts_with("room") {
            assert_eq!((line.state, &line.todo), (State::Ok, &None), "{line:?}");
        }
    }
    is(
        &lines,
        "server",
        State::Ok,
        &[&format!("process {}", std::process::id())],
    );
    is(
        &lines,
        "knowledge",
        State::Ok,
        &["accepted by Ada Example (physiotherapist) on 2026-11-27"],
    );
    is(&lines, "events", State::Ok, &["5, the last at 2026-11-27"]);
    let said = lines
        .iter()
        .map(|line| line.to_json().to_string())
        .collect::<String>();
    assert!(!said.contains("hush-77"), "no secret is shown");

    // The same a week later, when nobody did anything.
    let lines = at(&settings, later(24 * 8)).await;
    is(
        &lines,
        "backups",
        State::Wrong,
        &["8 days old", "find out why the nightly one fails"],
    );
    is(&lines, "checkpoints", State::Look, &["2026-11-27"]);
    is(
        &at(&settings, later(30)).await,
        "backups",
        State::Look,
        &["30 hours old"],
    );

    store.close().await;
    is(
        &examine(&settings).await,
        "server",
        State::Look,
        &["nothing is running", "cotreat serve"],
    );
}

#[tokio::test]
async fn what_stands_around() {
    let house = House::new();
    let lines = examine(&house.settings).await;
    is(&lines, "key file", State::Ok, &["cotreat.key"]);
    is(&lines, "network", State::Look, &["only this machine"]);
    is(&lines, "mail", State::Look, &["[smtp]"]);
    is(
        &lines,
        "stolen passwords",
        State::Look,
        &["breached_passwords"],
    );
    is(
        &lines,
        "backup recipients",
        State::Wrong,
        &["--new-identity"],
    );
    is(&lines, "backups", State::Wrong, &["[backup]"]);
    is(
        &lines,
        "database",
        State::Wrong,
        &["there is no record", "cotreat init"],
    );

    let mut settings = house.settings.clone();
    settings.listen = "0.0.0.0:8080".parse().unwrap();
    is(
        &examine(&settings).await,
        "network",
        State::Wrong,
        &["without encryption", "TLS"],
    );
    settings.public_url = Some("https://cotreat.example.org".to_owned());
    is(
        &examine(&settings).await,
        "network",
        State::Look,
        &["without the proxy"],
    );
    settings.breached_passwords = Some(house.path("nowhere"));
    is(
        &examine(&settings).await,
        "stolen passwords",
        State::Wrong,
        &["there is no such file"],
    );
    settings.key_file = house.path("nowhere");
    is(
        &examine(&settings).await,
        "key file",
        State::Wrong,
        &["there is no such file"],
    );
    settings.key_file = house.secret("garbage", "garbage");
    is(
        &examine(&settings).await,
        "key file",
        State::Wrong,
        &["64 hexadecimal digits", "cotreat init"],
    );
    settings.backup.folder = Some(house.path("nowhere"));
    is(
        &examine(&settings).await,
        "backups",
        State::Wrong,
        &["nowhere"],
    );
    fs::create_dir(house.path("backups")).unwrap();
    settings.backup.folder = Some(house.path("backups"));
    is(
        &examine(&settings).await,
        "backups",
        State::Wrong,
        &["there is none in", "every night"],
    );
    fs::write(
        house.path("backups/cotreat-20261127T070000Z.age"),
        "no backup",
    )
    .unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let file = house.path("backups/cotreat-20261127T070000Z.age");
        fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
    }
    is(
        &examine(&settings).await,
        "backups",
        State::Wrong,
        &["does not begin like a sealed file"],
    );
}

/// Something that happened to nobody, with a message.
fn note(at: Timestamp) -> Batch {
    Batch {
        stream: "user/u1".to_owned(),
        person: "user/u1".to_owned(),
        actor: "operator".to_owned(),
        at,
        expected: Expected::Any,
        events: vec![NewEvent {
            kind: "note".to_owned(),
            shape: 1,
            body: b"{}".to_vec(),
        }],
        messages: vec![Message {
            topic: "email".to_owned(),
            body: b"{}".to_vec(),
            due_at: now(),
        }],
    }
}

/// A store without tables made from events, for events that mean nothing.
async fn plain(house: &House) -> Store {
    let key = cotreat_server::operations::opening::key(&house.settings).unwrap();
    let address = house.settings.address().unwrap();
    Store::open(&address, key, Opening::Upgrade, Vec::new())
        .await
        .unwrap()
}

#[tokio::test]
async fn what_is_wrong_with_the_record() {
    let house = House::new();
    let store = plain(&house).await;
    is(
        &examine(&house.settings).await,
        "events",
        State::Ok,
        &["none yet"],
    );
    store.append(&note(later(3)), None).await.unwrap();
    let lines = examine(&house.settings).await;
    is(
        &lines,
        "events",
        State::Wrong,
        &["has not come yet", "set the clock"],
    );
    is(&lines, "messages", State::Ok, &["1 wait, 1 of them due"]);
    is(&lines, "checkpoints", State::Look, &["never signed"]);
    is(
        &lines,
        "copy of the checkpoints",
        State::Look,
        &["checkpoint_copy"],
    );
    is(
        &lines,
        "knowledge",
        State::Wrong,
        &["no clinical safety officer has accepted", "cotreat accept"],
    );
    store.not_sent(1, "no such host", now()).await.unwrap();
    is(
        &examine(&house.settings).await,
        "messages",
        State::Look,
        &["1 could not be sent"],
    );
    for _ in 0..4 {
        store.not_sent(1, "no such host", now()).await.unwrap();
    }
    is(
        &examine(&house.settings).await,
        "messages",
        State::Wrong,
        &["(5 tries)"],
    );

    store
        .checkpoint("2026-11-27".parse().unwrap())
        .await
        .unwrap();
    let mut settings = house.settings.clone();
    settings.checkpoint_copy = Some(house.path("checkpoints"));
    is(
        &examine(&settings).await,
        "copy of the checkpoints",
        State::Look,
        &["lacks 1", "cotreat audit checkpoint"],
    );
    // A copy of another record: signed with another key, and further on.
    let other = House::new();
    let theirs = plain(&other).await;
    theirs.append(&note(now()), None).await.unwrap();
    theirs
        .checkpoint("2026-11-27".parse().unwrap())
        .await
        .unwrap();
    let line = theirs.checkpoints().await.unwrap()[0].to_line();
    fs::write(house.path("checkpoints"), line).unwrap();
    is(
        &examine(&settings).await,
        "copy of the checkpoints",
        State::Wrong,
        &["it was not signed with this key", "cotreat audit verify"],
    );
    fs::write(house.path("checkpoints"), "garbage").unwrap();
    is(
        &examine(&settings).await,
        "copy of the checkpoints",
        State::Wrong,
        &["this line is no checkpoint"],
    );
    store.close().await;

    let mut demo = house.settings.clone();
    demo.demo = true;
    is(&examine(&demo).await, "knowledge", State::Ok, &["demo"]);
    let visit = Visit {
        knowledge: None,
        now: now(),
    };
    is(
        &doctor::examine(&house.settings, &visit).await,
        "knowledge",
        State::Wrong,
        &["cotreat check"],
    );
}

#[tokio::test]
async fn a_database_of_something_else() {
    let house = House::new();
    plain(&house).await.close().await;
    let mut other = house.settings.clone();
    other.key_file = house.secret("other", &MasterKey::random().unwrap().to_hex());
    is(
        &examine(&other).await,
        "database",
        State::Wrong,
        &[
            "the key does not fit this database",
            "key file that was made with it",
        ],
    );
    fs::write(house.path("cotreat.db"), "Dear diary".repeat(1000)).unwrap();
    is(
        &examine(&house.settings).await,
        "database",
        State::Wrong,
        &["cannot be opened", "restore the newest backup"],
    );
}

#[tokio::test]
async fn a_damaged_page() {
    let house = House::new();
    let store = plain(&house).await;
    for _ in 0..200 {
        store.append(&note(now()), None).await.unwrap();
    }
    store.close().await;
    let path = house.path("cotreat.db");
    let mut bytes = fs::read(&path).unwrap();
    for page in bytes.chunks_mut(4096).skip(2) {
        page[..64].fill(0xA5);
    }
    fs::write(&path, bytes).unwrap();
    let lines = examine(&house.settings).await;
    let wrong: Vec<_> = lines
        .iter()
        .filter(|line| ["database", "integrity"].contains(&line.what))
        .collect();
    assert!(
        wrong.iter().any(|line| line.state == State::Wrong
            && line
                .todo
                .as_deref()
                .is_some_and(|todo| todo.contains("restore the newest backup"))),
        "{wrong:#?}"
    );
}

#[tokio::test]
async fn a_server_that_may_lose_what_it_acknowledged() {
    let Some(database) = postgres::fresh_database() else {
        return;
    };
    let house = House::new();
    let settings = Settings {
        database,
        ..house.settings.clone()
    };
    let there = House {
        folder: house.folder,
        settings,
    };
    let store = there.begun().await;
    let lines = examine(&there.settings).await;
    is(&lines, "database", State::Ok, &["schema"]);
    is(&lines, "integrity", State::Ok, &[]);
    is(
        &lines,
        "server",
        State::Ok,
        &["of the server, from 127.0.0.1"],
    );
    // The server of these tests is quick and careless.
    is(
        &lines,
        "database server",
        State::Wrong,
        &["`fsync` is off", "set `fsync = on` in postgresql.conf"],
    );
    assert!(
        lines.iter().all(|line| line.what != "room for the record"),
        "its disk is elsewhere"
    );
    store.close().await;
}
