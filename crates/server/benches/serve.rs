//! The whole server with 100,000 patients and 50 people at work: `cargo bench -p cotreat-server --bench serve`.
//!
//! Prints how long it takes to start on that database (limit 1 s), how long pages take, and how much memory the server's process needs (limit 200 MB). SQLite, WAL,
//! `synchronous=FULL`. The server is a process of its own; the people are threads of this one. `COTREAT_BENCH_PATIENTS` makes it smaller.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cotreat_access::Access;
use cotreat_people::event::{
    Account, Actor, OrganisationEvent, OrganisationSettings, PatientEvent, Qualification, Reach,
    Recorded, Sharing, UserEvent, VERSION,
};
use cotreat_people::{Identity as Person, Role};
use cotreat_server::clinic::Clinic;
use cotreat_server::clock::Steady;
use cotreat_server::identity::settings::SecondFactor;
use cotreat_server::identity::{Identity, Settings};
use cotreat_server::operations::{health::Health, metrics::Metrics, shutdown::Shutdown};
use cotreat_server::web::{self, App};
use cotreat_store::account::SetupWhy;
use cotreat_store::clinic::{batch, projections};
use cotreat_store::database::Address;
use cotreat_store::{Expected, MasterKey, Opening, Store};
use jiff::Timestamp;
use zeroize::Zeroizing;

const PEOPLE: usize = 50;
const REQUESTS: usize = 120;
const ADDRESS: &str = "127.0.0.1:18733";
const SYLLABLES: [&str; 16] = [
    "ma", "ri", "so", "ke", "lu", "ta", "no", "vi", "gar", "ber", "dan", "el", "fo", "hu", "jo",
    "pe",
];

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    if let Ok(folder) = std::env::var("COTREAT_BENCH_SERVE") {
        runtime.block_on(serve(&PathBuf::from(folder)));
        return;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("serve-bench");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    let patients =
        std::env::var("COTREAT_BENCH_PATIENTS").map_or(100_000, |n| n.parse().expect("a number"));
    let began = Instant::now();
    let cookies = runtime.block_on(fill(&folder, patients));
    println!(
        "{patients} patients written in {:.1} s",
        began.elapsed().as_secs_f64()
    );
    let began = Instant::now();
    let mut server = start(&folder);
    let start = began.elapsed();
    println!("started in {:.2} s (limit 1 s)", start.as_secs_f64());
    let mut took = work(&cookies, patients);
    took.sort();
    let at = |share: f64| {
        let nth = (took.len() as f64 * share) as usize;
        took[nth.min(took.len() - 1)].as_secs_f64() * 1e3
    };
    println!(
        "{} pages for {PEOPLE} people at once: median {:.1} ms, p95 {:.1} ms, p99 {:.1} ms",
        took.len(),
        at(0.5),
        at(0.95),
        at(0.99)
    );
    let (now, most) = memory(server.id());
    println!("resident memory of the server: {now} MB now, {most} MB at most (limit 200 MB)");
    let _ = server.kill();
    let _ = server.wait();
}

/// A name that is often or seldom the same as somebody else's.
fn name(nth: usize) -> (String, String) {
    let word = |mut n: usize, parts: usize| {
        let mut word = String::new();
        for _ in 0..parts {
            word.push_str(SYLLABLES[n % SYLLABLES.len()]);
            n /= SYLLABLES.len();
        }
        word
    };
    (
        word(nth.wrapping_mul(2_654_435_761), 2),
        word(nth.wrapping_mul(40_503) + 7, 3),
    )
}

async fn open(folder: &std::path::Path, key: &str) -> Arc<Store> {
    let key = MasterKey::from_hex(key).expect("a key");
    let address = Address::Sqlite(folder.join("cotreat.db"));
    let store = Store::open(&address, key, Opening::Upgrade, projections()).await;
    Arc::new(store.expect("the store can be opened"))
}

fn identity(store: &Arc<Store>) -> Identity {
    let mut settings = Settings::new(&format!("http://{ADDRESS}"));
    settings.second_factor = SecondFactor::Optional;
    Identity::new(Arc::clone(store), settings).expect("the settings are sound")
}

fn recorded<E>(event: E) -> Recorded<E> {
    Recorded {
        version: VERSION,
        by: Actor::Program,
        at: Timestamp::now(),
        event,
    }
}

