//! Every act, every event and every refusal has a scenario.

use std::fs;
use std::path::Path;

use cotreat_people::decide::{OrganisationAct, PatientAct, Refused, UserAct};
use cotreat_people::event::{OrganisationEvent, PatientEvent, UserEvent};
use serde::de::DeserializeOwned;

/// The stored names of an enum: what its reader says it expected.
fn names<T: DeserializeOwned>(json: &str) -> Vec<String> {
    let told = match serde_json::from_str::<T>(json) {
        Ok(_) => panic!("{json} is no variant"),
        Err(error) => error.to_string(),
    };
    let (_, list) = told.split_once("expected").expect("a list");
    let quoted = list.split('`').skip(1).step_by(2);
    quoted.map(str::to_owned).collect()
}

/// The kinds of all events.
pub fn events() -> Vec<String> {
    let unknown = r#"{"event":"?"}"#;
    let mut all = names::<OrganisationEvent>(unknown);
    all.extend(names::<UserEvent>(unknown));
    all.extend(names::<PatientEvent>(unknown));
    assert!(all.len() >= 20, "{all:?}");
    all
}

fn scenarios() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let told = ["organisations.rs", "users.rs", "patients.rs"];
    told.iter()
        .map(|file| fs::read_to_string(folder.join(file)).expect("text"))
        .collect()
}

fn camel(name: &str) -> String {
    let part = |part: &str| part[..1].to_uppercase() + &part[1..];
    name.split('_').map(part).collect()
}

/// Which of the words stand nowhere in the scenarios.
fn missing(words: impl Iterator<Item = String>) -> Vec<String> {
    let told = scenarios();
    let stands = |word: &String| {
        told.match_indices(word.as_str()).any(|(at, _)| {
            let after = told[at + word.len()..].chars().next();
            after.is_none_or(|c| !c.is_alphanumeric() && c != '_')
        })
    };
    words.filter(|word| !stands(word)).collect()
}

#[test]
fn every_act_has_a_scenario() {
    let unknown = r#"{"act":"?"}"#;
    let called = |of: &str, acts: Vec<String>| {
        let named = |act: &String| format!("{of}::{}", camel(act));
        acts.iter().map(named).collect::<Vec<String>>()
    };
    let acts = [
        called("OrganisationAct", names::<OrganisationAct>(unknown)),
        called("UserAct", names::<UserAct>(unknown)),
        called("PatientAct", names::<PatientAct>(unknown)),
    ];
    let acts = acts.concat();
    assert!(acts.len() >= 20, "{acts:?}");
    assert_eq!(missing(acts.into_iter()), Vec::<String>::new());
}

#[test]
fn every_event_has_a_scenario() {
    let quoted = events()
        .into_iter()
        .map(|event| format!("then(\"{event}\""));
    assert_eq!(missing(quoted), Vec::<String>::new());
}

#[test]
fn every_refusal_has_a_scenario() {
    let refusals = names::<Refused>("\"?\"");
    assert!(refusals.len() > 20, "{refusals:?}");
    let called = refusals
        .iter()
        .map(|one| format!("Refused::{}", camel(one)));
    assert_eq!(missing(called), Vec::<String>::new());
}
