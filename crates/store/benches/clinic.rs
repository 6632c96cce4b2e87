//! What the clinic's tables cost: `cargo bench -p cotreat-store --bench clinic`.
//!
//! Events of a made-up clinic (patients and episodes of 20 events: facts, a plan, a referral that is accepted, sessions) are appended with all projections, one by one and in bulk. Beside it
//! stand as many bare inserts by the `sqlite3` program on the same disk, or by `pgbench` on the same server. Then an episode of 200 events is read and appraised. SQLite lies in a file below the
//! target folder; with `COTREAT_BENCH_POSTGRES=postgres://…/empty_database` the same on that server.

mod support;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cotreat_care::event::{
    Addressee, EpisodeOpened, Event, Experience, FactsRecorded, Plan, PlanAgreed, PlannedLine,
    Recorded, Referral, ReferralAccepted, ReferralDrafted, ReferralSent, Response, Said, Session,
    SessionRecorded, Stated, VERSION, Who, Work,
};
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::model::Answers;
use cotreat_store::clinic::batch;
use cotreat_store::database::Address;
use cotreat_store::{Batch, Expected, Store};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use support::{Dice, Measured, databases, folder, identity, quantile, registered, server};

const ONE_BY_ONE: usize = 1_500;
const BULK: usize = 42_000;
/// Events of one episode.
const EPISODE: usize = 20;
/// Events a second that must be reached, one by one and in bulk.
const LIMITS: (f64, f64) = (300.0, 5_000.0);
/// Events of the long episode, and how long it may take to read and appraise it.
const LONG: usize = 200;
const LIMIT: Duration = Duration::from_millis(5);
const FIRST: Date = date(2026, 3, 2);

#[tokio::main]
async fn main() {
    let folder = folder("clinic-bench");
    let knowledge = knowledge();
    let clinic = Clinic::new(&knowledge);
    println!(
        "limits: {} events a second one by one, {} in bulk, {LIMIT:?} for an episode of {LONG} events",
        LIMITS.0, LIMITS.1
    );
    for measured in databases(&folder) {
        let bare = match &measured.address {
            Address::Sqlite(_) => sqlite3(&folder, clinic.bytes()),
            Address::Postgres(_) => pgbench(clinic.bytes()),
        };
        measure(&measured, &clinic, &knowledge, bare).await;
    }
}

/// Bare inserts a second, one by one and in bulk, and by which program.
struct Bare {
    program: &'static str,
    single: f64,
    bulk: f64,
}

async fn measure(measured: &Measured, clinic: &Clinic, knowledge: &Knowledge, bare: Option<Bare>) {
    let store = measured.open().await;
    println!(
        "{}, all projections, {} bytes an event on average",
        measured.name,
        clinic.bytes()
    );
    let mut appended = 0;
    let began = Instant::now();
    for patient in 0.. {
        if appended >= ONE_BY_ONE {
            break;
        }
        for batch in clinic.one_by_one(patient) {
            store.append(&batch, None).await.expect("it is appended");
            appended += 1;
        }
    }
    let beside = bare.as_ref().map(|bare| (bare.program, bare.single));
    told(
        "one by one",
        rate(appended, began.elapsed()),
        LIMITS.0,
        beside,
    );

    let patients = BULK / (EPISODE + 1);
    let batches: Vec<Batch> = (1_000..1_000 + patients)
        .flat_map(|patient| clinic.at_once(patient))
        .collect();
    let events = batches.iter().map(|batch| batch.events.len()).sum();
    let began = Instant::now();
    for some in batches.chunks(100) {
        store.append_all(some, None).await.expect("it is appended");
    }
    let beside = bare.as_ref().map(|bare| (bare.program, bare.bulk));
    told("in bulk", rate(events, began.elapsed()), LIMITS.1, beside);

    long(&store, clinic, knowledge).await;
    let began = Instant::now();
    store
        .rebuild(&mut |_, _| ())
        .await
        .expect("it can be made again");
    println!(
        "  every projection made again from {events} events and more in {:.1?}",
        began.elapsed()
    );
    store.close().await;
}

