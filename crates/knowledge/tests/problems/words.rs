//! Wording, codes, the ledger and the numbers of the method.

use super::{Add, Mistake, Swap, check};

#[test]
fn words_and_numbers_fit_together() {
    check(MISTAKES);
}

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a condition without wording",
        edits: &[Swap(
            "wording/en/conditions.toml",
            "cauda_equina_syndrome   =",
            "# cauda_equina_syndrome   =",
        )],
        told: &[
            "wording/en/conditions.toml: `cauda_equina_syndrome` has no wording for patients",
            r#"  help: add `cauda_equina_syndrome = "…"`"#,
        ],
    },
    Mistake {
        name: "an intervention without wording",
        edits: &[Swap(
            "wording/en/interventions.toml",
            "massage          =",
            "# massage          =",
        )],
        told: &[
            "wording/en/interventions.toml: `massage` has no wording for patients",
            r#"  help: add `massage = "…"`"#,
        ],
    },
    Mistake {
        name: "wording for something unknown",
        edits: &[Add(
            "wording/en/conditions.toml",
            r#"back_pain = "Your back hurts."
"#,
        )],
        told: &[
            "wording/en/conditions.toml:7:13: `back_pain` is not known here",
            "  help: check the spelling, or remove the line",
        ],
    },
    Mistake {
        name: "a second text for one condition",
        edits: &[Add(
            "wording/en/more_conditions.toml",
            r#"kind = "conditions"
[text]
cauda_equina_syndrome = "Again."
"#,
        )],
        told: &[
            "wording/en/more_conditions.toml:3:25: `cauda_equina_syndrome` has a text already",
            "  help: remove one of the two",
        ],
    },
    Mistake {
        name: "wording for an unknown value of a classification",
        edits: &[Add(
            "wording/en/classifications.toml",
            r#"kind = "classifications"
[text]
"stage.acute" = "New pain."
"stage.old" = "Old pain."
stage = "Stage."
"#,
        )],
        told: &[
            "wording/en/classifications.toml:4:15: `stage.old` is not known here",
            "  help: check the spelling, or remove the line",
            "wording/en/classifications.toml:5:9: `stage` is not known here",
            "  help: check the spelling, or remove the line",
        ],
    },
    Mistake {
        name: "wording for an unknown tier",
        edits: &[Add(
            "wording/en/alarms.toml",
            r#"kind = "alarms"
[text]
emergency = "Today."
soon = "Soon."
"#,
        )],
        told: &[
            "wording/en/alarms.toml:4:8: `soon` is not known here",
            "  help: check the spelling, or remove the line",
        ],
    },
    Mistake {
        name: "wording for scores, muscles, patterns, findings and techniques",
        edits: &[
            Add(
                "wording/en/instruments.toml",
                r#"kind = "instruments"
[text]
peg = "Pain."
"peg.total" = "Pain."
"#,
            ),
            Add(
                "wording/en/muscles.toml",
                r#"kind = "muscles"
[text]
psoas = "Psoas."
"#,
            ),
            Add(
                "wording/en/patterns.toml",
                r#"kind = "patterns"
[text]
x = "X."
"#,
            ),
            Add(
                "wording/en/findings.toml",
                r#"kind = "findings"
[text]
x = "X."
"#,
            ),
            Add(
                "wording/en/techniques.toml",
                r#"kind = "techniques"
[text]
x = "X."
"#,
            ),
        ],
        told: &[
            "wording/en/findings.toml:3:5: `x` is not known here",
            "  help: check the spelling, or remove the line",
            "wording/en/instruments.toml:4:15: `peg.total` is not known here",
            "  help: check the spelling, or remove the line",
            "wording/en/muscles.toml:3:9: `psoas` is not known here",
            "  help: check the spelling, or remove the line",
            "wording/en/patterns.toml:3:5: `x` is not known here",
            "  help: check the spelling, or remove the line",
            "wording/en/techniques.toml:3:5: `x` is not known here",
            "  help: check the spelling, or remove the line",
        ],
    },
    Mistake {
        name: "a code for an unknown condition",
        edits: &[Add(
            "codes/icd10cm.toml",
            r#"back_pain = "M54.5"
"#,
        )],
        told: &[
            "codes/icd10cm.toml:9:13: `back_pain` is not known here",
            "  help: check the spelling, or remove the line",
        ],
    },
    Mistake {
        name: "codes that come from nowhere",
        edits: &[Swap(
            "codes/icd10cm.toml",
            r#"basis  = "expert_judgement"
"#,
            "",
        )],
        told: &[
            "codes/icd10cm.toml:3:10: this statement names no source",
            r#"  help: add `source` and `where`, or `basis = "expert_judgement"`"#,
        ],
    },
    Mistake {
        name: "a certificate for an unknown file",
        edits: &[Add(
            "reviews/ledger.toml",
            r#"[[certified]]
file = "interventions/masage.toml"
hash = "0"
by = "A, physiotherapist"
on = "2026-01-31"
"#,
        )],
        told: &[
            "reviews/ledger.toml:4:8: there is no file `interventions/masage.toml`",
            "  help: correct the path below the knowledge folder",
        ],
    },
    Mistake {
        name: "bands that do not rise",
        edits: &[Swap(
            "method.toml",
            "likely_from            = 0.50",
            "likely_from            = 0.05",
        )],
        told: &[
            "method.toml:1:6: the bands must rise between 0 and 1",
            "  help: e.g. 0.10, 0.50, 0.80",
        ],
    },
    Mistake {
        name: "a heading that no referral has, one that stands there twice, and a finding that is not known",
        edits: &[Swap(
            "method.toml",
            "findings = [\"saddle_sensation_change\"] # what is on record about these, there or not\n",
            "findings = [\"night_pains\"]\n[[heading]]\nsays = \"findings with dates\"\n[[heading]]\nsays = \"shoe size\"\n",
        )],
        told: &[
            "method.toml:23:13: there is no finding `night_pains`",
            "  help: `cotreat explain` lists every finding; each is a file below `findings/`",
            "method.toml:25:8: the heading `findings with dates` stands here twice",
            "  help: keep one of them",
            "method.toml:27:8: no referral has the heading `shoe size`",
            "  help: write it as in `content` of a pathway or `referral_content` of a profession",
        ],
    },
    Mistake {
        name: "a band from nothing",
        edits: &[Swap(
            "method.toml",
            "possible_from          = 0.10",
            "possible_from          = 0.0",
        )],
        told: &[
            "method.toml:1:6: the bands must rise between 0 and 1",
            "  help: e.g. 0.10, 0.50, 0.80",
        ],
    },
    Mistake {
        name: "a band that is not a number",
        edits: &[Swap(
            "method.toml",
            "likely_from            = 0.50",
            "likely_from            = nan",
        )],
        told: &["method.toml:6:26: `likely_from` must be a finite number"],
    },
    Mistake {
        name: "a widening that narrows",
        edits: &[Swap(
            "method.toml",
            "other_setting_widening = 2.0",
            "other_setting_widening = 0.5",
        )],
        told: &[
            "method.toml:1:6: these numbers would make the reasoning surer than its evidence",
            "  help: widening ≥ 1, missing_interval_factor > 1, max_clusters ≥ 1, cannot_say_bands ≥ 2",
        ],
    },
    Mistake {
        name: "a widening that is not a number",
        edits: &[Swap(
            "method.toml",
            "other_setting_widening = 2.0",
            "other_setting_widening = nan",
        )],
        told: &["method.toml:10:26: `other_setting_widening` must be a finite number"],
    },
    Mistake {
        name: "an uncertainty without width",
        edits: &[Swap(
            "method.toml",
            "missing_interval_factor = 2.0",
            "missing_interval_factor = 1.0",
        )],
        told: &[
            "method.toml:1:6: these numbers would make the reasoning surer than its evidence",
            "  help: widening ≥ 1, missing_interval_factor > 1, max_clusters ≥ 1, cannot_say_bands ≥ 2",
        ],
    },
    Mistake {
        name: "no cluster at all",
        edits: &[Swap(
            "method.toml",
            "max_clusters           = 3",
            "max_clusters           = 0",
        )],
        told: &[
            "method.toml:1:6: these numbers would make the reasoning surer than its evidence",
            "  help: widening ≥ 1, missing_interval_factor > 1, max_clusters ≥ 1, cannot_say_bands ≥ 2",
        ],
    },
    Mistake {
        name: "cannot say from the first band on",
        edits: &[Swap(
            "method.toml",
            "cannot_say_bands       = 3",
            "cannot_say_bands       = 1",
        )],
        told: &[
            "method.toml:1:6: these numbers would make the reasoning surer than its evidence",
            "  help: widening ≥ 1, missing_interval_factor > 1, max_clusters ≥ 1, cannot_say_bands ≥ 2",
        ],
    },
    Mistake {
        name: "numbers without a basis",
        edits: &[Swap(
            "method.toml",
            r#"basis = "expert_judgement"
"#,
            "",
        )],
        told: &[
            "method.toml:2:9: this statement names no source",
            r#"  help: add `source` and `where`, or `basis = "expert_judgement"`"#,
        ],
    },
];