/// Patients of one organisation that shares with all its clinicians, and people with a session each; returns their cookies.
async fn fill(folder: &std::path::Path, patients: usize) -> Vec<String> {
    let key = MasterKey::random().expect("random numbers").to_hex();
    std::fs::write(folder.join("key"), key.as_bytes()).expect("written");
    let store = open(folder, &key).await;
    let settings = OrganisationSettings {
        name: "Bench".to_owned(),
        jurisdiction: "any".to_owned(),
        time_zone: "UTC".to_owned(),
        profile: None,
        sharing: Sharing::WholeClinic,
        reach: Reach::default(),
    };
    let event = recorded(OrganisationEvent::OrganisationRegistered { settings });
    let one = batch::organisation("bench", Expected::New, &[event]).expect("events");
    store.append(&one, None).await.expect("written");
    for chunk in (0..patients).collect::<Vec<_>>().chunks(1_000) {
        let batches: Vec<_> = chunk
            .iter()
            .map(|nth| {
                let (given_name, family_name) = name(*nth);
                let identity = Person {
                    family_name,
                    given_name,
                    born: jiff::civil::date(
                        1940 + (nth % 70) as i16,
                        1 + (nth % 12) as i8,
                        1 + (nth % 28) as i8,
                    ),
                    phone: Some(format!("01632 {:06}", nth % 1_000_000)),
                    email: None,
                    address: None,
                    language: None,
                    number_elsewhere: None,
                };
                let event = recorded(PatientEvent::PatientRegistered {
                    identity,
                    organisation: "bench".to_owned(),
                });
                batch::patient(&format!("p{nth}"), Expected::New, &[event]).expect("events")
            })
            .collect();
        store.append_all(&batches, None).await.expect("written");
    }
    let signing_in = identity(&store);
    let mut cookies = Vec::new();
    for nth in 0..PEOPLE {
        let id = format!("u{nth}");
        let account = Account {
            name: format!("Person {nth}"),
            email: format!("{id}@bench.example.org"),
            qualification: Some(Qualification {
                profession: "any".to_owned(),
                ..Qualification::default()
            }),
        };
        let events = [
            recorded(UserEvent::UserAdded { account }),
            recorded(UserEvent::RoleGranted {
                organisation: "bench".to_owned(),
                role: Role::Clinician,
            }),
        ];
        let one = batch::user(&id, Expected::New, &events).expect("events");
        store.append(&one, None).await.expect("written");
        let now = Timestamp::now();
        let token = signing_in
            .make_setup(
                &id,
                SetupWhy::First,
                Actor::Program,
                |_, _| Ok(Vec::new()),
                now,
            )
            .await
            .expect("a link");
        let password = Zeroizing::new("violet harbour seven lanterns".to_owned());
        let from = std::net::IpAddr::from([127, 0, 0, 1]);
        let entered = signing_in
            .use_setup(&token, password, from, now)
            .await
            .expect("in");
        let here = signing_in
            .here(
                &entered.token,
                cotreat_server::identity::session::Seen::Polling,
                now,
            )
            .await
            .expect("here")
            .expect("here");
        let entered = signing_in
            .act_for(&here, "bench", now)
            .await
            .expect("acting");
        cookies.push(format!(
            "__Host-cotreat={}",
            entered.token.to_text().as_str()
        ));
    }
    drop(signing_in);
    if let Ok(store) = Arc::try_unwrap(store) {
        store.close().await;
    }
    cookies
}

fn start(folder: &std::path::Path) -> Child {
    let child = Command::new(std::env::current_exe().expect("this program has a name"))
        .env("COTREAT_BENCH_SERVE", folder)
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    while TcpStream::connect(ADDRESS).is_err() {
        std::thread::sleep(Duration::from_millis(2));
    }
    child
}

/// The process that is measured.
async fn serve(folder: &std::path::Path) {
    let key = std::fs::read_to_string(folder.join("key")).expect("the key");
    let store = open(folder, &key).await;
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge"));
    let texts = texts(&root);
    let texts = texts
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let knowledge = cotreat_knowledge::load(texts).expect("sound knowledge");
    let hash = knowledge.hash.clone();
    let app = App {
        clinic: Arc::new(Clinic::new(
            Arc::clone(&store),
            Arc::new(Access::load().expect("sound policies")),
            Arc::new(knowledge),
            Arc::new(Steady::new(None)),
        )),
        identity: Arc::new(identity(&store)),
        origin: format!("http://{ADDRESS}").into(),
        behind_proxy: false,
        metrics: Arc::new(Metrics::new(&hash)),
        health: Arc::new(Health::new(store, None, Shutdown::new())),
        demo: None,
    };
    let listener = tokio::net::TcpListener::bind(ADDRESS)
        .await
        .expect("the address is free");
    let router = web::router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, router).await.expect("it serves");
}

fn texts(folder: &std::path::Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next)
            .expect("the knowledge folder")
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path
                .extension()
                .is_some_and(|ending| ending == "toml" || ending == "md")
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                let below = path.strip_prefix(folder).expect("below it");
                found.push((below.to_string_lossy().into_owned(), text));
            }
        }
    }
    found.sort();
    found
}

/// Everybody looks for patients and opens their pages; how long each page took.
fn work(cookies: &[String], patients: usize) -> Vec<Duration> {
    let people: Vec<_> = cookies
        .iter()
        .cloned()
        .enumerate()
        .map(|(person, cookie)| {
            std::thread::spawn(move || {
                let mut connection = TcpStream::connect(ADDRESS).expect("connected");
                (0..REQUESTS)
                    .map(|turn| {
                        let nth = (person * 7_919 + turn * 104_729) % patients;
                        let place = match turn % 3 {
                            0 => format!("/patients?q={}", name(nth).1),
                            1 => format!("/patients/p{nth}"),
                            _ => "/".to_owned(),
                        };
                        let began = Instant::now();
                        let status = get(&mut connection, &place, &cookie);
                        assert_eq!(status, 200, "{place}");
                        began.elapsed()
                    })
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    people
        .into_iter()
        .flat_map(|one| one.join().expect("it works"))
        .collect()
}

/// One request on a connection that stays open; returns the status.
fn get(connection: &mut TcpStream, place: &str, cookie: &str) -> u16 {
    let request = format!("GET {place} HTTP/1.1\r\nHost: {ADDRESS}\r\nCookie: {cookie}\r\n\r\n");
    connection.write_all(request.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        let read = connection.read(&mut buffer).expect("an answer");
        assert!(read > 0, "the server closed the connection");
        answer.extend_from_slice(&buffer[..read]);
        let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.and_then(|n| n.trim().parse().ok()).unwrap_or(0);
        if answer.len() >= end + 4 + length {
            return head
                .split(' ')
                .nth(1)
                .and_then(|status| status.parse().ok())
                .unwrap_or(0);
        }
    }
}

/// Resident memory of a process in MB: now, and at most.
fn memory(process: u32) -> (u64, u64) {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
        kilobytes.unwrap_or(0) / 1024
    };
    (of("VmRSS"), of("VmHWM"))
}