fn told(what: &str, rate: f64, limit: f64, bare: Option<(&str, f64)>) {
    let beside = bare.map_or_else(String::new, |(program, bare)| {
        format!(
            "; bare inserts by {program} {bare:.0}, so {:.2} of that",
            rate / bare
        )
    });
    println!(
        "  {what:<10} {rate:>8.0} events/s, {:.1} of the limit{beside}",
        rate / limit
    );
}

/// Reads and appraises a long episode.
async fn long(store: &Store, clinic: &Clinic, knowledge: &Knowledge) {
    let events = clinic.long();
    let batch = batch::episode("long", "p1", Expected::New, &events).expect("it can be written");
    store.append(&batch, None).await.expect("it is appended");
    let (mut read, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        let began = Instant::now();
        let episode = store
            .episode("long")
            .await
            .expect("it can be read")
            .expect("it is there");
        read.push(began.elapsed());
        let known = episode.record.known(knowledge, FIRST);
        let appraisal = cotreat_care::appraise(&known.episode, knowledge);
        whole.push(began.elapsed());
        assert!(episode.version == 200 && !known.episode.facts.is_empty());
        drop(appraisal);
    }
    println!(
        "  an episode of {LONG} events read in {:.2?} and with its appraisal in {:.2?} (median), {:.2?} (p95): {:.2} of the limit",
        quantile(&mut read, 0.5),
        quantile(&mut whole, 0.5),
        quantile(&mut whole, 0.95),
        quantile(&mut whole, 0.95).as_secs_f64() / LIMIT.as_secs_f64()
    );
}

/// What happens in the made-up clinic.
struct Clinic {
    /// One episode, the same for everybody.
    episode: Vec<Event>,
    facts: Vec<Stated>,
}

impl Clinic {
    fn new(knowledge: &Knowledge) -> Self {
        let facts = facts(knowledge);
        let mut episode = vec![opened(), recorded(&facts[..12]), agreed()];
        episode.extend(referred());
        for (nth, some) in facts[12..].chunks(3).enumerate() {
            if episode.len() == EPISODE {
                break;
            }
            episode.push(if nth % 2 == 0 {
                session(nth)
            } else {
                recorded(some)
            });
        }
        assert_eq!(episode.len(), EPISODE);
        Self { episode, facts }
    }

    /// Bytes of an event, on average.
    fn bytes(&self) -> usize {
        let batches = self.at_once(0);
        let events: Vec<usize> = batches
            .iter()
            .flat_map(|batch| &batch.events)
            .map(|event| event.body.len())
            .collect();
        events.iter().sum::<usize>() / events.len()
    }

    /// A patient and an episode, each in one batch.
    fn at_once(&self, patient: usize) -> Vec<Batch> {
        let (id, episode) = ids(patient);
        let mut dice = Dice(0x5eed_0001 + u64::try_from(patient).unwrap_or(0) * 0x9e37_79b9);
        for _ in 0..8 {
            dice.below(2);
        }
        let person = registered(identity(&mut dice), "clinic_a");
        let events: Vec<Recorded> = self.episode.iter().cloned().map(of).collect();
        vec![
            batch::patient(&id, Expected::New, &[person]).expect("it can be written"),
            batch::episode(&episode, &id, Expected::New, &events).expect("it can be written"),
        ]
    }

    /// The same, each event in a batch of its own.
    fn one_by_one(&self, patient: usize) -> Vec<Batch> {
        let mut batches = Vec::new();
        for whole in self.at_once(patient) {
            for (seen, event) in (0..).zip(whole.events.clone()) {
                batches.push(Batch {
                    expected: Expected::Version(seen),
                    events: vec![event],
                    ..whole.clone()
                });
            }
        }
        batches
    }

