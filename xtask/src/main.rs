//! Tasks for people who work on the repository.
//!
//! - `cargo xtask test`: everything that must hold before a change lands.
//! - `cargo run --release -p xtask -- population`: what the alarm rules do to a hundred thousand made-up patients.

mod population;
mod test;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("test") => test::run(),
        Some("population") => population::run(arguments),
        other => {
            if let Some(other) = other {
                eprintln!("there is no task `{other}`");
            }
            eprintln!("tasks: test, population");
            ExitCode::from(2)
        }
    }
}
