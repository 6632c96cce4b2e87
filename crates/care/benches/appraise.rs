//! How long one appraisal takes, over every shipped patient: `cargo bench -p cotreat-care --bench appraise`.
//!
//! Every patient is appraised many times; all single times are pooled, so that p99 is that of an ordinary call, slow patients included.
//! On a machine that also does something else, the pooled p99 measures the other work; therefore the p99 over patients of each
//! patient's own median stands beside it. The numbers are printed beside the limit and decide nothing: a busy machine must not fail a build.
//!
//! Words on the command line pick lines, a number says how often each patient is measured:
//! `cargo bench -p cotreat-care --bench appraise -- conclude 10`.

mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use cotreat_care::{Episode, appraise, conclude};
use cotreat_knowledge::Knowledge;

use support::quantile;

/// One appraisal takes at most this long at p99.
const LIMIT: Duration = Duration::from_millis(1);

fn main() {
    let texts = support::texts();
    let knowledge = support::load(&texts);
    let patients = support::patients(&texts, &knowledge);
    let wanted = Wanted::read();
    println!(
        "{} patients, {} times each; limit {LIMIT:?} at p99",
        patients.len(),
        wanted.times
    );
    let table = Table {
        patients: &patients,
        wanted,
    };
    table.row("conclude", |episode| {
        drop(black_box(conclude(episode, &knowledge)))
    });
    table.row("appraise", |episode| {
        drop(black_box(appraise(episode, &knowledge)))
    });
    table.row("json", |episode| {
        drop(black_box(as_json(episode, &knowledge)))
    });
}

fn as_json(episode: &Episode, knowledge: &Knowledge) -> String {
    appraise(episode, knowledge)
        .to_json()
        .expect("an appraisal can be written")
}

/// What the command line asks for.
struct Wanted {
    rows: Vec<String>,
    times: usize,
}

impl Wanted {
    fn read() -> Self {
        // Cargo adds `--bench`; words with dashes are not ours.
        let words = std::env::args()
            .skip(1)
            .filter(|word| !word.starts_with('-'));
        let (numbers, rows): (Vec<String>, Vec<String>) =
            words.partition(|word| word.parse::<usize>().is_ok());
        let times = numbers
            .first()
            .and_then(|word| word.parse().ok())
            .unwrap_or(60);
        Self {
            rows,
            times: times.max(1),
        }
    }
}

struct Table<'a> {
    patients: &'a [(String, Episode)],
    wanted: Wanted,
}

impl Table<'_> {
    /// Measures and prints one line, and the patient that takes longest by its own median.
    fn row(&self, what: &str, run: impl Fn(&Episode)) {
        if !self.wanted.rows.is_empty() && !self.wanted.rows.iter().any(|row| row == what) {
            return;
        }
        let mut pooled = Vec::with_capacity(self.patients.len() * self.wanted.times);
        let mut medians = Vec::with_capacity(self.patients.len());
        for (name, episode) in self.patients {
            let mut own: Vec<Duration> = (0..self.wanted.times)
                .map(|_| time(|| run(episode)))
                .collect();
            own.sort();
            medians.push((quantile(&own, 0.5), name.as_str()));
            pooled.extend(own);
        }
        pooled.sort();
        medians.sort();
        let own: Vec<Duration> = medians.iter().map(|(median, _)| *median).collect();
        println!(
            "{what:<10} median {:>9.1?}   p99 {}   max {:>9.1?}   p99 of medians {}",
            quantile(&pooled, 0.5),
            against_limit(quantile(&pooled, 0.99)),
            quantile(&pooled, 1.0),
            against_limit(quantile(&own, 0.99)),
        );
        if let Some((median, name)) = medians.last() {
            println!("{:<10} slowest by its median: {median:.1?}, {name}", "");
        }
    }
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn against_limit(found: Duration) -> String {
    format!(
        "{found:>9.1?} ({:.2} of the limit)",
        found.as_secs_f64() / LIMIT.as_secs_f64()
    )
}
