//! Every shipped case can be appraised and shown by all faces.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use cotreat_care::appraisal::SCHEMA;
use cotreat_care::face::{self, Detail};
use cotreat_care::{Appraisal, appraise, case};

use super::support::{below, cotreat};

#[test]
fn every_case_file_in_all_three_faces() {
    let files = below("knowledge/cases");
    assert!(files.len() > 40, "the shipped cases are there");
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((_, path)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let path = path.display().to_string();
            let text = cotreat(&["appraise", &path, "--sources"]).ends(0);
            assert!(
                text.contains("Not yet certified"),
                "{path} says what nobody certified"
            );
            let markdown = cotreat(&["appraise", &path, "--markdown"]).ends(0);
            assert!(markdown.starts_with("# "), "{path}");
            let json = cotreat(&["appraise", &path, "--json"]).ends(0);
            // The type refuses fields that it does not know.
            let appraisal: Appraisal =
                serde_json::from_str(&json).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_eq!(appraisal.schema, SCHEMA);
            assert_eq!(
                appraisal.to_json().expect("JSON"),
                json,
                "{path} survives a round trip"
            );
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
}

/// In one process, so that every patient of every file gets a turn.
#[test]
fn every_patient_of_every_file() {
    let texts: Vec<(String, String)> = below("knowledge")
        .into_iter()
        .filter(|(name, _)| name.ends_with(".toml") || name.ends_with(".md"))
        .map(|(name, path)| {
            (
                name,
                fs::read_to_string(path).expect("shipped knowledge can be read"),
            )
        })
        .collect();
    let knowledge = cotreat_knowledge::load(
        texts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str())),
    )
    .expect("shipped knowledge is sound");
    let mut patients = 0;
    for (name, text) in texts.iter().filter(|(name, _)| name.starts_with("cases/")) {
        for one in case::read(name, text).unwrap_or_else(|problems| panic!("{problems:?}")) {
            let episode = one
                .episode(&knowledge)
                .unwrap_or_else(|problems| panic!("{problems:?}"));
            let appraisal = appraise(&episode, &knowledge);
            let json = appraisal.to_json().expect("JSON");
            let read: Appraisal = serde_json::from_str(&json)
                .unwrap_or_else(|error| panic!("{name}, {}: {error}", one.title));
            assert_eq!(read, appraisal, "{name}, {}", one.title);
            for detail in [Detail::Brief, Detail::Full, Detail::Sources] {
                assert!(!face::as_text(&appraisal, detail, true).is_empty());
                assert!(!face::as_markdown(&appraisal, detail).is_empty());
            }
            patients += 1;
        }
    }
    assert!(patients > 100, "{patients} patients");
}
