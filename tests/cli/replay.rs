//! `cotreat replay`: whose appraisal changes between two bodies of knowledge, and why.

use super::support::{Folder, changed_knowledge, cotreat, says};

const SADDLE: &str =
    r#"{"title":"Numb","as_of":"2026-03-02","facts":{"saddle_sensation_change":"yes"}}"#;
const BOWEL: &str = r#"{"title":"Bowel","as_of":"2026-03-02","facts":{"bowel_change_new":"yes"}}"#;
const CALM: &str = r#"{"title":"Calm","as_of":"2026-03-02","facts":{"age":"44 years"}}"#;
const CONTRADICTORY: &str = r#"{"as_of":"2026-03-02","facts":{"sex":"male","pregnant":"yes"}}"#;

#[test]
fn nothing_changes() {
    let out = cotreat(&[
        "replay",
        "knowledge/cases",
        "--from",
        "built-in",
        "--to",
        "knowledge",
    ])
    .ends(0);
    says(&out, &[" patients: ", ", 0 changed"]);
    assert_eq!(out.lines().count(), 1, "{out}");
}

#[test]
fn a_rule_changes() {
    let folder = Folder::new();
    let knowledge = changed_knowledge(
        &folder,
        "conditions/serious/cauda_equina_syndrome.toml",
        "saddle_sensation_change || bladder_change_new || bowel_change_new",
        "saddle_sensation_change || bladder_change_new",
    );
    let patients = folder.with("p.jsonl", format!("{SADDLE}\n{BOWEL}\n\n{CALM}\n"));
    let forth = cotreat(&[
        "replay", &patients, "--from", "built-in", "--to", &knowledge,
    ])
    .ends(1);
    says(
        &forth,
        &[
            "p.jsonl:2: Bowel",
            "alarm Cauda equina syndrome: emergency → ",
            "before: emergency `features`",
            "Because ",
            "knowledge/conditions/serious/cauda_equina_syndrome.toml:",
            "referral ",
            "3 patients: ",
            "lower for 1)",
        ],
    );
    assert!(!forth.contains("p.jsonl:1:"), "{forth}");
    // And back: the same changes the other way round.
    let back = cotreat(&[
        "replay", &patients, "--from", &knowledge, "--to", "built-in",
    ])
    .ends(1);
    says(
        &back,
        &[
            "p.jsonl:2: Bowel",
            "→ emergency",
            "now: emergency `features`",
            "higher for 1,",
        ],
    );
    // Only the counts.
    let quiet = cotreat(&[
        "replay", &patients, "--from", "built-in", "--to", &knowledge, "--quiet",
    ])
    .ends(1);
    assert!(!quiet.contains("Bowel"), "{quiet}");
    says(
        &quiet,
        &["3 patients: ", "6 appraisals in ", " in a second"],
    );
}

#[test]
fn a_name_or_a_line_number_is_no_change() {
    let folder = Folder::new();
    let knowledge = changed_knowledge(
        &folder,
        "conditions/serious/cauda_equina_syndrome.toml",
        "name    = \"Cauda equina syndrome\"",
        "# A new line.\nname    = \"Compression of the cauda equina\"",
    );
    let patients = folder.with("p.jsonl", format!("{SADDLE}\n"));
    cotreat(&[
        "replay", &patients, "--from", "built-in", "--to", &knowledge,
    ])
    .ends(0);
}

#[test]
fn a_renamed_finding_is_listed_and_does_not_stop() {
    let folder = Folder::new();
    let knowledge = changed_knowledge(&folder, "findings/background/age.toml", "max", "max");
    // A finding that only the new release knows.
    let new = "id = \"hiccups\"\nname = \"Hiccups\"\nkind = \"history\"\nasked_of = \"patient\"\nask = \"Do you have hiccups?\"\n";
    folder.with("knowledge/findings/history/hiccups.toml", new);
    let hiccups = r#"{"title":"Hiccups","as_of":"2026-03-02","facts":{"hiccups":"yes"}}"#;
    let patients = folder.with("p.jsonl", format!("{hiccups}\n{CALM}\n"));
    let out = cotreat(&[
        "replay", &patients, "--from", "built-in", "--to", &knowledge,
    ])
    .ends(1);
    says(
        &out,
        &[
            "p.jsonl:1",
            "cannot be read with the knowledge of --from",
            "there is no finding `hiccups`",
            "2 patients: 1 unchanged, 0 changed",
            "1 can be read with one of the two only",
        ],
    );
    let out = cotreat(&[
        "replay", &patients, "--from", &knowledge, "--to", "built-in",
    ])
    .ends(1);
    says(&out, &["cannot be read with the knowledge of --to"]);
}

#[test]
fn every_kind_of_file_at_any_depth() {
    let folder = Folder::new();
    folder.with("patients/a.json", SADDLE);
    folder.with("patients/below/b.toml", "as_of = 2026-03-02\n");
    folder.with(
        "patients/below/deeper/c.md",
        "# One\n\n```toml given\nas_of = 2026-03-02\n```\n\n## Two\n",
    );
    folder.with("patients/d.jsonl", format!("{BOWEL}\n{CALM}\n"));
    folder.with("patients/notes.txt", "not a patient");
    folder.with("patients/.hidden.json", "{");
    let out = cotreat(&[
        "replay",
        &folder.path("patients"),
        "--from",
        "built-in",
        "--to",
        "built-in",
    ])
    .ends(0);
    says(&out, &["6 patients: 6 unchanged, 0 changed"]);
}

#[test]
fn patients_that_nobody_can_read() {
    let folder = Folder::new();
    let long = format!("{{\"as_of\":\"{}\"}}", "9".repeat(5_000_000));
    let patients = folder.with(
        "p.jsonl",
        format!("{CALM}\n{{\"as_of\":\n{long}\n\u{fffd}\n{CALM}\n{CONTRADICTORY}\n"),
    );
    let out = cotreat(&[
        "replay", &patients, "--from", "built-in", "--to", "built-in",
    ])
    .ends(2);
    says(
        &out,
        &[
            "p.jsonl:2",
            "p.jsonl:3: this line has no end",
            "p.jsonl:4",
            "p.jsonl:6 at facts.pregnant: `pregnant` cannot be yes here",
            "6 patients: 2 unchanged, 0 changed",
            "4 cannot be read with either",
        ],
    );
}

#[test]
fn no_patients() {
    let folder = Folder::new();
    folder.with("patients/notes.txt", "x");
    let path = folder.path("patients");
    cotreat(&["replay", &path, "--from", "built-in", "--to", "built-in"]).refuses(&[
        &path,
        "there is no patient here",
        "help: ",
    ]);
    let missing = folder.path("missing");
    cotreat(&["replay", &missing, "--from", "built-in", "--to", "built-in"]).refuses(&[
        &missing,
        "there is no such file",
        "help: ",
    ]);
    cotreat(&["replay", &path, "--from", "nowhere", "--to", "built-in"])
        .refuses(&["nowhere: there is no such folder"]);
    let text = folder.with("notes.txt", "x");
    cotreat(&["replay", &text, "--from", "built-in", "--to", "built-in"])
        .refuses(&["this kind of file cannot be read"]);
}
