//! What the guide shows is what the program reads.

use cotreat_knowledge::format::Kind;
use cotreat_knowledge::{Knowledge, Problem, load};

use crate::common::guide::examples;

fn guide() -> Result<Knowledge, Vec<Problem>> {
    load(
        examples()
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    )
}

#[test]
fn the_examples_form_a_complete_knowledge_folder() {
    if let Err(problems) = guide() {
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("the examples of GUIDE.md do not load:\n{}", told.join("\n"));
    }
}

#[test]
fn every_kind_of_file_has_an_example() {
    let missing: Vec<&str> = Kind::TOML
        .into_iter()
        .chain([Kind::Case])
        .filter(|kind| !examples().keys().any(|path| Kind::of(path) == Some(*kind)))
        .map(Kind::word)
        .collect();
    assert!(
        missing.is_empty(),
        "GUIDE.md has no example of: {}",
        missing.join(", ")
    );
}

/// The parts of a record that are only shown commented out are as right as the others.
#[test]
fn the_commented_ledger_entry_is_of_the_right_shape() {
    let ledger = &examples()["reviews/ledger.toml"];
    let open: String = ledger
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(entry) if entry.starts_with("[[") || entry.contains(" = ") => format!("{entry}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    assert!(
        open.contains("\n[[certified]]\n"),
        "the guide no longer shows an entry:\n{open}"
    );
    let texts = examples().iter().map(|(path, text)| {
        (
            path.as_str(),
            if path == "reviews/ledger.toml" {
                open.as_str()
            } else {
                text.as_str()
            },
        )
    });
    if let Err(problems) = load(texts) {
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!(
            "the ledger entry that GUIDE.md shows cannot be written so:\n{}",
            told.join("\n")
        );
    }
}

#[test]
fn the_hash_names_what_can_change_an_appraisal() {
    let before = guide().expect("loads").hash;
    let texts = |change: &'static str, more: &'static str| {
        let changed = examples().iter().map(move |(path, text)| {
            (
                path.clone(),
                if path == change {
                    format!("{text}{more}")
                } else {
                    text.clone()
                },
            )
        });
        let changed: Vec<(String, String)> = changed.collect();
        load(
            changed
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str())),
        )
        .expect("loads")
        .hash
    };
    assert_eq!(before, texts("", ""), "the same text, the same name");
    assert_eq!(
        before,
        texts("cases/saddle_numbness.md", "More prose.\n"),
        "a case changes no appraisal"
    );
    assert_ne!(
        before,
        texts("method.toml", "# A remark.\n"),
        "every byte of a knowledge file counts"
    );
}

#[test]
fn what_links_to_what_comes_out_of_the_examples() {
    let k = guide().expect("loads");
    assert_eq!(k.findings.ids().first().map(String::as_str), Some("age"));
    assert!(k.findings.ids().is_sorted(), "handles follow ids");
    let radiculopathy = k
        .conditions
        .get("lumbar_radiculopathy")
        .expect("an example");
    assert_eq!(
        radiculopathy.lines.len(),
        1,
        "one evidence line speaks for it"
    );
    let massage = k.interventions.get("massage").expect("an example");
    assert!(massage.hands_on && massage.must_know.len() == 2);
    assert!(
        k.certified.is_empty() && k.ledger_note.is_some(),
        "nobody certified anything, and it says so"
    );
    let wording = k.words(
        "en",
        cotreat_knowledge::format::WordKind::Conditions,
        "lumbar_radiculopathy",
    );
    assert!(wording.is_some_and(|text| text.starts_with("A nerve")));
}
