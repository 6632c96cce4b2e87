//! Tasks for people who work on the repository.
//!
//! - `cargo xtask test`: everything that must hold before a change lands.

mod test;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("test") => test::run(),
        other => {
            if let Some(other) = other {
                eprintln!("there is no task `{other}`");
            }
            eprintln!("tasks: test");
            ExitCode::from(2)
        }
    }
}
