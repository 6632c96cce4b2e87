//! Rules about Rust sources: no clinical id, no side effect in the pure crates, one way for imports.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{Text, below, none};

/// What the product is made of; tests may name whatever they need.
const PRODUCT: [&str; 13] = [
    "src",
    "build.rs",
    "crates/expr/src",
    "crates/knowledge/src",
    "crates/care/src",
    "crates/stats/src",
    "crates/people/src",
    "crates/access/src",
    "crates/figures/src",
    "crates/store/src",
    "crates/server/src",
    "crates/synthetic/src",
    "crates/ui/src",
];
/// Crates that only compute.
const PURE: [&str; 9] = [
    "crates/expr/src",
    "crates/knowledge/src",
    "crates/care/src",
    "crates/stats/src",
    "crates/people/src",
    "crates/access/src",
    "crates/figures/src",
    "crates/synthetic/src",
    "crates/ui/src",
];

/// Rust text in pieces: what is said to the compiler, and what is quoted.
struct Pieces {
    code: String,
    /// Line and content of every text in quotes.
    quoted: Vec<(usize, String)>,
}

/// Takes comments out and sets texts apart. Test modules at the end of a file do not count.
fn pieces(text: &str) -> Pieces {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Pieces {
        code: String::new(),
        quoted: Vec::new(),
    };
    let (mut at, mut line) = (0, 1);
    while let Some(next) = text[at..].chars().next() {
        let rest = &text[at..];
        let end = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some((start, end)) = quote(rest) {
            found.quoted.push((line, rest[start..end].to_owned()));
            found.code.push_str("\"\"");
            (end + rest[end..].find('"').map_or(0, |q| q + 1) + hashes(rest)).min(rest.len())
        } else if rest.starts_with('\'') {
            character(rest)
        } else {
            found.code.push(next);
            next.len_utf8()
        };
        line += rest[..end].matches('\n').count();
        at += end;
    }
    found
}

/// How many `#` a raw text begins with.
fn hashes(rest: &str) -> usize {
    if rest.starts_with("r#") {
        rest[1..].chars().take_while(|c| *c == '#').count()
    } else {
        0
    }
}

/// Start and end of the content of a text that begins here.
fn quote(rest: &str) -> Option<(usize, usize)> {
    let raw = hashes(rest);
    if raw > 0 || rest.starts_with("r\"") {
        let start = rest.find('"')? + 1;
        let end = start + rest[start..].find(&format!("\"{}", "#".repeat(raw)))?;
        return Some((start, end));
    }
    if !rest.starts_with('"') {
        return None;
    }
    let mut escaped = false;
    let end = rest[1..].char_indices().find(|(_, c)| {
        let closes = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    })?;
    Some((1, 1 + end.0))
}

/// The length of a character in quotes, or of the quote that begins a lifetime.
fn character(rest: &str) -> usize {
    let inner: Vec<char> = rest.chars().skip(1).take(12).collect();
    match inner.as_slice() {
        ['\\', ..] => {
            2 + rest[2..]
                .find('\'')
                .map_or(0, |end| if end == 0 { 2 } else { end + 1 })
        }
        [one, '\'', ..] => 2 + one.len_utf8(),
        _ => 1,
    }
}

/// Words of code or text: letters, digits and `_`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
}

/// Clinical ids are the names of the knowledge files.
fn clinical_ids() -> BTreeSet<String> {
    const FOLDERS: [&str; 13] = [
        "knowledge/findings",
        "knowledge/conditions",
        "knowledge/classifications",
        "knowledge/instruments",
        "knowledge/interventions",
        "knowledge/medicines",
        "knowledge/muscles",
        "knowledge/joints",
        "knowledge/patterns",
        "knowledge/professions",
        "knowledge/pathways",
        "knowledge/profiles",
        "knowledge/sources",
    ];
    let files = below(&FOLDERS)
        .into_iter()
        .filter(|file| file.path.ends_with(".toml"));
    let ids: BTreeSet<String> = files
        .filter_map(|file| {
            Some(
                file.path
                    .rsplit('/')
                    .next()?
                    .trim_end_matches(".toml")
                    .to_owned(),
            )
        })
        .collect();
    assert!(ids.len() > 300, "the knowledge folder was found");
    ids
}

#[test]
fn no_clinical_id_stands_in_rust() {
    let ids = clinical_ids();
    let mut found = Vec::new();
    for file in below(&PRODUCT)
        .iter()
        .filter(|file| file.path.ends_with(".rs"))
    {
        for (line, quoted) in pieces(&file.text).quoted {
            // `--help` shows how to ask about something; it is only printed.
            if quoted.starts_with("Examples:") {
                continue;
            }
            // A text that is an id could steer the program. A longer text may use ordinary words, but nobody writes `leg_pain_below_knee` so.
            let hits = words(&quoted)
                .filter(|word| ids.contains(*word) && (*word == quoted || word.contains('_')));
            found.extend(hits.map(|id| format!("{}:{line}: `{id}` in {quoted:?}", file.path)));
        }
    }
    none(&found, "clinical ids belong in knowledge/ only:");
}

