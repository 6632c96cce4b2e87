//! Instruments: licence, scoring, bands and worked examples are proved when they are loaded.

use super::{Mistake, Swap, check};

#[test]
fn an_instrument_is_proved() {
    check(MISTAKES);
}

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "item text that must not be shipped",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"tier     = "A" "#,
            r#"tier     = "B" "#,
        )],
        told: &[
            "instruments/peg.toml:13:8: item text of this licence tier must not be shipped",
            "  help: leave `text` and `labels` out; the clinic loads its own copy",
            "instruments/peg.toml:19:8: item text of this licence tier must not be shipped",
            "  help: leave `text` and `labels` out; the clinic loads its own copy",
            "instruments/peg.toml:25:8: item text of this licence tier must not be shipped",
            "  help: leave `text` and `labels` out; the clinic loads its own copy",
        ],
    },
    Mistake {
        name: "an item without a range",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"average in the past week?"   # tier A only
min  = 0"#,
            r#"average in the past week?"
min  = 10"#,
        )],
        told: &[
            "instruments/peg.toml:13:8: `min` is not below `max`",
            "  help: correct the range of this item",
            "instruments/peg.toml:34:11: the items of `total` give scores from 3.3 to 10, not from 0 to 10",
            "  help: correct `min` and `max`, or the items",
            "instruments/peg.toml:49:11: `pain` is answered from 10 to 10, not 4",
            "  help: correct the example",
            "instruments/peg.toml:49:11: this example gives no score for `total`, not 5",
            "  help: correct the example or the scoring",
            "instruments/peg.toml:53:11: `pain` is answered from 10 to 10, not 7",
            "  help: correct the example",
        ],
    },
    Mistake {
        name: "labels that do not fit the answers",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"average in the past week?"   # tier A only"#,
            r#"average in the past week?"
labels = ["none", "worst"]"#,
        )],
        told: &[
            "instruments/peg.toml:13:8: 2 labels for 11 answers",
            "  help: give one label for each answer from `min` to `max`",
        ],
    },
    Mistake {
        name: "the same item twice",
        edits: &[
            Swap(
                "instruments/peg.toml",
                r#"id   = "enjoyment""#,
                r#"id   = "pain""#,
            ),
            Swap(
                "instruments/peg.toml",
                r#"["pain", "enjoyment", "activity"]"#,
                r#"["pain", "activity"]"#,
            ),
            Swap("instruments/peg.toml", "enjoyment = 5, ", ""),
            Swap(
                "instruments/peg.toml",
                "expect  = { total = 5.0 }",
                "expect  = { total = 5.0 }",
            ),
            Swap(
                "instruments/peg.toml",
                "answers = { pain = 7, enjoyment = 7 }",
                "answers = { pain = 7 }",
            ),
        ],
        told: &[
            "instruments/peg.toml:19:8: `pain` stands twice in this file",
            "  help: each needs a name of its own",
        ],
    },
    Mistake {
        name: "a score of an unknown item",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"["pain", "enjoyment", "activity"]"#,
            r#"["pain", "enjoyment", "activity", "sleep"]"#,
        )],
        told: &[
            "instruments/peg.toml:33:45: there is no item `sleep` in this file",
            "  help: name the id of an [[item]]",
        ],
    },
    Mistake {
        name: "no score",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"id      = "total"
method  = "mean"                  # sum | mean | count (items that are not 0) | percent (of the maximum of the answered items)"#,
            r#"id      = "total"
method  = "average""#,
        )],
        told: &[
            "instruments/peg.toml:32:11: `method` is one of `sum`, `mean`, `count`, `percent`, not `average`",
        ],
    },
    Mistake {
        name: "a range that the items do not give",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"method  = "mean" "#,
            r#"method  = "sum" "#,
        )],
        told: &[
            "instruments/peg.toml:34:11: the items of `total` give scores from 0 to 30, not from 0 to 10",
            "  help: correct `min` and `max`, or the items",
            "instruments/peg.toml:49:11: this example gives 15 for `total`, not 5",
            "  help: correct the example or the scoring",
        ],
    },
    Mistake {
        name: "an example that comes out otherwise",
        edits: &[Swap(
            "instruments/peg.toml",
            "{ total = 5.0 }",
            "{ total = 5.5 }",
        )],
        told: &[
            "instruments/peg.toml:49:11: this example gives 5 for `total`, not 5.5",
            "  help: correct the example or the scoring",
        ],
    },
    Mistake {
        name: "an example that gives no score",
        edits: &[Swap(
            "instruments/peg.toml",
            "expect  = {} ",
            "expect  = { total = 7.0 } ",
        )],
        told: &[
            "instruments/peg.toml:53:11: this example gives no score for `total`, not 7",
            "  help: correct the example or the scoring",
        ],
    },
    Mistake {
        name: "an example that gives a score unexpectedly",
        edits: &[Swap("instruments/peg.toml", "{ total = 5.0 }", "{}")],
        told: &[
            "instruments/peg.toml:49:11: this example gives 5 for `total`, not no score",
            "  help: correct the example or the scoring",
        ],
    },
    Mistake {
        name: "an example with an unknown item",
        edits: &[Swap(
            "instruments/peg.toml",
            "{ pain = 7, enjoyment = 7 }",
            "{ pain = 7, joy = 7 }",
        )],
        told: &[
            "instruments/peg.toml:53:11: there is no item `joy`",
            "  help: name the id of an [[item]]",
        ],
    },
    Mistake {
        name: "an example with an answer out of range",
        edits: &[Swap(
            "instruments/peg.toml",
            "{ pain = 7, enjoyment = 7 }",
            "{ pain = 7, enjoyment = 17 }",
        )],
        told: &[
            "instruments/peg.toml:53:11: `enjoyment` is answered from 0 to 10, not 17",
            "  help: correct the example",
        ],
    },
    Mistake {
        name: "an example with an unknown score",
        edits: &[Swap(
            "instruments/peg.toml",
            "{ total = 5.0 }",
            "{ total = 5.0, sum = 15 }",
        )],
        told: &[
            "instruments/peg.toml:49:11: there is no score `sum`",
            "  help: name the id of a [[score]]",
        ],
    },
    Mistake {
        name: "only one example",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"[[example]]
answers = { pain = 7, enjoyment = 7 }
expect  = {}                      # no score: an item is missing
"#,
            "",
        )],
        told: &[
            "instruments/peg.toml:1:12: an instrument needs at least two worked examples",
            "  help: add [[example]] records, one of them with a missing item",
        ],
    },
    Mistake {
        name: "bands that leave a hole",
        edits: &[Swap(
            "instruments/peg.toml",
            "# [[score.band]] id, name",
            r#"[[score.band]]
id = "low"
name = "Low"
from = 0
to = 4
basis = "expert_judgement"
says = "So."
[[score.band]]
id = "high"
name = "High"
from = 5
to = 10
basis = "expert_judgement"
says = "So."
# name"#,
        )],
        told: &[
            "instruments/peg.toml:34:11: a score of 4.3 lies in no band",
            "  help: let the bands meet without hole or overlap",
        ],
    },
    Mistake {
        name: "bands that overlap",
        edits: &[Swap(
            "instruments/peg.toml",
            "# [[score.band]] id, name",
            r#"[[score.band]]
id = "low"
name = "Low"
from = 0
to = 5
basis = "expert_judgement"
says = "So."
[[score.band]]
id = "high"
name = "High"
from = 5
to = 10
basis = "expert_judgement"
says = "So."
# name"#,
        )],
        told: &[
            "instruments/peg.toml:34:11: a score of 5 lies in 2 bands: Low, High",
            "  help: let the bands meet without hole or overlap",
        ],
    },
    Mistake {
        name: "a band that names no source",
        edits: &[Swap(
            "instruments/peg.toml",
            "# [[score.band]] id, name",
            r#"[[score.band]]
id = "all"
name = "All"
from = 0
to = 10
says = "So."
# name"#,
        )],
        told: &[
            "instruments/peg.toml:44:8: this statement names no source",
            r#"  help: add `source` and `where`, or `basis = "expert_judgement"`"#,
        ],
    },
    Mistake {
        name: "a band from an unknown source",
        edits: &[Swap(
            "instruments/peg.toml",
            "# [[score.band]] id, name",
            r#"[[score.band]]
id = "all"
name = "All"
from = 0
to = 10
source = "krebs"
where = "Table 2"
says = "So."
# name"#,
        )],
        told: &[
            "instruments/peg.toml:44:10: there is no source `krebs`",
            "  help: `cotreat explain` lists every source; each is a file below `sources/`",
        ],
    },
    Mistake {
        name: "a reversed item that is not in the score",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"# reverse = ["x"] "#,
            r#"reverse = ["sleep"] "#,
        )],
        told: &[
            "instruments/peg.toml:34:12: `sleep` is not an item of this score",
            "  help: list it in `items` too",
        ],
    },
    Mistake {
        name: "a recoding of the wrong length",
        edits: &[Swap(
            "instruments/peg.toml",
            "# recode  = { q9 = [0, 0, 0, 1, 1] } ",
            "recode  = { pain = [0, 0, 0, 1, 1] } ",
        )],
        told: &[
            "instruments/peg.toml:31:11: the recoding of `pain` has 5 values for 11 answers",
            "  help: give one value for each answer from `min` to `max`",
            "instruments/peg.toml:35:11: the items of `total` give scores from 0 to 7, not from 0 to 10",
            "  help: correct `min` and `max`, or the items",
            "instruments/peg.toml:50:11: this example gives 4 for `total`, not 5",
            "  help: correct the example or the scoring",
        ],
    },
    Mistake {
        name: "an item with more answers than anybody gives",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"average in the past week?"   # tier A only
min  = 0
max  = 10"#,
            r#"average in the past week?"
min  = -2147483648
max  = 2147483647"#,
        )],
        told: &[
            "instruments/peg.toml:13:8: an item has at most 1000 answers",
            "  help: correct the range of this item",
            "instruments/peg.toml:34:11: the items of `total` give scores from -715827882.7 to -715827543, not from 0 to 10",
            "  help: correct `min` and `max`, or the items",
            "instruments/peg.toml:49:11: this example gives no score for `total`, not 5",
            "  help: correct the example or the scoring",
        ],
    },
    Mistake {
        name: "more decimals than are rounded",
        edits: &[Swap(
            "instruments/peg.toml",
            "decimals = 1",
            "decimals = 200",
        )],
        told: &[
            "instruments/peg.toml:31:11: a score is rounded to at most 6 decimals",
            "  help: correct `decimals`",
        ],
    },
    Mistake {
        name: "a score without end",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"min     = 0
max     = 10
higher"#,
            r#"min     = 0
max     = inf
higher"#,
        )],
        told: &["instruments/peg.toml:35:11: `max` must be a finite number"],
    },
    Mistake {
        name: "a change of an unknown score",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"score  = "total""#,
            r#"score  = "sum""#,
        )],
        told: &[
            "instruments/peg.toml:42:10: there is no score `sum` in this file",
            "  help: name the id of a [[score]]",
        ],
    },
    Mistake {
        name: "a change in points and in percent",
        edits: &[Swap(
            "instruments/peg.toml",
            "# percent = 30",
            "percent = 30",
        )],
        told: &[
            "instruments/peg.toml:41:10: a meaningful change is given in points or in percent",
            "  help: give one of the two; make two records for two rules",
        ],
    },
    Mistake {
        name: "a change without an amount",
        edits: &[Swap(
            "instruments/peg.toml",
            r#"points = 1.0
"#,
            "",
        )],
        told: &[
            "instruments/peg.toml:41:10: a meaningful change is given in points or in percent",
            "  help: give one of the two; make two records for two rules",
        ],
    },
];
