//! Facts that cannot all be true, in words.

use cotreat_knowledge::{Knowledge, Problem};

use crate::assess::{self, Contradiction};
use crate::episode::Episode;

/// Facts that cannot all be true.
pub(super) fn contradictions(episode: &Episode, knowledge: &Knowledge) -> Vec<Problem> {
    let id = |at: usize| knowledge.findings.id(episode.facts[at].finding).to_owned();
    let place = |at: usize| episode.facts[at].place.clone().unwrap_or_default();
    assess::contradictions(episode, knowledge)
        .into_iter()
        .map(|found| match found {
            Contradiction::TwoValues(first, second) => Problem::new(
                place(second),
                format!(
                    "`{}` has two different values on {} (the other one: {})",
                    id(second),
                    episode.facts[second].on,
                    place(first)
                ),
            )
            .help("keep one of them, or give each its own date with `on`"),
            Contradiction::Implied(at, from) => {
                let from = &knowledge.findings[from];
                Problem::new(
                    place(at),
                    format!(
                        "`{}` does not fit what was recorded about `{}`",
                        id(at),
                        from.id
                    ),
                )
                .help(format!(
                    "one follows from the other (findings file of `{}`): correct one of them",
                    from.id
                ))
            }
            Contradiction::Derived(at) => {
                let rule = knowledge.findings[episode.facts[at].finding]
                    .derive
                    .as_ref();
                let text = rule.map(|r| r.expr.text().to_owned()).unwrap_or_default();
                Problem::new(
                    place(at),
                    format!("`{}` does not fit the findings it follows from", id(at)),
                )
                .help(format!("it follows from: {text}"))
            }
            Contradiction::Excluded(at) => {
                let rule = knowledge.findings[episode.facts[at].finding]
                    .no_when
                    .as_ref();
                let text = rule.map(|r| r.expr.text().to_owned()).unwrap_or_default();
                Problem::new(place(at), format!("`{}` cannot be yes here", id(at)))
                    .help(format!("it is always no where: {text}"))
            }
            Contradiction::Score(at) => Problem::new(
                episode.scores[at].place.clone().unwrap_or_default(),
                "this total differs from the score of the item answers",
            )
            .help("leave one of them out"),
        })
        .collect()
}
