//! What every benchmark needs: the shipped knowledge, the shipped cases, the memory high-water mark.

#![expect(
    dead_code,
    reason = "each benchmark is a crate of its own and uses only a part of this"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use cotreat_care::{Episode, case};
use cotreat_knowledge::Knowledge;

/// The allocator of the shipped program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The knowledge folder of the repository.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge")
}

/// Every TOML and Markdown text below the knowledge folder, by path below it.
pub fn texts() -> BTreeMap<String, String> {
    let root = folder();
    let mut texts = BTreeMap::new();
    let mut open = vec![root.clone()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next)
            .expect("the knowledge folder can be read")
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "toml" || e == "md") {
                let name = path
                    .strip_prefix(&root)
                    .expect("it was found below the folder")
                    .to_string_lossy()
                    .replace('\\', "/");
                texts.insert(
                    name,
                    fs::read_to_string(&path).expect("knowledge files are UTF-8 text"),
                );
            }
        }
    }
    texts
}

/// Loads and checks texts; a benchmark of broken knowledge says nothing.
pub fn load(texts: &BTreeMap<String, String>) -> Knowledge {
    match cotreat_knowledge::load(
        texts
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    ) {
        Ok(knowledge) => knowledge,
        Err(problems) => panic!(
            "the knowledge is not sound, run `cotreat check knowledge`: {}",
            problems[0]
        ),
    }
}

/// Every patient of every shipped case, with a name that finds it again.
pub fn patients(texts: &BTreeMap<String, String>, knowledge: &Knowledge) -> Vec<(String, Episode)> {
    let mut all = Vec::new();
    for (path, text) in texts.iter().filter(|(path, _)| path.starts_with("cases/")) {
        let cases = case::read(path, text).unwrap_or_else(|problems| panic!("{}", problems[0]));
        for case in cases {
            if let Ok(episode) = case.episode(knowledge) {
                all.push((format!("{path}: {}", case.title), episode));
            }
        }
    }
    all
}

/// The most memory this process ever held, in MB; `None` where the system does not tell.
pub fn peak_megabytes() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

/// Adds up the time of one kind of work: that of the processor where the system tells (Linux), so that other programs on the machine do not
/// count; else that of the wall clock. For work of some milliseconds at a time, because the system counts coarsely.
#[derive(Debug, Default)]
pub struct Clock {
    pub spent: Duration,
}

impl Clock {
    pub fn time<T>(&mut self, run: impl FnOnce() -> T) -> T {
        let (start, wall) = (processor(), Instant::now());
        let value = run();
        self.spent += match (start, processor()) {
            (Some(start), Some(end)) => end.saturating_sub(start),
            _ => wall.elapsed(),
        };
        value
    }
}

/// How long this thread has run on a processor.
fn processor() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(
        text.split_whitespace().next()?.parse().ok()?,
    ))
}

/// The value below which this share of the sorted durations lies (nearest rank).
pub fn quantile(sorted: &[Duration], share: f64) -> Duration {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rank between 0 and the number of durations"
    )]
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted[rank.clamp(1, sorted.len()) - 1]
}
