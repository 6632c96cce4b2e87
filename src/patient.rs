//! A patient read from a file: a case in Markdown, or what its `given` block would hold as TOML or JSON.

use std::path::Path;

use cotreat_care::input::{self, At, Node, node};
use cotreat_care::{Episode, case};
use cotreat_knowledge::{Knowledge, Place, Problem, did_you_mean};
use jiff::civil::Date;

use crate::files;
use crate::terminal::Failure;

/// What the command line says instead of the file.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Which patient of a case file: a part of the heading.
    pub case: Option<String>,
    /// Whose guidelines count.
    pub profile: Option<String>,
    /// The day of the appraisal.
    pub as_of: Option<Date>,
}

/// A patient, and the other patients of the same file.
#[derive(Clone, Debug)]
pub struct Patient {
    /// What is given, as it was written.
    pub given: At,
    /// What is known.
    pub episode: Episode,
    /// Headings of the other patients in the same file.
    pub others: Vec<String>,
}

impl Patient {
    /// Reads a patient by the kind of file.
    pub fn read(path: &Path, instead: &Overrides, knowledge: &Knowledge) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let extension = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default();
        let kind = Kind::of(extension).ok_or_else(|| {
            Problem::new(Place::file(&name), "this kind of file cannot be read")
                .help("write a case (.md), or .toml or .json")
        })?;
        Self::from_text(&name, kind, &files::text(path)?, instead, knowledge)
    }

    /// Reads a patient from text.
    pub fn from_text(
        name: &str,
        kind: Kind,
        text: &str,
        instead: &Overrides,
        knowledge: &Knowledge,
    ) -> Result<Self, Failure> {
        let (mut given, others) = match kind {
            Kind::Toml => (
                node::parse_toml(name, text, 0, text).map_err(Failure)?,
                Vec::new(),
            ),
            Kind::Json => (input::parse_json(name, text).map_err(Failure)?, Vec::new()),
            Kind::Case => of_case(name, text, instead.case.as_deref())?,
        };
        if let Some(profile) = &instead.profile {
            known_profile(profile, knowledge)?;
            set(
                &mut given,
                "profile",
                Node::Text(profile.clone()),
                "--profile",
            );
        }
        if let Some(day) = instead.as_of {
            set(&mut given, "as_of", Node::Day(day), "--as-of");
        }
        let episode = input::read(name, &given, knowledge).map_err(Failure)?;
        Ok(Self {
            given,
            episode,
            others,
        })
    }
}

/// The kinds of file that describe a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A case in Markdown.
    Case,
    /// TOML.
    Toml,
    /// JSON.
    Json,
}

impl Kind {
    /// The kind of a file by its extension.
    pub fn of(extension: &str) -> Option<Self> {
        match extension {
            "md" => Some(Self::Case),
            "toml" => Some(Self::Toml),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// What one patient of a case file gives, with its heading as title, and the headings of the others.
fn of_case(name: &str, text: &str, heading: Option<&str>) -> Result<(At, Vec<String>), Failure> {
    let mut cases = case::read(name, text).map_err(Failure)?;
    let chosen = match heading {
        None => 0,
        Some(part) => cases
            .iter()
            .position(|c| c.title.to_lowercase().contains(&part.to_lowercase()))
            .ok_or_else(|| {
                let titles: Vec<_> = cases.iter().map(|c| c.title.as_str()).collect();
                Problem::new(
                    Place::file(name),
                    format!("no patient here is called `{part}`"),
                )
                .help(format!("there are: {}", titles.join("; ")))
            })?,
    };
    let case = cases.remove(chosen);
    let given = of_heading(case)?;
    Ok((given, cases.into_iter().map(|case| case.title).collect()))
}

/// What a case gives, with its heading as title.
pub fn of_heading(case: case::Case) -> Result<At, Failure> {
    let Some(mut given) = case.given else {
        return Err(Problem::new(case.place, "this case gives nothing")
            .help("add a ```toml given block")
            .into());
    };
    let title = At {
        node: Node::Text(case.title),
        place: case.place,
    };
    put(&mut given, "title", title);
    Ok(given)
}

fn known_profile(id: &str, knowledge: &Knowledge) -> Result<(), Failure> {
    if id == "all" || knowledge.profiles.find(id).is_some() {
        return Ok(());
    }
    let known: Vec<&str> = knowledge
        .profiles
        .ids()
        .iter()
        .map(String::as_str)
        .chain(["all"])
        .collect();
    let list = format!("profiles are {}", known.join(", "));
    let help =
        did_you_mean(id, known.into_iter()).map_or(list.clone(), |close| format!("{close} {list}"));
    Err(Problem::new(
        Place::file("--profile"),
        format!("there is no profile `{id}`"),
    )
    .help(help)
    .into())
}

fn set(given: &mut At, name: &str, node: Node, place: &str) {
    put(
        given,
        name,
        At {
            node,
            place: Place::file(place),
        },
    );
}

/// Puts a value under a name of a table, in the place of the one that stands there. Anything but a table is left for the reader to refuse.
pub fn put(table: &mut At, name: &str, value: At) {
    if let Node::Table(entries) = &mut table.node {
        match entries.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => *old = value,
            None => entries.push((name.to_owned(), value)),
        }
    }
}
