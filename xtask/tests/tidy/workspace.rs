//! Rules about packages: which may use which, and what they may switch on.

use serde::{Deserialize, Serialize};

use crate::tree::{below, none};

/// The crates of the workspace that each may build on.
const MAY_USE: [(&str, &[&str]); 10] = [
    ("crates/expr/Cargo.toml", &[]),
    ("crates/stats/Cargo.toml", &[]),
    ("crates/ui/Cargo.toml", &[]),
    ("crates/knowledge/Cargo.toml", &["cotreat-expr"]),
    (
        "crates/care/Cargo.toml",
        &["cotreat-expr", "cotreat-knowledge"],
    ),
    ("crates/people/Cargo.toml", &[]),
    ("crates/access/Cargo.toml", &["cotreat-people"]),
    ("crates/figures/Cargo.toml", &[]),
    (
        "crates/synthetic/Cargo.toml",
        &["cotreat-knowledge", "cotreat-care", "cotreat-people"],
    ),
    (
        "crates/store/Cargo.toml",
        &["cotreat-knowledge", "cotreat-care", "cotreat-people"],
    ),
];

/// Packages that would bring a clock, chance, a network or threads into a crate that only computes.
const NOT_PURE: [&str; 8] = [
    "rand",
    "tokio",
    "reqwest",
    "hyper",
    "getrandom",
    "chrono",
    "time",
    "rayon",
];

/// Crates that may have such packages.
const TOUCHES_THE_WORLD: [&str; 1] = ["crates/store/Cargo.toml"];

fn dependencies(manifest: &str) -> Vec<String> {
    let files = below(&[manifest]);
    let file = files
        .first()
        .unwrap_or_else(|| panic!("{manifest} is gone"));
    let table: toml::Table = file
        .text
        .parse()
        .unwrap_or_else(|e| panic!("{manifest}: {e}"));
    let list = |name: &str| {
        table
            .get(name)
            .and_then(toml::Value::as_table)
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
    };
    list("dependencies")
        .chain(list("build-dependencies"))
        .collect()
}

#[test]
fn crates_depend_one_way() {
    let mut found = Vec::new();
    for (manifest, may) in MAY_USE {
        for name in dependencies(manifest) {
            if name.starts_with("cotreat") && !may.contains(&name.as_str()) {
                found.push(format!("{manifest}: {name}"));
            }
            if !TOUCHES_THE_WORLD.contains(&manifest) && NOT_PURE.contains(&name.as_str()) {
                found.push(format!(
                    "{manifest}: {name} is not for a crate that only computes"
                ));
            }
        }
    }
    none(&found, "expr < knowledge < care, and nothing impure:");
}

/// A value as events and wire shapes have it: a tag beside a number with a fraction.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Tagged {
    Score { value: f64 },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(f64),
    Words(String),
}

/// `arbitrary_precision` makes `serde_json` hand numbers over as maps, which tagged and untagged types cannot read.
#[test]
fn numbers_survive_tagged_types() {
    let score = Tagged::Score { value: 4.3 };
    let value = serde_json::to_value(&score).expect("a value");
    assert_eq!(
        serde_json::from_value::<Tagged>(value).expect("a score"),
        score
    );
    assert_eq!(
        serde_json::from_str::<Tagged>("{\"kind\": \"score\", \"value\": 4.3}").expect("a score"),
        score
    );
    assert_eq!(
        serde_json::from_str::<Untagged>("4.3").expect("a number"),
        Untagged::Number(4.3)
    );
    let plain: serde_json::Value = serde_json::from_str("1.10").expect("a number");
    assert_eq!(plain.to_string(), "1.1", "numbers are floats, not texts");
}

#[test]
fn nobody_switches_arbitrary_precision_on() {
    let manifests = below(&["Cargo.toml", "crates", "xtask"]);
    let found: Vec<String> = manifests
        .iter()
        .filter(|file| {
            file.path.ends_with("Cargo.toml") && file.text.contains("arbitrary_precision")
        })
        .map(|file| file.path.clone())
        .collect();
    none(
        &found,
        "`serde_json/arbitrary_precision` breaks tagged types that hold floats:",
    );
}
