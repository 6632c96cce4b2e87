//! Every statement names the source it was read in, or says that it is judgement; every guideline statement is dealt with.

use super::{Add, Mistake, Swap, check};

#[test]
fn every_statement_says_where_it_comes_from() {
    check(MISTAKES);
}

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a statement without a source",
        edits: &[Swap(
            "joints/sacroiliac.toml",
            r#"basis      = "expert_judgement"
"#,
            "",
        )],
        told: &[
            "joints/sacroiliac.toml:7:14: this statement names no source",
            r#"  help: add `source` and `where`, or `basis = "expert_judgement"`"#,
        ],
    },
    Mistake {
        name: "secondary, but of what",
        edits: &[Swap(
            "joints/sacroiliac.toml",
            r#""expert_judgement""#,
            r#""secondary""#,
        )],
        told: &[
            "joints/sacroiliac.toml:8:14: this statement names no source",
            r#"  help: add `source` and `where`, or `basis = "expert_judgement"`"#,
        ],
    },
    Mistake {
        name: "a source without a place in it",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"source   = "krebs_2009"
where    = "Abstract"
"#,
            r#"source   = "krebs_2009"
"#,
        )],
        told: &[
            "instruments/peg.toml:8:12: this statement does not say where in the source it stands",
            r#"  help: add `where = "…"`"#,
        ],
    },
    Mistake {
        name: "a place of blanks",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"source   = "krebs_2009"
where    = "Abstract"
"#,
            r#"source   = "krebs_2009"
where    = " "
"#,
        )],
        told: &[
            "instruments/peg.toml:9:12: `where` is empty",
            "  help: write it or leave the line out",
        ],
    },
    Mistake {
        name: "a source that nearly exists",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"source   = "krebs_2009""#,
            r#"source   = "krebs_2008""#,
        )],
        told: &[
            "instruments/peg.toml:8:12: there is no source `krebs_2008`",
            "  help: did you mean `krebs_2009`?",
        ],
    },
    Mistake {
        name: "a source that does not exist",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"source   = "krebs_2009""#,
            r#"source   = "the_internet""#,
        )],
        told: &[
            "instruments/peg.toml:8:12: there is no source `the_internet`",
            "  help: `cotreat explain` lists every source; each is a file below `sources/`",
        ],
    },
    Mistake {
        name: "a source that nobody read",
        edits: &[Swap(
            "sources/krebs_2009.toml",
            r#""abstract""#,
            r#""not_read""#,
        )],
        told: &[
            "instruments/peg.toml:8:12: `krebs_2009` itself was not read, so it cannot be cited as read",
            r#"  help: add `basis = "secondary"` or `basis = "expert_judgement"`, or read the source and change its `read`"#,
        ],
    },
    Mistake {
        name: "a source of which only a page about it was read",
        edits: &[Swap(
            "sources/reed_2023.toml",
            r#""abstract""#,
            r#""secondary""#,
        )],
        told: &[
            "instruments/peg.toml:44:10: `reed_2023` itself was not read, so it cannot be cited as read",
            r#"  help: add `basis = "secondary"` or `basis = "expert_judgement"`, or read the source and change its `read`"#,
        ],
    },
    Mistake {
        name: "a profile with an unknown guideline",
        edits: &[Swap("profiles/uk.toml", r#""nice_ng59""#, r#""nice_ng95""#)],
        told: &[
            "profiles/uk.toml:3:15: there is no source `nice_ng95`",
            "  help: did you mean `nice_ng59`?",
        ],
    },
    Mistake {
        name: "a profile that lists a guideline twice",
        edits: &[Swap(
            "profiles/uk.toml",
            r#""nice_ng59""#,
            r#""nice_ng59", "nice_ng59""#,
        )],
        told: &[
            "profiles/uk.toml:3:28: `nice_ng59` stands twice in this list",
            "  help: leave one of them out",
        ],
    },
    Mistake {
        name: "a guideline statement that nothing encodes",
        edits: &[Add(
            "sources/nice_ng59.toml",
            r#"
[[statement]]
id = "imaging"
says = "Do not image routinely."
"#,
        )],
        told: &[
            "sources/nice_ng59.toml:24:6: the statement `imaging` is neither encoded nor left out with a reason",
            r#"  help: cite it with `statement = "…"` in a recommendation, or add `left_out = "…"`"#,
        ],
    },
    Mistake {
        name: "a guideline statement said to be left out, and encoded",
        edits: &[Swap(
            "sources/nice_ng59.toml",
            r#"that has exercise.""#,
            r#"that has exercise."
left_out = "No.""#,
        )],
        told: &[
            "sources/nice_ng59.toml:15:8: the statement `manual_therapy` is said to be left out, but a recommendation encodes it",
            "  help: remove `left_out`",
        ],
    },
    Mistake {
        name: "a statement that nearly exists",
        edits: &[Swap(
            "interventions/exercise_therapy.toml",
            r#""manual_therapy""#,
            r#""manual_therapies""#,
        )],
        told: &[
            "interventions/exercise_therapy.toml:26:13: `nice_ng59` has no statement `manual_therapies`",
            "  help: did you mean `manual_therapy`?",
        ],
    },
    Mistake {
        name: "a statement that does not exist",
        edits: &[Swap(
            "interventions/exercise_therapy.toml",
            r#""manual_therapy""#,
            r#""exercise""#,
        )],
        told: &[
            "interventions/exercise_therapy.toml:26:13: `nice_ng59` has no statement `exercise`",
            "  help: add it to sources/nice_ng59.toml as a [[statement]]",
        ],
    },
    Mistake {
        name: "a statement without its guideline",
        edits: &[
            Swap(
                "interventions/exercise_therapy.toml",
                r#"source    = "nice_ng59"
"#,
                "",
            ),
            Swap(
                "interventions/exercise_therapy.toml",
                r#"where     = "Non-invasive treatments"
"#,
                r#"basis = "expert_judgement"
"#,
            ),
        ],
        told: &[
            "interventions/exercise_therapy.toml:23:13: a `statement` needs the `source` it stands in",
            r#"  help: add `source = "…"`, or leave `statement` out"#,
        ],
    },
    Mistake {
        name: "the same statement twice in a guideline",
        edits: &[Swap(
            "sources/nice_ng59.toml",
            r#"id       = "return_to_work""#,
            r#"id       = "manual_therapy""#,
        )],
        told: &[
            "sources/nice_ng59.toml:19:12: `manual_therapy` stands twice in this file",
            "  help: each needs a name of its own",
            "sources/nice_ng59.toml:19:12: the statement `manual_therapy` is said to be left out, but a recommendation encodes it",
            "  help: remove `left_out`",
        ],
    },
];
