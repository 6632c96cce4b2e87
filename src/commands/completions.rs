//! `cotreat completions`: what a shell needs to complete the commands.

use std::process::ExitCode;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::commands::Cli;
use crate::terminal::{self, Failure};

/// Print the completions for a shell.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat completions bash > ~/.local/share/bash-completion/completions/cotreat
  cotreat completions zsh  > ~/.zfunc/_cotreat
  cotreat completions fish > ~/.config/fish/completions/cotreat.fish")]
pub struct Completions {
    /// The shell.
    pub shell: Shell,
}

impl Completions {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "cotreat", &mut script);
        terminal::print(&String::from_utf8_lossy(&script));
        Ok(ExitCode::SUCCESS)
    }
}
