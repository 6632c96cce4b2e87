//! Every version of every stored event loads for ever.
//!
//! `tests/golden/events/v1/` holds one file for each event, as it is stored. Files are added and never changed: when a shape changes, its new
//! version gets a folder of its own, and the old one still loads.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use cotreat_care::event::{Recorded, VERSION};
use cotreat_care::record::{Record, evolve};
use serde_json::Value;

use super::coverage;
use super::story::name;

/// Folder and file name → text.
fn golden() -> BTreeMap<(String, String), String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/events");
    let mut all = BTreeMap::new();
    for version in fs::read_dir(folder).expect("the folder") {
        let version = version.expect("a folder");
        for file in fs::read_dir(version.path()).expect("a folder") {
            let file = file.expect("a file");
            let text = fs::read_to_string(file.path()).expect("text");
            let of = |name: std::ffi::OsString| name.to_string_lossy().into_owned();
            all.insert((of(version.file_name()), of(file.file_name())), text);
        }
    }
    all
}

#[test]
fn every_golden_event_loads_and_can_be_lived_through() {
    let mut record = Record::default();
    for ((version, file), text) in golden() {
        let event: Recorded =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{version}/{file}: {error}"));
        assert_eq!(format!("{}.json", name(&event)), file);
        assert_eq!(format!("v{}", event.version), version);
        record = evolve(record, &event);
    }
    assert!(record.events > 0);
}

#[test]
fn every_event_has_a_golden_file_of_this_version() {
    let golden = golden();
    let has =
        |event: &String| golden.contains_key(&(format!("v{VERSION}"), format!("{event}.json")));
    let missing: Vec<String> = coverage::events()
        .into_iter()
        .filter(|event| !has(event))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn what_is_written_today_is_what_the_golden_files_of_this_version_show() {
    for ((version, file), text) in golden() {
        if version != format!("v{VERSION}") {
            continue;
        }
        let event: Recorded = serde_json::from_str(&text).expect("loads");
        let stored: Value = serde_json::from_str(&text).expect("JSON");
        let written = serde_json::to_value(&event).expect("JSON");
        assert_eq!(written, stored, "{file}");
    }
}
