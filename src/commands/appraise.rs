//! `cotreat appraise`: everything that can be said about one patient, with the reason for every line.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use cotreat_care::face::Detail;
use cotreat_care::{Episode, case, face, input};
use cotreat_knowledge::{Knowledge, Place, Problem};
use jiff::civil::Date;

use crate::commands::KnowledgeFolder;
use crate::terminal::Failure;
use crate::{files, terminal};

/// Say all that can be said about one patient: alarms, contributors, next questions, plan, and why.
///
/// FILE is a case in Markdown, or what its `given` block would hold as TOML or JSON. The day (`as_of`) stands in the file; no clock is read.
/// Exit code 0, also when an alarm is found; 2 when the file cannot be used.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat appraise knowledge/cases/serious_cauda_equina.md
  cotreat appraise patient.toml --profile uk --sources
  cotreat appraise patient.json --json | jq .alarms")]
pub struct Appraise {
    /// The patient: a .md case, .toml or .json file.
    pub file: PathBuf,
    /// Which patient of a case file with several: its heading, or a part of it.
    #[arg(long, value_name = "HEADING")]
    pub case: Option<String>,
    /// Print canonical JSON.
    #[arg(long, conflicts_with = "markdown")]
    pub json: bool,
    /// Print Markdown.
    #[arg(long)]
    pub markdown: bool,
    /// Whose guidelines count: a profile such as uk, us, who, nl, or all.
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
    /// The day of the appraisal, instead of the file's `as_of`.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Date>,
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
        let mut patient = Patient::read(&self.file, self.case.as_deref(), &knowledge)?;
        patient.adjust(self.profile.as_deref(), self.as_of, &knowledge)?;
        let appraisal = cotreat_care::appraise(&patient.episode, &knowledge);
        if self.json {
            let json = appraisal.to_json().map_err(|error| Problem::new(Place::file("json"), error.to_string()))?;
            terminal::print(&json);
        } else if self.markdown {
            terminal::print(&face::as_markdown(&appraisal, self.detail()));
        } else {
            terminal::print(&face::as_text(&appraisal, self.detail(), terminal::colour()));
            if !patient.others.is_empty() {
                terminal::print(&format!("\nThis file holds more patients (--case): {}\n", patient.others.join("; ")));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Appraise {
    fn detail(&self) -> Detail {
        match (self.brief, self.sources) {
            (true, _) => Detail::Brief,
            (_, true) => Detail::Sources,
            _ => Detail::Full,
        }
    }
}

/// A patient read from a file, and the other patients of that file.
#[derive(Debug)]
pub struct Patient {
    /// What is known.
    pub episode: Episode,
    /// Headings of the other patients in the same file.
    pub others: Vec<String>,
}

impl Patient {
    /// Reads a patient by the kind of file.
    pub fn read(path: &Path, heading: Option<&str>, knowledge: &Knowledge) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if !matches!(extension, "md" | "toml" | "json") {
            let problem = Problem::new(Place::file(&name), "this kind of file cannot be read");
            return Err(problem.help("write a case (.md), or .toml or .json").into());
        }
        let text = files::text(path)?;
        let alone = |episode| Self { episode, others: Vec::new() };
        match extension {
            "toml" => input::from_toml(&name, &text, knowledge).map(alone).map_err(Failure),
            "json" => input::from_json(&name, &text, knowledge).map(alone).map_err(Failure),
            _ => Self::of_case(&name, &text, heading, knowledge),
        }
    }

    fn of_case(name: &str, text: &str, heading: Option<&str>, knowledge: &Knowledge) -> Result<Self, Failure> {
        let cases = case::read(name, text).map_err(Failure)?;
        let chosen = match heading {
            None => 0,
            Some(part) => cases.iter().position(|c| c.title.to_lowercase().contains(&part.to_lowercase())).ok_or_else(|| {
                let titles: Vec<_> = cases.iter().map(|c| c.title.as_str()).collect();
                Problem::new(Place::file(name), format!("no patient here is called `{part}`")).help(format!("there are: {}", titles.join("; ")))
            })?,
        };
        let episode = cases[chosen].episode(knowledge).map_err(Failure)?;
        let others = cases.into_iter().enumerate().filter(|(at, _)| *at != chosen).map(|(_, case)| case.title).collect();
        Ok(Self { episode, others })
    }

    /// Applies what the command line overrides.
    pub fn adjust(&mut self, profile: Option<&str>, as_of: Option<Date>, knowledge: &Knowledge) -> Result<(), Failure> {
        if let Some(id) = profile {
            self.episode.profile = match id {
                "all" => None,
                id => Some(knowledge.profiles.find(id).ok_or_else(|| {
                    let known: Vec<_> = knowledge.profiles.ids().iter().map(String::as_str).chain(["all"]).collect();
                    Problem::new(Place::file("--profile"), format!("there is no profile `{id}`")).help(format!("profiles are {}", known.join(", ")))
                })?),
            };
        }
        if let Some(day) = as_of {
            if let Some(newer) = self.episode.facts.iter().find(|fact| fact.on > day && fact.on != self.episode.as_of) {
                let message = format!("a fact of {} lies after {day}", newer.on);
                return Err(Problem::new(Place::file("--as-of"), message).help("choose a later day").into());
            }
            for fact in &mut self.episode.facts {
                // Facts without a date of their own belong to the day of the appraisal.
                if fact.on == self.episode.as_of {
                    fact.on = day;
                }
            }
            self.episode.as_of = day;
        }
        Ok(())
    }
}
