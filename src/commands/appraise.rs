//! `cotreat appraise`: everything that can be said about one patient, with the reason for every line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use cotreat_care::face;
use cotreat_care::face::Detail;
use cotreat_knowledge::{Place, Problem};

use crate::commands::{KnowledgeFolder, Which};
use crate::patient::Patient;
use crate::terminal::Failure;
use crate::{files, terminal};

/// Say all that can be said about one patient: alarms, contributors, next questions, plan, and why.
///
/// FILE is a case in Markdown, or what its `given` block would hold as TOML or JSON. The day (`as_of`) stands in the file; no clock is read.
/// Exit code 0, also when an alarm is found; 2 when the file cannot be used.
#[derive(Debug, Args)]
#[command(after_help = include_str!("examples/appraise.txt"))]
pub struct Appraise {
    /// The patient: a .md case, .toml or .json file.
    pub file: PathBuf,
    #[command(flatten)]
    pub which: Which,
    /// Print canonical JSON.
    #[arg(long, conflicts_with = "markdown")]
    pub json: bool,
    /// Print Markdown.
    #[arg(long)]
    pub markdown: bool,
    /// Print full citations at the end.
    #[arg(long)]
    pub sources: bool,
    /// Print one page without the reasons.
    #[arg(long, conflicts_with_all = ["sources", "json"])]
    pub brief: bool,
    #[command(flatten)]
    pub from: KnowledgeFolder,
}

impl Appraise {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let knowledge = files::knowledge(self.from.knowledge.as_deref())?;
        let patient = Patient::read(&self.file, &self.which.overrides(), &knowledge)?;
        let appraisal = cotreat_care::appraise(&patient.episode, &knowledge);
        if self.json {
            let json = appraisal
                .to_json()
                .map_err(|error| Problem::new(Place::file("json"), error.to_string()))?;
            terminal::print(&json);
        } else if self.markdown {
            terminal::print(&face::as_markdown(&appraisal, self.detail()));
        } else {
            terminal::print(&face::as_text(
                &appraisal,
                self.detail(),
                terminal::colour(),
            ));
            if !patient.others.is_empty() {
                terminal::print(&format!(
                    "\nThis file holds more patients (--case): {}\n",
                    patient.others.join("; ")
                ));
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn detail(&self) -> Detail {
        match (self.brief, self.sources) {
            (true, _) => Detail::Brief,
            (_, true) => Detail::Sources,
            _ => Detail::Full,
        }
    }
}
