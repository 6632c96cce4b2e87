//! Input that cannot be used: a message with place and remedy, exit code 2, nothing on standard output.

use std::fs;

use super::support::{Folder, changed_knowledge, cotreat, says};

/// Appraises a text as a file of this name: it is refused with a place in that file, a remedy, and these words.
#[track_caller]
fn refused(name: &str, text: impl AsRef<[u8]>, words: &[&str]) -> String {
    let folder = Folder::new();
    let path = folder.with(name, text);
    let said = cotreat(&["appraise", &path]).refuses(words);
    says(&said, &[&path, "help: "]);
    said
}

fn facts(lines: &str) -> String {
    format!("as_of = 2026-03-02\n[facts]\n{lines}\n")
}

#[test]
fn unknown_finding() {
    refused(
        "p.toml",
        facts("feever = \"yes\""),
        &[
            "p.toml:3:1: there is no finding `feever`",
            "did you mean `fever`?",
        ],
    );
    refused(
        "p.json",
        r#"{"as_of":"2026-03-02","facts":{"feever":"yes"}}"#,
        &[
            "p.json at facts.feever: there is no finding",
            "did you mean `fever`?",
        ],
    );
    refused(
        "p.md",
        "# A case\n\n```toml given\nas_of = 2026-03-02\n[facts]\nfeever = \"yes\"\n```\n",
        &["p.md:6:1: there is no finding `feever`"],
    );
    // Nothing is near: the remedy says where to look.
    refused(
        "p.toml",
        facts("xqzw = \"yes\""),
        &[
            "there is no finding `xqzw`",
            "`cotreat explain` lists every finding",
        ],
    );
}

#[test]
fn a_finding_in_the_wrong_place() {
    refused(
        "p.toml",
        "as_of = 2026-03-02\nfever = \"yes\"\n",
        &[
            "p.toml:2:1: `fever` does not belong here",
            "write it below [facts]",
        ],
    );
}

#[test]
fn answers_that_do_not_fit() {
    refused(
        "p.toml",
        facts("fever = \"maybe\""),
        &["p.toml:3:1: `fever` is answered with `yes`, `no` or `unknown`, not `maybe`"],
    );
    refused(
        "p.toml",
        facts("sex = \"femal\""),
        &["`sex` takes one of", "did you mean `female`?"],
    );
    refused(
        "p.toml",
        facts("fever = 38.4"),
        &["`fever` is answered with", "not a number"],
    );
}

#[test]
fn values_out_of_range() {
    refused(
        "p.toml",
        facts("age = \"144 years\""),
        &[
            "p.toml:3:1: `age` cannot be 144 years",
            "possible values run from 0 to 120 years",
        ],
    );
    refused(
        "p.toml",
        facts("age = \"-1 years\""),
        &["`age` cannot be -1 years"],
    );
    refused(
        "p.toml",
        "as_of = 2026-03-02\n[scores]\nstart_back = 12\n",
        &[
            "p.toml:3:1: `start_back` cannot be 12",
            "it runs from 0 to 9",
        ],
    );
    refused(
        "p.toml",
        "as_of = 2026-03-02\n[answers.start_back]\nq1 = 5\n",
        &[
            "p.toml:3:1: `q1` is answered with a whole number",
            "from 0 to 1",
        ],
    );
}

#[test]
fn units() {
    refused(
        "p.toml",
        facts("age = 44"),
        &[
            "p.toml:3:1: `age` needs its unit",
            "write `age = \"44 years\"`",
        ],
    );
    refused(
        "p.toml",
        facts("age = \"44\""),
        &["`age` needs its unit", "write `age = \"44 years\"`"],
    );
    refused(
        "p.toml",
        facts("crp = \"48 mmol/L\""),
        &["`crp` is not measured in `mmol/L`", "accepted units: mg/L"],
    );
    refused(
        "p.json",
        r#"{"as_of":"2026-03-02","facts":{"age":44}}"#,
        &["p.json at facts.age: `age` needs its unit"],
    );
}

