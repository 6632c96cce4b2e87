//! The case that the guide shows comes out as it says there.

use cotreat_care::{appraise, case};

use crate::common::guide::examples;
use crate::common::{knowledge, loaded, texts};

#[test]
fn the_case_of_the_guide_comes_out_as_expected() {
    let knowledge = loaded(examples());
    let files: Vec<_> = examples()
        .iter()
        .filter(|(path, _)| path.starts_with("cases/"))
        .collect();
    assert!(!files.is_empty(), "GUIDE.md shows a case");
    for (path, text) in files {
        let cases = case::read(path, text).expect("a case file");
        assert!(cases.len() >= 2, "{path} shows a near miss");
        for case in cases {
            let expect = case
                .expect
                .as_ref()
                .unwrap_or_else(|| panic!("{}: nothing is expected", case.title));
            let appraisal = appraise(
                &case.episode(&knowledge).expect("what is given can be read"),
                &knowledge,
            );
            let differ: Vec<String> = case::differences(expect, &appraisal, &knowledge)
                .iter()
                .map(ToString::to_string)
                .collect();
            assert!(differ.is_empty(), "{}:\n{}", case.title, differ.join("\n"));
        }
    }
}

/// Without its reasons a case is not done; with them it passes until they change.
#[test]
fn a_case_wants_its_reasons_written_down() {
    let knowledge = loaded(examples());
    let text = &examples()["cases/saddle_numbness.md"];
    let told = |text: &str| -> Vec<String> {
        let cases = case::read("cases/saddle_numbness.md", text).expect("a case file");
        cases[0]
            .check(&knowledge)
            .problems
            .iter()
            .map(|p| p.message.clone())
            .collect()
    };
    assert_eq!(told(text), ["the reasons are not written down yet"]);
    let case = &case::read("cases/saddle_numbness.md", text).expect("a case file")[0];
    let because = case.check(&knowledge).because;
    let mut written = text.clone();
    written.insert_str(
        case.because_at,
        &format!("\n\n```text because\n{because}```"),
    );
    assert_eq!(told(&written), [""; 0]);
    let changed = written
        .replace("44 years", "45 years")
        .replace("because alarm", "because no alarm");
    assert_eq!(told(&changed), [""; 0], "an age that changes no reason");
    let line = because.lines().next().expect("a reason");
    let changed = written.replace(line, "alarm of another sort");
    let told = told(&changed);
    assert_eq!(told.len(), 1);
    assert!(
        told[0].starts_with("the reasons changed:\n  - alarm of another sort\n  + alarm "),
        "{told:?}"
    );
}

/// What a line works on is expected exactly; a slip in an id is told before anything is compared with it.
#[test]
fn what_a_line_works_on_is_expected_exactly_and_slips_are_named() {
    let path = "cases/ten_07_muscle_and_joint.md";
    let told = |from: &str, to: &str| -> Vec<String> {
        let text = texts()[path].replacen(from, to, 1);
        assert_ne!(text, texts()[path], "{from} stands in {path}");
        let case = &case::read(path, &text).expect("a case file")[0];
        let problems = case.check(knowledge()).problems;
        problems
            .iter()
            .map(|p| format!("{}; {}", p.message, p.help.as_deref().unwrap_or_default()))
            .collect()
    };
    let right = r#"manual_therapy = ["quadratus_lumborum", "sacroiliac"]"#;
    assert_eq!(
        told(right, r#"manual_therapy = ["sacroiliacc"]"#),
        ["there is no muscle or joint `sacroiliacc`; did you mean `sacroiliac`?"]
    );
    assert_eq!(
        told(right, r#"manual_therapi = ["sacroiliac"]"#),
        ["there is no intervention `manual_therapi`; did you mean `manual_therapy`?"]
    );
    assert_eq!(
        told(right, r#"manual_therapy = ["sacroiliac"]"#),
        [
            "manual_therapy: expected [sacroiliac], got [quadratus_lumborum, sacroiliac]; decide by the source which of the two is right"
        ]
    );
}
