//! The shipped knowledge, its cases, and clinics made of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use cotreat_care::{Record, evolve};
use cotreat_knowledge::Knowledge;
use cotreat_people::patient::{self, Patient};
use cotreat_synthetic::{Clinic, Entry, History};
use jiff::Timestamp;
use jiff::civil::{Date, date};

/// The moment at which every history of the tests ends.
pub const NOW: &str = "2026-11-27T10:20:00Z";

/// The day of that moment where the practices are.
pub const TODAY: Date = date(2026, 11, 27);

pub fn now() -> Timestamp {
    NOW.parse().expect("an instant")
}

fn texts() -> &'static BTreeMap<String, String> {
    static TEXTS: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
        let mut texts = BTreeMap::new();
        let mut open = vec![root.clone()];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(&folder).expect("the knowledge folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|e| e == "toml" || e == "md") {
                    let name = path.strip_prefix(&root).expect("below the folder");
                    let name = name.to_string_lossy().replace('\\', "/");
                    texts.insert(name, std::fs::read_to_string(&path).expect("text"));
                }
            }
        }
        texts
    })
}

pub fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let texts = texts()
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()));
        cotreat_knowledge::load(texts).expect("sound knowledge")
    })
}

/// The case files.
pub fn cases() -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = texts()
        .iter()
        .filter(|(path, _)| path.starts_with("cases/"));
    all.map(|(path, text)| (path.as_str(), text.as_str()))
}

/// A clinic of the shipped knowledge.
pub fn clinic(seed: u64, patients: u64) -> Clinic<'static> {
    Clinic::new(seed, patients, knowledge(), cases(), now()).expect("sound sheets")
}

/// The sixty patients of the demonstration, made once.
pub fn sixty() -> &'static [History] {
    static SIXTY: OnceLock<Vec<History>> = OnceLock::new();
    SIXTY.get_or_init(|| clinic(1, 60).histories().collect())
}

/// What each episode of a history adds up to, by id, in the order in which they began.
pub fn records(history: &History) -> Vec<(String, Record)> {
    let mut records: Vec<(String, Record)> = Vec::new();
    for entry in &history.entries {
        let Entry::Episode { id, event, .. } = entry else {
            continue;
        };
        match records.iter_mut().find(|(known, _)| known == id) {
            Some((_, record)) => *record = evolve(std::mem::take(record), event),
            None => records.push((id.clone(), evolve(Record::default(), event))),
        }
    }
    records
}

/// What each file of a history adds up to, by id, in the order in which they were registered.
pub fn files(history: &History) -> Vec<(String, Patient)> {
    let mut files: Vec<(String, Patient)> = Vec::new();
    for entry in &history.entries {
        let Entry::Patient { id, event } = entry else {
            continue;
        };
        match files.iter_mut().find(|(known, _)| known == id) {
            Some((_, file)) => *file = patient::evolve(std::mem::take(file), event),
            None => files.push((id.clone(), patient::evolve(Patient::default(), event))),
        }
    }
    files
}
