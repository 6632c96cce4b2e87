//! `cargo xtask test`: everything that must hold before a change lands, in the order of what fails fastest. CI calls the same.

use crate::debian;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

/// The version of cargo-deny that `deny.toml` was written for.
const CARGO_DENY: &str = "0.20.2";

/// Passed and failed tests so far.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    passed: u64,
    failed: u64,
}

/// Runs every step; a failing step does not keep the later ones from running.
pub fn run() -> ExitCode {
    let mut tally = Tally::default();
    let mut failed_steps = Vec::new();
    let steps: [(&str, &[&str]); 3] = [
        ("formatting", &["fmt", "--all", "--check"]),
        (
            "lints",
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--quiet",
                "--",
                "-D",
                "warnings",
            ],
        ),
        (
            "tests",
            &["test", "--workspace", "--quiet", "--no-fail-fast"],
        ),
    ];
    debian::provide();
    for (name, arguments) in steps {
        say(&format!("== {name}: cargo {}", arguments.join(" ")));
        if !step(cargo().args(arguments), &mut tally, true) {
            failed_steps.push(name);
        }
    }
    // With the program that the tests were just run on: another build of it would take longer than everything else.
    for (name, arguments) in [
        ("knowledge and cases", &["check", "knowledge"][..]),
        ("demonstration", &["demo", "--print"]),
    ] {
        say(&format!("== {name}: cotreat {}", arguments.join(" ")));
        // The demonstration is for reading; here it only has to work.
        let show = name != "demonstration";
        if !step(program().args(arguments), &mut tally, show) {
            failed_steps.push(name);
        }
    }
    say("== fault drills: tests/faults/run.sh");
    if !step(
        Command::new("bash").arg("tests/faults/run.sh"),
        &mut tally,
        true,
    ) {
        failed_steps.push("fault drills");
    }
    say("== browser: e2e/run.sh");
    if !browser(&mut tally) {
        failed_steps.push("browser");
    }
    say("== licences and sources of dependencies: cargo deny check");
    if !deny(&mut tally) {
        failed_steps.push("licences and sources of dependencies");
    }
    if debian::postgres_is_missing() {
        say(
            "Left out: the store's tests on PostgreSQL. Install Debian's `postgresql`, or name a server in COTREAT_TEST_POSTGRES.",
        );
        failed_steps.push("PostgreSQL");
    }
    if !failed_steps.is_empty() {
        say(&format!("failed: {}", failed_steps.join(", ")));
        // A step without a count of its own must still show in the closing line.
        tally.failed = tally.failed.max(1);
    }
    say(&format!("{} passed, {} failed", tally.passed, tally.failed));
    if failed_steps.is_empty() && tally.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Walks the demonstration in a browser, with the program that the tests built.
fn browser(tally: &mut Tally) -> bool {
    let program = program().get_program().to_owned();
    let work =
        PathBuf::from(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()));
    let mut script = Command::new("bash");
    script.arg("e2e/run.sh").arg(program).arg(work.join("e2e"));
    let fetched = Command::new("bash")
        .args(["e2e/run.sh", "--fetch"])
        .arg(work.join("e2e"))
        .stdin(Stdio::null())
        .status();
    match fetched {
        Ok(status) if status.success() => step(&mut script, tally, true),
        _ => {
            say(
                "Left out: the browser tests. They need Debian's `chromium`, `nodejs` and `npm`, and the two packages of e2e/package.json.",
            );
            true
        }
    }
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The program, as the tests built it.
fn program() -> Command {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    Command::new(PathBuf::from(target).join("debug/cotreat"))
}

/// Runs one command, shows what it prints, and counts the tests in it.
fn step(command: &mut Command, tally: &mut Tally, show: bool) -> bool {
    let mut child = match command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => {
            say(&format!("could not be started: {error}"));
            return false;
        }
    };
    for line in child
        .stdout
        .take()
        .into_iter()
        .flat_map(|out| BufReader::new(out).lines())
        .map_while(Result::ok)
    {
        if show {
            say(&line);
        }
        count(&line, tally);
    }
    child.wait().is_ok_and(|status| status.success())
}

/// Reads "test result: ok. 3 passed; 0 failed; …" and "434 passed, 0 failed".
fn count(line: &str, tally: &mut Tally) {
    let words = line
        .strip_prefix("test result: ")
        .and_then(|rest| rest.split_once(". "))
        .map_or(line, |(_, counts)| counts);
    let number = |word: &str| {
        let (before, _) = words.split_once(word)?;
        before
            .rsplit([' ', ',', ';'])
            .find(|part| !part.is_empty())?
            .parse::<u64>()
            .ok()
    };
    let begins_with_number = words.starts_with(|c: char| c.is_ascii_digit());
    if let (true, Some(passed), Some(failed)) =
        (begins_with_number, number(" passed"), number(" failed"))
    {
        tally.passed += passed;
        tally.failed += failed;
    }
}

/// Checks licences, bans and sources; advisories too where their database can be fetched.
fn deny(tally: &mut Tally) -> bool {
    let Some(deny) = find_deny() else {
        say(&format!(
            "cargo-deny is missing and could not be installed: cargo install --locked cargo-deny --version {CARGO_DENY}"
        ));
        return false;
    };
    let fine = step(
        Command::new(&deny).args(["--all-features", "check", "licenses", "bans", "sources"]),
        tally,
        true,
    );
    let advisories = Command::new(&deny)
        .args(["check", "advisories"])
        .stdin(Stdio::null())
        .output();
    match advisories {
        Ok(output) if output.status.success() => say("advisories: none"),
        Ok(output) if String::from_utf8_lossy(&output.stderr).contains("fetch") => {
            say("advisories: left out, the advisory database could not be fetched");
        }
        Ok(output) => {
            say(&String::from_utf8_lossy(&output.stderr));
            return false;
        }
        Err(error) => say(&format!("advisories: left out, {error}")),
    }
    fine
}

/// cargo-deny from the path, or from the tools folder, or built into it.
fn find_deny() -> Option<PathBuf> {
    let works = |path: &PathBuf| {
        Command::new(path)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|s| s.success())
    };
    let root = PathBuf::from("target/tools");
    let candidates = [PathBuf::from("cargo-deny"), root.join("bin/cargo-deny")];
    if let Some(found) = candidates.iter().find(|path| works(path)) {
        return Some(found.clone());
    }
    say("building cargo-deny, once");
    let built = cargo()
        .args([
            "install",
            "--locked",
            "--quiet",
            "cargo-deny",
            "--version",
            CARGO_DENY,
            "--root",
        ])
        .arg(&root)
        .stdin(Stdio::null())
        .status();
    built
        .is_ok_and(|status| status.success())
        .then(|| candidates[1].clone())
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // Whoever closed the pipe does not want to read on.
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}
