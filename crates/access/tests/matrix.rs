//! The whole matrix, worked out from the rules and written into `docs/access.md`, so that the page cannot say anything else than the rules.
//!
//! `COTREAT_ACCEPT=1 cargo test -p cotreat-access matrix` writes it anew; read the difference line by line.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use cotreat_access::{Action, Field, Relation, Resource, Viewer};
use cotreat_people::Role;

use crate::support::{
    OURS, Situation, THEIRS, about, access, ask, elsewhere_done, of_a_patient, patient_page,
    referral_link, staff, task_link,
};

const BEGINS: &str = "<!-- from here on written by crates/access/tests/matrix.rs -->";

impl Situation {
    /// The letter in a cell, and what it stands for.
    const fn letter(self) -> (&'static str, &'static str) {
        match self {
            Self::Team => (
                "T",
                "they are in the care team; another organisation sees the patient",
            ),
            Self::Clinic => (
                "C",
                "their organisation alone sees the patient and shares within the whole clinic; colleagues are the care team",
            ),
            Self::Organisation => ("O", "the same, but it shares within the care team only"),
            Self::Both => (
                "B",
                "the same as O, and another organisation sees the patient too",
            ),
            Self::Unclaimed => ("N", "the same as O, but nobody has the patient in care"),
            Self::Glass => ("G", "they broke the glass less than four hours ago"),
            Self::ExpiredGlass => ("g", "they broke the glass four hours ago"),
            Self::Referred => ("R", "a referral to them waits for an answer"),
            Self::ReferredOrganisation => {
                ("r", "a referral to their organisation waits for an answer")
            }
            Self::Elsewhere => (
                "X",
                "none of these: a patient of another organisation, which shares within its whole clinic",
            ),
        }
    }
}

/// The columns: who asks.
fn columns() -> Vec<(String, Viewer)> {
    let roles = Role::ALL
        .into_iter()
        .map(|role| (role.to_string(), staff(&[role])));
    let links = [
        ("patient page".to_owned(), patient_page()),
        ("task link".to_owned(), task_link()),
        ("referral link".to_owned(), referral_link()),
        ("command".to_owned(), Viewer::Operator),
        ("nobody".to_owned(), Viewer::Anonymous),
    ];
    roles.chain(links).collect()
}

fn head(first: &str) -> String {
    let names: Vec<String> = columns().into_iter().map(|(name, _)| name).collect();
    format!(
        "| {first} | {} |\n| --- |{}\n",
        names.join(" | "),
        " --- |".repeat(names.len())
    )
}

fn row(first: &str, cell: impl Fn(&Viewer) -> String) -> String {
    let cells: Vec<String> = columns().iter().map(|(_, viewer)| cell(viewer)).collect();
    format!("| {first} | {} |\n", cells.join(" | "))
}

/// For staff the letters of the situations in which they may; for the others whether they may, and of what.
fn patient_cell(viewer: &Viewer, may: impl Fn(&Relation) -> bool) -> String {
    if let Viewer::Staff { .. } = viewer {
        let open = Situation::ALL
            .into_iter()
            .filter(|situation| may(&situation.patient()));
        return open.map(|situation| situation.letter().0).collect();
    }
    let mine = Situation::Elsewhere.patient();
    let another = Relation {
        patient: "another".to_owned(),
        ..mine.clone()
    };
    own_or_any(may(&mine), may(&another))
}

fn own_or_any(own: bool, any: bool) -> String {
    let cell = match (own, any) {
        (_, true) => "any",
        (true, false) => "own",
        (false, false) => "",
    };
    cell.to_owned()
}

fn patients() -> String {
    let mut page = head("a patient");
    for action in Action::ALL.iter().filter(|action| of_a_patient(**action)) {
        let first = format!("`{action}`: {}", access().what(*action));
        page += &row(&first, |viewer| {
            patient_cell(viewer, |relation| ask(viewer, *action, relation).allowed)
        });
    }
    page
}

