//! Runs the program and keeps what it said.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a run printed, and how it ended.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program in the repository folder.
pub fn cotreat(arguments: &[&str]) -> Run {
    with_input(arguments, "")
}

/// Runs the program with lines to read.
pub fn with_input(arguments: &[&str], input: &str) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cotreat"));
    // Settings of whoever runs the tests are not those of the tests.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("COTREAT_") {
            command.env_remove(name);
        }
    }
    let mut child = command
        .args(arguments)
        .current_dir(repository())
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built for this test");
    // A program that does not read closes its end first; that is not this test's matter.
    let _ = child
        .stdin
        .take()
        .expect("piped")
        .write_all(input.as_bytes());
    let done = child.wait_with_output().expect("the program ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    Run {
        code: done.status.code().expect("the program ends by itself"),
        out: text(done.stdout),
        err: text(done.stderr),
    }
}

impl Run {
    /// It worked: this exit code, and nothing on standard error.
    #[track_caller]
    pub fn ends(self, code: i32) -> String {
        assert_eq!(
            (self.code, self.err.as_str()),
            (code, ""),
            "printed:\n{}",
            self.out
        );
        self.out
    }

    /// It refused: exit code 2, nothing on standard output, and a message that holds all these words.
    #[track_caller]
    pub fn refuses(self, words: &[&str]) -> String {
        assert_eq!(
            (self.code, self.out.as_str()),
            (2, ""),
            "said:\n{}",
            self.err
        );
        says(&self.err, words);
        self.err
    }
}

/// The text holds all these words.
#[track_caller]
pub fn says(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "`{word}` is not in:\n{text}");
    }
}

/// The folder of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder for one test, removed at its end.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder for this test"))
    }

    /// The path of a file in it.
    pub fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    /// Writes a file into it; gives its path.
    pub fn with(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(Path::new(&path).parent().expect("below the folder"))
            .expect("this folder may be written");
        fs::write(&path, content).expect("this folder may be written");
        path
    }
}

/// Every file below a folder of the repository, by its path below that folder.
pub fn below(folder: &str) -> Vec<(String, PathBuf)> {
    let root = repository().join(folder);
    let mut open = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("this folder is there") {
            let path = entry.expect("this folder can be read").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path
                    .strip_prefix(&root)
                    .expect("below it")
                    .to_string_lossy()
                    .replace('\\', "/");
                found.push((name, path));
            }
        }
    }
    found.sort();
    found
}

/// A copy of the shipped knowledge without its cases, with some words of one file replaced.
pub fn changed_knowledge(folder: &Folder, file: &str, from: &str, to: &str) -> String {
    let mut replaced = false;
    for (name, path) in below("knowledge") {
        if name.starts_with("cases/") || !(name.ends_with(".toml") || name.ends_with(".md")) {
            continue;
        }
        let mut text = fs::read_to_string(path).expect("shipped knowledge can be read");
        if name == file {
            replaced = text.contains(from);
            text = text.replacen(from, to, 1);
        }
        folder.with(&format!("knowledge/{name}"), text);
    }
    assert!(replaced, "`{from}` is not in {file}");
    folder.path("knowledge")
}
