//! Rules about what is written for people: what it names exists, and it names nobody's machine.

use std::collections::BTreeSet;

use crate::tree::{Text, below, exists, none};

/// Pages that tell how the repository is built; the guide for knowledge writers has tests of its own.
fn pages() -> Vec<Text> {
    let mut pages = below(&["."]);
    pages.retain(|page| {
        page.path.ends_with(".md") && (!page.path.contains('/') || page.path.starts_with("docs/"))
    });
    pages
}

#[test]
fn every_file_that_a_page_names_exists() {
    let all = below(&["."]);
    // The end of a path is enough where the text tells which part of the repository is meant.
    let named_in_part = |name: &str| {
        let end = format!("/{}", name.trim_end_matches('/'));
        all.iter()
            .any(|file| file.path.ends_with(&end) || file.path.contains(&format!("{end}/")))
    };
    let mut found = Vec::new();
    for page in pages() {
        let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for named in code_spans(&page.text)
            .into_iter()
            .filter(|span| is_path(span))
            .chain(links(&page.text))
        {
            let path = named
                .split("::")
                .next()
                .unwrap_or_default()
                .trim_end_matches(|c: char| c.is_ascii_digit() || c == ':');
            let here = if folder.is_empty() {
                path.to_owned()
            } else {
                format!("{folder}/{path}")
            };
            if !exists(path) && !exists(&here) && !named_in_part(path) {
                found.push(format!("{}: {named}", page.path));
            }
        }
    }
    none(&found, "a page names a file that does not exist:");
}

/// What stands between single back-ticks, outside fenced blocks.
fn code_spans(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            found.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found
}

/// Targets of links that stay inside the repository.
fn links(text: &str) -> Vec<String> {
    let targets = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    targets
        .filter(|target| {
            !target.contains("://")
                && !target.starts_with(['#', '<'])
                && !target.starts_with("mailto:")
        })
        .map(|target| target.split('#').next().unwrap_or_default().to_owned())
        .collect()
}

/// Whether a piece of code in a page names a file or folder here: it begins with one of ours, or ends like a file.
fn is_path(span: &str) -> bool {
    const OURS: [&str; 8] = [
        "crates/",
        "src/",
        "knowledge/",
        "docs/",
        "xtask/",
        "benches/",
        "tests/",
        ".ci/",
    ];
    const ENDINGS: [&str; 4] = [".rs", ".md", ".toml", ".lock"];
    let pattern = span.contains(['*', '<', '>', '{', '…', ' ', '$', '=']) || span.contains("NNN");
    let ending = ENDINGS
        .iter()
        .any(|ending| span.ends_with(ending) && span.len() > ending.len());
    // A bare upper-case word with an ending stands for whatever file a command is given.
    let placeholder = span
        .split(['/', '.'])
        .next()
        .is_some_and(|word| word == "FILE" || word == "x" || word == "DIR");
    !pattern && !placeholder && (OURS.iter().any(|start| span.starts_with(start)) || ending)
}

#[test]
fn no_file_names_a_machine() {
    // In pieces, so that this file does not name them itself.
    let machines: Vec<String> = ["work", "root", "home", "Users"]
        .iter()
        .map(|name| format!("/{name}/"))
        .collect();
    let hosts: Vec<String> = [
        ("arti", "factory"),
        ("index.", "crates.io"),
        ("static.", "crates.io"),
        ("registry.npm", "js.org"),
        ("pypi", ".org"),
        ("proxy.golang", ".org"),
    ]
    .iter()
    .map(|(a, b)| format!("{a}{b}"))
    .collect();
    let mut found = Vec::new();
    for file in below(&["."]) {
        for (at, line) in file.text.lines().enumerate() {
            let place = || {
                format!(
                    "{}:{}: {}",
                    file.path,
                    at + 1,
                    line.trim().chars().take(80).collect::<String>()
                )
            };
            if machines.iter().any(|machine| names_machine(line, machine))
                || hosts.iter().any(|host| line.contains(host.as_str()))
            {
                found.push(place());
            }
        }
    }
    none(
        &found,
        "paths of a machine and hosts of a registry do not belong in the repository:",
    );
}