fn fields() -> String {
    let mut page = head("part of a patient");
    for field in Field::ALL {
        page += &row(&format!("{field:?}, by `{}`", field.shown_by()), |viewer| {
            patient_cell(viewer, |relation| {
                access().fields(viewer, relation).contains(&field)
            })
        });
    }
    page
}

fn organisations() -> String {
    let mut page = head("an organisation, the server, an account");
    for action in Action::ALL.iter().filter(|action| !of_a_patient(**action)) {
        let may = |viewer: &Viewer, organisation| {
            elsewhere_done(*action, organisation)
                .is_some_and(|resource| access().decide(viewer, *action, &resource).allowed)
        };
        let server = matches!(elsewhere_done(*action, OURS), Some(Resource::Installation));
        page += &row(
            &format!("`{action}`: {}", access().what(*action)),
            |viewer| match (server, may(viewer, OURS)) {
                (true, true) => "yes".to_owned(),
                (true, false) => String::new(),
                (false, own) => own_or_any(own, may(viewer, THEIRS)),
            },
        );
    }
    page
}

fn rules() -> String {
    let mut page = String::from("| rule | | in these words |\n| --- | --- | --- |\n");
    for rule in access().rules() {
        let does = if rule.permits { "allows" } else { "forbids" };
        let _ = writeln!(
            page,
            "| `{}` ({}) | {does} | {} |",
            rule.id, rule.file, rule.because
        );
    }
    page
}

fn refusals() -> String {
    let mut page =
        String::from("| action | refused with, where no rule has better words |\n| --- | --- |\n");
    for action in Action::ALL {
        let _ = writeln!(page, "| `{action}` | {} |", access().otherwise(*action));
    }
    page
}

fn written() -> String {
    let letters: String = Situation::ALL
        .into_iter()
        .map(|situation| {
            let (letter, meaning) = situation.letter();
            format!("| {letter} | {meaning} |\n")
        })
        .collect();
    format!(
        "{BEGINS}\n\n## A patient\n\nWhat somebody has to do with the patient:\n\n| | |\n| --- | --- |\n{letters}\n\
         A cell holds the letters for which they may; an empty one means never. Links open their own patient, assignment or referral only (`own`).\n\n{}\n\
         ## Parts of a patient\n\n{}\n## Everything else\n\n`own`: their own organisation or account; `any`: every one.\n\n{}\n\
         ## Rules\n\nWho asks must have a role or a link; of several rules that allow, one is enough, and one that forbids wins.\n\n{}\n## Refusals\n\n{}",
        patients(),
        fields(),
        organisations(),
        rules(),
        refusals(),
    )
}

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/access.md")
}

#[test]
fn the_page_says_what_the_rules_say() {
    let text = std::fs::read_to_string(page()).expect("docs/access.md");
    let (head, _) = text
        .split_once(BEGINS)
        .unwrap_or_else(|| panic!("docs/access.md has lost its line `{BEGINS}`"));
    let now = format!("{head}{}", written());
    if std::env::var_os("COTREAT_ACCEPT").is_some() {
        std::fs::write(page(), &now).expect("docs/access.md can be written");
        return;
    }
    let differs: Vec<String> = now
        .lines()
        .filter(|line| !text.lines().any(|one| one == *line))
        .chain(
            text.lines()
                .filter(|line| !now.lines().any(|one| one == *line)),
        )
        .map(str::to_owned)
        .collect();
    assert!(
        now == text,
        "docs/access.md no longer says what the rules say; `COTREAT_ACCEPT=1 cargo test -p cotreat-access matrix` writes it anew. These lines differ:\n{}",
        differs.join("\n")
    );
}

/// Every action stands in exactly one of the tables, and is done to something.
#[test]
fn the_matrix_is_whole() {
    let patient = Situation::Team.patient();
    for action in Action::ALL {
        let everybody = staff(&Role::ALL);
        let resource =
            elsewhere_done(*action, OURS).unwrap_or_else(|| about(*action, &patient, &everybody));
        let decision = access().decide(&everybody, *action, &resource);
        assert!(
            !decision.sentence().contains("fault of the program"),
            "{action}: {decision:?}"
        );
    }
}
