//! Printing: colour only where a person looks at a terminal, and a closed pipe is not an error.

use std::io::{self, IsTerminal as _, Write as _};

use cotreat_care::face::{self, Block};
use cotreat_knowledge::Problem;

/// What stopped a command: everything that is wrong, for exit code 2.
#[derive(Debug)]
pub struct Failure(pub Vec<Problem>);

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

/// Whether standard output may be coloured.
pub fn colour() -> bool {
    // An empty NO_COLOR counts as not set (no-color.org).
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Writes to standard output. A reader that went away (`| head`) ends the program quietly.
pub fn print(text: &str) {
    let mut out = io::stdout().lock();
    if out
        .write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .is_err()
    {
        std::process::exit(0);
    }
}

/// Writes headings, lines and lists to standard output.
pub fn show(blocks: &[Block]) {
    print(&face::text(blocks, colour()));
}

/// Says how far a long command is, on a terminal only; the line is written over each time.
pub fn progress(words: &str) {
    let mut err = io::stderr().lock();
    if err.is_terminal() {
        // Progress that cannot be shown is not worth a word.
        let _ = write!(err, "\r\u{1b}[K{words}").and_then(|()| err.flush());
    }
}

/// Writes every problem to standard error.
pub fn complain(failure: &Failure) {
    let mut err = io::stderr().lock();
    for problem in &failure.0 {
        // Nothing sensible is left to do when standard error is gone too.
        let _ = writeln!(err, "{problem}");
    }
    let count = failure.0.len();
    if count > 1 {
        let _ = writeln!(err, "{count} problems");
    }
}
