//! Facts that cannot all be true, in words.

use cotreat_knowledge::{Knowledge, Place, Problem};

use crate::assess::Contradiction;
use crate::episode::Episode;
use crate::input::node::{At, Node};
use crate::input::places::Places;

/// Says what cannot all be true about an episode that was read from `root` without any problem.
pub(super) fn told(
    found: &[Contradiction],
    root: &At,
    episode: &Episode,
    knowledge: &Knowledge,
) -> Vec<Problem> {
    let written = Written {
        root,
        places: Places::new(root),
    };
    found
        .iter()
        .map(|one| tell(one, &written, episode, knowledge))
        .collect()
}

fn tell(
    found: &Contradiction,
    written: &Written<'_>,
    episode: &Episode,
    knowledge: &Knowledge,
) -> Problem {
    let finding = |at: usize| &knowledge.findings[episode.facts[at].finding];
    let id = |at: usize| &finding(at).id;
    match *found {
        Contradiction::TwoValues(first, second) => Problem::new(
            written.fact(second),
            format!(
                "`{}` has two different values on {} (the other one: {})",
                id(second),
                episode.facts[second].on,
                written.fact(first)
            ),
        )
        .help("keep one of them, or give each its own date with `on`"),
        Contradiction::Implied(at, from) => {
            let from = &knowledge.findings[from].id;
            Problem::new(
                written.fact(at),
                format!("`{}` does not fit what was recorded about `{from}`", id(at)),
            )
            .help(format!(
                "one follows from the other (findings file of `{from}`): correct one of them"
            ))
        }
        Contradiction::Derived(at) => {
            let rule = finding(at).derive.as_ref();
            Problem::new(
                written.fact(at),
                format!("`{}` does not fit the findings it follows from", id(at)),
            )
            .help(format!(
                "it follows from: {}",
                rule.map_or("", |rule| rule.expr.text())
            ))
        }
        Contradiction::Excluded(at) => {
            let rule = finding(at).no_when.as_ref();
            Problem::new(written.fact(at), format!("`{}` cannot be yes here", id(at))).help(
                format!(
                    "it is always no where: {}",
                    rule.map_or("", |rule| rule.expr.text())
                ),
            )
        }
        Contradiction::Score(at) => Problem::new(
            written.score(at),
            "this total differs from the score of the item answers",
        )
        .help("leave one of them out"),
    }
}

/// What was written, in the order in which it was read: every fact and score of it is in the episode, since none had a problem.
struct Written<'n> {
    root: &'n At,
    places: Places<'n>,
}

impl Written<'_> {
    fn fact(&self, number: usize) -> Place {
        let short = self.table("facts");
        let long = self.list("fact");
        let at = match number.checked_sub(short.len()) {
            None => short.get(number).map(|(_, at)| at),
            Some(number) => long.get(number),
        };
        at.map(|at| self.places.of(at)).unwrap_or_default()
    }

    fn score(&self, number: usize) -> Place {
        let at = self.table("scores").get(number);
        at.map(|(_, at)| self.places.of(at)).unwrap_or_default()
    }

    fn table(&self, name: &str) -> &[(String, At)] {
        match self.root.get(name).map(|at| &at.node) {
            Some(Node::Table(entries)) => entries,
            _ => &[],
        }
    }

    fn list(&self, name: &str) -> &[At] {
        match self.root.get(name).map(|at| &at.node) {
            Some(Node::List(items)) => items,
            _ => &[],
        }
    }
}
