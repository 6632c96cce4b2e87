//! How long one decision takes: `cargo bench -p cotreat-access --bench decide`.
//!
//! Each line is one question, asked many times; the numbers are printed beside the limit and decide nothing: a busy machine must not fail a build.

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::time::{Duration, Instant};

use cotreat_access::{Access, Action, Addressee, Relation, Resource, Viewer};
use cotreat_people::Role;
use jiff::Timestamp;

/// The allocator of the shipped program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One decision takes at most this long.
const LIMIT: Duration = Duration::from_micros(100);
const TIMES: usize = 20_000;

fn main() {
    let start = Instant::now();
    let access = Access::load().expect("the rules of this program");
    println!("rules read and checked in {:.1?}", start.elapsed());
    let roles = |roles: &[Role]| Viewer::Staff {
        user: id("user", 3),
        name: "Ada".into(),
        organisation: id("organisation", 0),
        roles: roles.iter().copied().collect(),
        profession: Some("physiotherapist".into()),
        second_factor: true,
    };
    let clinician = roles(&[Role::Clinician]);
    let desk = roles(&[Role::FrontDesk]);
    let patient = relation();
    let link = Viewer::Patient {
        patient: patient.patient.clone(),
    };
    let about = Resource::Patient(&patient);
    let referral = Resource::Referral {
        of: &patient,
        referral: "referral",
    };
    println!("{TIMES} times each; limit {LIMIT:?}");
    row("care team sees the record", || {
        access.decide(&clinician, Action::SeeRecord, &about)
    });
    row("care team writes a session", || {
        access.decide(&clinician, Action::WriteSession, &about)
    });
    row("front desk is refused the record", || {
        access.decide(&desk, Action::SeeRecord, &about)
    });
    row("front desk finds a patient", || {
        access.decide(&desk, Action::FindPatient, &about)
    });
    row("the patient sees the record", || {
        access.decide(&link, Action::SeeRecord, &about)
    });
    row("a referral is answered", || {
        access.decide(&clinician, Action::AnswerReferral, &referral)
    });
    row("metrics are refused", || {
        access.decide(&clinician, Action::SeeMetrics, &Resource::Installation)
    });
    row("row filter of a clinician", || {
        access.sight(&clinician, Action::SeeRecord)
    });
    row("all fields of a patient", || {
        access.fields(&clinician, &patient)
    });
}

/// A patient of two organisations with a care team of eight.
fn relation() -> Relation {
    Relation {
        patient: id("patient", 0),
        at: Timestamp::UNIX_EPOCH,
        seen_at: (0..2).map(|n| id("organisation", n)).collect(),
        shared_by: BTreeSet::from([id("organisation", 1)]),
        team: (0..8).map(|n| id("user", n)).collect(),
        glass: BTreeMap::from([(id("user", 20), Timestamp::MAX)]),
        referrals: BTreeMap::from([("referral".into(), Addressee::User(id("user", 3)))]),
        research: true,
    }
}

/// As long as the ids of the program.
fn id(kind: &str, n: usize) -> String {
    format!("{kind}_0192f1c5a7b64c3e8d20_{n:03}")
}

/// Measures and prints one line.
fn row<T>(what: &str, run: impl Fn() -> T) {
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let start = Instant::now();
            drop(black_box(run()));
            start.elapsed()
        })
        .collect();
    times.sort();
    let at = |share: usize| times[(TIMES * share / 100).min(TIMES - 1)];
    println!(
        "{what:<34} median {:>8.1?} ({:.2} of the limit)   p99 {:>8.1?}",
        at(50),
        at(50).as_secs_f64() / LIMIT.as_secs_f64(),
        at(99),
    );
}
