//! Whatever stands in a patient's file: an episode, or what is wrong with it and where; never a panic.

use cotreat_care::{appraise, case, input};
use cotreat_knowledge::{Knowledge, Problem};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::common::guide::examples;
use crate::common::{knowledge, loaded, texts};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Reads a case file and appraises whoever can be read from it; gives back what was told.
fn read(text: &str, knowledge: &Knowledge) -> Vec<Problem> {
    let cases = match case::read("cases/odd.md", text) {
        Ok(cases) => cases,
        Err(problems) => return problems,
    };
    let mut told = Vec::new();
    for case in cases {
        match case.episode(knowledge) {
            Ok(episode) => drop(appraise(&episode, knowledge)),
            Err(problems) => told.extend(problems),
        }
        // Expectations are compared with whatever came out.
        let outcome = case.check(knowledge);
        told.extend(outcome.problems);
    }
    told
}

fn all_have_a_place(told: &[Problem], text: &str) -> Result<(), TestCaseError> {
    for problem in told {
        prop_assert!(!problem.message.is_empty() && !problem.place.file.is_empty());
        prop_assert!(
            problem.place.line as usize <= text.split('\n').count(),
            "{}",
            problem
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn any_text_is_read_or_refused(text in "(?s).{0,300}") {
        let k = knowledge();
        all_have_a_place(&read(&text, k), &text)?;
        let _ = input::from_toml("odd.toml", &text, k);
        let _ = input::from_json("odd.json", &text, k);
    }

    #[test]
    fn a_changed_case_is_read_or_refused(which in any::<Index>(), changes in prop::collection::vec((any::<Index>(), 0..40_usize, "(?s).{0,8}"), 1..5)) {
        let k = knowledge();
        let cases: Vec<&String> = texts().iter().filter(|(path, _)| path.starts_with("cases/")).map(|(_, text)| text).collect();
        let mut text = (*which.get(&cases)).clone();
        for (at, length, more) in &changes {
            let near = |text: &str, mut at: usize| { while !text.is_char_boundary(at.min(text.len())) { at -= 1; } at.min(text.len()) };
            let from = near(&text, at.index(text.len() + 1));
            let to = near(&text, from + length);
            text.replace_range(from..to, more);
        }
        all_have_a_place(&read(&text, k), &text)?;
    }

    /// The same description in TOML and in JSON is the same patient, or wrong in both.
    #[test]
    fn toml_and_json_mean_the_same(facts in prop::collection::btree_map("(age|sex|fever|pregnant|night_pain|crp|[a-z_]{1,9})", "(yes|no|unknown|male|48 mg/L|44 years|[a-z0-9 ]{0,9})", 0..8)) {
        let k = knowledge();
        let json = serde_json::json!({ "as_of": "2026-03-02", "facts": facts });
        let toml = toml::to_string(&json).expect("TOML");
        let (a, b) = (input::from_json("a.json", &json.to_string(), k), input::from_toml("a.toml", &toml, k));
        match (a, b) {
            (Ok(mut a), Ok(mut b)) => {
                (a.title, b.title) = (String::new(), String::new());
                prop_assert_eq!(appraise(&a, k).to_json().expect("JSON"), appraise(&b, k).to_json().expect("JSON"));
            }
            (Err(a), Err(b)) => {
                let words = |told: Vec<Problem>| { let mut words: Vec<_> = told.into_iter().map(|p| (p.message, p.help)).collect(); words.sort(); words };
                prop_assert_eq!(words(a), words(b));
            }
            (a, b) => prop_assert!(false, "JSON {:?}, TOML {:?}", a.err(), b.err()),
        }
    }
}

#[test]
fn deep_and_long_files_are_refused() {
    let k = loaded(examples());
    let deep =
        |open: &str, close: &str| format!("{}1{}", open.repeat(50_000), close.repeat(50_000));
    for json in [
        deep("[", "]"),
        deep("{\"a\":", "}"),
        format!("\"{}", "x".repeat(2_000_000)),
    ] {
        let told = input::from_json("odd.json", &json, &k).expect_err("refused");
        assert!(!told.is_empty());
    }
    for toml in [
        format!("a = {}", deep("[", "]")),
        format!("a = {}", deep("{ a = ", " }")),
        format!("{}a = 1", "a.".repeat(50_000)),
    ] {
        let told = input::from_toml("odd.toml", &toml, &k).expect_err("refused");
        assert!(!told.is_empty());
    }
    for markdown in [
        "> ".repeat(20_000),
        "- ".repeat(20_000),
        "`".repeat(50_000),
        "# ".repeat(50_000),
        "[".repeat(50_000),
    ] {
        let _ = case::read("odd.md", &markdown);
    }
}
