//! What every benchmark needs: the shipped knowledge, the shipped cases, a clock.

#![expect(
    dead_code,
    reason = "each benchmark is a crate of its own and uses only a part of this"
)]

pub mod clock;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

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
