//! Findings: their answers, what follows from them, and what was measured about them.

use super::{Add, Mistake, Swap, check};

#[test]
fn a_finding_fits_together() {
    check(MISTAKES);
}

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "neither asked nor derived",
        edits: &[Swap(
            "findings/exam/tender_quadratus_lumborum.toml",
            r#"ask      = "Press the quadratus lumborum. Is it tender, and is that the familiar pain?"
"#,
            "",
        )],
        told: &[
            "findings/exam/tender_quadratus_lumborum.toml:1:12: this finding can neither be asked nor follows from others",
            r#"  help: add `ask = "…"` or `derive = "…"`"#,
        ],
    },
    Mistake {
        name: "a number that is derived",
        edits: &[Swap(
            "findings/history/episode_duration.toml",
            "burden_seconds = 8",
            r#"derive = "pregnant""#,
        )],
        told: &[
            "findings/history/episode_duration.toml:1:12: only yes/no findings can have `derive`, `no_when` or `implies`",
            "  help: use a yes/no finding of its own",
        ],
    },
    Mistake {
        name: "a number with evidence",
        edits: &[Add(
            "findings/background/age.toml",
            r#"
[[evidence]]
condition = "lumbar_radiculopathy"
basis = "expert_judgement"
says = "Older people have it."
lr_positive = { value = 2.0 }
"#,
        )],
        told: &[
            "findings/background/age.toml:1:12: only a yes/no finding can carry evidence",
            r#"  help: add a derived yes/no finding, e.g. `derive = "age > 70"`, and put the evidence there"#,
        ],
    },
    Mistake {
        name: "a body chart for what a clinician tests",
        edits: &[Add(
            "findings/exam/tender_quadratus_lumborum.toml",
            r#"body_chart = [218]
"#,
        )],
        told: &[
            "findings/exam/tender_quadratus_lumborum.toml:1:12: a mark on the body chart cannot answer this",
            r#"  help: only yes/no findings with `asked_of = "patient"` have `body_chart`"#,
        ],
    },
    Mistake {
        name: "a region that is not on the body chart",
        edits: &[Add(
            "findings/background/pregnant.toml",
            r#"body_chart = [137]
"#,
        )],
        told: &[
            "findings/background/pregnant.toml:8:15: the body chart has no region 137",
            "  help: regions are 101 to 136 in front and 201 to 238 behind",
        ],
    },
    Mistake {
        name: "asking that makes sense where nobody knows",
        edits: &[Add(
            "findings/exam/tender_quadratus_lumborum.toml",
            r#"only_if = "leg_pain"
"#,
        )],
        told: &[
            "findings/exam/tender_quadratus_lumborum.toml:7:12: `leg_pain` is not a known finding or classification",
        ],
    },
    Mistake {
        name: "asking that makes sense by a score",
        edits: &[Add(
            "findings/exam/tender_quadratus_lumborum.toml",
            r#"only_if = "score('peg') > 3"
"#,
        )],
        told: &[
            "findings/exam/tender_quadratus_lumborum.toml:7:11: this rule cites a score, which is worked out later",
            "  help: a rule may cite earlier layers only: findings, scores, classifications, alarms, contributors, later classifications, plan",
        ],
    },
    Mistake {
        name: "three answers to a yes or no",
        edits: &[Swap(
            "findings/exam/straight_leg_raise.toml",
            r#"["positive", "negative"]"#,
            r#"["positive", "negative", "unclear"]"#,
        )],
        told: &[
            "findings/exam/straight_leg_raise.toml:1:12: a yes/no finding has two words: for yes and for no",
            r#"  help: e.g. `answers = ["positive", "negative"]`"#,
        ],
    },
    Mistake {
        name: "the same answer twice",
        edits: &[Swap(
            "findings/exam/straight_leg_raise.toml",
            r#"["positive", "negative"]"#,
            r#"["positive", "positive"]"#,
        )],
        told: &[
            "findings/exam/straight_leg_raise.toml:6:25: `positive` stands twice in this file",
            "  help: each needs a name of its own",
        ],
    },
    Mistake {
        name: "a choice of one",
        edits: &[Swap(
            "findings/background/sex.toml",
            r#"["female", "male", "other"]"#,
            r#"["male"]"#,
        )],
        told: &[
            "findings/background/sex.toml:1:12: a choice needs between 2 and 64 answers",
            r#"  help: list them in `answers = ["…", "…"]`"#,
        ],
    },
    Mistake {
        name: "an answer with a blank",
        edits: &[Swap(
            "findings/background/sex.toml",
            r#""other""#,
            r#""something else""#,
        )],
        told: &[
            "findings/background/sex.toml:7:31: `something else` cannot be an answer",
            "  help: use small letters, digits and `_`; `unknown` is always allowed by itself",
        ],
    },
    Mistake {
        name: "an answer that means not known",
        edits: &[Swap(
            "findings/background/sex.toml",
            r#""other""#,
            r#""unknown""#,
        )],
        told: &[
            "findings/background/sex.toml:7:31: `unknown` cannot be an answer",
            "  help: use small letters, digits and `_`; `unknown` is always allowed by itself",
        ],
    },
    Mistake {
        name: "a number with a list of answers",
        edits: &[Swap(
            "findings/background/age.toml",
            "max      = 120",
            r#"answers = ["young", "old"]
max      = 120"#,
        )],
        told: &[
            "findings/background/age.toml:1:12: a number has no list of answers",
            "  help: leave `answers` out",
        ],
    },
    Mistake {
        name: "a smallest value above the largest",
        edits: &[Swap(
            "findings/background/age.toml",
            "min      = 0",
            "min      = 130",
        )],
        told: &[
            "findings/background/age.toml:1:12: `min` is not below `max`",
            "  help: swap or correct them",
        ],
    },
    Mistake {
        name: "a unit without size",
        edits: &[Swap(
            "findings/history/episode_duration.toml",
            "weeks = 7",
            "weeks = 0",
        )],
        told: &[
            "findings/history/episode_duration.toml:1:12: a unit's factor must be a positive number",
            "  help: e.g. `units = { weeks = 7 }`",
        ],
    },
    Mistake {
        name: "other units without a unit",
        edits: &[Swap(
            "findings/history/episode_duration.toml",
            r#"unit     = "days"  "#,
            "#",
        )],
        told: &[
            "findings/history/episode_duration.toml:1:12: `units` needs a `unit` to convert to",
            r#"  help: add `unit = "…"`"#,
        ],
    },
    Mistake {
        name: "a unit for a yes or no",
        edits: &[Swap(
            "findings/exam/tender_quadratus_lumborum.toml",
            "burden_seconds = 25",
            r#"unit = "kg""#,
        )],
        told: &[
            "findings/exam/tender_quadratus_lumborum.toml:1:12: `unit`, `units`, `min` and `max` belong to numbers",
            r#"  help: add `type = "number"`, or leave them out"#,
        ],
    },
    Mistake {
        name: "an unknown finding implied",
        edits: &[Swap(
            "findings/exam/straight_leg_raise.toml",
            "implies  = []",
            r#"implies  = ["crossed_straight_leg_rise"]"#,
        )],
        told: &[
            "findings/exam/straight_leg_raise.toml:10:13: there is no finding `crossed_straight_leg_rise`",
            "  help: did you mean `crossed_straight_leg_raise`?",
        ],
    },
    Mistake {
        name: "a number implied",
        edits: &[Swap(
            "findings/exam/straight_leg_raise.toml",
            "implies  = []",
            r#"implies  = ["age"]"#,
        )],
        told: &[
            "findings/exam/straight_leg_raise.toml:10:13: `age` is not a yes/no finding",
            "  help: only yes/no findings can be implied",
        ],
    },
    Mistake {
        name: "a finding implied twice",
        edits: &[Swap(
            "findings/exam/straight_leg_raise.toml",
            "implies  = []",
            r#"implies  = ["pregnant", "pregnant"]"#,
        )],
        told: &[
            "findings/exam/straight_leg_raise.toml:10:25: `pregnant` stands twice in this list",
            "  help: leave one of them out",
        ],
    },
    Mistake {
        name: "evidence for an unknown condition",
        edits: &[Swap(
            "findings/exam/crossed_straight_leg_raise.toml",
            r#""lumbar_radiculopathy""#,
            r#""radiculopathy""#,
        )],
        told: &[
            "findings/exam/crossed_straight_leg_raise.toml:13:15: there is no condition `radiculopathy`",
            "  help: `cotreat explain` lists every condition; each is a file below `conditions/`",
        ],
    },
    Mistake {
        name: "a share above one",
        edits: &[Swap(
            "findings/exam/crossed_straight_leg_raise.toml",
            "value = 0.28, low = 0.22, high = 0.35",
            "value = 28, low = 22, high = 35",
        )],
        told: &[
            "findings/exam/crossed_straight_leg_raise.toml:17:15: a share lies between 0 and 1, with low ≤ value ≤ high",
            "  help: e.g. `{ value = 0.28, low = 0.22, high = 0.35 }`",
        ],
    },
    Mistake {
        name: "an interval beside its value",
        edits: &[Swap(
            "findings/exam/crossed_straight_leg_raise.toml",
            "value = 0.28, low = 0.22",
            "value = 0.28, low = 0.30",
        )],
        told: &[
            "findings/exam/crossed_straight_leg_raise.toml:17:15: a share lies between 0 and 1, with low ≤ value ≤ high",
            "  help: e.g. `{ value = 0.28, low = 0.22, high = 0.35 }`",
        ],
    },
    Mistake {
        name: "a share that is not a number",
        edits: &[Swap(
            "findings/exam/crossed_straight_leg_raise.toml",
            "value = 0.28",
            "value = nan",
        )],
        told: &[
            "findings/exam/crossed_straight_leg_raise.toml:17:25: `value` must be a finite number",
        ],
    },
    Mistake {
        name: "sensitivity without specificity",
        edits: &[Swap(
            "findings/exam/crossed_straight_leg_raise.toml",
            r#"specificity = { value = 0.90, low = 0.85, high = 0.94 }
"#,
            "",
        )],
        told: &[
            "findings/exam/crossed_straight_leg_raise.toml:13:15: this evidence needs `sensitivity` and `specificity`, or `lr_positive` and/or `lr_negative`",
            "  help: type what the paper printed; leave the record out if it printed neither",
        ],
    },
    Mistake {
        name: "shares and a ratio together",
        edits: &[Swap(
            "findings/exam/crossed_straight_leg_raise.toml",
            r#"setting     = "surgical" "#,
            r#"lr_positive = { value = 2.8 }
setting = "surgical" "#,
        )],
        told: &[
            "findings/exam/crossed_straight_leg_raise.toml:13:15: this evidence needs `sensitivity` and `specificity`, or `lr_positive` and/or `lr_negative`",
            "  help: type what the paper printed; leave the record out if it printed neither",
        ],
    },
    Mistake {
        name: "no number at all",
        edits: &[
            Swap(
                "findings/exam/crossed_straight_leg_raise.toml",
                r#"sensitivity = { value = 0.28, low = 0.22, high = 0.35 }
"#,
                "",
            ),
            Swap(
                "findings/exam/crossed_straight_leg_raise.toml",
                r#"specificity = { value = 0.90, low = 0.85, high = 0.94 }
"#,
                "",
            ),
        ],
        told: &[
            "findings/exam/crossed_straight_leg_raise.toml:13:15: this evidence needs `sensitivity` and `specificity`, or `lr_positive` and/or `lr_negative`",
            "  help: type what the paper printed; leave the record out if it printed neither",
        ],
    },
    Mistake {
        name: "a ratio below zero",
        edits: &[
            Swap(
                "findings/exam/crossed_straight_leg_raise.toml",
                r#"sensitivity = { value = 0.28, low = 0.22, high = 0.35 }
"#,
                r#"lr_positive = { value = -2.8 }
"#,
            ),
            Swap(
                "findings/exam/crossed_straight_leg_raise.toml",
                r#"specificity = { value = 0.90, low = 0.85, high = 0.94 }
"#,
                "",
            ),
        ],
        told: &[
            "findings/exam/crossed_straight_leg_raise.toml:17:15: a likelihood ratio is positive, with low ≤ value ≤ high",
            "  help: e.g. `{ value = 2.8, low = 1.4, high = 5.3 }`",
        ],
    },
    Mistake {
        name: "a ratio outside its own interval",
        edits: &[
            Swap(
                "findings/exam/crossed_straight_leg_raise.toml",
                r#"sensitivity = { value = 0.28, low = 0.22, high = 0.35 }
"#,
                r#"lr_positive = { value = 2.8, low = 3.0, high = 5.3 }
"#,
            ),
            Swap(
                "findings/exam/crossed_straight_leg_raise.toml",
                r#"specificity = { value = 0.90, low = 0.85, high = 0.94 }
"#,
                "",
            ),
        ],
        told: &[
            "findings/exam/crossed_straight_leg_raise.toml:17:15: a likelihood ratio is positive, with low ≤ value ≤ high",
            "  help: e.g. `{ value = 2.8, low = 1.4, high = 5.3 }`",
        ],
    },
];
