//! Muscles, joints and patterns, and the people who work with them.

use super::{Add, Mistake, Swap, check};

#[test]
fn body_and_people_fit_together() {
    check(MISTAKES);
}

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a muscle with an unknown finding",
        edits: &[Swap(
            "muscles/quadratus_lumborum.toml",
            r#"tender     = "tender_quadratus_lumborum" "#,
            r#"tender     = "tender_quadratus" "#,
        )],
        told: &[
            "muscles/quadratus_lumborum.toml:6:14: there is no finding `tender_quadratus`",
            "  help: `cotreat explain` lists every finding; each is a file below `findings/`",
        ],
    },
    Mistake {
        name: "a muscle tested by an unknown finding",
        edits: &[Swap(
            "muscles/gluteus_maximus.toml",
            r#"tests      = ["weak_gluteus_maximus"]"#,
            r#"tests      = ["weak_gluteus_minimus"]"#,
        )],
        told: &[
            "muscles/gluteus_maximus.toml:7:15: there is no finding `weak_gluteus_minimus`",
            "  help: did you mean `weak_gluteus_maximus`?",
        ],
    },
    Mistake {
        name: "a muscle released by an unknown technique",
        edits: &[Swap(
            "muscles/quadratus_lumborum.toml",
            r#"["trigger_point_pressure_release"]"#,
            r#"["trigger_point_release"]"#,
        )],
        told: &[
            "muscles/quadratus_lumborum.toml:8:15: there is no technique `trigger_point_release`",
            "  help: `cotreat explain` lists every technique; each is a file below `interventions/`",
        ],
    },
    Mistake {
        name: "a muscle activated by one technique twice",
        edits: &[Swap(
            "muscles/gluteus_maximus.toml",
            r#"["bridge"]"#,
            r#"["bridge", "bridge"]"#,
        )],
        told: &[
            "muscles/gluteus_maximus.toml:9:25: `bridge` stands twice in this list",
            "  help: leave one of them out",
        ],
    },
    Mistake {
        name: "a joint with an unknown technique",
        edits: &[Swap(
            "joints/sacroiliac.toml",
            "techniques = []",
            r#"techniques = ["mobilisation"]"#,
        )],
        told: &[
            "joints/sacroiliac.toml:6:15: there is no technique `mobilisation`",
            "  help: `cotreat explain` lists every technique; each is a file below `interventions/`",
        ],
    },
    Mistake {
        name: "a pattern of an unknown muscle",
        edits: &[Swap(
            "patterns/gluteal_quadratus.toml",
            r#"["gluteus_maximus"]"#,
            r#"["gluteus_maximum"]"#,
        )],
        told: &[
            "patterns/gluteal_quadratus.toml:3:15: there is no muscle `gluteus_maximum`",
            "  help: did you mean `gluteus_maximus`?",
        ],
    },
    Mistake {
        name: "a pattern that nothing contests",
        edits: &[
            Swap(
                "patterns/gluteal_quadratus.toml",
                r#"[[contested]]                     # at least one: what speaks against the story
basis = "expert_judgement"
says  = "Which comes first, weakness or pain, is not known."
"#,
                "",
            ),
            Swap(
                "patterns/gluteal_quadratus.toml",
                r#"basis      = "expert_judgement""#,
                r#"contested = []
basis      = "expert_judgement""#,
            ),
        ],
        told: &[
            "patterns/gluteal_quadratus.toml:1:14: this pattern does not say what speaks against it",
            "  help: add at least one [[contested]] record",
        ],
    },
    Mistake {
        name: "a profession that guides an unknown one",
        edits: &[Swap(
            "professions/physiotherapist.toml",
            r#"guides    = ["massage_therapist"]"#,
            r#"guides    = ["massage_therapists"]"#,
        )],
        told: &[
            "professions/physiotherapist.toml:5:14: there is no profession `massage_therapists`",
            "  help: did you mean `massage_therapist`?",
        ],
    },
    Mistake {
        name: "a profession without a general scope",
        edits: &[Swap(
            "professions/massage_therapist.toml",
            r#"jurisdiction = "any" "#,
            r#"jurisdiction = "us" "#,
        )],
        told: &[
            "interventions/massage.toml:8:17: `massage` is outside the scope of `massage_therapist`",
            "  help: add it to `may` in professions/massage_therapist.toml, or leave the profession out here",
            "professions/massage_therapist.toml:1:13: this profession has no scope for `any` jurisdiction",
            r#"  help: add a [[scope]] with `jurisdiction = "any"`"#,
        ],
    },
    Mistake {
        name: "an unknown intervention in a scope",
        edits: &[Swap(
            "professions/physiotherapist.toml",
            r#"may      = ["massage", "exercise_therapy"]"#,
            r#"may      = ["massage", "exercise_therapy", "surgery"]"#,
        )],
        told: &[
            "professions/physiotherapist.toml:11:44: there is no intervention `surgery`",
            "  help: `cotreat explain` lists every intervention; each is a file below `interventions/`",
        ],
    },
    Mistake {
        name: "something unknown outside a scope",
        edits: &[Swap(
            "professions/chiropractor.toml",
            "may_not  = []",
            r#"may_not  = ["surgery"]"#,
        )],
        told: &[
            "professions/chiropractor.toml:12:13: there is no technique `surgery`",
            "  help: write a technique id, `class:…` or `flag:…`",
        ],
    },
    Mistake {
        name: "a pathway that gives way to an unknown one",
        edits: &[Swap(
            "pathways/spinal_emergency.toml",
            r#"# gives_way_to = ["…"] "#,
            r#"gives_way_to = ["rheumatology"] "#,
        )],
        told: &[
            "pathways/spinal_emergency.toml:6:17: there is no pathway `rheumatology`",
            "  help: `cotreat explain` lists every pathway; each is a file below `pathways/`",
        ],
    },
    Mistake {
        name: "pathways that give way to each other",
        edits: &[
            Swap(
                "pathways/spinal_emergency.toml",
                r#"# gives_way_to = ["…"] "#,
                r#"gives_way_to = ["rheumatology"] "#,
            ),
            Add(
                "pathways/rheumatology.toml",
                r#"id = "rheumatology"
name = "Rheumatology"
to = "A rheumatologist"
within = "6 weeks"
when = "age >= 50"
content = ["Since when"]
gives_way_to = ["spinal_emergency"]
basis = "expert_judgement"
says = "No."
"#,
            ),
        ],
        told: &[
            "pathways/spinal_emergency.toml:6:17: `rheumatology` gives way to `spinal_emergency`, which gives way to `rheumatology`",
            "  help: take one `gives_way_to` out: where all of them apply, none would be left",
        ],
    },
    Mistake {
        name: "a pathway that gives way to itself",
        edits: &[Swap(
            "pathways/spinal_emergency.toml",
            r#"# gives_way_to = ["…"] "#,
            r#"gives_way_to = ["spinal_emergency"] "#,
        )],
        told: &[
            "pathways/spinal_emergency.toml:6:17: `spinal_emergency` gives way to itself",
            "  help: take one `gives_way_to` out: where all of them apply, none would be left",
        ],
    },
    Mistake {
        name: "an unknown class outside a scope",
        edits: &[Swap(
            "professions/massage_therapist.toml",
            r#""class:thrust""#,
            r#""class:trust""#,
        )],
        told: &[
            "professions/massage_therapist.toml:12:13: `trust` is not a class",
            "  help: classes are light, moderate, deep, thrust",
        ],
    },
];