/// Whether a path begins with this; in a web address it may stand further on.
fn names_machine(line: &str, machine: &str) -> bool {
    let begins = |at: usize| {
        line[..at]
            .chars()
            .next_back()
            .is_none_or(|before| !before.is_alphanumeric() && !"._-/~%".contains(before))
    };
    line.match_indices(machine).any(|(at, _)| begins(at))
}

/// A hazard and the tests that its row names.
struct Hazard {
    line: usize,
    tests: Vec<String>,
}

/// Rows of the tables of SAFETY.md, without heads and rules. The last column holds the tests.
fn hazards(text: &str) -> Vec<Hazard> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_rule = |line: &str| line.starts_with('|') && line.chars().all(|c| "|-: ".contains(c));
    let rows = lines.iter().enumerate().filter(|(at, line)| {
        line.starts_with('|')
            && !is_rule(line)
            && !lines.get(at + 1).is_some_and(|next| is_rule(next))
    });
    rows.map(|(at, row)| {
        let last = row
            .trim_end_matches('|')
            .rsplit('|')
            .next()
            .unwrap_or_default();
        Hazard {
            line: at + 1,
            tests: code_spans(last),
        }
    })
    .collect()
}

#[test]
fn every_hazard_names_a_test_that_exists() {
    let files = below(&["SAFETY.md"]);
    let Some(safety) = files.first() else {
        eprintln!("SAFETY.md does not exist yet: no hazard to check");
        return;
    };
    let hazards = hazards(&safety.text);
    assert!(!hazards.is_empty(), "SAFETY.md holds no table of hazards");
    let mut found = Vec::new();
    for hazard in &hazards {
        if hazard.tests.is_empty() {
            found.push(format!(
                "SAFETY.md:{}: this hazard names no test in its last column",
                hazard.line
            ));
        }
        for test in &hazard.tests {
            if let Err(why) = test_exists(test) {
                found.push(format!("SAFETY.md:{}: `{test}`: {why}", hazard.line));
            }
        }
    }
    none(&found, "every hazard is controlled by a test:");
}

/// `path/to/file.rs::test_name`, or a case `knowledge/cases/file.md`.
fn test_exists(named: &str) -> Result<(), String> {
    let (path, name) = named.split_once("::").unwrap_or((named, ""));
    let files = below(&[path]);
    let Some(file) = files.first() else {
        return Err("there is no such file".into());
    };
    let name = name.rsplit("::").next().unwrap_or_default();
    if path.ends_with(".rs") {
        let tests: BTreeSet<&str> = tests_of(&file.text).into_iter().collect();
        if name.is_empty() {
            return Err("write `path/to/file.rs::test_name`".into());
        }
        if !tests.contains(name) {
            return Err(format!("there is no test `{name}` in that file"));
        }
    } else if !path.starts_with("knowledge/cases/") {
        return Err("write `path/to/file.rs::test_name`, or a case".into());
    }
    Ok(())
}

/// The names of the functions that stand under `#[test]`, and of those that `both!` runs on both databases.
fn tests_of(text: &str) -> Vec<&str> {
    let after = text.split("#[test]").skip(1);
    let plain = after.filter_map(|rest| rest.split_once("fn ")?.1.split('(').next());
    let both = text.split("both!(").skip(1);
    let both = both.filter_map(|rest| rest.split(',').next());
    plain.chain(both).map(str::trim).collect()
}

#[test]
fn a_hazard_without_its_test_is_seen() {
    let table = "| Hazard | Test |\n| --- | --- |\n| a | `xtask/tests/tidy/docs.rs::a_hazard_without_its_test_is_seen` |\n| b | none |\n";
    let hazards = hazards(table);
    assert_eq!(hazards.iter().map(|h| h.line).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(test_exists(&hazards[0].tests[0]), Ok(()));
    assert!(hazards[1].tests.is_empty());
    assert!(test_exists("xtask/tests/tidy/docs.rs::nobody_wrote_this").is_err());
    assert!(test_exists("xtask/tests/gone.rs::x").is_err_and(|why| why.contains("no such file")));
}
