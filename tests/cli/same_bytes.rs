//! The same input gives the same bytes, whatever the order of its facts and the kind of file.

use super::support::{Folder, cotreat};

const FACTS: [&str; 9] = [
    "age = \"44 years\"",
    "sex = \"female\"",
    "low_back_pain = \"yes\"",
    "leg_pain = \"no\"",
    "episode_duration = \"5 weeks\"",
    "saddle_sensation_change = \"no\"",
    "fever = \"no\"",
    "anticoagulant = \"yes\"",
    "straight_leg_raise = \"negative\"",
];

fn patient(lines: &[&str]) -> String {
    format!(
        "title = \"A patient\"\nas_of = 2026-03-02\n[facts]\n{}\n",
        lines.join("\n")
    )
}

#[test]
fn the_same_twice() {
    let folder = Folder::new();
    let path = folder.with("p.toml", patient(&FACTS));
    for face in [&["--json"][..], &["--markdown"], &[]] {
        let arguments = [&["appraise", &path], face].concat();
        assert_eq!(cotreat(&arguments).ends(0), cotreat(&arguments).ends(0));
    }
}

#[test]
fn the_order_of_facts_does_not_matter() {
    let folder = Folder::new();
    let first = cotreat(&[
        "appraise",
        &folder.with("a.toml", patient(&FACTS)),
        "--json",
    ])
    .ends(0);
    let mut turned = FACTS;
    for _ in 0..FACTS.len() {
        turned.rotate_left(1);
        let mut lines = turned;
        lines[1..].reverse();
        assert_eq!(
            cotreat(&[
                "appraise",
                &folder.with("b.toml", patient(&lines)),
                "--json"
            ])
            .ends(0),
            first
        );
    }
}

#[test]
fn the_kind_of_file_does_not_matter() {
    let folder = Folder::new();
    let toml = patient(&FACTS);
    let json = {
        let facts: Vec<String> = FACTS
            .iter()
            .map(|line| format!("\"{}", line.replacen(" = ", "\": ", 1)))
            .collect();
        format!(
            "{{\"facts\": {{{}}}, \"as_of\": \"2026-03-02\", \"title\": \"A patient\"}}",
            facts.join(", ")
        )
    };
    let long: String = FACTS
        .iter()
        .filter_map(|line| line.split_once(" = "))
        .map(|(finding, value)| format!("[[fact]]\nfinding = \"{finding}\"\nvalue = {value}\n"))
        .collect();
    let long = format!("title = \"A patient\"\nas_of = 2026-03-02\n{long}");
    let case = format!(
        "# A patient\n\nProse.\n\n```toml given\n{}```\n",
        toml.replacen("title = \"A patient\"\n", "", 1)
    );
    let appraised = |name: &str, text: String| {
        cotreat(&["appraise", &folder.with(name, text), "--json"]).ends(0)
    };
    let first = appraised("p.toml", toml);
    assert_eq!(appraised("p.json", json), first);
    assert_eq!(appraised("long.toml", long), first);
    assert_eq!(appraised("p.md", case), first);
}

#[test]
fn the_command_line_overrides_the_file() {
    let folder = Folder::new();
    let written = format!(
        "profile = \"uk\"\n{}",
        patient(&FACTS).replace("2026-03-02", "2026-04-01")
    );
    let in_file = cotreat(&["appraise", &folder.with("a.toml", written), "--json"]).ends(0);
    let plain = folder.with("b.toml", patient(&FACTS));
    assert_eq!(
        cotreat(&[
            "appraise",
            &plain,
            "--profile",
            "uk",
            "--as-of",
            "2026-04-01",
            "--json"
        ])
        .ends(0),
        in_file
    );
}

#[test]
fn no_colour_in_a_pipe() {
    let folder = Folder::new();
    let path = folder.with("p.toml", patient(&FACTS));
    assert!(!cotreat(&["appraise", &path]).ends(0).contains('\u{1b}'));
    assert!(!cotreat(&["explain", "massage"]).ends(0).contains('\u{1b}'));
}
