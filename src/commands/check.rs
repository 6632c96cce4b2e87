//! `cotreat check`: is the knowledge sound, and do all cases come out as expected?

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use cotreat_care::case::{self, Case};
use cotreat_knowledge::{Knowledge, Problem};

use crate::files::{self, Texts};
use crate::terminal::{self, Failure};
use crate::words::count;

/// Check the knowledge files and run every case.
///
/// Without DIR the built-in knowledge is checked. Exit code 0: all fine; 1: a file is wrong or a case differs; 2: nothing could be checked.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat check knowledge
  cotreat check knowledge --case cauda
  cotreat check knowledge --accept     # write the reasons into the cases; then read the difference")]
pub struct Check {
    /// The knowledge folder.
    pub dir: Option<PathBuf>,
    /// Write the `text because` blocks of the cases.
    #[arg(long, requires = "dir")]
    pub accept: bool,
    /// Only cases whose file or heading contains this.
    #[arg(long, value_name = "TEXT")]
    pub case: Option<String>,
}

impl Check {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let mut texts = files::knowledge_texts(self.dir.as_deref())?;
        let knowledge = match cotreat_knowledge::load(
            texts
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str())),
        ) {
            Ok(knowledge) => knowledge,
            Err(problems) => {
                report(&problems);
                terminal::print(&format!(
                    "{} in the knowledge files; no case was run\n",
                    count(problems.len(), "problem")
                ));
                return Ok(ExitCode::from(1));
            }
        };
        if self.accept
            && let Some(dir) = &self.dir
        {
            accept(dir, &mut texts, &knowledge)?;
        }
        let mut tally = Tally::default();
        for (path, text) in texts.iter().filter(|(path, _)| path.starts_with("cases/")) {
            tally.file(path, text, &knowledge, self.case.as_deref());
        }
        report(&tally.problems);
        terminal::print(&format!("{}\n", summary(&knowledge)));
        terminal::print(&format!(
            "{} passed, {} failed\n",
            tally.passed, tally.failed
        ));
        Ok(if tally.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(1)
        })
    }
}

fn report(problems: &[Problem]) {
    for problem in problems {
        terminal::print(&format!("{problem}\n"));
    }
}

/// How much knowledge there is.
fn summary(k: &Knowledge) -> String {
    let certified = k.certified.len();
    format!(
        "{}, {}, {}, {}, {}, {}, {}, {}, {}, {}; {certified} of {} files certified by a clinician",
        count(k.sources.len(), "source"),
        count(k.findings.len(), "finding"),
        count(k.conditions.len(), "condition"),
        count(k.instruments.len(), "instrument"),
        count(k.interventions.len(), "intervention"),
        count(k.techniques.len(), "technique"),
        count(k.medicines.len(), "medicine"),
        count(k.muscles.len(), "muscle"),
        count(k.patterns.len(), "pattern"),
        count(k.professions.len(), "profession"),
        k.file_hashes.len(),
    )
}

#[derive(Default)]
struct Tally {
    passed: u32,
    failed: u32,
    problems: Vec<Problem>,
}

impl Tally {
    fn file(&mut self, path: &str, text: &str, knowledge: &Knowledge, only: Option<&str>) {
        let cases = match case::read(path, text) {
            Ok(cases) => cases,
            Err(problems) => {
                self.failed += 1;
                self.problems.extend(problems);
                return;
            }
        };
        for case in cases.iter().filter(|case| case.expect.is_some()) {
            if only.is_some_and(|part| !path.contains(part) && !case.title.contains(part)) {
                continue;
            }
            let outcome = case.check(knowledge);
            if outcome.problems.is_empty() {
                self.passed += 1;
            } else {
                self.failed += 1;
                self.problems
                    .extend(outcome.problems.into_iter().map(|problem| Problem {
                        message: format!("{}: {}", case.title, problem.message),
                        ..problem
                    }));
            }
        }
    }
}

/// Writes the reasons into every case file, each file as a whole.
fn accept(dir: &Path, texts: &mut Texts, knowledge: &Knowledge) -> Result<(), Failure> {
    let mut changed = BTreeMap::new();
    for (path, text) in texts.iter().filter(|(path, _)| path.starts_with("cases/")) {
        let Ok(cases) = case::read(path, text) else {
            continue;
        };
        let new = with_reasons(text, &cases, knowledge);
        if new != *text {
            changed.insert(path.clone(), new);
        }
    }
    for (path, text) in changed {
        files::write(&dir.join(&path), &text)?;
        terminal::print(&format!("wrote {path}\n"));
        texts.insert(path, text);
    }
    Ok(())
}

/// The text of a case file with fresh reasons; from the end, so that earlier offsets stay true.
fn with_reasons(text: &str, cases: &[Case], knowledge: &Knowledge) -> String {
    let mut new = text.to_owned();
    for case in cases.iter().rev().filter(|case| case.expect.is_some()) {
        let because = case.check(knowledge).because;
        if because.is_empty() {
            continue;
        }
        match &case.because {
            Some((range, _)) => new.replace_range(range.clone(), &because),
            None => new.insert_str(
                case.because_at,
                &format!("\n\n```text because\n{because}```"),
            ),
        }
    }
    new
}
