//! Every act, every event and every refusal has a scenario.

use std::fs;
use std::path::Path;

use cotreat_care::decide::{Act, Refused};
use cotreat_care::event::Event;
use serde::de::DeserializeOwned;

/// The stored names of an enum: what its reader says it expected.
pub fn names<T: DeserializeOwned>(json: &str) -> Vec<String> {
    let told = match serde_json::from_str::<T>(json) {
        Ok(_) => panic!("{json} is no variant"),
        Err(error) => error.to_string(),
    };
    let (_, list) = told.split_once("expected").expect("a list");
    let quoted = list.split('`').skip(1).step_by(2);
    quoted.map(str::to_owned).collect()
}

pub fn events() -> Vec<String> {
    names::<Event>(r#"{"event":"?"}"#)
}

fn scenarios() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let files = fs::read_dir(folder).expect("this folder");
    files
        .map(|file| file.expect("a file").path())
        .filter(|path| !path.ends_with("coverage.rs"))
        .map(|path| fs::read_to_string(path).expect("text"))
        .collect()
}

fn camel(name: &str) -> String {
    let part = |part: &str| part[..1].to_uppercase() + &part[1..];
    name.split('_').map(part).collect()
}

/// Which of the words stand nowhere in the scenarios.
fn missing(words: Vec<String>) -> Vec<String> {
    let told = scenarios();
    let stands = |word: &String| {
        told.match_indices(word.as_str()).any(|(at, _)| {
            let after = told[at + word.len()..].chars().next();
            after.is_none_or(|c| !c.is_alphanumeric() && c != '_')
        })
    };
    words.into_iter().filter(|word| !stands(word)).collect()
}

#[test]
fn every_act_has_a_scenario() {
    let acts = names::<Act>(r#"{"act":"?"}"#);
    assert!(acts.len() > 25, "{acts:?}");
    let none: Vec<String> = Vec::new();
    let called = acts.iter().map(|act| format!("Act::{}", camel(act)));
    assert_eq!(missing(called.collect()), none);
}

#[test]
fn every_event_has_a_scenario() {
    assert!(events().len() > 25, "{:?}", events());
    let none: Vec<String> = Vec::new();
    let quoted = events().into_iter().map(|event| format!("\"{event}\""));
    assert_eq!(missing(quoted.collect()), none);
}

#[test]
fn every_refusal_has_a_scenario() {
    let refusals = names::<Refused>("\"?\"");
    assert!(refusals.len() > 25, "{refusals:?}");
    let none: Vec<String> = Vec::new();
    let called = refusals
        .iter()
        .map(|one| format!("Refused::{}", camel(one)));
    assert_eq!(missing(called.collect()), none);
}
