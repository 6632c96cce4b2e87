//! The database: whose it is, whether it is sound, and whether somebody signs for it.

use cotreat_store::doctor::{Events, Fit, Outbox, Tables};
use cotreat_store::{Beside, Error, MasterKey};
use jiff::{SignedDuration, Timestamp};

use super::{Line, State, Visit};
use crate::operations::config::Settings;
use crate::operations::{acceptance, checkpoints, opening, room};

pub(super) async fn examine(settings: &Settings, visit: &Visit) -> Vec<Line> {
    let database = match opening::beside(settings).await {
        Ok(database) => database,
        Err(problem) => return vec![Line::of("database", &problem)],
    };
    let key = opening::key(settings).ok();
    let mut lines = vec![whose(settings, &database, key.as_ref()).await];
    lines.push(integrity(settings, &database).await);
    // Of a database that is not ours nothing else can be said.
    if lines.iter().all(|line| line.state == State::Ok) {
        lines.push(writer(settings, &database).await);
        lines.extend(server(settings, &database).await);
        lines.push(events(settings, &database, visit.now).await);
        lines.push(outbox(settings, &database, visit.now).await);
        if let Some(key) = &key {
            lines.push(signed(settings, &database, visit.now).await);
            lines.push(copy(settings, &database, key).await);
            lines.push(accepted(settings, &database, key, visit).await);
        }
    }
    database.close().await;
    lines
}

fn failed(what: &'static str, settings: &Settings, error: &Error) -> Line {
    Line::of(what, &opening::problem(settings, error))
}

async fn whose(settings: &Settings, database: &Beside, key: Option<&MasterKey>) -> Line {
    let what = "database";
    let name = &settings.database;
    match database.tables(key).await {
        Err(error) => failed(what, settings, &error),
        Ok(Tables::None) => failed(
            what,
            settings,
            &Error::Empty {
                database: name.clone(),
            },
        ),
        Ok(Tables::Other) => failed(
            what,
            settings,
            &Error::NotOurs {
                database: name.clone(),
            },
        ),
        Ok(Tables::Ours {
            key_fits: Some(false),
            ..
        }) => failed(what, settings, &Error::WrongKey),
        Ok(Tables::Ours { schema, newest, .. }) if schema > newest => failed(
            what,
            settings,
            &Error::Newer {
                found: schema,
                known: newest,
            },
        ),
        Ok(Tables::Ours { schema, newest, .. }) if schema < newest => Line::wrong(
            what,
            format!(
                "{name}: tables of an older program (schema {schema}; this one needs {newest})"
            ),
            "stop the server and run `cotreat upgrade`",
        ),
        Ok(Tables::Ours { schema, .. }) => match database.size().await {
            Ok(bytes) => Line::ok(
                what,
                format!("{name}: {}, schema {schema}", room::words(bytes)),
            ),
            Err(error) => failed(what, settings, &error),
        },
    }
}

async fn integrity(settings: &Settings, database: &Beside) -> Line {
    let what = "integrity";
    match database.integrity().await {
        Ok(found) => match found.first() {
            None => Line::ok(what, "the database finds nothing wrong with itself"),
            Some(first) => Line::wrong(
                what,
                format!("{first} ({} in all)", found.len()),
                "stop the server, copy the database away as it is, restore the newest backup that verifies, and have the disk examined",
            ),
        },
        Err(error) => failed(what, settings, &error),
    }
}

async fn writer(settings: &Settings, database: &Beside) -> Line {
    let what = "server";
    match database.writer().await {
        Ok(Some(writer)) => Line::ok(what, format!("{writer} is running")),
        Ok(None) => Line::look(what, "nothing is running", "start it: `cotreat serve`"),
        Err(error) => failed(what, settings, &error),
    }
}

/// Settings of a PostgreSQL server that must not be otherwise, and why.
const NEEDED: [(&str, &[&str], &str); 4] = [
    (
        "fsync",
        &["on"],
        "what was acknowledged is lost in a power cut",
    ),
    ("full_page_writes", &["on"], "a power cut can tear pages"),
    (
        "synchronous_commit",
        &["on", "local", "remote_write", "remote_apply"],
        "what was acknowledged is lost in a power cut",
    ),
    (
        "server_encoding",
        &["UTF8"],
        "names cannot be written in it",
    ),
];
/// The oldest release that is tested.
const OLDEST: u32 = 150_000;

async fn server(settings: &Settings, database: &Beside) -> Vec<Line> {
    let what = "database server";
    let found = match database.settings().await {
        Ok(found) if found.is_empty() => return Vec::new(),
        Ok(found) => found,
        Err(error) => return vec![failed(what, settings, &error)],
    };
    let mut lines = Vec::new();
    for (name, value) in &found {
        if name == "server_version_num"
            && value.parse::<u32>().is_ok_and(|version| version < OLDEST)
        {
            lines.push(Line::wrong(
                what,
                format!("it is too old ({value})"),
                "upgrade it to PostgreSQL 15 or newer",
            ));
        }
        let needed = NEEDED.iter().find(|(needed, ..)| needed == name);
        if let Some((_, good, why)) = needed
            && !good.contains(&value.as_str())
        {
            lines.push(Line::wrong(
                what,
                format!("`{name}` is {value}: {why}"),
                format!(
                    "set `{name} = {}` in postgresql.conf",
                    good.first().unwrap_or(&"on")
                ),
            ));
        }
    }
    if lines.is_empty() {
        lines.push(Line::ok(what, "its settings keep what was acknowledged"));
    }
    lines
}