    /// A long episode: facts again and again, and sessions.
    fn long(&self) -> Vec<Recorded> {
        let mut events = vec![opened(), agreed()];
        events.extend(referred());
        for nth in 0.. {
            if events.len() == LONG {
                break;
            }
            let from = (nth * 5) % (self.facts.len() - 5);
            events.push(if nth % 3 == 0 {
                session(nth)
            } else {
                recorded(&self.facts[from..from + 5])
            });
        }
        events.into_iter().map(of).collect()
    }
}

fn ids(patient: usize) -> (String, String) {
    (
        format!("patient-{patient:08}-7c1e"),
        format!("episode-{patient:08}-90ab"),
    )
}

/// A plain fact about each of many findings: "no", or the first of its answers.
fn facts(knowledge: &Knowledge) -> Vec<Stated> {
    let findings = knowledge.findings.iter();
    let stated = findings.filter_map(|(handle, finding)| {
        let value = match &finding.answers {
            Answers::Choice(codes) => Said::Answer(codes.first()?.clone()),
            Answers::Choices(_) | Answers::Number { .. } => return None,
            _ => Said::No,
        };
        Some(Stated {
            finding: knowledge.findings.id(handle).to_owned(),
            value,
            on: None,
            how: Some("asked".to_owned()),
            dose: None,
        })
    });
    stated.take(80).collect()
}

fn of(event: Event) -> Recorded {
    Recorded {
        version: VERSION,
        by: Who::Practitioner {
            id: "practitioner-0007".to_owned(),
            name: "Max Reed".to_owned(),
            profession: "massage_therapist".to_owned(),
            organisation: Some("clinic_a".to_owned()),
        },
        at: Timestamp::UNIX_EPOCH,
        day: FIRST,
        event,
    }
}

fn opened() -> Event {
    Event::EpisodeOpened(EpisodeOpened {
        patient: "told by the stream".to_owned(),
        setting: "primary_care".to_owned(),
        jurisdiction: "uk".to_owned(),
        profile: None,
        available: None,
        reopens: None,
        taken_on_by: None,
    })
}

fn recorded(facts: &[Stated]) -> Event {
    Event::FactsRecorded(FactsRecorded {
        facts: facts.to_vec(),
        ..FactsRecorded::default()
    })
}

fn agreed() -> Event {
    let line = |intervention: &str| PlannedLine {
        intervention: intervention.to_owned(),
        deliverer: Some("physiotherapist".to_owned()),
        ..PlannedLine::default()
    };
    Event::PlanAgreed(PlanAgreed {
        plan: Plan {
            goals: vec!["garden for an hour".to_owned()],
            lines: vec![line("exercise_therapy"), line("massage")],
            review: Some(date(2026, 4, 13)),
            earlier_if: vec!["leg symptoms that spread down".to_owned()],
        },
    })
}

fn referred() -> [Event; 3] {
    let referral = || "r1".to_owned();
    let draft = Referral {
        pathway: None,
        to: Addressee {
            profession: "massage_therapist".to_owned(),
            practitioner: Some("practitioner-0007".to_owned()),
            organisation: None,
            outside: None,
        },
        content: [("reason", "stiff flank"), ("what was tried", "heat")]
            .map(|(heading, text)| (heading.to_owned(), text.to_owned()))
            .into(),
        guidance: Vec::new(),
    };
    [
        Event::ReferralDrafted(ReferralDrafted {
            referral: referral(),
            draft,
        }),
        Event::ReferralSent(ReferralSent {
            referral: referral(),
        }),
        Event::ReferralAccepted(ReferralAccepted {
            referral: referral(),
        }),
    ]
}

