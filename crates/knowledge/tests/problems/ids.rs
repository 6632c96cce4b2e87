//! Every file lies where its kind belongs, and has one id, which is its name.

use super::{Add, Mistake, Remove, Swap, check};

#[test]
fn every_file_has_a_place_and_an_id() {
    check(MISTAKES);
}

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a file in no folder",
        edits: &[Add(
            "notes.toml",
            r#"a = 1
"#,
        )],
        told: &[
            "notes.toml: this file does not belong in the knowledge folder",
            "  help: GUIDE.md lists the folders and what they hold",
        ],
    },
    Mistake {
        name: "prose among the findings",
        edits: &[Add(
            "findings/note.md",
            r#"# Note
"#,
        )],
        told: &[
            "findings/note.md: this file does not belong in the knowledge folder",
            "  help: GUIDE.md lists the folders and what they hold",
        ],
    },
    Mistake {
        name: "wording without a language",
        edits: &[Add(
            "wording/conditions.toml",
            r#"kind = "conditions"
[text]
"#,
        )],
        told: &[
            "wording/conditions.toml: this file does not belong in the knowledge folder",
            "  help: GUIDE.md lists the folders and what they hold",
        ],
    },
    Mistake {
        name: "a technique two folders deep",
        edits: &[Add("interventions/massage/deep/x.toml", "")],
        told: &[
            "interventions/massage/deep/x.toml: this file does not belong in the knowledge folder",
            "  help: GUIDE.md lists the folders and what they hold",
        ],
    },
    Mistake {
        name: "a folder of an unknown kind",
        edits: &[Add("pictures/back.toml", "")],
        told: &[
            "pictures/back.toml: this file does not belong in the knowledge folder",
            "  help: GUIDE.md lists the folders and what they hold",
        ],
    },
    Mistake {
        name: "a case that is not Markdown",
        edits: &[Add("cases/x.toml", "")],
        told: &[
            "cases/x.toml: this file does not belong in the knowledge folder",
            "  help: GUIDE.md lists the folders and what they hold",
        ],
    },
    Mistake {
        name: "a picture",
        edits: &[Add("muscles/psoas.png", "")],
        told: &[
            "muscles/psoas.png: this file does not belong in the knowledge folder",
            "  help: GUIDE.md lists the folders and what they hold",
        ],
    },
    Mistake {
        name: "an id that is not the file name",
        edits: &[Swap(
            "joints/sacroiliac.toml",
            r#"= "sacroiliac""#,
            r#"= "sacro_iliac""#,
        )],
        told: &[
            "joints/sacroiliac.toml:1:14: the id `sacro_iliac` differs from the file name `sacroiliac`",
            "  help: rename the file to `sacro_iliac.toml`, or change the id",
        ],
    },
    Mistake {
        name: "an id with a capital",
        edits: &[Swap(
            "joints/sacroiliac.toml",
            r#"= "sacroiliac""#,
            r#"= "Sacroiliac""#,
        )],
        told: &[
            "joints/sacroiliac.toml:1:14: `Sacroiliac` is not an id",
            "  help: use small letters, digits and `_`, beginning with a letter",
        ],
    },
    Mistake {
        name: "an id that begins with a digit",
        edits: &[
            Remove("joints/sacroiliac.toml"),
            Add(
                "joints/1st_rib.toml",
                r#"id = "1st_rib"
name = "First rib"
motion = "Little."
basis = "expert_judgement"
says = "Textbook."
"#,
            ),
        ],
        told: &[
            "joints/1st_rib.toml:1:6: `1st_rib` is not an id",
            "  help: use small letters, digits and `_`, beginning with a letter",
        ],
    },
    Mistake {
        name: "the same id in two folders",
        edits: &[Add(
            "joints/pelvis/sacroiliac.toml",
            r#"id = "sacroiliac"
name = "Sacroiliac joint again"
motion = "Little."
basis = "expert_judgement"
says = "Textbook."
"#,
        )],
        told: &[
            "joints/sacroiliac.toml:1:14: `sacroiliac` is defined twice: in `joints/pelvis/sacroiliac.toml` too",
            "  help: merge the two files, or choose another id",
        ],
    },
    Mistake {
        name: "a classification with the id of a finding",
        edits: &[Add(
            "classifications/sex.toml",
            r#"id = "sex"
name = "Sex"
exclusive = true
[[value]]
id = "a"
name = "A"
when = "age > 3"
basis = "expert_judgement"
says = "No."
"#,
        )],
        told: &[
            "classifications/sex.toml:1:6: `sex` is already the id of a finding",
            "  help: choose another id and file name",
            "findings/background/pregnant.toml:6:20: `sex` takes one of `a`, not `male`",
        ],
    },
    Mistake {
        name: "a technique with the id of an intervention",
        edits: &[Add(
            "interventions/massage/exercise_therapy.toml",
            r#"id = "exercise_therapy"
name = "Exercise"
intervention = "massage"
class = "light"
targets = "none"
method = "None."
basis = "expert_judgement"
says = "No."
"#,
        )],
        told: &[
            "interventions/massage/exercise_therapy.toml:1:6: `exercise_therapy` is already the id of an intervention",
            "  help: choose another id and file name",
        ],
    },
    Mistake {
        name: "an empty file",
        edits: &[Add("joints/hip.toml", "")],
        told: &[
            "joints/hip.toml:1:1: `id` is missing in this file",
            "  help: `id`: `snake_case`, equal to the file name.",
            "joints/hip.toml:1:1: `motion` is missing in this file",
            "  help: `motion`: How it moves.",
            "joints/hip.toml:1:1: `name` is missing in this file",
            "  help: `name`: What clinicians call it.",
            "joints/hip.toml:1:1: `says` is missing in this file",
            "  help: `says`: The fact in our own words.",
        ],
    },
    Mistake {
        name: "no knowledge of the method",
        edits: &[Remove("method.toml")],
        told: &["method.toml: there is no `method.toml`"],
    },
];