/// Clocks of two machines may differ by so much.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

async fn events(settings: &Settings, database: &Beside, now: Timestamp) -> Line {
    let what = "events";
    let found = match database.events().await {
        Ok(found) => found,
        Err(error) => return failed(what, settings, &error),
    };
    let Events {
        count,
        last,
        last_at,
    } = &found;
    if count != last {
        return Line::wrong(
            what,
            format!("there are {count}, but the last has number {last}"),
            "run `cotreat audit verify`, which says what is missing",
        );
    }
    let Some(last_at) = last_at else {
        return Line::ok(what, "none yet");
    };
    match last_at.parse::<Timestamp>() {
        Ok(at) if at > now.saturating_add(TOLERANCE).unwrap_or(Timestamp::MAX) => Line::wrong(
            what,
            format!(
                "the last of {count} is dated {last_at}, which has not come yet: the clock of this machine went back, or was ahead"
            ),
            "set the clock (NTP); events are kept in their true order whatever their dates say",
        ),
        _ => Line::ok(what, format!("{count}, the last at {last_at}")),
    }
}

/// After so many tries something is wrong rather than late.
const TRIES: u64 = 5;

async fn outbox(settings: &Settings, database: &Beside, now: Timestamp) -> Line {
    let what = "messages";
    let Outbox {
        waiting,
        due,
        troubled,
        tries,
    } = match database.outbox(now).await {
        Ok(found) => found,
        Err(error) => return failed(what, settings, &error),
    };
    let says = format!("{waiting} wait, {due} of them due, {troubled} could not be sent so far");
    let todo =
        "look at [smtp] and at the log of the server; messages are tried again by themselves";
    if tries >= TRIES {
        Line::wrong(what, format!("{says} ({tries} tries)"), todo)
    } else if troubled > 0 {
        Line::look(what, says, todo)
    } else {
        Line::ok(what, says)
    }
}

/// A server signs once a day.
const UNSIGNED: SignedDuration = SignedDuration::from_hours(48);

async fn signed(settings: &Settings, database: &Beside, now: Timestamp) -> Line {
    let what = "checkpoints";
    let found = match database.checkpoints().await {
        Ok(found) => found,
        Err(error) => return failed(what, settings, &error),
    };
    let Some(last) = found.last() else {
        return Line::look(
            what,
            "the record was never signed",
            "`cotreat audit checkpoint` signs it; a server does so once a day",
        );
    };
    let says = format!("{}, the last of {}", found.len(), last.day);
    let until = last
        .day
        .parse::<jiff::civil::Date>()
        .ok()
        .and_then(|day| day.to_zoned(jiff::tz::TimeZone::UTC).ok())
        .and_then(|day| day.timestamp().checked_add(UNSIGNED).ok());
    if until.is_some_and(|until| until < now) {
        Line::look(
            what,
            says,
            "start the server, or run `cotreat audit checkpoint`",
        )
    } else {
        Line::ok(what, says)
    }
}

async fn copy(settings: &Settings, database: &Beside, key: &MasterKey) -> Line {
    let what = "copy of the checkpoints";
    let Some(file) = &settings.checkpoint_copy else {
        return Line::look(
            what,
            "there is none: nobody would see that the end of the record was cut off",
            "name a file on another machine in `checkpoint_copy`",
        );
    };
    let kept = match checkpoints::read(file) {
        Ok(kept) => kept,
        Err(problem) => return Line::of(what, &problem),
    };
    for point in &kept {
        let says = match database.fit(key, point).await {
            Ok(Fit::Fits) => continue,
            Ok(Fit::CutOff) => {
                "the record ends before it: its end was cut off, or an old backup was restored"
            }
            Ok(Fit::Rewritten) => "the record says otherwise: the past was written anew",
            Ok(Fit::NotSigned) => "it was not signed with this key",
            Err(error) => return failed(what, settings, &error),
        };
        return Line::wrong(
            what,
            format!("{}, {}: {says}", file.display(), point.day),
            "run `cotreat audit verify`, keep everything as it is, and find out who had access",
        );
    }
    let there = match database.checkpoints().await {
        Ok(there) => there,
        Err(error) => return failed(what, settings, &error),
    };
    let missing = there.iter().filter(|one| !kept.contains(one)).count();
    if missing > 0 {
        Line::look(
            what,
            format!("{} lacks {missing}", file.display()),
            "`cotreat audit checkpoint` adds them",
        )
    } else {
        Line::ok(what, format!("{}, {} that fit", file.display(), kept.len()))
    }
}

async fn accepted(settings: &Settings, database: &Beside, key: &MasterKey, visit: &Visit) -> Line {
    let what = "knowledge";
    let Some(hash) = &visit.knowledge else {
        return Line::wrong(what, "it does not load", "`cotreat check` says why");
    };
    if settings.demo {
        return Line::ok(what, "a demo needs nobody's acceptance");
    }
    match acceptance::of(database, key, hash).await {
        Ok(Some(accepted)) => Line::ok(
            what,
            format!(
                "accepted by {} ({}) on {}",
                accepted.officer, accepted.standing, accepted.on
            ),
        ),
        Ok(None) => Line::wrong(
            what,
            "no clinical safety officer has accepted this release of the knowledge, and the server does not start without",
            "the officer reads what changed (`cotreat replay`) and runs `cotreat accept`",
        ),
        Err(error) => failed(what, settings, &error),
    }
}
