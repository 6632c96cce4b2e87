//! The sheets in `data/`: how the invented clinic goes, who works in it, how people are called and what they write.
//!
//! They are read and held against the knowledge before anything is made, so that a sheet which names an unknown id, or a number that does not say that it is invented,
//! is refused as a whole.

mod link;
mod names;
mod organisations;
mod shares;
mod words;

use cotreat_knowledge::{Knowledge, Place, Problem};
use serde::de::DeserializeOwned;

pub(crate) use link::{Given, Tables, Varies};
pub(crate) use names::{Group, Names};
pub(crate) use organisations::{Organisation, Organisations, Post, Weekday};
pub(crate) use shares::{
    CourseRow, Days, FateRow, Habits, Kind, Minutes, Range, Shares, Shows, Wave,
};
pub(crate) use words::Words;

/// All sheets.
#[derive(Debug)]
pub(crate) struct Sheets {
    pub(crate) tables: Tables,
    pub(crate) organisations: Organisations,
    pub(crate) names: Names,
    pub(crate) words: Words,
}

impl Sheets {
    /// The sheets of this crate, held against the knowledge.
    pub(crate) fn shipped(knowledge: &Knowledge) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let shares = read::<Shares>(
            "shares.toml",
            include_str!("data/shares.toml"),
            &mut problems,
        );
        let organisations = read::<Organisations>(
            "organisations.toml",
            include_str!("data/organisations.toml"),
            &mut problems,
        );
        let names = read::<Names>("names.toml", include_str!("data/names.toml"), &mut problems);
        let words = read::<Words>("words.toml", include_str!("data/words.toml"), &mut problems);
        let (Some(shares), Some(organisations), Some(names), Some(words)) =
            (shares, organisations, names, words)
        else {
            return Err(problems);
        };
        organisations.check(knowledge, &mut problems);
        names.check(&mut problems);
        words.check(&mut problems);
        let tables = Tables::link(shares, knowledge, &mut problems);
        match tables {
            Some(tables) if problems.is_empty() => Ok(Self {
                tables,
                organisations,
                names,
                words,
            }),
            _ => Err(problems),
        }
    }
}

/// One sheet; none when it is not written as it must be, with the reason among the problems.
fn read<T: DeserializeOwned>(file: &str, text: &str, problems: &mut Vec<Problem>) -> Option<T> {
    match toml::from_str(text) {
        Ok(sheet) => Some(sheet),
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            let place = Place::of(&path(file), text, offset);
            problems.push(
                Problem::new(place, error.message().replace('\n', " "))
                    .help("the first lines of the file say what may be written"),
            );
            None
        }
    }
}

/// A sheet as a reader of the repository finds it.
fn path(file: &str) -> String {
    format!("crates/synthetic/src/data/{file}")
}

/// Adds what is wrong with a sheet as a whole.
fn wrong(
    problems: &mut Vec<Problem>,
    file: &str,
    message: impl Into<String>,
    help: impl Into<String>,
) {
    problems.push(Problem::new(Place::file(&path(file)), message).help(help));
}

/// Sixty people are divided into whole people.
const SIXTY: u32 = 60;

/// Says so where rows do not add up to sixty people.
fn sixty(problems: &mut Vec<Problem>, file: &str, what: &str, rows: impl Iterator<Item = u32>) {
    let sum: u32 = rows.sum();
    if sum != SIXTY {
        wrong(
            problems,
            file,
            format!("`of_60` of the {what} adds up to {sum}"),
            "make it sixty",
        );
    }
}
