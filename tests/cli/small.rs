//! Coverage, completions, the demo and the help.

use super::support::{below, cotreat, says};

#[test]
fn coverage_of_all_guidelines() {
    let out = cotreat(&["coverage"]).ends(0);
    says(
        &out,
        &[
            "guideline",
            "encoded",
            "left out",
            "nice_ng59",
            "not complete",
            " guidelines: ",
        ],
    );
}

#[test]
fn coverage_of_one_guideline() {
    let out = cotreat(&["coverage", "nice_ng59"]).ends(0);
    says(
        &out,
        &[
            "is not complete",
            "Read: recommendations",
            "Encoded",
            "massage.nice_package (for, consider)",
            "knowledge/interventions/massage.toml:",
            "Left out",
            "because: ",
        ],
    );
    cotreat(&["coverage", "nice_ng5"]).refuses(&[
        "there is no guideline `nice_ng5`",
        "did you mean `nice_ng59`?",
    ]);
    cotreat(&["coverage", "hill_2011"]).refuses(&[
        "`hill_2011` is not a guideline (trial)",
        "`cotreat coverage` lists the guidelines",
    ]);
}

#[test]
fn completions() {
    for (shell, word) in [
        ("bash", "complete"),
        ("zsh", "#compdef cotreat"),
        ("fish", "complete -c cotreat"),
        ("powershell", "cotreat"),
        ("elvish", "cotreat"),
    ] {
        says(
            &cotreat(&["completions", shell]).ends(0),
            &[word, "appraise", "replay"],
        );
    }
    cotreat(&["completions", "tcsh"]).refuses(&["tcsh"]);
}

#[test]
fn the_demo_shows_three_cases() {
    let out = cotreat(&["demo", "--print"]).ends(0);
    says(
        &out,
        &[
            "Case 1 of 3",
            "Case 2 of 3",
            "Case 3 of 3",
            "Alarm, emergency",
            "Now try",
            "cotreat ask ",
        ],
    );
    let full = cotreat(&["demo", "--print", "--full"]).ends(0);
    assert!(full.len() > 2 * out.len());
}

#[test]
fn every_command_has_help_with_examples() {
    for command in [
        "appraise",
        "ask",
        "check",
        "explain",
        "replay",
        "coverage",
        "schema",
        "completions",
        "demo",
        "init",
        "user",
        "accept",
        "backup",
        "restore",
        "doctor",
        "audit",
        "upgrade",
        "rebuild",
    ] {
        let help = cotreat(&[command, "--help"]).ends(0);
        says(
            &help,
            &["Usage: cotreat", "Examples:", &format!("cotreat {command}")],
        );
    }
    says(&cotreat(&["--help"]).ends(0), &["Examples:"]);
    for command in ["appraise", "ask", "explain", "coverage", "demo"] {
        says(&cotreat(&[command, "--help"]).ends(0), &["--knowledge"]);
    }
}

/// The examples of the help that need no file of the reader's own.
#[test]
fn the_examples_work() {
    let mut tried = 0;
    for (_, path) in below("src/commands/examples") {
        let text = std::fs::read_to_string(path).expect("it can be read");
        let examples = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("cotreat "));
        for example in examples.filter(|line| {
            // A demonstration serves until somebody ends it.
            let stays = line.starts_with("demo") && !line.contains("--print");
            !line.contains("patient") && !line.contains('|') && !line.starts_with("check") && !stays
        }) {
            cotreat(&example.split(' ').collect::<Vec<_>>()).ends(0);
            tried += 1;
        }
    }
    assert!(tried > 5, "{tried}");
}
