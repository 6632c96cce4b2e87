//! Conditions, their alarms, and how an episode is sorted.

use super::{Add, Mistake, Swap, check};

#[test]
fn a_condition_fits_together() {
    check(MISTAKES);
}

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "nothing says when it is thought of",
        edits: &[Swap(
            "conditions/nerve/lumbar_radiculopathy.toml",
            r#"[[prior]]                         # the first whose `when` is true counts; list the narrow ones first
setting = "primary_care"
value   = 0.08
low     = 0.05
high    = 0.12
basis   = "expert_judgement"
says    = "Among all adults with low back pain in primary care some 5 to 12 % have root involvement."
"#,
            "",
        )],
        told: &[
            "conditions/nerve/lumbar_radiculopathy.toml:1:9: nothing says when this condition is thought of",
            "  help: add [[prior]] (with evidence in the findings), [[criterion]] or [[alarm]] records",
        ],
    },
    Mistake {
        name: "a starting point outside its interval",
        edits: &[Swap(
            "conditions/nerve/lumbar_radiculopathy.toml",
            "low     = 0.05",
            "low     = 0.09",
        )],
        told: &[
            "conditions/nerve/lumbar_radiculopathy.toml:8:11: a prior lies between 0 and 1, with low ≤ value ≤ high",
            "  help: e.g. `value = 0.08`, `low = 0.05`, `high = 0.12`",
        ],
    },
    Mistake {
        name: "a starting point that is certain",
        edits: &[Swap(
            "conditions/nerve/lumbar_radiculopathy.toml",
            "high    = 0.12",
            "high    = 1.0",
        )],
        told: &[
            "conditions/nerve/lumbar_radiculopathy.toml:8:11: a prior lies between 0 and 1, with low ≤ value ≤ high",
            "  help: e.g. `value = 0.08`, `low = 0.05`, `high = 0.12`",
        ],
    },
    Mistake {
        name: "a starting point of nothing",
        edits: &[Swap(
            "conditions/nerve/lumbar_radiculopathy.toml",
            "low     = 0.05",
            "low     = 0.0",
        )],
        told: &[
            "conditions/nerve/lumbar_radiculopathy.toml:8:11: a prior lies between 0 and 1, with low ≤ value ≤ high",
            "  help: e.g. `value = 0.08`, `low = 0.05`, `high = 0.12`",
        ],
    },
    Mistake {
        name: "a starting point that is not a number",
        edits: &[Swap(
            "conditions/nerve/lumbar_radiculopathy.toml",
            "value   = 0.08",
            "value   = nan",
        )],
        told: &["conditions/nerve/lumbar_radiculopathy.toml:8:11: `value` must be a finite number"],
    },
    Mistake {
        name: "a starting point in percent",
        edits: &[Swap(
            "conditions/nerve/lumbar_radiculopathy.toml",
            "value   = 0.08",
            "value   = 8",
        )],
        told: &[
            "conditions/nerve/lumbar_radiculopathy.toml:8:11: a prior lies between 0 and 1, with low ≤ value ≤ high",
            "  help: e.g. `value = 0.08`, `low = 0.05`, `high = 0.12`",
        ],
    },
    Mistake {
        name: "starting points and criteria",
        edits: &[Add(
            "conditions/nerve/lumbar_radiculopathy.toml",
            r#"
[[criterion]]
band = "possible"
when = "pregnant"
basis = "expert_judgement"
says = "No."
"#,
        )],
        told: &[
            "conditions/nerve/lumbar_radiculopathy.toml:1:9: a condition has priors or criteria, not both",
            "  help: keep the priors where ratios were measured",
        ],
    },
    Mistake {
        name: "two alarms with one label",
        edits: &[Add(
            "conditions/serious/cauda_equina_syndrome.toml",
            r#"
[[alarm]]
label = "saddle"
tier = "urgent"
when = "pregnant"
action = "Look."
basis = "expert_judgement"
says = "No."
"#,
        )],
        told: &[
            "conditions/serious/cauda_equina_syndrome.toml:19:9: `saddle` stands twice in this file",
            "  help: each needs a name of its own",
        ],
    },
    Mistake {
        name: "an alarm on an unknown pathway",
        edits: &[Swap(
            "conditions/serious/cauda_equina_syndrome.toml",
            r#""spinal_emergency" "#,
            r#""spinal_emergencies" "#,
        )],
        told: &[
            "conditions/serious/cauda_equina_syndrome.toml:12:10: there is no pathway `spinal_emergencies`",
            "  help: did you mean `spinal_emergency`?",
        ],
    },
    Mistake {
        name: "a clearing of an unknown alarm",
        edits: &[Add(
            "conditions/serious/cauda_equina_syndrome.toml",
            r#"
[[clearing]]
clears = ["sadle"]
when = "pregnant"
basis = "expert_judgement"
says = "No."
"#,
        )],
        told: &[
            "conditions/serious/cauda_equina_syndrome.toml:19:11: there is no alarm `sadle` in this file",
            "  help: name the label of an [[alarm]]",
        ],
    },
    Mistake {
        name: "a clearing that cites an alarm",
        edits: &[Add(
            "conditions/serious/cauda_equina_syndrome.toml",
            r#"
[[clearing]]
clears = ["saddle"]
when = "alarm('cauda_equina_syndrome')"
basis = "expert_judgement"
says = "No."
"#,
        )],
        told: &[
            "conditions/serious/cauda_equina_syndrome.toml:20:8: this rule cites an alarm, which is worked out later",
            "  help: a rule may cite earlier layers only: findings, scores, classifications, alarms, contributors, later classifications, plan",
        ],
    },
    Mistake {
        name: "a classification with one value twice",
        edits: &[Swap(
            "classifications/stage.toml",
            r#"id    = "chronic""#,
            r#"id    = "acute""#,
        )],
        told: &[
            "classifications/stage.toml:14:9: `acute` stands twice in this file",
            "  help: each needs a name of its own",
        ],
    },
    Mistake {
        name: "a classification without values",
        edits: &[Add(
            "classifications/empty.toml",
            r#"id = "empty"
name = "Empty"
exclusive = true
value = []
"#,
        )],
        told: &[
            "classifications/empty.toml:1:6: a classification has between 1 and 63 values",
            "  help: split it",
        ],
    },
];