#[test]
fn two_values_on_one_day() {
    let text = facts("fever = \"yes\"\n[[fact]]\nfinding = \"fever\"\nvalue = \"no\"");
    refused(
        "p.toml",
        text,
        &[
            "`fever` has two different values on 2026-03-02",
            "give each its own date with `on`",
        ],
    );
    refused(
        "p.json",
        r#"{"as_of":"2026-03-02","facts":{"fever":"yes"},"fact":[{"finding":"age","value":"40 years"},{"finding":"fever","value":"no"}]}"#,
        &[
            "p.json at fact[1]: `fever` has two different values on 2026-03-02",
            "p.json at facts.fever)",
        ],
    );
}

#[test]
fn a_clearing_by_nobody() {
    let clearing = |by: &str, reason: &str| {
        format!(
            "as_of = 2026-03-02\n[[cleared]]\ncondition = \"cauda_equina_syndrome\"\nby = \"{by}\"\nprofession = \"gp\"\nreason = \"{reason}\"\n"
        )
    };
    refused(
        "p.toml",
        clearing(" ", "MRI today"),
        &[
            "p.toml:4:1: a clearing needs a name",
            "write who clears the alarm",
        ],
    );
    refused(
        "p.toml",
        clearing("A. Name", " "),
        &[
            "p.toml:6:1: a clearing needs a reason",
            "say why the alarm no longer stands",
        ],
    );
}

#[test]
fn facts_that_cannot_both_be_true() {
    refused(
        "implied.toml",
        facts("leg_pain_below_knee = \"yes\"\nleg_pain = \"no\""),
        &[
            "implied.toml:4:1: `leg_pain` does not fit what was recorded about `leg_pain_below_knee`",
            "correct one of them",
        ],
    );
    let tests = "sacroiliac_distraction = \"negative\"\nsacroiliac_thigh_thrust = \"negative\"\nsacroiliac_gaenslen = \"negative\"\n\
                 sacroiliac_compression = \"negative\"\nsacroiliac_sacral_thrust = \"negative\"\nsacroiliac_three_positive = \"yes\"";
    refused(
        "derived.toml",
        facts(tests),
        &[
            "derived.toml:8:1: `sacroiliac_three_positive` does not fit the findings it follows from",
            "it follows from: atLeast(3, ",
        ],
    );
    refused(
        "excluded.toml",
        facts("sex = \"male\"\npregnant = \"yes\""),
        &[
            "excluded.toml:4:1: `pregnant` cannot be yes here",
            "it is always no where: ",
        ],
    );
    refused(
        "score.toml",
        "as_of = 2026-03-02\n[scores]\nphq4 = 9\n[answers.phq4]\ninterest = 1\nmood = 1\nnervous = 1\nworry = 1\n",
        &[
            "score.toml:3:1: this total differs from the score of the item answers",
            "leave one of them out",
        ],
    );
}

#[test]
fn days() {
    let later = facts("[[fact]]\nfinding = \"fever\"\nvalue = \"yes\"\non = 2026-03-03");
    refused(
        "p.toml",
        later,
        &[
            "p.toml:6:1: 2026-03-03 lies after the day of the appraisal (2026-03-02)",
            "correct the date, or `as_of`",
        ],
    );
    refused("p.toml", "as_of = 2026-02-30\n", &["p.toml:1:"]);
    refused(
        "p.json",
        r#"{"as_of":"yesterday"}"#,
        &[
            "p.json at as_of: `as_of` is not a day",
            "write a date as 2026-03-31",
        ],
    );
    refused(
        "p.toml",
        "title = \"A patient\"\n",
        &["`as_of` is missing", "no clock is read"],
    );
    // A day on the command line that lies before a fact of the file.
    let folder = Folder::new();
    let path = folder.with(
        "p.toml",
        facts("[[fact]]\nfinding = \"fever\"\nvalue = \"yes\"\non = 2026-03-01"),
    );
    cotreat(&["appraise", &path, "--as-of", "2026-02-01"]).refuses(&[
        "2026-03-01 lies after the day of the appraisal (2026-02-01)",
        "help: ",
    ]);
    cotreat(&["appraise", &path, "--as-of", "tomorrow"]).refuses(&["--as-of"]);
}

