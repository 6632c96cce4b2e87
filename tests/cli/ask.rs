//! `cotreat ask` with its input from a pipe.

use super::support::{Folder, cotreat, says, with_input};

const PATIENT: &str = "as_of = 2026-03-02\n[facts]\nlow_back_pain = \"yes\"\nage = \"44 years\"\n";

/// The id that stands behind the first question of a text.
fn first_asked(text: &str) -> &str {
    text.split_once("answers: ")
        .and_then(|(before, _)| before.rsplit_once('['))
        .and_then(|(_, after)| after.split_once(']'))
        .map(|(id, _)| id)
        .expect("a question")
}

#[test]
fn the_end_of_the_input_quits() {
    let folder = Folder::new();
    let path = folder.with("p.toml", PATIENT);
    let out = cotreat(&["ask", &path]).ends(0);
    says(
        &out,
        &[
            "To the patient",
            "because ",
            "answers: ",
            "After 0 answers",
            "No alarm stands",
        ],
    );
}

#[test]
fn it_asks_what_the_appraisal_asks_first() {
    let folder = Folder::new();
    let path = folder.with("p.toml", PATIENT);
    let json: serde_json::Value =
        serde_json::from_str(&cotreat(&["appraise", &path, "--json"]).ends(0)).expect("JSON");
    let first = |who: &str| {
        json["questions"][who][0]["ask"]
            .as_str()
            .expect("a question")
            .to_owned()
    };
    assert_eq!(
        first_asked(&cotreat(&["ask", &path]).ends(0)),
        first("patient")
    );
    assert_eq!(
        first_asked(&cotreat(&["ask", &path, "--both"]).ends(0)),
        first("patient")
    );
    let examined = cotreat(&["ask", &path, "--clinician"]).ends(0);
    assert_eq!(first_asked(&examined), first("clinician"));
    says(&examined, &["To examine or look up"]);
}

#[test]
fn an_answer_changes_the_appraisal_and_back_undoes_it() {
    let folder = Folder::new();
    let path = folder.with("p.toml", PATIENT);
    let out = with_input(&["ask", &path], "yes\nq\n").ends(0);
    says(
        &out,
        &[
            "Changed: alarm ",
            "→ emergency",
            "→ stopped",
            "After 1 answer\n",
            "Alarm, emergency",
        ],
    );
    let undone = with_input(&["ask", &path], "yes\nb\nq\n").ends(0);
    says(&undone, &["After 0 answers", "No alarm stands"]);
    says(
        &with_input(&["ask", &path], "b\nq\n").ends(0),
        &["This is the first question."],
    );
}

#[test]
fn a_wrong_answer_gets_the_message_of_a_file() {
    let folder = Folder::new();
    let path = folder.with("p.toml", "as_of = 2026-03-02\n");
    // Everything is open: the first questions are yes/no questions about alarms.
    let out = with_input(&["ask", &path], "maybe\nno\nq\n").ends(0);
    says(
        &out,
        &[
            "Not taken: `",
            "is answered with `yes`, `no` or `unknown`, not `maybe`",
            "After 1 answer\n",
        ],
    );
    let mut asked = 0;
    // Skipping leads to a number with a unit sooner or later.
    let skipped = "s\n".repeat(400);
    let all = with_input(&["ask", &path, "--both"], &skipped).ends(0);
    for (at, question) in all.split("answers: ").skip(1).enumerate() {
        if question.starts_with("a number with its unit, years") {
            asked = at;
        }
    }
    assert!(asked > 0, "age is asked");
    let age = with_input(
        &["ask", &path, "--both"],
        &format!("{}44\n144 years\n44 years\nq\n", "s\n".repeat(asked)),
    )
    .ends(0);
    says(
        &age,
        &[
            "Not taken: `age` needs its unit",
            "write `44 years`",
            "Not taken: `age` cannot be 144 years",
            "possible values run from 0 to 120 years",
            "After 1 answer\n",
        ],
    );
}

#[test]
fn skipped_and_unknown_are_not_asked_again() {
    let folder = Folder::new();
    let path = folder.with("p.toml", PATIENT);
    let out = with_input(&["ask", &path], &"s\n".repeat(500)).ends(0);
    says(&out, &["Nothing is left to ask", "After 0 answers"]);
    let save = folder.path("unknown.toml");
    let out = with_input(
        &["ask", &path, "--save", &save],
        &format!("u\nunknown\n{}", "s\n".repeat(500)),
    )
    .ends(0);
    says(&out, &["Nothing is left to ask", "After 2 answers"]);
    let written = std::fs::read_to_string(save).expect("it was saved");
    assert_eq!(written.matches("\"unknown\"").count(), 2, "{written}");
}

