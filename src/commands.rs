//! The subcommands.

mod accept;
mod appraise;
mod ask;
mod audit;
mod backup;
mod check;
mod completions;
mod coverage;
mod demo;
mod doctor;
mod explain;
mod import;
mod init;
mod rebuild;
mod replay;
mod restore;
mod schema;
mod serve;
mod upgrade;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;

use crate::patient::Overrides;
use crate::terminal::Failure;

/// Integrated back-pain care: decision support for qualified clinicians.
#[derive(Debug, Parser)]
#[command(name = "cotreat", version, about, max_term_width = 100)]
#[command(after_help = include_str!("commands/examples/cotreat.txt"))]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Appraise(appraise::Appraise),
    Ask(ask::Ask),
    Check(check::Check),
    Explain(explain::Explain),
    Replay(replay::Replay),
    Coverage(coverage::Coverage),
    Import(import::Import),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Demo(demo::Demo),
    Serve(serve::Serve),
    Init(init::Init),
    User(user::User),
    Accept(accept::Accept),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Doctor(doctor::Doctor),
    Audit(audit::Audit),
    Upgrade(upgrade::Upgrade),
    Rebuild(rebuild::Rebuild),
}

impl Command {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Appraise(command) => command.run(),
            Self::Ask(command) => command.run(),
            Self::Check(command) => command.run(),
            Self::Explain(command) => command.run(),
            Self::Replay(command) => command.run(),
            Self::Coverage(command) => command.run(),
            Self::Import(command) => command.run(),
            Self::Schema(command) => command.run(),
            Self::Completions(command) => command.run(),
            Self::Demo(command) => command.run(),
            Self::Serve(command) => command.run(),
            Self::Init(command) => command.run(),
            Self::User(command) => command.run(),
            Self::Accept(command) => command.run(),
            Self::Backup(command) => command.run(),
            Self::Restore(command) => command.run(),
            Self::Doctor(command) => command.run(),
            Self::Audit(command) => command.run(),
            Self::Upgrade(command) => command.run(),
            Self::Rebuild(command) => command.run(),
        }
    }
}

/// Which knowledge to use.
#[derive(Debug, Args)]
pub struct KnowledgeFolder {
    /// Use this knowledge folder instead of the built-in one.
    #[arg(long, value_name = "DIR")]
    pub knowledge: Option<PathBuf>,
}

/// Which patient of a file, under which guidelines, on which day.
#[derive(Debug, Args)]
pub struct Which {
    /// Which patient of a case file with several: its heading, or a part of it.
    #[arg(long, value_name = "HEADING")]
    pub case: Option<String>,
    /// Whose guidelines count: a profile such as uk, us, who, nl, or all.
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
    /// The day of the appraisal, instead of the file's `as_of`.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Date>,
}

impl Which {
    /// What the command line says instead of the file.
    pub fn overrides(&self) -> Overrides {
        Overrides {
            case: self.case.clone(),
            profile: self.profile.clone(),
            as_of: self.as_of,
        }
    }
}
