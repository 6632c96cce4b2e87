//! `cargo run --release -p xtask -- population`: what do the alarm rules do to a hundred thousand ordinary patients?
//!
//! Alarms that ring for everybody are ignored, and alarms that ring for nobody kill. This task makes up primary-care patients with low
//! back pain, draws every conclusion about each, and prints how often each tier is reached, how many of the people with a serious
//! disease are caught, and which alarm rules ring most.
//!
//! # Where the patients come from
//!
//! `flags.toml` says how often people *without* serious disease give each answer, `diseases.toml` how often people who have one do. Both
//! are written for clinicians, and each row says what it rests on. **Nearly all rows are assumptions of ours**, because nobody has
//! published how often these questions, in these words, are answered yes in primary care. What was seen in a source:
//!
//! - 0.9 % of 1172 people with acute low back pain in primary care had a serious disease that was not known before, 8 of 11 a fracture,
//!   and 80.4 % of all gave at least one red flag answer (Henschke 2009, abstract). The program prints both shares, and the weak flags were
//!   set so that the second is met.
//! - Past cancer 0.31 sensitive and 0.98 specific, four fifths of cancers over 50, no relief in bed over 0.90 sensitive (Deyo 1992);
//!   23 % of spinal metastases without a known cancer (White 2008); the single signs of cauda equina syndrome (an on-call series,
//!   Venkatesan 2019, Dionne 2019); what palpation of the aorta finds (Lederle 1999); the triad of epidural abscess (Davis 2004).
//!
//! Everything else - the form of the age curve, how findings go together, every share of every ordinary complaint - is a guess by people
//! who wrote it down before the alarm rules were tried on it. So the printed rates say what *would* happen in such a population; they are
//! not a measurement. Findings are independent of each other apart from the `groups` in the files, which is too tidy: real people with
//! many complaints have many of them, so that in reality fewer people have more alarms each.
//!
//! # How
//!
//! A complete intake is played: every question and bedside test has an answer, laboratory and pictures are not done. `--unanswered 0.2`
//! leaves answers out at random. Patient number *n* of a seed is always the same person, however many others are made up
//! ([`draws`]), so a change in one row moves only what hangs on it.

mod arguments;
#[path = "../../../crates/care/benches/support/clock.rs"]
mod clock;
mod draws;
mod episode;
mod folder;
mod link;
mod patient;
mod report;
mod sheets;
mod tables;
mod tally;
mod wilson;

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::process::ExitCode;

use cotreat_care::{Conclusions, Episode};
use cotreat_knowledge::{Knowledge, Problem};

use arguments::Arguments;
use clock::Clock;
use patient::Patient;
use tables::Tables;
use tally::Tally;

/// So many patients are made up, appraised, counted and forgotten at a time.
const BATCH: usize = 100;

/// Runs the task with what stands after its name on the command line.
pub fn run(arguments: impl Iterator<Item = String>) -> ExitCode {
    let arguments = match Arguments::read(arguments) {
        Ok(arguments) => arguments,
        Err(message) => {
            eprintln!("{message}\n\n{}", arguments::USAGE);
            return ExitCode::from(2);
        }
    };
    match generate(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            for problem in problems {
                eprintln!("{problem}");
            }
            ExitCode::from(2)
        }
    }
}

fn generate(arguments: &Arguments) -> Result<(), Vec<Problem>> {
    let knowledge = folder::knowledge(arguments.knowledge.as_deref())?;
    let tables = Tables::shipped(&knowledge)?;
    let mut file = match &arguments.jsonl {
        None => None,
        Some(path) => {
            let created = File::create(path).map_err(|error| folder::unusable(path, &error))?;
            Some((path, BufWriter::new(created)))
        }
    };
    let mut tally = Tally::new(&knowledge, &tables);
    let mut clock = Clock::default();
    for start in (0..arguments.patients).step_by(BATCH) {
        let numbers = (start..arguments.patients).take(BATCH);
        let patients: Vec<Patient> = numbers
            .clone()
            .map(|number| patient::generate(&tables, &knowledge, arguments, number))
            .collect();
        let episodes: Vec<Episode> = patients
            .iter()
            .zip(numbers)
            .map(|(one, number)| episode::of(one, &tables, number, &knowledge))
            .collect();
        let conclusions: Vec<Conclusions> = clock.time(|| {
            episodes
                .iter()
                .map(|one| cotreat_care::conclude(one, &knowledge))
                .collect()
        });
        for (patient, conclusions) in patients.iter().zip(&conclusions) {
            tally.count(patient, conclusions, &knowledge, &tables);
        }
        if let Some((path, file)) = &mut file {
            for episode in &episodes {
                writeln!(file, "{}", episode::line(episode, &knowledge))
                    .map_err(|error| folder::unusable(path, &error))?;
            }
        }
    }
    if let Some((path, mut file)) = file {
        file.flush()
            .map_err(|error| folder::unusable(path, &error))?;
    }
    print(&knowledge, &tables, arguments, &tally, &clock);
    Ok(())
}

fn print(
    knowledge: &Knowledge,
    tables: &Tables,
    arguments: &Arguments,
    tally: &Tally,
    clock: &Clock,
) {
    let text = report::write(knowledge, tables, arguments, tally)
        + &report::timing(arguments.patients, clock.spent);
    // A reader that went away (`| head`) is no failure.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}