#[test]
fn names_that_stand_twice() {
    refused(
        "p.toml",
        facts("fever = \"yes\"\nfever = \"no\""),
        &["p.toml:4:1: `fever` stands twice", "keep one of the two"],
    );
    refused(
        "p.json",
        r#"{"as_of":"2026-03-02","facts":{"fever":"yes","fever":"no"}}"#,
        &["p.json:1:", "`fever` stands twice", "keep one of the two"],
    );
}

#[test]
fn neither_toml_nor_json() {
    refused("p.toml", "as_of = \n", &["p.toml:1:"]);
    refused("p.json", "{\"as_of\": }", &["p.json:1:11: "]);
    refused(
        "p.json",
        "[1, 2]",
        &["this is not a description of a patient"],
    );
    refused("p.md", "Just some prose.\n", &["this file holds no case"]);
    refused(
        "p.md",
        "# A case\n\nProse only.\n",
        &["p.md:1:1: this case gives nothing"],
    );
    // Nested deeper than any parser should follow.
    refused(
        "p.json",
        format!("{{\"as_of\": {}", "[".repeat(100_000)),
        &["p.json:1:"],
    );
    refused(
        "p.toml",
        format!("as_of = {}", "[".repeat(100_000)),
        &["p.toml:1:"],
    );
}

#[test]
fn every_problem_at_once() {
    let said = refused(
        "p.toml",
        facts("age = 44\nfeever = \"yes\"\nsex = \"femal\""),
        &["p.toml:3:1", "p.toml:4:1", "p.toml:5:1", "3 problems"],
    );
    assert_eq!(said.matches("help: ").count(), 3);
}

#[test]
fn not_text() {
    refused(
        "p.toml",
        b"as_of = 2026-03-02\ntitle = \"\xff\"\n",
        &[
            "p.toml:2:10: this is not UTF-8 text",
            "save the file as UTF-8",
        ],
    );
    refused(
        "p.json",
        b"{\"as_of\":\"\xc3\"}",
        &["p.json:1:", "this is not UTF-8 text"],
    );
    refused("p.md", b"# \x80\n", &["p.md:1:3: this is not UTF-8 text"]);
}

#[test]
fn empty() {
    for name in ["p.toml", "p.json", "p.md"] {
        refused(name, "", &["this file is empty", "GUIDE.md"]);
    }
    refused("p.toml", "\n", &["`as_of` is missing"]);
    refused("p.json", "\n", &["p.json:"]);
}

#[test]
fn a_hundred_megabytes() {
    let folder = Folder::new();
    for name in ["p.toml", "p.json", "p.md"] {
        let path = folder.path(name);
        fs::File::create(&path)
            .and_then(|file| file.set_len(100_000_000))
            .expect("a file with a hole");
        cotreat(&["appraise", &path]).refuses(&[
            &path,
            "this file has 100 MB",
            "4 MB",
            "help: check that it is the file you meant",
        ]);
    }
}

#[cfg(unix)]
#[test]
fn a_file_without_end() {
    let folder = Folder::new();
    let path = folder.path("endless.toml");
    std::os::unix::fs::symlink("/dev/zero", &path).expect("a link");
    cotreat(&["appraise", &path]).refuses(&["this file has no end", "help: "]);
}

