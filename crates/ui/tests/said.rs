//! What the program says is in the catalogues, is told what it needs, and nothing in the catalogues is left unsaid.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::catalogues;

/// Rust sources of all crates, without tests.
fn sources() -> Vec<(String, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("crates/");
    let mut open: Vec<PathBuf> = fs::read_dir(crates)
        .expect("crates/")
        .map(|entry| entry.expect("a crate").path().join("src"))
        .chain([crates.join("../src")])
        .collect();
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                fs::read_dir(&path)
                    .expect("a folder")
                    .map(|entry| entry.expect("a file").path()),
            );
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).expect("a source");
            let text = without_comments(&text);
            found.push((path.display().to_string(), text));
        }
    }
    assert!(found.len() > 100, "the sources were found");
    found
}

/// Examples in comments may say anything.
fn without_comments(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// A call with an id in quotes: the id, and what stands after it.
fn calls<'a>(text: &'a str, name: &str) -> Vec<(&'a str, &'a str)> {
    let begin = format!(".{name}(");
    text.split(begin.as_str())
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split_once('"'))
        .collect()
}

/// The names in a list like `, &[("n", 3.into())]` that follows the id directly; nothing where the list was made elsewhere.
fn told(rest: &str) -> Option<BTreeSet<String>> {
    let list = rest.trim_start().strip_prefix(',')?.trim_start();
    let list = list.strip_prefix("&[")?;
    let (mut brackets, mut quoted) = (vec!['['], false);
    let mut names = BTreeSet::new();
    for (at, letter) in list.char_indices() {
        match letter {
            '"' if !list[..at].ends_with('\\') => quoted = !quoted,
            _ if quoted => {}
            '[' | '(' => {
                // A pair of the list itself, not one inside a call.
                if letter == '(' && brackets.len() == 1 {
                    let name = list[at + 1..].trim_start().strip_prefix('"');
                    names.extend(name.and_then(|name| Some(name.split_once('"')?.0.to_owned())));
                }
                brackets.push(letter);
            }
            ']' | ')' => {
                brackets.pop();
            }
            _ => {}
        }
        if brackets.is_empty() {
            return Some(names);
        }
    }
    None
}

/// Ids that are put together, such as `"ms-wave-{word}"`: what stands before, between and after the parts that vary. They begin with words and a hyphen.
fn patterns(text: &str) -> BTreeSet<Vec<String>> {
    let quoted = text.split("format!(").skip(1);
    let quoted = quoted.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
    quoted.filter_map(pattern).collect()
}

fn pattern(quoted: &str) -> Option<Vec<String>> {
    let mut fixed = Vec::new();
    let mut parts = quoted.split('{');
    fixed.push(parts.next()?.to_owned());
    for part in parts {
        fixed.push(part.split_once('}')?.1.to_owned());
    }
    let plain = |text: &String| {
        text.chars()
            .all(|letter| letter.is_ascii_lowercase() || letter == '-' || letter == '_')
    };
    let named = fixed[0].len() > 2 && fixed[0].ends_with('-');
    (named && fixed.len() > 1 && fixed.iter().all(plain)).then_some(fixed)
}

/// Whether an id could be made so: every part that varies is at least one letter.
fn made(id: &str, pattern: &[String]) -> bool {
    let [first, between @ .., last] = pattern else {
        return false;
    };
    let Some(mut rest) = id.strip_prefix(first.as_str()) else {
        return false;
    };
    for part in between {
        let Some(at) = rest.get(1..).and_then(|rest| rest.find(part.as_str())) else {
            return false;
        };
        rest = &rest[1 + at + part.len()..];
    }
    rest.len() > last.len() && rest.ends_with(last.as_str())
}

#[test]
fn everything_that_is_said_is_written_and_told_what_it_needs() {
    let texts = catalogues::all("en");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, text) in sources() {
        for (id, _) in calls(&text, "say") {
            seen += 1;
            match texts.get(id) {
                None => wrong.push(format!("{path}: `{id}` is in no catalogue")),
                Some(needs) if !needs.is_empty() => {
                    wrong.push(format!("{path}: `{id}` must be told {needs:?}"));
                }
                Some(_) => {}
            }
        }
        for (id, rest) in calls(&text, "say_with") {
            seen += 1;
            match (texts.get(id), told(rest)) {
                (None, _) => wrong.push(format!("{path}: `{id}` is in no catalogue")),
                (Some(needs), Some(told)) if *needs != told => {
                    wrong.push(format!(
                        "{path}: `{id}` is told {told:?}, and needs {needs:?}"
                    ));
                }
                _ => {}
            }
        }
    }
    assert!(seen > 30, "the calls were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_written_that_nobody_says() {
    let sources = sources();
    let patterns: BTreeSet<Vec<String>> = sources
        .iter()
        .flat_map(|(_, text)| patterns(text))
        .collect();
    let unsaid: Vec<String> = catalogues::all("en")
        .into_keys()
        .filter(|id| {
            let quoted = format!("\"{id}\"");
            !sources.iter().any(|(_, text)| text.contains(&quoted))
                && !patterns.iter().any(|pattern| made(id, pattern))
        })
        .collect();
    assert!(unsaid.is_empty(), "no source names these: {unsaid:?}");
}

/// `words.say(&format!("ms-wave-{word}"))` finds something, whatever the word is called. What begins with a part that varies cannot be looked up here.
#[test]
fn ids_that_are_put_together_are_written_too() {
    let texts = catalogues::all("en");
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for name in [".say(&format!(\"", ".say_with(&format!(\""] {
            for quoted in text
                .split(name)
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
                .filter(|quoted| !quoted.starts_with('{'))
            {
                let found = pattern(quoted)
                    .is_some_and(|pattern| texts.keys().any(|id| made(id, &pattern)));
                if !found {
                    wrong.push(format!("{path}: no text is called like `{quoted}`"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_call_is_read_over_several_lines() {
    let text = "words\n.say_with(\n    \"left\",\n    &[(\"n\", list[0].join(\", (\").into()), (\"of\", 3.into())],\n)";
    let (id, rest) = calls(text, "say_with")[0];
    assert_eq!(id, "left");
    let names: Vec<String> = told(rest).expect("a list").into_iter().collect();
    assert_eq!(names, ["n", "of"]);
    assert_eq!(calls("words.say(id) words.say(\"a\")", "say").len(), 1);
}

#[test]
fn ids_that_are_put_together_are_recognised() {
    let harm = pattern("se-{name}-{word}").expect("a pattern");
    assert!(
        made("se-harm-mild", &harm) && !made("se-harm-", &harm) && !made("me-harm-mild", &harm)
    );
    let state = pattern("task-{}-state").expect("a pattern");
    assert!(made("task-1-state", &state) && !made("task--state", &state));
    for other in ["{id}-hint", "a {b}", "x-{", "menu-patients"] {
        assert_eq!(pattern(other), None, "{other}");
    }
}