#[test]
fn the_pure_crates_touch_nothing_outside() {
    // Paths and words; `env!` reads at build time and is not among them.
    const PATHS: [&str; 7] = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "std::os",
        "std::io",
    ];
    const WORDS: [&str; 9] = [
        "SystemTime",
        "Instant",
        "rand",
        "async",
        "await",
        "println",
        "eprintln",
        "print",
        "eprint",
    ];
    const MACROS: [&str; 4] = ["println", "eprintln", "print", "eprint"];
    let mut found = Vec::new();
    for file in below(&PURE)
        .iter()
        .filter(|file| file.path.ends_with(".rs"))
    {
        let code = pieces(&file.text).code;
        found.extend(
            PATHS
                .iter()
                .filter(|path| code.contains(*path))
                .map(|path| format!("{}: {path}", file.path)),
        );
        let used: BTreeSet<&str> = words(&code).collect();
        let forbidden = |word: &&&str| {
            used.contains(**word) && (!MACROS.contains(word) || code.contains(&format!("{word}!")))
        };
        found.extend(
            WORDS
                .iter()
                .filter(forbidden)
                .map(|word| format!("{}: {word}", file.path)),
        );
    }
    none(
        &found,
        "no IO, clock, randomness or async in the pure crates:",
    );
}

/// One text for two databases, in one place.
#[test]
fn sql_stands_in_the_store_only() {
    const BEGINNINGS: [&str; 6] = [
        "SELECT ",
        "INSERT INTO ",
        "UPDATE ",
        "DELETE FROM ",
        "CREATE TABLE",
        "PRAGMA ",
    ];
    let mut found = Vec::new();
    for file in below(&PRODUCT)
        .iter()
        .filter(|file| file.path.ends_with(".rs") && !file.path.starts_with("crates/store/src"))
    {
        for (line, quoted) in pieces(&file.text).quoted {
            if BEGINNINGS.iter().any(|word| quoted.starts_with(word)) {
                found.push(format!("{}:{line}: {quoted}", file.path));
            }
        }
    }
    none(&found, "SQL belongs in crates/store only:");
}

/// The events are bytes to the store, but for the tables of the clinic and of signing in.
#[test]
fn the_event_core_knows_neither_patients_nor_staff() {
    let files = below(&["crates/store/src"]);
    let core = files.iter().filter(|file| {
        let below = file.path.trim_start_matches("crates/store/src/");
        !["clinic", "account"]
            .iter()
            .any(|part| below.starts_with(part))
    });
    let found: Vec<String> = core
        .filter(|file| {
            let code = pieces(&file.text).code;
            code.contains("cotreat_care") || code.contains("cotreat_people")
        })
        .map(|file| file.path.clone())
        .collect();
    none(
        &found,
        "only `clinic` and `account` may know what events say:",
    );
}

#[test]
fn lints_are_expected_never_allowed() {
    let files = below(&PRODUCT);
    let rust = files.iter().filter(|file| file.path.ends_with(".rs"));
    let found: Vec<String> = rust
        .filter(|file| {
            let code = pieces(&file.text).code;
            code.contains("#[allow") || code.contains("#![allow")
        })
        .map(|file| file.path.clone())
        .collect();
    none(
        &found,
        "write `#[expect(lint, reason = \"…\")]`, so that it goes when it is no longer needed:",
    );
}

/// Inside `care` the modules stand in the order that its first page tells, and import only what stands before them.
#[test]
fn the_modules_of_care_import_one_way() {
    let files = below(&["crates/care/src"]);
    let front = &files
        .iter()
        .find(|file| file.path.ends_with("src/lib.rs"))
        .expect("care has a front page")
        .text;
    let told = front
        .lines()
        .find(|line| line.matches(" < ").count() > 3)
        .expect("the front page tells the order");
    let order: Vec<&str> = words(told.split(';').next().unwrap_or(told)).collect();
    let rank: BTreeMap<&str, usize> = order
        .iter()
        .enumerate()
        .map(|(at, name)| (*name, at))
        .collect();
    let mut found = Vec::new();
    for file in &files {
        let below = file.path.trim_start_matches("crates/care/src/");
        let module = below.split(['/', '.']).next().unwrap_or_default();
        let Some(own) = rank.get(module) else {
            continue;
        };
        for cited in imported(file) {
            if rank.get(cited.as_str()).is_some_and(|other| other > own) {
                found.push(format!("{}: `{module}` uses `{cited}`", file.path));
            }
        }
    }
    none(
        &found,
        &format!("imports run one way, {}:", order.join(" < ")),
    );
}

/// The modules of its own crate that a file names.
fn imported(file: &Text) -> BTreeSet<String> {
    let code = pieces(&file.text).code;
    let mut cited = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            // use crate::{ask, refer};
            Some(list) => {
                let list = list.split('}').next().unwrap_or_default();
                cited.extend(
                    list.split(',')
                        .filter_map(|part| words(part).next())
                        .map(str::to_owned),
                );
            }
            None => cited.extend(words(rest).next().map(str::to_owned)),
        }
    }
    cited
}

#[test]
fn pieces_sets_code_texts_and_comments_apart() {
    let text = "let a = \"x \\\" y\"; // \"no\"\nlet b = '\"'; let c: &'a str = r#\"raw \"z\"\"#; /* \"no\" */ d('\\'', \"last\")";
    let found = pieces(text);
    let quoted: Vec<&str> = found.quoted.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(quoted, ["x \\\" y", "raw \"z\"", "last"]);
    assert_eq!(found.quoted[1].0, 2, "lines are counted from 1");
    assert!(
        !found.code.contains("no") && found.code.contains("let c: &a str"),
        "{}",
        found.code
    );
}