#[test]
fn no_file() {
    let folder = Folder::new();
    let missing = folder.path("missing.toml");
    cotreat(&["appraise", &missing]).refuses(&[
        &missing,
        "there is no such file",
        "help: check the path",
    ]);
    let below = folder.path("folder.toml");
    fs::create_dir(&below).expect("a folder");
    cotreat(&["appraise", &below]).refuses(&[
        &below,
        "this is a folder, not a file",
        "help: name a file",
    ]);
    let picture = folder.with("picture.png", "x");
    cotreat(&["appraise", &picture]).refuses(&[
        &picture,
        "this kind of file cannot be read",
        "help: write a case (.md), or .toml or .json",
    ]);
    cotreat(&["appraise", &folder.with("no_extension", "x")])
        .refuses(&["this kind of file cannot be read"]);
}

#[test]
fn unknown_profile_setting_and_heading() {
    let folder = Folder::new();
    let path = folder.with("p.toml", "as_of = 2026-03-02\n");
    cotreat(&["appraise", &path, "--profile", "ukk"]).refuses(&[
        "--profile: there is no profile `ukk`",
        "did you mean `uk`?",
        "all",
    ]);
    refused(
        "p.toml",
        "as_of = 2026-03-02\nprofile = \"ukk\"\n",
        &["p.toml:2:1: there is no profile `ukk`"],
    );
    refused(
        "p.toml",
        "as_of = 2026-03-02\nsetting = \"primary\"\n",
        &["`primary` is not a setting"],
    );
    refused(
        "p.toml",
        "as_of = 2026-03-02\nwants = [\"masage\"]\n",
        &[
            "there is no intervention `masage`",
            "did you mean `massage`?",
        ],
    );
    let case = folder.with("p.md", "# One\n\n```toml given\nas_of = 2026-03-02\n```\n");
    cotreat(&["appraise", &case, "--case", "Two"])
        .refuses(&["no patient here is called `Two`", "there are: One"]);
}

#[test]
fn a_broken_knowledge_folder() {
    let folder = Folder::new();
    let path = folder.with("p.toml", "as_of = 2026-03-02\n");
    let knowledge = changed_knowledge(&folder, "findings/background/age.toml", "kind ", "kinnd ");
    let broken = format!("{knowledge}/findings/background/age.toml");
    for arguments in [
        vec!["appraise", &path, "--knowledge", &knowledge],
        vec!["ask", &path, "--knowledge", &knowledge],
        vec!["explain", "age", "--knowledge", &knowledge],
        vec!["coverage", "--knowledge", &knowledge],
        vec!["demo", "--print", "--knowledge", &knowledge],
        vec![
            "replay",
            "knowledge/cases",
            "--from",
            "built-in",
            "--to",
            &knowledge,
        ],
    ] {
        let said =
            cotreat(&arguments).refuses(&["does not belong in this file", "did you mean `kind`?"]);
        says(&said, &[&format!("{broken}:")]);
    }
    // For `check` a wrong file is what it looks for: exit code 1.
    let checked = cotreat(&["check", &knowledge]);
    assert_eq!(checked.code, 1);
    says(
        &checked.out,
        &["findings/background/age.toml:", "did you mean `kind`?"],
    );
}

#[test]
fn no_knowledge_folder() {
    let folder = Folder::new();
    let path = folder.with("p.toml", "as_of = 2026-03-02\n");
    let missing = folder.path("nowhere");
    cotreat(&["appraise", &path, "--knowledge", &missing]).refuses(&[
        &missing,
        "there is no such folder",
        "help: ",
    ]);
    cotreat(&["appraise", &path, "--knowledge", &path])
        .refuses(&["this is not a folder", "help: "]);
    let empty = folder.path("empty");
    fs::create_dir(&empty).expect("a folder");
    cotreat(&["appraise", &path, "--knowledge", &empty]).refuses(&["there is no `method.toml`"]);
}

#[test]
fn wrong_usage() {
    cotreat(&["appraise"]).refuses(&["FILE"]);
    cotreat(&["apraise", "x"]).refuses(&["apraise"]);
    cotreat(&["replay", "knowledge/cases"]).refuses(&["--from"]);
}
