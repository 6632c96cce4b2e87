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

use cotreat_knowledge::{Knowledge, Problem};
use jiff::civil::Date;

use super::node::{At, Node};
use super::places::Places;
use crate::assess::{self, Contradiction};
use crate::episode::Episode;

/// Reads an episode.
///
/// # Errors
/// Everything that is wrong: unknown names, values out of range, missing units, days in the future, facts that cannot all be true.
pub fn read(file: &str, root: &At, knowledge: &Knowledge) -> Result<Episode, Vec<Problem>> {
    let episode = take_down(file, root, knowledge)?;
    let found = assess::contradictions(&episode, knowledge);
    unless(contradictions(&found, root, &episode, knowledge), episode)
}

/// Reads an episode for somebody who draws conclusions from it at once: that finds the contradictions as well, and [`contradictions`] says them.
///
/// # Errors
/// Everything that is wrong with what was written; not yet what cannot all be true.
pub fn take_down(file: &str, root: &At, knowledge: &Knowledge) -> Result<Episode, Vec<Problem>> {
    let mut reader = Reader {
        knowledge,
        places: Places::new(root),
        problems: Vec::new(),
        as_of: Date::default(),
    };
    let episode = reader.episode(file, root);
    unless(reader.problems, episode)
}

/// Says what cannot all be true about the episode that [`take_down`] made of `root`.
#[must_use]
pub fn contradictions(
    found: &[Contradiction],
    root: &At,
    episode: &Episode,
    knowledge: &Knowledge,
) -> Vec<Problem> {
    contradictions::told(found, root, episode, knowledge)
}

fn unless(problems: Vec<Problem>, episode: Episode) -> Result<Episode, Vec<Problem>> {
    if problems.is_empty() {
        Ok(episode)
    } else {
        Err(problems)
    }
}

/// Reads on after a slip, so that all of them are told at once.
struct Reader<'a> {
    knowledge: &'a Knowledge,
    places: Places<'a>,
    problems: Vec<Problem>,
    as_of: Date,
}

impl Reader<'_> {
    fn episode(&mut self, file: &str, root: &At) -> Episode {
        if !matches!(root.node, Node::Table(_)) {
            self.wrong(
                root,
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

    fn wrong(&mut self, at: &At, message: impl Into<String>, help: impl Into<String>) {
        let place = self.places.of(at);
        self.problems.push(Problem::new(place, message).help(help));
    }
}
