//! Medicines and the risks that are named before consent.

use super::{Add, Mistake, Swap, check};

#[test]
fn medicines_and_risks_fit_together() {
    check(MISTAKES);
}

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a class of medicines that is no word",
        edits: &[Swap(
            "medicines/morphine.toml",
            r#""opioid" "#,
            r#""Opioid" "#,
        )],
        told: &[
            "medicines/morphine.toml:3:10: `Opioid` is not a class of medicines",
            "  help: use small letters, digits and `_`, the same word in every file of the class",
        ],
    },
    Mistake {
        name: "a conversion of what is no opioid",
        edits: &[Swap(
            "medicines/morphine.toml",
            "opioid = true ",
            "opioid = false ",
        )],
        told: &[
            "medicines/morphine.toml:11:10: only an opioid is turned into oral morphine",
            "  help: add `opioid = true`, or leave the conversion out",
        ],
    },
    Mistake {
        name: "a factor of 0 where none is known",
        edits: &[Swap(
            "medicines/morphine.toml",
            "factor = 1.0 ",
            "factor = 0 ",
        )],
        told: &[
            "medicines/morphine.toml:11:10: a conversion factor is greater than 0",
            "  help: leave the conversion out where none is known: the dose is then \"not known\", never 0",
        ],
    },
    Mistake {
        name: "two conversions for one way of taking it",
        edits: &[Add(
            "medicines/morphine.toml",
            r#"
[[conversion]]
route  = "oral"
unit   = "mg/d"
factor = 1.1
basis  = "expert_judgement"
says   = "Twice."
"#,
        )],
        told: &[
            "medicines/morphine.toml:18:10: this way of taking it has a conversion already",
            "  help: keep one of the two",
        ],
    },
    Mistake {
        name: "a unit that is none",
        edits: &[Swap("medicines/morphine.toml", r#""mg/d" "#, r#""mg" "#)],
        told: &["medicines/morphine.toml:10:10: `unit` is one of `mg/d`, `mcg/h`, not `mg`"],
    },
    Mistake {
        name: "a means of nothing",
        edits: &[Swap(
            "medicines/morphine.toml",
            r#"# intervention = "…" "#,
            r#"intervention = "masage" "#,
        )],
        told: &[
            "medicines/morphine.toml:5:16: there is no intervention `masage`",
            "  help: did you mean `massage`?",
        ],
    },
    Mistake {
        name: "a risk that stands twice and one of no technique",
        edits: &[Add(
            "interventions/massage.toml",
            r#"
[[risk]]
label = "soreness"
basis = "expert_judgement"
says  = "Sore for a day."

[[risk]]
label = "soreness"
basis = "expert_judgement"
says  = "Sore for a day."
applies_to = ["class:depp"]
"#,
        )],
        told: &[
            "interventions/massage.toml:42:9: `soreness` stands twice in this file",
            "  help: each needs a name of its own",
            "interventions/massage.toml:45:15: `depp` is not a class",
            "  help: classes are light, moderate, deep, thrust",
        ],
    },
];
