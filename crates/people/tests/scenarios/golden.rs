//! Every version of every stored event loads for ever.
//!
//! `tests/golden/v1/` holds one file for each event, as it is stored. Files are added and never changed: when a shape changes, its new version
//! gets a folder of its own, and the old one still loads.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use cotreat_people::event::{Kind, OrganisationEvent, PatientEvent, Recorded, UserEvent, VERSION};
use cotreat_people::organisation::Organisation;
use cotreat_people::patient::Patient;
use cotreat_people::user::User;
use cotreat_people::{organisation, patient, user};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::coverage;

/// Folder and file name → text.
fn golden() -> BTreeMap<(String, String), String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
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

/// Reads an event of one of the three kinds, checks where it lies and what would be written today, and hands it on.
fn read<E: Kind + Serialize + DeserializeOwned>(
    version: &str,
    file: &str,
    text: &str,
) -> Option<Recorded<E>> {
    let event: Recorded<E> = serde_json::from_str(text).ok()?;
    assert_eq!(format!("{}.json", event.event.kind()), file);
    assert_eq!(format!("v{}", event.version), version);
    if event.version == VERSION {
        let stored: Value = serde_json::from_str(text).expect("JSON");
        let written = serde_json::to_value(&event).expect("JSON");
        assert_eq!(
            written, stored,
            "{file}: what is written today is what the file shows"
        );
    }
    Some(event)
}

#[test]
fn every_golden_event_loads_is_written_back_the_same_and_can_be_lived_through() {
    let mut clinic = Organisation::default();
    let mut somebody = User::default();
    let mut file = Patient::default();
    for ((version, name), text) in golden() {
        if let Some(event) = read::<OrganisationEvent>(&version, &name, &text) {
            clinic = organisation::evolve(clinic, &event);
        } else if let Some(event) = read::<UserEvent>(&version, &name, &text) {
            somebody = user::evolve(somebody, &event);
        } else if let Some(event) = read::<PatientEvent>(&version, &name, &text) {
            file = patient::evolve(file, &event);
        } else {
            panic!("{version}/{name} is no event");
        }
    }
    assert!(clinic.settings.is_some() && somebody.account.is_some() && file.identity.is_some());
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
