//! The subcommands.

mod appraise;
mod check;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::terminal::Failure;

/// Integrated back-pain care: decision support for qualified clinicians.
#[derive(Debug, Parser)]
#[command(name = "cotreat", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Appraise(appraise::Appraise),
    Check(check::Check),
}

impl Command {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Appraise(command) => command.run(),
            Self::Check(command) => command.run(),
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
