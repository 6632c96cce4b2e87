//! How long one appraisal takes, over every shipped patient: `cargo bench -p cotreat-care --bench appraise`.
//!
//! Every patient is appraised many times; all single times are pooled, so that p99 is that of an ordinary call, slow patients included.
//! The numbers are printed beside the limit and decide nothing: a busy machine must not fail a build.

mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use cotreat_care::{Episode, appraise, conclude};
use cotreat_knowledge::Knowledge;

use support::quantile;

/// One appraisal takes at most this long at p99.
const LIMIT: Duration = Duration::from_millis(1);
/// How often each patient is measured.
const TIMES: usize = 60;

fn main() {
    let texts = support::texts();
    let knowledge = support::load(&texts);
    let patients = support::patients(&texts, &knowledge);
    println!("{} patients, {TIMES} times each; limit {LIMIT:?} at p99", patients.len());
    row("conclude", &patients, |episode| drop(black_box(conclude(episode, &knowledge))));
    row("appraise", &patients, |episode| drop(black_box(appraise(episode, &knowledge))));
    row("appraise and write JSON", &patients, |episode| drop(black_box(as_json(episode, &knowledge))));
}

fn as_json(episode: &Episode, knowledge: &Knowledge) -> String {
    appraise(episode, knowledge).to_json().expect("an appraisal can be written")
}

/// Measures and prints one line, and the patient that takes longest (by its own median).
fn row(what: &str, patients: &[(String, Episode)], run: impl Fn(&Episode)) {
    for (_, episode) in patients {
        run(episode);
    }
    let mut pooled = Vec::with_capacity(patients.len() * TIMES);
    let mut slowest = (Duration::ZERO, "");
    for (name, episode) in patients {
        let mut own: Vec<Duration> = (0..TIMES)
            .map(|_| {
                let start = Instant::now();
                run(episode);
                start.elapsed()
            })
            .collect();
        own.sort();
        slowest = slowest.max((quantile(&own, 0.5), name));
        pooled.extend(own);
    }
    pooled.sort();
    let p99 = quantile(&pooled, 0.99);
    println!(
        "{what:<24} median {:>9.1?}   p99 {p99:>9.1?}   max {:>9.1?}   p99 / limit {:.3}",
        quantile(&pooled, 0.5),
        quantile(&pooled, 1.0),
        p99.as_secs_f64() / LIMIT.as_secs_f64(),
    );
    println!("{:<24} slowest: {} ({:.1?})", "", slowest.1, slowest.0);
}
