//! Tasks for people who work on the repository.
//!
//! - `cargo xtask test`: everything that must hold before a change lands.
//! - `cargo xtask picture`: draws the picture in README from the program's own output.
//! - `cargo run --release -p xtask -- population`: what the alarm rules do to a hundred thousand made-up patients.

mod debian;
mod picture;
mod population;
mod shipped;
mod test;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("test") => test::run(),
        Some("picture") => picture::run(),
        Some("population") => population::run(arguments),
        other => {
            if let Some(other) = other {
                eprintln!("there is no task `{other}`");
            }
            eprintln!("tasks: test, population, picture");
            ExitCode::from(2)
        }
    }
}
