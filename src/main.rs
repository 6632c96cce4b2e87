//! `cotreat`: integrated back-pain care on the command line. One file per subcommand in `commands/`.

mod change;
mod commands;
mod files;
mod installation;
mod patient;
mod progress;
mod terminal;
mod words;

use std::process::ExitCode;

use clap::Parser as _;

/// An appraisal is thousands of small texts; this allocator halves the time it takes (docs/decisions/007).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Clap's own exit code for wrong usage is 2, which is also ours for bad input.
    let cli = commands::Cli::parse();
    match cli.command.run() {
        Ok(code) => code,
        Err(failure) => {
            terminal::complain(&failure);
            ExitCode::from(2)
        }
    }
}
