//! A file has the shape of its kind: the keys, the values, the words; and it is TOML.

use super::{Add, Mistake, Swap, check};

#[test]
fn a_file_has_the_shape_of_its_kind() {
    check(MISTAKES);
}

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "an unknown key that is nearly a known one",
        edits: &[Swap("joints/sacroiliac.toml", "motion ", "montion")],
        told: &[
            "joints/sacroiliac.toml:1:1: `motion` is missing in this file",
            "  help: `motion`: How it moves.",
            "joints/sacroiliac.toml:3:1: `montion` does not belong in this file",
            "  help: did you mean `motion`?",
        ],
    },
    Mistake {
        name: "an unknown key that is near to nothing",
        edits: &[Swap("profiles/uk.toml", "name       =", "colour     =")],
        told: &[
            "profiles/uk.toml:1:1: `name` is missing in this file",
            "  help: `name`: What it is called.",
            "profiles/uk.toml:2:1: `colour` does not belong in this file",
            "  help: it may hold `emergency`, `guidelines`, `id`, `name`",
        ],
    },
    Mistake {
        name: "an unknown key in a record",
        edits: &[Swap(
            "patterns/gluteal_quadratus.toml",
            r#"[[contested]]                     # at least one: what speaks against the story
basis"#,
            r#"[[contested]]
bases"#,
        )],
        told: &[
            "patterns/gluteal_quadratus.toml:10:1: `bases` does not belong in `contested`",
            "  help: did you mean `basis`?",
        ],
    },
    Mistake {
        name: "a missing key",
        edits: &[Swap(
            "profiles/uk.toml",
            r#"name       = "United Kingdom"
"#,
            "",
        )],
        told: &[
            "profiles/uk.toml:1:1: `name` is missing in this file",
            "  help: `name`: What it is called.",
        ],
    },
    Mistake {
        name: "a missing key in a record",
        edits: &[Swap(
            "patterns/gluteal_quadratus.toml",
            r#"says  = "Which comes first, weakness or pain, is not known."
"#,
            "",
        )],
        told: &[
            "patterns/gluteal_quadratus.toml:9:1: `says` is missing in `contested`",
            "  help: `says`: The fact in our own words.",
        ],
    },
    Mistake {
        name: "a missing list of records",
        edits: &[Swap(
            "patterns/gluteal_quadratus.toml",
            r#"[[contested]]                     # at least one: what speaks against the story
basis = "expert_judgement"
says  = "Which comes first, weakness or pain, is not known."
"#,
            "",
        )],
        told: &[
            "patterns/gluteal_quadratus.toml:1:1: `contested` is missing in this file",
            "  help: `contested`: What speaks against the story: at least one.",
        ],
    },
    Mistake {
        name: "a number where a text belongs",
        edits: &[Swap(
            "joints/sacroiliac.toml",
            r#""A few degrees of nutation and counternutation.""#,
            "3",
        )],
        told: &["joints/sacroiliac.toml:3:14: `motion` must be a text in quotes"],
    },
    Mistake {
        name: "a text where a number belongs",
        edits: &[Swap("method.toml", "= 0.10 ", r#"= "0.10" "#)],
        told: &["method.toml:5:26: `possible_from` must be a number"],
    },
    Mistake {
        name: "a text where a whole number belongs",
        edits: &[Swap(
            "method.toml",
            "max_clusters           = 3",
            r#"max_clusters           = "three""#,
        )],
        told: &["method.toml:9:26: `max_clusters` must be a whole number"],
    },
    Mistake {
        name: "a fraction where a whole number belongs",
        edits: &[Swap(
            "method.toml",
            "default_review_days    = 42",
            "default_review_days    = 42.5",
        )],
        told: &["method.toml:12:26: `default_review_days` must be a whole number"],
    },
    Mistake {
        name: "a whole number that is too large",
        edits: &[Swap(
            "method.toml",
            "max_clusters           = 3",
            "max_clusters           = 300",
        )],
        told: &[
            "method.toml:9:26: `max_clusters` cannot be 300",
            "  help: write a whole number from 0 to 255",
        ],
    },
    Mistake {
        name: "a whole number below zero",
        edits: &[Swap(
            "method.toml",
            "default_review_days    = 42",
            "default_review_days    = -42",
        )],
        told: &["method.toml:12:26: `default_review_days` cannot be -42"],
    },
    Mistake {
        name: "a text where true or false belongs",
        edits: &[Swap(
            "classifications/stage.toml",
            "exclusive = true",
            r#"exclusive = "true""#,
        )],
        told: &["classifications/stage.toml:3:13: `exclusive` must be true or false"],
    },
    Mistake {
        name: "a text where a list belongs",
        edits: &[Swap(
            "patterns/gluteal_quadratus.toml",
            r#"["gluteus_maximus"]"#,
            r#""gluteus_maximus""#,
        )],
        told: &[
            "patterns/gluteal_quadratus.toml:3:14: `inhibited` must be a list",
            r#"  help: write ["…", "…"], or [[…]] records"#,
        ],
    },
    Mistake {
        name: "a number in a list of texts",
        edits: &[Swap(
            "patterns/gluteal_quadratus.toml",
            r#"["gluteus_maximus"]"#,
            r#"["gluteus_maximus", 7]"#,
        )],
        told: &["patterns/gluteal_quadratus.toml:3:34: `inhibited` must be a text in quotes"],
    },
    Mistake {
        name: "a list where a table belongs",
        edits: &[Swap(
            "codes/icd10cm.toml",
            r#"[codes]
lumbar_radiculopathy  = "M54.16"
cauda_equina_syndrome = "G83.4"
"#,
            r#"codes = ["M54.16"]
"#,
        )],
        told: &[
            "codes/icd10cm.toml:6:9: `codes` must be a table",
            "  help: write { … = … }, or a [section] of its own",
        ],
    },
    Mistake {
        name: "a table where a list of records belongs",
        edits: &[Swap(
            "patterns/gluteal_quadratus.toml",
            "[[contested]] ",
            "[contested] ",
        )],
        told: &[
            "patterns/gluteal_quadratus.toml:9:1: `contested` must be a list",
            r#"  help: write ["…", "…"], or [[…]] records"#,
        ],
    },
    Mistake {
        name: "a word that is nearly right",
        edits: &[Swap(
            "classifications/stage.toml",
            r#""scores" "#,
            r#""score" "#,
        )],
        told: &[
            "classifications/stage.toml:4:13: `after` is one of `scores`, `contributors`, not `score`",
            "  help: did you mean `scores`?",
        ],
    },
    Mistake {
        name: "a word that is not near to any",
        edits: &[Swap(
            "classifications/stage.toml",
            r#""scores" "#,
            r#""tomorrow" "#,
        )],
        told: &[
            "classifications/stage.toml:4:13: `after` is one of `scores`, `contributors`, not `tomorrow`",
        ],
    },
    Mistake {
        name: "a word with a capital",
        edits: &[Swap(
            "codes/icd10cm.toml",
            r#""conditions""#,
            r#""Conditions""#,
        )],
        told: &[
            "codes/icd10cm.toml:2:10: `kind` is one of `findings`, `conditions`, `interventions`, `techniques`, `instruments`, `classifications`, `patterns`, `muscles`, `alarms`, not `Conditions`",
            "  help: did you mean `conditions`?",
        ],
    },
    Mistake {
        name: "a wrong word in a record",
        edits: &[Swap(
            "patterns/gluteal_quadratus.toml",
            r#"story
basis = "expert_judgement""#,
            r#"story
basis = "expert_opinion""#,
        )],
        told: &[
            "patterns/gluteal_quadratus.toml:10:9: `basis` is one of `source`, `secondary`, `expert_judgement`, not `expert_opinion`",
        ],
    },
    Mistake {
        name: "an empty text",
        edits: &[Swap(
            "joints/sacroiliac.toml",
            r#""A few degrees of nutation and counternutation.""#,
            r#"" ""#,
        )],
        told: &[
            "joints/sacroiliac.toml:3:14: `motion` is empty",
            "  help: write it or leave the line out",
        ],
    },
    Mistake {
        name: "a day without quotes",
        edits: &[Add(
            "reviews/ledger.toml",
            r#"[[certified]]
file = "method.toml"
hash = "0"
by = "A"
on = 2026-01-31
"#,
        )],
        told: &["reviews/ledger.toml:7:6: `on` must be a text in quotes"],
    },
    Mistake {
        name: "an unknown key in the numbers of the method",
        edits: &[Swap(
            "method.toml",
            "window_days_after      = 14",
            "window_days_after = 14\nmax_cluster = 3",
        )],
        told: &[
            "method.toml:19:1: `max_cluster` does not belong in this file",
            "  help: did you mean `max_clusters`?",
        ],
    },
    Mistake {
        name: "a quote that is not closed",
        edits: &[Swap(
            "joints/sacroiliac.toml",
            r#""Sacroiliac joint""#,
            r#""Sacroiliac joint"#,
        )],
        told: &[r#"joints/sacroiliac.toml:2:31: invalid basic string, expected `"`"#],
    },
    Mistake {
        name: "an equals sign that is missing",
        edits: &[Swap("profiles/uk.toml", "name       =", "name        ")],
        told: &["profiles/uk.toml:2:14: key with no value, expected `=`"],
    },
    Mistake {
        name: "a key that stands twice",
        edits: &[Swap(
            "profiles/uk.toml",
            "name       =",
            "name = \"Again\"\nname       =",
        )],
        told: &["profiles/uk.toml:3:1: duplicate key"],
    },
    Mistake {
        name: "a table that stands twice",
        edits: &[Add(
            "codes/icd10cm.toml",
            r#"[codes]
"#,
        )],
        told: &["codes/icd10cm.toml:9:2: duplicate key"],
    },
    Mistake {
        name: "a value that is missing",
        edits: &[Swap("profiles/uk.toml", r#""United Kingdom""#, "")],
        told: &["profiles/uk.toml:2:14: string values must be quoted, expected literal string"],
    },
    Mistake {
        name: "a word without quotes",
        edits: &[Swap(
            "classifications/stage.toml",
            "exclusive = true",
            "exclusive = yes",
        )],
        told: &[
            "classifications/stage.toml:3:13: string values must be quoted, expected literal string",
        ],
    },
    Mistake {
        name: "two slips of the pen in one file",
        edits: &[
            Swap("profiles/uk.toml", "name       =", "name        "),
            Swap("profiles/uk.toml", "number =", "number  "),
        ],
        told: &[
            "profiles/uk.toml:2:14: key with no value, expected `=`",
            "profiles/uk.toml:6:10: key with no value, expected `=`",
        ],
    },
];