fn session(nth: usize) -> Event {
    let work = Work {
        technique: "trigger_point_pressure_release".to_owned(),
        at: Some("quadratus_lumborum".to_owned()),
        side: None,
        direction: None,
        dose: Some("90 seconds".to_owned()),
        position: None,
        overridden: None,
    };
    Event::SessionRecorded(SessionRecorded {
        session: format!("s{nth}"),
        did: Session {
            began: Timestamp::UNIX_EPOCH,
            minutes: 45,
            work: vec![work],
            response: Response {
                pain_before: Some(6),
                pain_after: Some(4),
                spread_down_the_leg: Some(false),
            },
            home_programme: Some("bridge, twice a day".to_owned()),
            adherence: Some(80),
            safety_net: true,
        },
        profession: "massage_therapist".to_owned(),
        experience: Experience {
            training_hours: Some(2200),
            years_of_practice: Some(9),
        },
        stopped: false,
    })
}

/// The knowledge folder of the repository.
fn knowledge() -> Knowledge {
    let texts = shipped::texts().iter();
    cotreat_knowledge::load(texts.map(|(path, text)| (path.as_str(), text.as_str())))
        .unwrap_or_else(|problems| panic!("{}", problems[0]))
}

/// What `shipped` takes from here.
mod guide {
    pub type Texts = std::collections::BTreeMap<String, String>;
}
#[path = "../../knowledge/tests/common/shipped.rs"]
mod shipped;

/// The same bytes inserted by the `sqlite3` program; `None` where there is none.
fn sqlite3(folder: &Path, bytes: usize) -> Option<Bare> {
    let row = format!("INSERT INTO event (body) VALUES (zeroblob({bytes}));\n");
    let settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE event (position INTEGER PRIMARY KEY, body BLOB NOT NULL);\n";
    let single = format!("{settings}{}", row.repeat(ONE_BY_ONE));
    let hundreds = format!("BEGIN;\n{}COMMIT;\n", row.repeat(1_000));
    let bulk = format!("{settings}{}", hundreds.repeat(BULK / 1_000));
    let run = |name: &str, script: &str| {
        let began = Instant::now();
        let mut child = Command::new("sqlite3")
            .arg(folder.join(name))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .ok()?;
        child.stdin.take()?.write_all(script.as_bytes()).ok()?;
        child.wait().ok()?.success().then(|| began.elapsed())
    };
    Some(Bare {
        program: "sqlite3",
        single: rate(ONE_BY_ONE, run("single.db", &single)?),
        bulk: rate(BULK, run("bulk.db", &bulk)?),
    })
}

/// The same bytes inserted by one client of `pgbench`.
fn pgbench(bytes: usize) -> Option<Bare> {
    let url = server()?;
    let made = Command::new("psql")
        .args(["--no-psqlrc", "--quiet", "--dbname", &url, "--command"])
        .arg("CREATE SCHEMA bare; CREATE TABLE bare.event (position BIGSERIAL PRIMARY KEY, body BYTEA NOT NULL)")
        .status();
    let insert = |rows: usize| {
        format!(
            "INSERT INTO bare.event (body) SELECT convert_to(repeat('x', {bytes}), 'UTF8') FROM generate_series(1, {rows});\n"
        )
    };
    let run = |script: &str, transactions: usize| {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clinic-bench/pgbench.sql");
        std::fs::write(&file, script).ok()?;
        let began = Instant::now();
        let done = Command::new("pgbench")
            .args([
                "--no-vacuum",
                "--transactions",
                &transactions.to_string(),
                "--file",
            ])
            .arg(&file)
            .arg(&url)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        done.ok()?.success().then(|| began.elapsed())
    };
    made.ok()?.success().then_some(())?;
    // In bulk, as here, a statement for each row and a hundred in a transaction.
    let hundred = format!("BEGIN;\n{}COMMIT;\n", insert(1).repeat(100));
    Some(Bare {
        program: "pgbench",
        single: rate(ONE_BY_ONE, run(&insert(1), ONE_BY_ONE)?),
        bulk: rate(BULK, run(&hundred, BULK / 100)?),
    })
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a benchmark are small"
)]
fn rate(count: usize, taken: Duration) -> f64 {
    count as f64 / taken.as_secs_f64()
}
