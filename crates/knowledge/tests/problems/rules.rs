//! A rule is checked as a whole, and what is wrong in it is shown where it stands inside the text.

use super::{Add, Mistake, Swap, check};

#[test]
fn a_rule_is_wrong_where_it_is_wrong() {
    check(MISTAKES);
}

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a slip in the grammar, in the middle of the text",
        edits: &[Swap(
            "patterns/gluteal_quadratus.toml",
            "weak_gluteus_maximus && tender",
            "weak_gluteus_maximus & tender",
        )],
        told: &[
            "patterns/gluteal_quadratus.toml:5:36: `&` is not part of rule expressions",
            "  help: write `&&` for and",
        ],
    },
    Mistake {
        name: "a bracket that is not closed",
        edits: &[Swap(
            "patterns/gluteal_quadratus.toml",
            r#""weak_gluteus_maximus && tender_quadratus_lumborum""#,
            r#""(weak_gluteus_maximus && tender_quadratus_lumborum""#,
        )],
        told: &[
            "patterns/gluteal_quadratus.toml:5:15: this `(` is never closed",
            "  help: add a `)`",
        ],
    },
    Mistake {
        name: "an empty rule",
        edits: &[Swap(
            "classifications/stage.toml",
            r#""episode_duration < 42""#,
            r#""""#,
        )],
        told: &[
            "classifications/stage.toml:9:9: `when` is empty",
            "  help: write it or leave the line out",
        ],
    },
    Mistake {
        name: "a name that is nearly known",
        edits: &[Swap(
            "classifications/stage.toml",
            r#""episode_duration < 42""#,
            r#""episode_durations < 42""#,
        )],
        told: &[
            "classifications/stage.toml:9:10: `episode_durations` is not a known finding or classification",
            "  help: did you mean `episode_duration`?",
        ],
    },
    Mistake {
        name: "a name that is not known",
        edits: &[Swap(
            "classifications/stage.toml",
            r#""episode_duration < 42""#,
            r#""duration < 42""#,
        )],
        told: &[
            "classifications/stage.toml:9:10: `duration` is not a known finding or classification",
        ],
    },
    Mistake {
        name: "two wrong names in one rule",
        edits: &[Swap(
            "patterns/gluteal_quadratus.toml",
            "weak_gluteus_maximus && tender_quadratus_lumborum",
            "weak_gluteus_maximum && tender_quadratus_lumborun",
        )],
        told: &[
            "patterns/gluteal_quadratus.toml:5:15: `weak_gluteus_maximum` is not a known finding or classification",
            "  help: did you mean `weak_gluteus_maximus`?",
            "patterns/gluteal_quadratus.toml:5:39: `tender_quadratus_lumborun` is not a known finding or classification",
            "  help: did you mean `tender_quadratus_lumborum`?",
        ],
    },
    Mistake {
        name: "a number that stands alone",
        edits: &[Swap(
            "classifications/stage.toml",
            r#""episode_duration < 42""#,
            r#""episode_duration""#,
        )],
        told: &[
            "classifications/stage.toml:9:10: `episode_duration` is a number and cannot stand alone as a condition",
            "  help: compare it, e.g. `episode_duration >= 50`",
        ],
    },
    Mistake {
        name: "a yes/no finding compared with a number",
        edits: &[Swap(
            "classifications/stage.toml",
            r#""episode_duration < 42""#,
            r#""pregnant < 42""#,
        )],
        told: &[
            "classifications/stage.toml:9:10: `pregnant` is yes or no and cannot be compared with `42`, which is a number",
            "  help: write `pregnant` or `!pregnant`",
        ],
    },
    Mistake {
        name: "a number compared with a text",
        edits: &[Swap(
            "classifications/stage.toml",
            r#""episode_duration < 42""#,
            r#""episode_duration == 'acute'""#,
        )],
        told: &[
            "classifications/stage.toml:9:10: `episode_duration` is a number and cannot be compared with `'acute'`, which is a text",
            "  help: compare it with a number, e.g. `episode_duration >= 50`",
        ],
    },
    Mistake {
        name: "an answer that is nearly one",
        edits: &[Swap(
            "findings/background/pregnant.toml",
            "sex == 'male'",
            "sex == 'mail'",
        )],
        told: &[
            "findings/background/pregnant.toml:6:20: `sex` takes one of `female`, `male`, `other`, not `mail`",
            "  help: did you mean `male`?",
        ],
    },
    Mistake {
        name: "an answer that is not one",
        edits: &[Swap(
            "findings/background/pregnant.toml",
            "sex == 'male'",
            "sex == 'cat'",
        )],
        told: &[
            "findings/background/pregnant.toml:6:20: `sex` takes one of `female`, `male`, `other`, not `cat`",
        ],
    },
    Mistake {
        name: "an unknown function",
        edits: &[Swap(
            "pathways/spinal_emergency.toml",
            "alarmTier(",
            "alarmTire(",
        )],
        told: &[
            "pathways/spinal_emergency.toml:5:12: `alarmTire` is not a known function",
            "  help: did you mean `alarmTier`?",
        ],
    },
    Mistake {
        name: "an unknown condition",
        edits: &[Swap(
            "pathways/spinal_emergency.toml",
            "'cauda_equina_syndrome'",
            "'cauda_equina_syndrom'",
        )],
        told: &[
            "pathways/spinal_emergency.toml:5:22: `cauda_equina_syndrom` is not a condition, and `alarmTier` takes one",
            "  help: did you mean `cauda_equina_syndrome`?",
        ],
    },
    Mistake {
        name: "an unknown tier",
        edits: &[Swap(
            "pathways/spinal_emergency.toml",
            "'emergency'",
            "'today'",
        )],
        told: &[
            "pathways/spinal_emergency.toml:5:47: `today` is not a tier; tiers are `emergency`, `urgent`, `routine`, `watch`",
        ],
    },
    Mistake {
        name: "too few names for a function",
        edits: &[Swap("pathways/spinal_emergency.toml", ", 'emergency'", "")],
        told: &[
            "pathways/spinal_emergency.toml:5:12: `alarmTier` takes two names in quotes, not 1",
        ],
    },
    Mistake {
        name: "an unknown score",
        edits: &[Swap(
            "classifications/stage.toml",
            r#""episode_duration < 42""#,
            r#""score('pegg') > 3""#,
        )],
        told: &[
            "classifications/stage.toml:9:16: `pegg` is not an instrument or one of its scores",
            "  help: did you mean `peg`?",
        ],
    },
    Mistake {
        name: "a finding that cites a score",
        edits: &[Swap(
            "findings/exam/root_tension_both.toml",
            "straight_leg_raise && crossed",
            "score('peg') > 3 && crossed",
        )],
        told: &[
            "findings/exam/root_tension_both.toml:5:12: this rule cites a score, which is worked out later",
            "  help: a rule may cite earlier layers only: findings, scores, classifications, alarms, contributors, later classifications, plan",
        ],
    },
    Mistake {
        name: "a finding that cites a classification",
        edits: &[Swap(
            "findings/background/pregnant.toml",
            "sex == 'male'",
            "stage == 'acute'",
        )],
        told: &[
            "findings/background/pregnant.toml:6:12: this rule cites a classification, which is worked out later",
            "  help: a rule may cite earlier layers only: findings, scores, classifications, alarms, contributors, later classifications, plan",
        ],
    },
    Mistake {
        name: "an alarm that cites a contributor",
        edits: &[Swap(
            "conditions/serious/cauda_equina_syndrome.toml",
            r#"when   = "saddle_sensation_change"
action"#,
            r#"when   = "possible('lumbar_radiculopathy')"
action"#,
        )],
        told: &[
            "conditions/serious/cauda_equina_syndrome.toml:9:10: this rule cites a contributor, which is worked out later",
            "  help: a rule may cite earlier layers only: findings, scores, classifications, alarms, contributors, later classifications, plan",
        ],
    },
    Mistake {
        name: "a starting point that cites a contributor",
        edits: &[Swap(
            "conditions/nerve/lumbar_radiculopathy.toml",
            "value   = 0.08",
            r#"when = "likely('quadratus_lumborum_pain')"
value   = 0.08"#,
        )],
        told: &[
            "conditions/nerve/lumbar_radiculopathy.toml:8:8: this rule cites a contributor, which is worked out later",
            "  help: a rule may cite earlier layers only: findings, scores, classifications, alarms, contributors, later classifications, plan",
        ],
    },
    Mistake {
        name: "an early classification that cites an alarm",
        edits: &[Swap(
            "classifications/stage.toml",
            r#""episode_duration < 42""#,
            r#""alarm('cauda_equina_syndrome')""#,
        )],
        told: &[
            "classifications/stage.toml:9:9: this rule cites an alarm, which is worked out later",
            "  help: a rule may cite earlier layers only: findings, scores, classifications, alarms, contributors, later classifications, plan",
        ],
    },
    Mistake {
        name: "a late classification may cite an alarm",
        edits: &[
            Swap(
                "classifications/stage.toml",
                r#""episode_duration < 42""#,
                r#""alarm('cauda_equina_syndrome')""#,
            ),
            Swap(
                "classifications/stage.toml",
                r#""scores" "#,
                r#""contributors" "#,
            ),
        ],
        told: &[],
    },
    Mistake {
        name: "an alarm that cites a late classification",
        edits: &[
            Swap(
                "conditions/serious/cauda_equina_syndrome.toml",
                r#"when   = "saddle_sensation_change"
action"#,
                r#"when   = "saddle_sensation_change && stage == 'acute'"
action"#,
            ),
            Swap(
                "classifications/stage.toml",
                r#""scores" "#,
                r#""contributors" "#,
            ),
        ],
        told: &[
            "conditions/serious/cauda_equina_syndrome.toml:9:10: this rule cites a classification made after the contributors, which is worked out later",
            "  help: a rule may cite earlier layers only: findings, scores, classifications, alarms, contributors, later classifications, plan",
        ],
    },
    Mistake {
        name: "two findings in a circle",
        edits: &[
            Swap(
                "findings/background/pregnant.toml",
                r#"no_when  = "sex == 'male'" "#,
                r#"derive = "anticoagulant" "#,
            ),
            Add(
                "findings/treatment/anticoagulant.toml",
                r#"derive = "pregnant"
"#,
            ),
        ],
        told: &[
            "findings/background/pregnant.toml:1:12: `anticoagulant` cites `pregnant`, which cites `anticoagulant`",
            "  help: let one of them be asked, or split off what both need",
        ],
    },
    Mistake {
        name: "a finding that follows from itself",
        edits: &[Swap(
            "findings/background/pregnant.toml",
            r#"no_when  = "sex == 'male'" "#,
            r#"derive = "pregnant" "#,
        )],
        told: &[
            "findings/background/pregnant.toml:1:12: `pregnant` cites itself",
            "  help: let one of them be asked, or split off what both need",
        ],
    },
    Mistake {
        name: "a classification that cites itself",
        edits: &[Swap(
            "classifications/stage.toml",
            r#""episode_duration < 42""#,
            r#""stage == 'chronic'""#,
        )],
        told: &[
            "classifications/stage.toml:1:13: `stage` cites itself",
            "  help: let one of them be asked, or split off what both need",
        ],
    },
    Mistake {
        name: "a mistake in a text of several lines",
        edits: &[Swap(
            "patterns/gluteal_quadratus.toml",
            r#""weak_gluteus_maximus && tender_quadratus_lumborum""#,
            r#""""
weak_gluteus_maximus
  && tender_quadratus""""#,
        )],
        told: &[
            "patterns/gluteal_quadratus.toml:7:6: `tender_quadratus` is not a known finding or classification",
        ],
    },
    Mistake {
        name: "a mistake in a text in single quotes",
        edits: &[Swap(
            "patterns/gluteal_quadratus.toml",
            r#""weak_gluteus_maximus && tender_quadratus_lumborum""#,
            "'weak_gluteus_maximus && tendr'",
        )],
        told: &[
            "patterns/gluteal_quadratus.toml:5:39: `tendr` is not a known finding or classification",
        ],
    },
    Mistake {
        name: "a mistake in a text with escapes is shown at its beginning",
        edits: &[Swap(
            "patterns/gluteal_quadratus.toml",
            r#""weak_gluteus_maximus && tender_quadratus_lumborum""#,
            r#""weak_gluteus_maximus \u0026\u0026 tendr""#,
        )],
        told: &[
            "patterns/gluteal_quadratus.toml:5:14: `tendr` is not a known finding or classification",
        ],
    },
    Mistake {
        name: "a mistake behind letters of several bytes",
        edits: &[Swap(
            "classifications/stage.toml",
            r#""episode_duration < 42""#,
            r#""sex == 'männlich' && agee > 3""#,
        )],
        told: &[
            "classifications/stage.toml:9:17: `sex` takes one of `female`, `male`, `other`, not `männlich`",
            "classifications/stage.toml:9:31: `agee` is not a known finding or classification",
            "  help: did you mean `age`?",
        ],
    },
    Mistake {
        name: "everything wrong with one rule at once",
        edits: &[Swap(
            "pathways/spinal_emergency.toml",
            "alarmTier('cauda_equina_syndrome', 'emergency')",
            "alarm('cauda') && sex == 'x' && feverr",
        )],
        told: &[
            "pathways/spinal_emergency.toml:5:18: `cauda` is not a condition, and `alarm` takes one",
            "pathways/spinal_emergency.toml:5:37: `sex` takes one of `female`, `male`, `other`, not `x`",
            "pathways/spinal_emergency.toml:5:44: `feverr` is not a known finding or classification",
        ],
    },
];
