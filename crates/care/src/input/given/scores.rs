//! Totals that somebody entered.

use cotreat_knowledge::did_you_mean;

use super::Reader;
use crate::episode::{EnteredScore, Episode};
use crate::input::node::{At, Node};

impl Reader<'_> {
    pub(super) fn scores(&mut self, root: &At, episode: &mut Episode) {
        for (key, at) in self.table(root, "scores") {
            let knowledge = self.knowledge;
            let found = knowledge
                .names
                .scores()
                .find(|(symbol, _)| knowledge.names.score(key) == Some(*symbol));
            let Some((_, score)) = found else {
                let help =
                    did_you_mean(key, knowledge.names.score_keys().iter().map(String::as_str))
                        .unwrap_or_else(|| {
                            format!("known are {}", knowledge.names.score_keys().join(", "))
                        });
                self.wrong(at, format!("there is no score `{key}`"), help);
                continue;
            };
            let definition = &knowledge.instruments[score.instrument].scores[score.score];
            let Node::Number(value) = at.node else {
                self.wrong(
                    at,
                    format!("`{key}` is a number"),
                    format!("from {} to {}", definition.min, definition.max),
                );
                continue;
            };
            if value < definition.min || value > definition.max {
                self.wrong(
                    at,
                    format!("`{key}` cannot be {value}"),
                    format!("it runs from {} to {}", definition.min, definition.max),
                );
                continue;
            }
            episode.scores.push(EnteredScore { score, value });
        }
    }
}
