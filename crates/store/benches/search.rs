//! How long it takes to find a patient among 100,000: `cargo bench -p cotreat-store --bench search`.
//!
//! Patients with names as they are met (a few hundred, some far commoner than others, which makes it harder than a telephone book) are registered; then people are looked for as a front desk types: a whole
//! name, a name with a slip, a beginning, a name with a day, a day, a number. Once with the eyes of a front desk that sees everybody, once with those of a clinic that sees a hundredth of them. Then
//! the store is closed and opened again. SQLite lies in a file below the target folder; with `COTREAT_BENCH_POSTGRES=postgres://…/empty_database` the same on that server. A number on the
//! command line is the number of patients.

mod support;

use std::time::{Duration, Instant};

use cotreat_people::event::{PatientEvent, Recorded};
use cotreat_people::{Identity, Sight};
use cotreat_store::clinic::batch;
use cotreat_store::{Expected, Store};
use jiff::Timestamp;

use support::{Dice, Measured, databases, folder, identity, quantile, registered};

const PATIENTS: usize = 100_000;
/// A search may take this long at p95, opening the store this long.
const LIMITS: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(1));
/// Searches of each kind.
const EACH: usize = 60;

#[tokio::main]
async fn main() {
    let folder = folder("search-bench");
    let words = std::env::args().skip(1);
    let patients = words
        .filter_map(|word| word.parse().ok())
        .next()
        .unwrap_or(PATIENTS);
    println!(
        "{patients} patients; limits: {:?} at p95, {:?} to open",
        LIMITS.0, LIMITS.1
    );
    for measured in databases(&folder) {
        measure(&measured, patients).await;
    }
}

async fn measure(measured: &Measured, patients: usize) {
    println!("{}", measured.name);
    let store = measured.open().await;
    let mut dice = Dice(0x5eed_0000_0000_0001);
    let began = Instant::now();
    let mut people = Vec::with_capacity(patients);
    let mut batches = Vec::new();
    for nth in 0..patients {
        let identity = identity(&mut dice);
        let organisation = if nth % 100 == 0 { "small" } else { "large" };
        let event: Recorded<PatientEvent> = registered(identity.clone(), organisation);
        let id = format!("patient-{nth:08}-7c1e");
        batches.push(batch::patient(&id, Expected::New, &[event]).expect("it can be written"));
        people.push(identity);
        if batches.len() == 500 || nth + 1 == patients {
            store
                .append_all(&batches, None)
                .await
                .expect("they are registered");
            batches.clear();
        }
    }
    println!("  registered in {:.1?}", began.elapsed());
    for (eyes, organisation, of) in [
        ("a front desk that sees 99 of 100", "large", 1),
        ("a front desk that sees 1 of 100", "small", 100),
    ] {
        let theirs: Vec<&Identity> = people.iter().step_by(of).skip(1).collect();
        let sight = Sight {
            desk: Some(organisation.to_owned()),
            ..Sight::default()
        };
        searches(&store, eyes, &sight, &theirs).await;
    }
    store.close().await;
    let began = Instant::now();
    let store = measured.open().await;
    let taken = began.elapsed();
    println!(
        "  opened in {taken:.1?}, {:.2} of the limit",
        taken.as_secs_f64() / LIMITS.1.as_secs_f64()
    );
    store.close().await;
}

async fn searches(store: &Store, eyes: &str, sight: &Sight, people: &[&Identity]) {
    type Typed = fn(&Identity) -> String;
    let kinds: [(&str, Typed); 7] = [
        ("whole name", |one| {
            format!("{} {}", one.given_name, one.family_name)
        }),
        ("name with a slip", |one| {
            format!("{} {}", one.given_name, slip(&one.family_name))
        }),
        ("family name", |one| one.family_name.clone()),
        ("beginnings", |one| {
            format!(
                "{} {}",
                beginning(&one.family_name, 4),
                beginning(&one.given_name, 3)
            )
        }),
        ("name and day", |one| {
            format!("{} {}", one.family_name, one.born)
        }),
        ("day", |one| one.born.strftime("%d/%m/%Y").to_string()),
        ("telephone", |one| one.phone.clone().unwrap_or_default()),
    ];
    let mut dice = Dice(0x5eed_0000_0000_0002);
    let mut all = Vec::new();
    println!("  {eyes}");
    for (kind, typed) in kinds {
        let (mut times, mut first) = (Vec::new(), 0);
        for _ in 0..EACH {
            let one = people[dice.below(people.len())];
            let began = Instant::now();
            let found = store
                .find_patients(sight, Timestamp::UNIX_EPOCH, &typed(one), 20)
                .await;
            times.push(began.elapsed());
            let found = found.expect("it can be asked");
            first += usize::from(found.iter().any(|found| found.identity == *one));
        }
        println!(
            "    {kind:<18} median {:>7.2?}  p95 {:>7.2?}  found among the first 20: {first} of {EACH}",
            quantile(&mut times, 0.5),
            quantile(&mut times, 0.95)
        );
        all.extend(times);
    }
    let p95 = quantile(&mut all, 0.95);
    println!(
        "    all                p95 {p95:>7.2?}, {:.2} of the limit",
        p95.as_secs_f64() / LIMITS.0.as_secs_f64()
    );
}

/// Two letters in the middle are the wrong way round.
fn slip(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let middle = letters.len() / 2;
    if middle > 0 {
        letters.swap(middle - 1, middle);
    }
    letters.into_iter().collect()
}

fn beginning(name: &str, letters: usize) -> String {
    name.chars().take(letters).collect()
}
