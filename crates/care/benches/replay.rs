//! How fast the same patients are appraised under two releases of the knowledge: `cargo bench -p cotreat-care --bench replay`.
//!
//! This is what `cotreat replay` does: draw every conclusion under both releases and compare. One core; at least 20,000 appraisals per second,
//! in at most 200 MB however many patients there are. A number of patients may follow: `-- 500000`.
//!
//! The patients are made up without any clinical sense, from nothing but the kinds of answers the knowledge files allow: once each answers
//! a random part of all questions, from hardly any to all, and once every one. `cargo run --release -p xtask -- population` has sensible ones. As a
//! measure of the machine, the same run writes and reads patients as JSON, which every replay of stored patients must do as well.

mod support;

use std::collections::BTreeMap;
use std::hint::black_box;

use cotreat_care::fact::{Fact, Value};
use cotreat_care::plan::Status;
use cotreat_care::{Conclusions, Episode, conclude};
use cotreat_knowledge::format::Setting;
use cotreat_knowledge::model::{Answers, Intervention};
use cotreat_knowledge::{Band, Handle, Knowledge, Tier};
use jiff::civil::{Date, date};

use support::clock::{self, Clock};

/// Appraisals per second on one core, at least.
const LIMIT: f64 = 20_000.0;
/// Memory in MB, at most.
const MEMORY: f64 = 200.0;
const DAY: Date = date(2026, 3, 2);

/// So many patients are made, appraised and forgotten at a time.
const BATCH: usize = 100;

fn main() {
    let patients = std::env::args()
        .skip(1)
        .find_map(|word| word.parse().ok())
        .unwrap_or(20_000_u64);
    let texts = support::texts();
    let before = support::load(&texts);
    let after = support::load(&changed(texts));
    println!("{patients} patients under two releases; limit {LIMIT:.0} appraisals/s");
    replay(
        "a random part of all questions answered",
        patients,
        [&before, &after],
        |chance| chance.share(),
    );
    replay(
        "all questions answered",
        patients,
        [&before, &after],
        |_| 1.0,
    );
    match clock::peak_megabytes() {
        Some(memory) => println!(
            "{memory:.0} MB at most, {:.2} of the limit of {MEMORY:.0} MB",
            memory / MEMORY
        ),
        None => println!("memory: this system does not tell"),
    }
}

/// Measures and prints; `part` says how many of all questions a patient answers.
fn replay(what: &str, patients: u64, releases: [&Knowledge; 2], part: impl Fn(&mut Chance) -> f64) {
    let (mut drawing, mut json) = (Clock::default(), Clock::default());
    let mut different = 0;
    for start in (0..patients).step_by(BATCH) {
        let numbers = (start..patients).take(BATCH);
        let batch: Vec<Episode> = numbers
            .map(|number| patient(Chance(number), releases[0], &part))
            .collect();
        // One release after the other, so that its rules stay in the processor's cache; only what is compared is kept.
        let [old, new] = releases.map(|knowledge| {
            drawing.time(|| {
                batch
                    .iter()
                    .map(|one| Told::of(&conclude(one, knowledge)))
                    .collect::<Vec<_>>()
            })
        });
        different += old.iter().zip(&new).filter(|(old, new)| old != new).count();
        json.time(|| {
            batch
                .iter()
                .for_each(|one| drop(black_box(round_trip(one, releases[0]))))
        });
    }
    let rate = 2.0 * number(patients) / drawing.spent.as_secs_f64();
    let baseline = number(patients) / json.spent.as_secs_f64();
    println!("{what}: {different} patients come out differently");
    println!(
        "  {rate:>8.0} appraisals/s, {:.2} of the limit",
        rate / LIMIT
    );
    println!(
        "  {baseline:>8.0} patients/s written as JSON and read back, for comparison; an appraisal takes {:.2} of that",
        baseline / rate
    );
}

