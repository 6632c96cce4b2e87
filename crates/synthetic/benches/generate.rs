//! How fast an invented clinic is made: `cargo bench -p cotreat-synthetic --bench generate`. One core; at least 20,000 events a second, with the same memory for any number of patients.
//!
//! A number of patients may follow: `-- 100000`. Events are written as JSON as well, which every import does, and timed apart.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;

use cotreat_synthetic::{Clinic, Entry, History};
use jiff::Timestamp;

use clock::Clock;

#[path = "../../care/benches/support/clock.rs"]
mod clock;

/// The allocator of the shipped program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Events a second, at least.
const LIMIT: f64 = 20_000.0;
/// Memory is told after so many patients, and at the end.
const EARLY: u64 = 1_000;

fn main() {
    let patients = std::env::args()
        .skip(1)
        .find_map(|word| word.parse().ok())
        .unwrap_or(5_000_u64);
    let texts = texts();
    let both = || {
        texts
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    };
    let knowledge = cotreat_knowledge::load(both()).expect("sound knowledge");
    let cases = both().filter(|(path, _)| path.starts_with("cases/"));
    let now: Timestamp = "2026-11-27T10:20:00Z".parse().expect("an instant");
    let (mut opening, mut making, mut writing) =
        (Clock::default(), Clock::default(), Clock::default());
    let clinic =
        opening.time(|| Clinic::new(1, patients, &knowledge, cases, now).expect("sound sheets"));
    println!(
        "{patients} patients; the clinic itself took {:.0?}",
        opening.spent
    );
    let (mut events, mut bytes, mut shown) = (0_usize, 0_usize, 0_usize);
    let mut histories = clinic.histories();
    let mut made = 0;
    while let Some(history) = making.time(|| histories.next()) {
        bytes += writing.time(|| json(&history));
        events += history.entries.len();
        shown += history.shown.len();
        made += 1;
        if made == EARLY {
            told(made);
        }
    }
    let rate = number(events) / making.spent.as_secs_f64();
    println!(
        "  {rate:>8.0} events/s made, {:.2} of the limit of {LIMIT:.0}",
        rate / LIMIT
    );
    println!(
        "  {:>8.0} events/s written as JSON, for comparison",
        number(events) / writing.spent.as_secs_f64()
    );
    println!(
        "  {:.1} events and {:.2} appraisals of a patient, {:.0} bytes an event",
        number(events) / number(made as usize),
        number(shown) / number(made as usize),
        number(bytes) / number(events),
    );
    told(made);
}

fn told(made: u64) {
    match clock::peak_megabytes() {
        Some(memory) => println!("  {memory:.0} MB at most after {made} patients"),
        None => println!("  memory: this system does not tell"),
    }
}

fn json(history: &History) -> usize {
    let length = |entry: &Entry| {
        let written = match entry {
            Entry::Organisation { event, .. } => serde_json::to_vec(event),
            Entry::User { event, .. } => serde_json::to_vec(event),
            Entry::Patient { event, .. } => serde_json::to_vec(event),
            Entry::Episode { event, .. } => serde_json::to_vec(event),
        };
        black_box(written.expect("JSON")).len()
    };
    history.entries.iter().map(length).sum()
}

/// The knowledge folder of this repository.
fn texts() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    let mut texts = BTreeMap::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("the knowledge folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "toml" || e == "md") {
                let name = path.strip_prefix(&root).expect("below the folder");
                let name = name.to_string_lossy().replace('\\', "/");
                texts.insert(name, std::fs::read_to_string(&path).expect("text"));
            }
        }
    }
    texts
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a benchmark are small"
)]
fn number(count: usize) -> f64 {
    count as f64
}
