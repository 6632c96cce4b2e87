//! `cotreat replay`: whose appraisal changes between two bodies of knowledge, and why.

mod outline;
mod patients;
mod tally;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;
use cotreat_care::face::{Block, Tone};
use cotreat_care::input::{self, At};
use cotreat_care::{Conclusions, Episode, appraise, conclude};
use cotreat_knowledge::{Knowledge, Place, Problem};

use crate::change::{self, Change, Kind};
use crate::files;
use crate::terminal::{self, Failure};

use outline::Outlines;
use patients::Sheet;
use tally::Tally;

/// Appraise the same patients with two bodies of knowledge: who changes, and why.
///
/// DIR holds patients: cases (.md), .toml and .json files, and .jsonl files with one patient on each line. FROM and TO are knowledge folders, or
/// `built-in`. Exit code 0: nothing changes; 1: something changes; 2: a patient that neither can read, or nothing could be compared.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat replay knowledge/cases --from built-in --to knowledge
  cotreat replay patients.jsonl --from ../release-1/knowledge --to knowledge --quiet")]
pub struct Replay {
    /// The folder with the patients, or one file.
    pub dir: PathBuf,
    /// The knowledge before: a folder, or `built-in`.
    #[arg(long, value_name = "KNOWLEDGE")]
    pub from: String,
    /// The knowledge after: a folder, or `built-in`.
    #[arg(long, value_name = "KNOWLEDGE")]
    pub to: String,
    /// Print only the counts, and how many appraisals were made in a second.
    #[arg(long)]
    pub quiet: bool,
}

impl Replay {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let from = release(&self.from)?;
        let to = release(&self.to)?;
        let mut comparison = Comparison {
            outlines: Outlines::new(&from, &to),
            from: &from,
            to: &to,
            quiet: self.quiet,
            tally: Tally::default(),
            shown: Instant::now(),
        };
        let began = Instant::now();
        patients::each(&self.dir, &mut |sheet| comparison.patient(sheet))?;
        terminal::progress("");
        let tally = comparison.tally;
        if tally.patients == 0 {
            let problem = Problem::new(
                Place::file(&self.dir.display().to_string()),
                "there is no patient here",
            );
            return Err(problem
                .help("name a folder with .md, .toml, .json or .jsonl files")
                .into());
        }
        terminal::print(&tally.summary());
        if self.quiet {
            terminal::print(&pace(tally.appraisals, began.elapsed()));
        }
        Ok(ExitCode::from(tally.exit_code()))
    }
}

/// The knowledge of a folder, or the built-in one.
fn release(name: &str) -> Result<Knowledge, Failure> {
    files::knowledge((name != "built-in").then(|| Path::new(name)))
}

struct Comparison<'k> {
    from: &'k Knowledge,
    to: &'k Knowledge,
    outlines: Outlines,
    quiet: bool,
    tally: Tally,
    shown: Instant,
}

impl Comparison<'_> {
    fn patient(&mut self, sheet: Sheet) {
        self.tally.patients += 1;
        self.progress();
        let given = match sheet.given {
            Ok(given) => given,
            Err(failure) => return self.unreadable(&sheet.name, None, &failure.0),
        };
        let read = |knowledge| conclusions(&sheet.name, &given, knowledge);
        match (read(self.from), read(self.to)) {
            (Ok(before), Ok(after)) => self.compare(&sheet.name, &before, &after),
            (Err(problems), Err(_)) => self.unreadable(&sheet.name, None, &problems),
            (Err(problems), Ok(_)) => self.unreadable(&sheet.name, Some("--from"), &problems),
            (Ok(_), Err(problems)) => self.unreadable(&sheet.name, Some("--to"), &problems),
        }
    }

    fn compare(
        &mut self,
        name: &str,
        (before, concluded_before): &(Episode, Conclusions),
        (after, concluded_after): &(Episode, Conclusions),
    ) {
        self.tally.appraisals += 2;
        let old = self.outlines.from.outline(concluded_before, self.from);
        let new = self.outlines.to.outline(concluded_after, self.to);
        if old.same(new) {
            return;
        }
        let changes = change::changes(&appraise(before, self.from), &appraise(after, self.to));
        self.tally.changed(&changes);
        if !self.quiet {
            self.show(heading(name, &after.title), change_blocks(&changes));
        }
    }

    /// A patient that one release cannot read, or neither of them.
    fn unreadable(&mut self, name: &str, only: Option<&str>, problems: &[Problem]) {
        match only {
            Some(_) => self.tally.unreadable_by_one += 1,
            None => self.tally.unreadable += 1,
        }
        if !self.quiet {
            let words = only.map_or_else(
                || "cannot be read".to_owned(),
                |release| format!("cannot be read with the knowledge of {release}"),
            );
            let mut blocks = vec![Block::Item(0, words, Tone::Alarm)];
            blocks.extend(
                problems
                    .iter()
                    .map(|problem| Block::Item(1, problem.to_string(), Tone::Plain)),
            );
            self.show(name.to_owned(), blocks);
        }
    }

    fn show(&mut self, heading: String, mut blocks: Vec<Block>) {
        terminal::progress("");
        blocks.insert(0, Block::Line(heading, Tone::Strong));
        terminal::show(&blocks);
        terminal::print("\n");
    }

    fn progress(&mut self) {
        if self.shown.elapsed() > Duration::from_millis(200) {
            self.shown = Instant::now();
            terminal::progress(&format!(
                "{} patients, {} changed",
                self.tally.patients, self.tally.changed
            ));
        }
    }
}

/// Reads a patient and draws every conclusion; facts that cannot all be true come out of that as well.
fn conclusions(
    name: &str,
    given: &At,
    knowledge: &Knowledge,
) -> Result<(Episode, Conclusions), Vec<Problem>> {
    let episode = input::take_down(name, given, knowledge)?;
    let concluded = conclude(&episode, knowledge);
    let contradictions = &concluded.assessment.contradictions;
    let problems = input::contradictions(contradictions, given, &episode, knowledge);
    if problems.is_empty() {
        Ok((episode, concluded))
    } else {
        Err(problems)
    }
}

/// The file, and what the patient is called where that is not the same.
fn heading(name: &str, title: &str) -> String {
    if name == title {
        name.to_owned()
    } else {
        format!("{name}: {title}")
    }
}

/// Changes with the reasons that went and those that came.
fn change_blocks(changes: &[Change]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for change in changes {
        let tone = match change.kind {
            Kind::Scope | Kind::Alarm | Kind::HandsOn => Tone::Alarm,
            _ => Tone::Warning,
        };
        blocks.push(Block::Item(
            0,
            format!(
                "{} {}: {} → {}",
                change.kind.word(),
                change.name,
                change.before,
                change.after
            ),
            tone,
        ));
        blocks.extend(
            change
                .gone
                .iter()
                .map(|reason| Block::Item(1, format!("before: {reason}"), Tone::Plain)),
        );
        blocks.extend(
            change
                .come
                .iter()
                .map(|reason| Block::Item(1, format!("now: {reason}"), Tone::Plain)),
        );
    }
    blocks
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a count of patients lies far below 2^52"
)]
fn pace(appraisals: u64, took: Duration) -> String {
    let seconds = took.as_secs_f64().max(1e-9);
    format!(
        "{appraisals} appraisals in {seconds:.2} s: {:.0} in a second\n",
        appraisals as f64 / seconds
    )
}
