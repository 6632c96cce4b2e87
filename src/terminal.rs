//! Printing: colour only where a person looks at a terminal, and a closed pipe is not an error.

use std::io::{self, IsTerminal as _, Write as _};

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
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Writes to standard output. A reader that went away (`| head`) ends the program quietly.
pub fn print(text: &str) {
    let mut out = io::stdout().lock();
    if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
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
