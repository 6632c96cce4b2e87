//! Interventions, techniques and what safety says about them.

use super::{Add, Mistake, Swap, check};

#[test]
fn an_intervention_fits_together() {
    check(MISTAKES);
}

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a rung that is not on the ladder",
        edits: &[Swap(
            "interventions/exercise_therapy.toml",
            "rung         = 2 ",
            "rung         = 7 ",
        )],
        told: &[
            "interventions/exercise_therapy.toml:1:16: rung 7 is not on the ladder",
            "  help: 1 advice, 2 active care, 3 passive care, 4 medicine, 5 last resorts",
        ],
    },
    Mistake {
        name: "hands-on care that need not know anything",
        edits: &[Swap(
            "interventions/massage.toml",
            r#"["saddle_sensation_change", "anticoagulant"]"#,
            "[]",
        )],
        told: &[
            "interventions/massage.toml:1:16: a hands-on intervention must say what has to be known first",
            "  help: list the safety findings in `must_know`",
        ],
    },
    Mistake {
        name: "hands-on care that calls itself active",
        edits: &[Swap(
            "interventions/massage.toml",
            r#"role         = "passive" "#,
            r#"role         = "active" "#,
        )],
        told: &[
            "interventions/massage.toml:1:16: what is done with hands is passive care",
            r#"  help: set `role = "passive"`"#,
        ],
    },
    Mistake {
        name: "nothing advises it",
        edits: &[Swap(
            "interventions/exercise_therapy.toml",
            r#"[[recommendation]]
label     = "group_exercise"
source    = "nice_ng59"
statement = "manual_therapy"
where     = "Non-invasive treatments"
says      = "Consider a group exercise programme for people with an episode or flare."
direction = "for"                 # for | against | none (the guideline looked and makes no recommendation)
strength  = "consider"            # the guideline's own word
when      = "age >= 16"
"#,
            "",
        )],
        told: &[
            "interventions/exercise_therapy.toml:1:16: nothing says when this is advised or advised against",
            "  help: add at least one [[recommendation]]",
        ],
    },
    Mistake {
        name: "an unknown finding that must be known",
        edits: &[Swap(
            "interventions/massage.toml",
            r#""anticoagulant"]"#,
            r#""anticoagulants"]"#,
        )],
        told: &[
            "interventions/massage.toml:9:44: there is no finding `anticoagulants`",
            "  help: did you mean `anticoagulant`?",
        ],
    },
    Mistake {
        name: "a finding that must be known twice",
        edits: &[Swap(
            "interventions/massage.toml",
            r#""anticoagulant"]"#,
            r#""saddle_sensation_change"]"#,
        )],
        told: &[
            "interventions/massage.toml:9:44: `saddle_sensation_change` stands twice in this list",
            "  help: leave one of them out",
        ],
    },
    Mistake {
        name: "an unknown profession",
        edits: &[Swap(
            "interventions/exercise_therapy.toml",
            r#""physiotherapist", "chiropractor""#,
            r#""physiotherapist", "osteopath""#,
        )],
        told: &[
            "interventions/exercise_therapy.toml:8:36: there is no profession `osteopath`",
            "  help: `cotreat explain` lists every profession; each is a file below `professions/`",
        ],
    },
    Mistake {
        name: "a profession outside its scope",
        edits: &[Swap(
            "professions/physiotherapist.toml",
            r#"may      = ["massage", "exercise_therapy"]"#,
            r#"may      = ["massage"]"#,
        )],
        told: &[
            "interventions/exercise_therapy.toml:8:17: `exercise_therapy` is outside the scope of `physiotherapist`",
            "  help: add it to `may` in professions/physiotherapist.toml, or leave the profession out here",
        ],
    },
    Mistake {
        name: "a profession that may not",
        edits: &[Swap(
            "professions/chiropractor.toml",
            "may_not  = []",
            r#"may_not  = ["massage"]"#,
        )],
        told: &[
            "interventions/massage.toml:8:57: `massage` is outside the scope of `chiropractor`",
            "  help: add it to `may` in professions/chiropractor.toml, or leave the profession out here",
        ],
    },
    Mistake {
        name: "an unknown finding for whether it was tried",
        edits: &[Swap(
            "interventions/exercise_therapy.toml",
            r#"# tried      = "tried_exercise" "#,
            r#"tried = "tried_exercise" "#,
        )],
        told: &[
            "interventions/exercise_therapy.toml:12:9: there is no finding `tried_exercise`",
            "  help: `cotreat explain` lists every finding; each is a file below `findings/`",
        ],
    },
    Mistake {
        name: "it acts on an unknown condition",
        edits: &[Swap(
            "interventions/exercise_therapy.toml",
            r#"# for        = ["…"] "#,
            r#"for = ["back_pain"] "#,
        )],
        told: &[
            "interventions/exercise_therapy.toml:12:8: there is no condition `back_pain`",
            "  help: `cotreat explain` lists every condition; each is a file below `conditions/`",
        ],
    },
    Mistake {
        name: "together with an unknown intervention",
        edits: &[Swap(
            "interventions/massage.toml",
            r#"together_with = ["exercise_therapy"]"#,
            r#"together_with = ["exercise"]"#,
        )],
        told: &[
            "interventions/massage.toml:26:18: there is no intervention `exercise`",
            "  help: `cotreat explain` lists every intervention; each is a file below `interventions/`",
        ],
    },
    Mistake {
        name: "a kind of something unknown",
        edits: &[Swap(
            "interventions/exercise_therapy.toml",
            r#"# kind_of    = "…" "#,
            r#"kind_of = "exercise" "#,
        )],
        told: &[
            "interventions/exercise_therapy.toml:12:11: there is no intervention `exercise`",
            "  help: `cotreat explain` lists every intervention; each is a file below `interventions/`",
        ],
    },
    Mistake {
        name: "interventions that are kinds of each other",
        edits: &[
            Swap(
                "interventions/exercise_therapy.toml",
                r#"# kind_of    = "…" "#,
                r#"kind_of = "massage" "#,
            ),
            Swap(
                "interventions/massage.toml",
                "rung         = 3",
                "kind_of = \"exercise_therapy\"\nrung         = 3",
            ),
        ],
        told: &[
            "interventions/massage.toml:5:11: `exercise_therapy` is a kind of `massage`, which is a kind of `exercise_therapy`",
            "  help: take one `kind_of` out: a kind is narrower than what it is a kind of",
        ],
    },
    Mistake {
        name: "a kind of itself",
        edits: &[Swap(
            "interventions/exercise_therapy.toml",
            r#"# kind_of    = "…" "#,
            r#"kind_of = "exercise_therapy" "#,
        )],
        told: &[
            "interventions/exercise_therapy.toml:12:11: `exercise_therapy` is a kind of itself",
            "  help: take one `kind_of` out: a kind is narrower than what it is a kind of",
        ],
    },
    Mistake {
        name: "active care while an emergency stands",
        edits: &[Swap(
            "interventions/exercise_therapy.toml",
            "# even_in_emergency = true ",
            "even_in_emergency = true ",
        )],
        told: &[
            "interventions/exercise_therapy.toml:1:16: only advice is given while an emergency stands",
            "  help: leave `even_in_emergency` out",
        ],
    },
    Mistake {
        name: "two recommendations with one label",
        edits: &[Add(
            "interventions/exercise_therapy.toml",
            r#"
[[recommendation]]
label = "group_exercise"
direction = "for"
strength = "consider"
basis = "expert_judgement"
says = "Again."
"#,
        )],
        told: &[
            "interventions/exercise_therapy.toml:32:9: `group_exercise` stands twice in this file",
            "  help: each needs a name of its own",
        ],
    },
    Mistake {
        name: "an exception to nothing",
        edits: &[Swap(
            "interventions/exercise_therapy.toml",
            r#"# except  = "label" "#,
            r#"except = "group_exercises" "#,
        )],
        told: &[
            "interventions/exercise_therapy.toml:30:10: there is no other recommendation `group_exercises` in this file",
            "  help: name the label that this one bends",
        ],
    },
    Mistake {
        name: "two exceptions to each other",
        edits: &[
            Swap(
                "interventions/exercise_therapy.toml",
                r#"# except  = "label" "#,
                r#"except = "other" "#,
            ),
            Add(
                "interventions/exercise_therapy.toml",
                r#"
[[recommendation]]
label = "other"
direction = "for"
strength = "consider"
except = "group_exercise"
basis = "expert_judgement"
says = "Again."
"#,
            ),
        ],
        told: &[
            "interventions/exercise_therapy.toml:30:10: `group_exercise` and `other` bend each other",
            "  help: of two recommendations only one can be the exception to the other",
            "interventions/exercise_therapy.toml:36:10: `other` and `group_exercise` bend each other",
            "  help: of two recommendations only one can be the exception to the other",
        ],
    },
    Mistake {
        name: "an exception to itself",
        edits: &[Swap(
            "interventions/exercise_therapy.toml",
            r#"# except  = "label" "#,
            r#"except = "group_exercise" "#,
        )],
        told: &[
            "interventions/exercise_therapy.toml:30:10: there is no other recommendation `group_exercise` in this file",
            "  help: name the label that this one bends",
        ],
    },
    Mistake {
        name: "a region that is not named",
        edits: &[Swap(
            "interventions/massage.toml",
            r#"level = "adapt" "#,
            r#"level = "avoid_region" "#,
        )],
        told: &[
            "interventions/massage.toml:29:9: this does not say which region to avoid",
            r#"  help: add `region = "…"`"#,
        ],
    },
    Mistake {
        name: "an unknown class",
        edits: &[Swap(
            "interventions/massage.toml",
            r#""class:deep""#,
            r#""class:hard""#,
        )],
        told: &[
            "interventions/massage.toml:34:15: `hard` is not a class",
            "  help: classes are light, moderate, deep, thrust",
        ],
    },
    Mistake {
        name: "an unknown flag in a rule",
        edits: &[Swap(
            "interventions/massage.toml",
            r#""flag:instrument""#,
            r#""flag:tool""#,
        )],
        told: &[
            "interventions/massage.toml:34:29: `tool` is not a flag",
            "  help: flags are thermal, endrange, active, abdominal, needle, instrument, suction, positional, handsoff",
        ],
    },
    Mistake {
        name: "an unknown technique in a rule",
        edits: &[Swap(
            "interventions/massage.toml",
            r#""class:deep""#,
            r#""trigger_point_presure_release""#,
        )],
        told: &[
            "interventions/massage.toml:34:15: there is no technique `trigger_point_presure_release`",
            "  help: did you mean `trigger_point_pressure_release`?",
        ],
    },
    Mistake {
        name: "an unknown kind of selector",
        edits: &[Swap(
            "interventions/massage.toml",
            r#""class:deep""#,
            r#""group:deep""#,
        )],
        told: &[
            "interventions/massage.toml:34:15: there is no technique `group:deep`",
            "  help: write a technique id, `class:…` or `flag:…`",
        ],
    },
    Mistake {
        name: "a technique of another intervention",
        edits: &[Swap(
            "interventions/massage.toml",
            r#""class:deep""#,
            r#""bridge""#,
        )],
        told: &[
            "interventions/massage.toml:34:15: `bridge` is not a technique of this intervention",
            "  help: name one of its own techniques",
        ],
    },
    Mistake {
        name: "a label that stands twice among the contraindications",
        edits: &[Add(
            "interventions/massage.toml",
            r#"
[[contraindication]]
label = "anticoagulated"
basis = "expert_judgement"
says = "Again."
level = "stop"
when = "anticoagulant"
"#,
        )],
        told: &[
            "interventions/massage.toml:37:9: `anticoagulated` stands twice in this file",
            "  help: each needs a name of its own",
        ],
    },
    Mistake {
        name: "a technique with an unknown flag",
        edits: &[Swap(
            "interventions/exercise_therapy/bridge.toml",
            r#"flags        = ["active"]"#,
            r#"flags        = ["lively"]"#,
        )],
        told: &[
            "interventions/exercise_therapy/bridge.toml:5:17: `lively` is not a flag",
            "  help: flags are thermal, endrange, active, abdominal, needle, instrument, suction, positional, handsoff",
        ],
    },
    Mistake {
        name: "a technique in the folder of another intervention",
        edits: &[Swap(
            "interventions/exercise_therapy/bridge.toml",
            r#"intervention = "exercise_therapy""#,
            r#"intervention = "massage""#,
        )],
        told: &[
            "interventions/exercise_therapy/bridge.toml:3:16: this technique lies in the folder `exercise_therapy` but belongs to `massage`",
            "  help: move the file or change `intervention`",
        ],
    },
    Mistake {
        name: "a technique of an unknown intervention",
        edits: &[Swap(
            "interventions/exercise_therapy/bridge.toml",
            r#"intervention = "exercise_therapy""#,
            r#"intervention = "exercise""#,
        )],
        told: &[
            "interventions/exercise_therapy/bridge.toml:3:16: there is no intervention `exercise`",
            "  help: `cotreat explain` lists every intervention; each is a file below `interventions/`",
            "interventions/exercise_therapy/bridge.toml:3:16: this technique lies in the folder `exercise_therapy` but belongs to `exercise`",
            "  help: move the file or change `intervention`",
        ],
    },
    Mistake {
        name: "a technique delivered by an unknown profession",
        edits: &[Swap(
            "interventions/massage/trigger_point_pressure_release.toml",
            r#"# delivered_by = ["…"] "#,
            r#"delivered_by = ["masseur"] "#,
        )],
        told: &[
            "interventions/massage/trigger_point_pressure_release.toml:9:17: there is no profession `masseur`",
            "  help: `cotreat explain` lists every profession; each is a file below `professions/`",
        ],
    },
];
