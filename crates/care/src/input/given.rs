//! What is given about a patient: nodes into an episode.

mod answers;
mod cleared;
mod contradictions;
mod facts;
mod header;
mod ids;
mod keys;
mod nodes;
mod number;
mod scores;
mod setting;
mod value;

use cotreat_knowledge::{Knowledge, Place, Problem};
use jiff::civil::Date;

use super::node::{At, Node};
use crate::episode::Episode;

/// Reads an episode.
///
/// # Errors
/// Everything that is wrong: unknown names, values out of range, missing units, days in the future, facts that cannot all be true.
pub fn read(file: &str, root: &At, knowledge: &Knowledge) -> Result<Episode, Vec<Problem>> {
    let mut reader = Reader {
        knowledge,
        problems: Vec::new(),
        as_of: Date::default(),
    };
    let episode = reader.episode(file, root);
    let mut problems = reader.problems;
    if problems.is_empty() {
        problems = contradictions::contradictions(&episode, knowledge);
    }
    if problems.is_empty() {
        Ok(episode)
    } else {
        Err(problems)
    }
}

/// Reads on after a slip, so that all of them are told at once.
struct Reader<'a> {
    knowledge: &'a Knowledge,
    problems: Vec<Problem>,
    as_of: Date,
}

impl Reader<'_> {
    fn episode(&mut self, file: &str, root: &At) -> Episode {
        if !matches!(root.node, Node::Table(_)) {
            self.wrong(
                &root.place,
                "this is not a description of a patient",
                "write a table with `as_of` and `facts`",
            );
            return self.empty();
        }
        let mut episode = self.header(file, root);
        self.facts(root, &mut episode);
        self.scores(root, &mut episode);
        self.answers(root, &mut episode);
        self.cleared(root, &mut episode);
        episode
    }

    fn wrong(&mut self, place: &Place, message: impl Into<String>, help: impl Into<String>) {
        self.problems
            .push(Problem::new(place.clone(), message).help(help));
    }
}
