//! Several mistakes in several files are told all at once, in the order of files and lines.

use super::{Add, Mistake, Swap, check};

#[test]
fn all_mistakes_are_told_at_once() {
    check(MISTAKES);
}

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "in four files, of four sorts",
        edits: &[
            Swap("profiles/uk.toml", r#""nice_ng59""#, r#""nice_ng95""#),
            Swap("joints/sacroiliac.toml", "motion ", "montion"),
            Swap(
                "patterns/gluteal_quadratus.toml",
                "weak_gluteus_maximus && tender",
                "weak_gluteus_maximum && tender",
            ),
            Add("pictures/back.png", ""),
        ],
        told: &[
            "joints/sacroiliac.toml:1:1: `motion` is missing in this file",
            "  help: `motion`: How it moves.",
            "joints/sacroiliac.toml:3:1: `montion` does not belong in this file",
            "  help: did you mean `motion`?",
            "patterns/gluteal_quadratus.toml:5:15: `weak_gluteus_maximum` is not a known finding or classification",
            "  help: did you mean `weak_gluteus_maximus`?",
            "pictures/back.png: this file does not belong in the knowledge folder",
            "  help: GUIDE.md lists the folders and what they hold",
            "profiles/uk.toml:3:15: there is no source `nice_ng95`",
            "  help: did you mean `nice_ng59`?",
        ],
    },
    Mistake {
        name: "in one file, from bottom to top",
        edits: &[
            Swap(
                "interventions/massage.toml",
                "rung         = 3",
                "rung         = 9",
            ),
            Swap(
                "interventions/massage.toml",
                r#"level = "adapt" "#,
                r#"level = "avoid_region" "#,
            ),
            Swap(
                "interventions/massage.toml",
                r#""flag:instrument""#,
                r#""flag:tool""#,
            ),
            Swap(
                "interventions/massage.toml",
                r#""anticoagulant"]"#,
                r#""anticoagulants"]"#,
            ),
        ],
        told: &[
            "interventions/massage.toml:1:16: rung 9 is not on the ladder",
            "  help: 1 advice, 2 active care, 3 passive care, 4 medicine, 5 last resorts",
            "interventions/massage.toml:9:44: there is no finding `anticoagulants`",
            "  help: did you mean `anticoagulant`?",
            "interventions/massage.toml:29:9: this does not say which region to avoid",
            r#"  help: add `region = "…"`"#,
            "interventions/massage.toml:34:29: `tool` is not a flag",
            "  help: flags are thermal, endrange, active, abdominal, needle, instrument, suction, positional, handsoff",
        ],
    },
    Mistake {
        name: "twice on one line",
        edits: &[Swap(
            "interventions/exercise_therapy.toml",
            r#""physiotherapist", "chiropractor""#,
            r#""physio", "chiro""#,
        )],
        told: &[
            "interventions/exercise_therapy.toml:8:17: there is no profession `physio`",
            "  help: `cotreat explain` lists every profession; each is a file below `professions/`",
            "interventions/exercise_therapy.toml:8:27: there is no profession `chiro`",
            "  help: `cotreat explain` lists every profession; each is a file below `professions/`",
        ],
    },
    Mistake {
        name: "nothing is wrong",
        edits: &[],
        told: &[],
    },
];
