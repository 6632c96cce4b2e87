//! Whatever stands in the files, loading ends, never panics, and never half-loads.

use std::panic::{AssertUnwindSafe, catch_unwind};

use cotreat_knowledge::format::Kind;
use cotreat_knowledge::{Knowledge, load};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::common::guide::{Texts, examples};

fn loaded(texts: &Texts) -> Option<Knowledge> {
    let told = load(
        texts
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    );
    match told {
        Ok(knowledge) => {
            whole(texts, &knowledge);
            Some(knowledge)
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason");
            assert!(problems.is_sorted(), "in the order of files and lines");
            for problem in &problems {
                assert!(!problem.message.is_empty());
                // Whatever is shown can be found: the place lies inside the file.
                if let (Some(text), line @ 1..) =
                    (texts.get(&problem.place.file), problem.place.line)
                {
                    assert!((line as usize) <= text.split('\n').count(), "{problem}");
                }
            }
            None
        }
    }
}

/// What was loaded is everything that was written.
fn whole(texts: &Texts, k: &Knowledge) {
    let files = |kind: Kind| {
        texts
            .keys()
            .filter(|path| Kind::of(path) == Some(kind))
            .count()
    };
    let tables = [
        (Kind::Source, k.sources.len()),
        (Kind::Finding, k.findings.len()),
        (Kind::Condition, k.conditions.len()),
        (Kind::Classification, k.classifications.len()),
        (Kind::Instrument, k.instruments.len()),
        (Kind::Intervention, k.interventions.len()),
        (Kind::Technique, k.techniques.len()),
        (Kind::Medicine, k.medicines.len()),
        (Kind::Muscle, k.muscles.len()),
        (Kind::Joint, k.joints.len()),
        (Kind::Pattern, k.patterns.len()),
        (Kind::Profession, k.professions.len()),
        (Kind::Pathway, k.pathways.len()),
        (Kind::Profile, k.profiles.len()),
    ];
    for (kind, loaded) in tables {
        assert_eq!(files(kind), loaded, "files of kind {}", kind.word());
    }
    assert!(texts.keys().all(|path| Kind::of(path).is_some()));
}

/// A small change such as a slip of the pen, a bad merge or malice makes.
#[derive(Clone, Debug)]
enum Change {
    Cut(Index, Index, usize),
    Repeat(Index, Index, usize),
    Insert(Index, Index, String),
    Drop(Index),
    Number(Index, Index, &'static str),
    Text(Index, Index, Index),
    Rename(Index, String),
}

const ODD_NUMBERS: [&str; 14] = [
    "nan",
    "inf",
    "-inf",
    "1e308",
    "-1e308",
    "5e-324",
    "-0.0",
    "-1",
    "0",
    "255",
    "256",
    "2147483647",
    "-2147483648",
    "9223372036854775807",
];

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        (at(), at(), 1..80_usize).prop_map(|(file, from, length)| Change::Cut(file, from, length)),
        (at(), at(), 1..200_usize)
            .prop_map(|(file, from, length)| Change::Repeat(file, from, length)),
        (at(), at(), "(?s).{0,12}").prop_map(|(file, to, text)| Change::Insert(file, to, text)),
        at().prop_map(Change::Drop),
        (at(), at(), select(&ODD_NUMBERS))
            .prop_map(|(file, which, number)| Change::Number(file, which, number)),
        (at(), at(), at()).prop_map(|(file, from, to)| Change::Text(file, from, to)),
        (at(), "[a-z_/.]{0,20}").prop_map(|(file, name)| Change::Rename(file, name)),
    ]
}

fn apply(change: &Change, texts: &mut Texts) {
    let pick = |index: &Index, texts: &Texts| {
        index
            .get(&texts.keys().cloned().collect::<Vec<_>>())
            .clone()
    };
    let boundary = |text: &str, mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    match change {
        Change::Cut(file, from, length) | Change::Repeat(file, from, length) => {
            let file = pick(file, texts);
            let text = texts.get_mut(&file).expect("picked");
            let from = boundary(text, from.index(text.len() + 1));
            let to = boundary(text, from + length);
            if matches!(change, Change::Cut(..)) {
                text.replace_range(from..to, "");
            } else {
                let part = text[from..to].to_owned();
                text.insert_str(to, &part);
            }
        }
        Change::Insert(file, to, more) => {
            let file = pick(file, texts);
            let text = texts.get_mut(&file).expect("picked");
            let to = boundary(text, to.index(text.len() + 1));
            text.insert_str(to, more);
        }
        Change::Drop(file) => {
            let file = pick(file, texts);
            texts.remove(&file);
        }
        Change::Number(file, which, number) => {
            let file = pick(file, texts);
            replace(texts, &file, which, &numbers, number);
        }
        Change::Text(file, from, to) => {
            let file = pick(file, texts);
            let other = texts[&file].clone();
            let all = quoted(&other);
            if !all.is_empty() {
                let (start, end) = *to.get(&all);
                replace(texts, &file, from, &quoted, &other[start..end]);
            }
        }
        Change::Rename(file, name) => {
            let file = pick(file, texts);
            let text = texts.remove(&file).expect("picked");
            texts.insert(name.clone(), text);
        }
    }
}