#[test]
fn what_the_file_says_is_not_known_is_asked_last() {
    let folder = Folder::new();
    let first = first_asked(&cotreat(&["ask", &folder.with("a.toml", PATIENT)]).ends(0)).to_owned();
    let path = folder.with("b.toml", format!("{PATIENT}{first} = \"unknown\"\n"));
    assert_ne!(first_asked(&cotreat(&["ask", &path]).ends(0)), first);
    let all = with_input(&["ask", &path], &"s\n".repeat(500)).ends(0);
    says(&all, &[&format!("[{first}]")]);
}

#[test]
fn why() {
    let folder = Folder::new();
    let path = folder.with("p.toml", PATIENT);
    let out = with_input(&["ask", &path], "?\nq\n").ends(0);
    let first = first_asked(&out);
    says(
        &out,
        &[
            "Why: ",
            "could still be emergency",
            "the question stands in knowledge/findings/",
            &format!("`cotreat explain {first}`"),
        ],
    );
}

#[test]
fn saving() {
    let folder = Folder::new();
    let path = folder.with("p.toml", PATIENT);
    let save = folder.path("complete.toml");
    let out = with_input(&["ask", &path, "--save", &save], "no\nu\nno\nq\n").ends(0);
    says(&out, &[&format!("wrote {save}")]);
    assert_eq!(
        std::fs::read_to_string(&path).expect("it is there"),
        PATIENT,
        "the file that was read stays as it was"
    );
    // What was shown at the end is what the saved file gives.
    let summary = |text: &str, heading: &str| {
        text.split_once(heading)
            .expect("a summary")
            .1
            .lines()
            .skip(2)
            .take_while(|l| !l.is_empty() && !l.starts_with("wrote"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let appraised = cotreat(&["appraise", &save]).ends(0);
    assert_eq!(
        summary(&out, "After 3 answers"),
        summary(&appraised, "In short")
    );
    // Nothing is overwritten unless it is asked for; that is said before the first question.
    with_input(&["ask", &path, "--save", &save], "no\n").refuses(&[
        &save,
        "this file exists already",
        "--force",
    ]);
    with_input(&["ask", &path, "--save", &save, "--force"], "yes\nq\n").ends(0);
    says(
        &std::fs::read_to_string(&save).expect("it was saved"),
        &["= \"yes\""],
    );
    with_input(
        &["ask", &path, "--save", &folder.path("nowhere/x.toml")],
        "no\n",
    )
    .refuses(&["there is no such folder", "help: "]);
    with_input(&["ask", &path, "--save", &folder.path("x.json")], "")
        .refuses(&["answers are saved as TOML", "end the name in .toml"]);
}

#[test]
fn a_saved_case_appraises_like_the_case() {
    let folder = Folder::new();
    for file in [
        "opioids_and_distress",
        "wishes_and_reach",
        "serious_cleared",
        "scope_massage_therapist_pennsylvania",
    ] {
        let case = format!("knowledge/cases/{file}.md");
        let save = folder.path(&format!("{file}.toml"));
        with_input(&["ask", &case, "--save", &save], "q\n").ends(0);
        assert_eq!(
            cotreat(&["appraise", &save, "--json"]).ends(0),
            cotreat(&["appraise", &case, "--json"]).ends(0),
            "{file}"
        );
    }
}

#[test]
fn totals_of_questionnaires() {
    // A patient of whom everything more urgent is known.
    let case = "knowledge/cases/axial_spondyloarthritis.md";
    let all = with_input(&["ask", case], &"s\n".repeat(500)).ends(0);
    let (before, _) = all
        .split_once("The score `total` of it:")
        .expect("a questionnaire is asked");
    let skipped = "s\n".repeat(before.matches("answers: ").count());
    let out = with_input(&["ask", case], &format!("{skipped}-1\nmany\n0\nq\n")).ends(0);
    says(
        &out,
        &[
            "Not taken: `start_back` cannot be -1",
            "`start_back` is a number",
            "it runs from 0 to 9",
            "After 1 answer\n",
        ],
    );
    // A total of 5 leaves open what the distress score decides.
    let out = with_input(
        &["ask", case],
        &format!("{skipped}5\n{}", "s\n".repeat(500)),
    )
    .ends(0);
    says(&out, &["The score `distress` of it:", "After 1 answer\n"]);
}

#[test]
fn an_answer_that_contradicts_the_file() {
    let folder = Folder::new();
    // Both legs hurt would mean that a leg hurts; the file says that none does, so the question itself never comes.
    let path = folder.with("p.toml", "as_of = 2026-03-02\n[facts]\nleg_pain = \"no\"\n");
    let all = with_input(&["ask", &path, "--both"], &"s\n".repeat(500)).ends(0);
    assert!(!all.contains("[bilateral_leg_pain]"));
}
