//! A process that does something to a database until it is killed.

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::process::{ChildStdout, Command, Stdio};

use cotreat_store::MasterKey;
use cotreat_store::database::Address;

use super::Place;

/// The process, seen from the test that kills it.
pub struct Child {
    process: std::process::Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Child {
    /// Starts an ignored test of this program: `module::name`.
    pub fn start(test: &str, place: &Place, more: &str) -> Self {
        let address = match &place.address {
            Address::Sqlite(path) => format!("sqlite:{}", path.display()),
            Address::Postgres(url) => url.clone(),
        };
        let mut process = Command::new(std::env::current_exe().expect("this program has a name"))
            .args([test, "--exact", "--ignored", "--nocapture"])
            .env("COTREAT_KILLED_DATABASE", address)
            .env("COTREAT_KILLED_KEY", place.key.to_hex().as_str())
            .env("COTREAT_KILLED_MORE", more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("this program can be started again");
        let lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
        Self { process, lines }
    }

    /// Waits for so many lines of its own; returns the last, or `None` when it ended before.
    pub fn lines(&mut self, count: usize) -> Option<String> {
        let said = self.lines.by_ref().map_while(Result::ok);
        let mut own = said.filter_map(|line| Some(line.split_once("said ")?.1.to_owned()));
        own.nth(count - 1)
    }

    pub fn kill(mut self) {
        self.process.kill().expect("it can be killed");
        self.process.wait().expect("it ends");
    }
}

/// What the process was given, seen from within.
pub struct Given {
    pub address: Address,
    pub key: MasterKey,
    pub more: String,
}

pub fn given() -> Given {
    let given = |name: &str| std::env::var(name).expect("started by a test");
    Given {
        address: Address::read(&given("COTREAT_KILLED_DATABASE")).expect("an address"),
        key: MasterKey::from_hex(&given("COTREAT_KILLED_KEY")).expect("a key"),
        more: given("COTREAT_KILLED_MORE"),
    }
}

impl Given {
    /// Says a line to the test.
    pub fn say(&self, words: &str) {
        let mut out = std::io::stdout().lock();
        writeln!(out, "said {words}").expect("somebody reads");
    }
}