/// Puts `new` in place of one of the parts that `parts` finds in a file.
fn replace(
    texts: &mut Texts,
    file: &str,
    which: &Index,
    parts: &dyn Fn(&str) -> Vec<(usize, usize)>,
    new: &str,
) {
    let text = texts.get_mut(file).expect("picked");
    let all = parts(text);
    if !all.is_empty() {
        let (start, end) = *which.get(&all);
        text.replace_range(start..end, new);
    }
}

/// Numbers that stand as values.
fn numbers(text: &str) -> Vec<(usize, usize)> {
    let starts = text
        .match_indices("= ")
        .map(|(at, _)| at + 2)
        .filter(|at| text[*at..].starts_with(|c: char| c.is_ascii_digit()));
    starts
        .map(|start| {
            let end = text[start..]
                .find(|c: char| !c.is_ascii_digit() && c != '.')
                .map_or(text.len(), |more| start + more);
            (start, end)
        })
        .collect()
}

/// Texts in quotes.
fn quoted(text: &str) -> Vec<(usize, usize)> {
    let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    quotes
        .chunks_exact(2)
        .map(|pair| (pair[0], pair[1] + 1))
        .collect()
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 192,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn changed_files_never_make_loading_panic(changes in vec(change(), 1..6)) {
        let mut texts = examples().clone();
        for change in &changes {
            if !texts.is_empty() {
                apply(change, &mut texts);
            }
        }
        let _ = loaded(&texts);
    }

    #[test]
    fn any_bytes_at_any_place_never_make_loading_panic(which in any::<Index>(), bytes in vec(any::<u8>(), 0..400)) {
        let mut texts = examples().clone();
        let file = which.get(&texts.keys().cloned().collect::<Vec<_>>()).clone();
        texts.insert(file.clone(), String::from_utf8_lossy(&bytes).into_owned());
        let took = loaded(&texts).is_some();
        // A case is read by others, and an empty ledger certifies nothing.
        let may_be_anything = matches!(Kind::of(&file), Some(Kind::Case | Kind::Ledger));
        prop_assert!(!took || may_be_anything, "took {bytes:?} for {file}");
    }

    #[test]
    fn any_files_never_make_loading_panic(files in vec(("[a-z]{0,12}(/[a-z_.]{0,12}){0,3}(\\.toml|\\.md)?", "(?s).{0,60}"), 0..6)) {
        let texts: Texts = files.into_iter().collect();
        prop_assert!(loaded(&texts).is_none(), "there is no method.toml");
    }
}

/// Loads the examples with one file more or changed, on an ordinary test thread.
fn with(path: &str, text: String) -> bool {
    let mut texts = examples().clone();
    texts.insert(path.to_owned(), text);
    catch_unwind(AssertUnwindSafe(|| loaded(&texts).is_some()))
        .unwrap_or_else(|_| panic!("panics over {path}"))
}

#[test]
fn deep_nesting_and_long_lines_are_refused() {
    for (open, close) in [("[", "]"), ("{ a = ", " }")] {
        let deep = format!("a = {}1{}", open.repeat(100_000), close.repeat(100_000));
        assert!(!with("joints/deep.toml", deep));
    }
    assert!(!with(
        "joints/dots.toml",
        format!("{} = 1", "a.".repeat(100_000) + "a")
    ));
    assert!(!with(
        "joints/tables.toml",
        format!("[{}]", "a.".repeat(100_000) + "a")
    ));
    assert!(!with(
        "joints/long.toml",
        format!("id = \"{}\"", "x".repeat(1_000_000))
    ));
    let rule = |when: &str| {
        examples()["patterns/gluteal_quadratus.toml"]
            .replace("weak_gluteus_maximus && tender_quadratus_lumborum", when)
    };
    assert!(with(
        "patterns/gluteal_quadratus.toml",
        rule("weak_gluteus_maximus")
    ));
    for when in [
        "(".repeat(10_000),
        "!".repeat(10_000),
        "a || ".repeat(200_000),
        "\\u0000".into(),
        "atLeast(1, [".repeat(5_000),
    ] {
        assert!(
            !with("patterns/gluteal_quadratus.toml", rule(&when)),
            "{when:.20}"
        );
    }
}

#[test]
fn a_chain_of_findings_may_be_long() {
    let mut texts = examples().clone();
    let finding = |at: usize, rule: &str| {
        let text = format!(
            "id = \"chain_{at}\"\nname = \"C\"\nkind = \"history\"\nasked_of = \"patient\"\n{rule}\n"
        );
        (format!("findings/history/chain_{at}.toml"), text)
    };
    const LENGTH: usize = 3_000;
    texts.extend((0..LENGTH).map(|at| finding(at, &format!("derive = \"chain_{}\"", at + 1))));
    texts.extend([finding(LENGTH, "ask = \"So?\"")]);
    let knowledge = loaded(&texts).expect("a chain is no circle");
    assert_eq!(
        knowledge.finding_order.len(),
        LENGTH + 2,
        "two findings of the guide follow from others too"
    );
    texts.extend([finding(LENGTH, "derive = \"chain_0\"")]);
    assert!(
        loaded(&texts).is_none(),
        "a circle is refused, however long"
    );
}
