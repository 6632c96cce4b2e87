//! A file that cannot be read is told once, where the slip is: not again in every file that cites it.

use std::fmt::Write as _;

use super::{Mistake, Swap, check, told};
use crate::common::guide::{bare, examples};

#[test]
fn a_slip_is_told_where_it_is() {
    check(MISTAKES);
}

/// Any one file of the guide, unreadable for either reason: its text, or what stands in it.
#[test]
fn a_slip_is_told_in_its_own_file_only() {
    let sound = bare(examples());
    let mut wrong = String::new();
    for path in sound.keys().filter(|path| path.ends_with(".toml")) {
        for slip in ["= slip\n", "slip = 1\n"] {
            let mut texts = sound.clone();
            texts
                .entry(path.clone())
                .and_modify(|text| text.insert_str(0, slip));
            let told = told(&texts);
            let elsewhere = told
                .iter()
                .filter(|line| !line.starts_with("  ") && !line.starts_with(&format!("{path}:")));
            for line in elsewhere {
                let _ = writeln!(wrong, "{slip:?} in {path} also tells {line}");
            }
            assert!(!told.is_empty(), "{slip:?} in {path} is told");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a slip in a finding that rules cite",
        edits: &[Swap("findings/background/age.toml", "kind ", "kinnd ")],
        told: &[
            "findings/background/age.toml:1:1: `kind` is missing in this file",
            "  help: `kind`: What sort of finding it is.",
            "findings/background/age.toml:3:1: `kinnd` does not belong in this file",
            "  help: did you mean `kind`?",
        ],
    },
    Mistake {
        name: "a slip in a finding, and an id that does not exist",
        edits: &[
            Swap("findings/background/age.toml", "kind ", "kinnd "),
            Swap(
                "interventions/massage.toml",
                r#""anticoagulant"]"#,
                r#""anticoagulants", "age"]"#,
            ),
        ],
        told: &[
            "findings/background/age.toml:1:1: `kind` is missing in this file",
            "  help: `kind`: What sort of finding it is.",
            "findings/background/age.toml:3:1: `kinnd` does not belong in this file",
            "  help: did you mean `kind`?",
            "interventions/massage.toml:9:44: there is no finding `anticoagulants`",
            "  help: did you mean `anticoagulant`?",
        ],
    },
    Mistake {
        name: "a slip in a file that is not called as its id",
        edits: &[
            Swap("findings/background/age.toml", "kind ", "kinnd "),
            Swap(
                "findings/background/age.toml",
                r#"= "age""#,
                r#"= "years_old""#,
            ),
            Swap(
                "interventions/massage.toml",
                r#""anticoagulant"]"#,
                r#""anticoagulant", "years_old"]"#,
            ),
        ],
        told: &[
            "findings/background/age.toml:1:1: `kind` is missing in this file",
            "  help: `kind`: What sort of finding it is.",
            "findings/background/age.toml:3:1: `kinnd` does not belong in this file",
            "  help: did you mean `kind`?",
        ],
    },
];