/// A release in which every urgent alarm is only routine.
fn changed(mut texts: BTreeMap<String, String>) -> BTreeMap<String, String> {
    for (path, text) in &mut texts {
        if path.starts_with("conditions/") {
            *text = text.replace("tier   = \"urgent\"", "tier   = \"routine\"");
        }
    }
    texts
}

/// What somebody would have been told.
#[derive(PartialEq)]
struct Told {
    alarms: Vec<Option<Tier>>,
    bands: Vec<Option<Band>>,
    lines: Vec<(Handle<Intervention>, Status)>,
}

impl Told {
    fn of(conclusions: &Conclusions) -> Self {
        Self {
            alarms: conclusions
                .assessment
                .alarms
                .iter()
                .map(|alarm| alarm.reached)
                .collect(),
            bands: conclusions
                .assessment
                .contributors
                .iter()
                .map(|one| one.band)
                .collect(),
            lines: conclusions
                .plan
                .lines
                .iter()
                .map(|line| (line.intervention, line.status))
                .collect(),
        }
    }
}

/// A patient who answers a part of all questions at random, without contradicting himself.
fn patient(
    mut chance: Chance,
    knowledge: &Knowledge,
    part: impl Fn(&mut Chance) -> f64,
) -> Episode {
    let part = part(&mut chance);
    let mut facts = Vec::new();
    for (finding, one) in knowledge.findings.iter() {
        let chances = [chance.share(), chance.share()];
        // What follows from others, or from which others follow, could contradict them.
        let free = one.derive.is_none()
            && one.no_when.is_none()
            && one.implies.is_empty()
            && one.implied_by.is_empty();
        if !free || chances[0] > part {
            continue;
        }
        let value = match &one.answers {
            Answers::YesNo { .. } if chances[1] < 0.2 => Value::Yes,
            Answers::YesNo { .. } => Value::No,
            Answers::Choice(codes) => {
                Value::Code(u16::try_from(below(codes.len(), chances[1])).unwrap_or(0))
            }
            Answers::Choices(codes) => Value::Codes(1 << below(codes.len(), chances[1])),
            Answers::Number { min, max, .. } => {
                let (low, high) = (min.unwrap_or(0.0), max.unwrap_or(100.0));
                Value::Number((low + chances[1] * (high - low)).round())
            }
        };
        facts.push(Fact {
            finding,
            value,
            by: None,
            profession: None,
            on: DAY,
            how: None,
            dose: None,
        });
    }
    Episode {
        title: String::new(),
        as_of: DAY,
        setting: Setting::default(),
        jurisdiction: "any".into(),
        profile: None,
        available: None,
        wants: Vec::new(),
        declines: Vec::new(),
        goals: Vec::new(),
        facts,
        scores: Vec::new(),
        answers: Vec::new(),
        cleared: Vec::new(),
    }
}

/// The facts as JSON text and back.
fn round_trip(episode: &Episode, knowledge: &Knowledge) -> serde_json::Value {
    let facts: serde_json::Map<String, serde_json::Value> = episode
        .facts
        .iter()
        .map(|fact| {
            let value = match fact.value {
                Value::Yes => "yes".into(),
                Value::No => "no".into(),
                Value::Number(number) => number.into(),
                Value::Code(code) => code.into(),
                Value::Codes(codes) => codes.into(),
                Value::NotKnown => serde_json::Value::Null,
            };
            (knowledge.findings.id(fact.finding).to_owned(), value)
        })
        .collect();
    let text = serde_json::to_string(&facts).expect("facts can be written");
    serde_json::from_str(&text).expect("what was written can be read")
}

/// A position below `count`.
fn below(count: usize, chance: f64) -> usize {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "answers are few"
    )]
    let at = (chance * count as f64) as usize;
    at.min(count - 1)
}

/// `SplitMix64`: small, and good enough to fill in questionnaires.
struct Chance(u64);

impl Chance {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        number((bits ^ (bits >> 31)) >> 11) / number(1 << 53)
    }
}

fn number(count: u64) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts and 53-bit numbers fit a double exactly"
    )]
    let number = count as f64;
    number
}
