//! Item answers, sheet by sheet.

use cotreat_knowledge::did_you_mean;

use super::Reader;
use super::value::is_not_known;
use crate::episode::{AnswerSheet, Episode};
use crate::input::node::{At, Node};

impl Reader<'_> {
    pub(super) fn answers(&mut self, root: &At, episode: &mut Episode) {
        for (id, at) in self.table(root, "answers") {
            let knowledge = self.knowledge;
            let Some(handle) = self.handle(at, id, &knowledge.instruments, "instrument") else {
                continue;
            };
            let instrument = &knowledge.instruments[handle];
            let Node::Table(entries) = &at.node else {
                self.wrong(
                    at,
                    format!("`answers.{id}` must be a table of item answers"),
                    format!("e.g. [answers.{id}]"),
                );
                continue;
            };
            let mut answers = vec![None; instrument.items.len()];
            for (item, value) in entries {
                let Some(position) = instrument.items.iter().position(|i| i.id == *item) else {
                    let help = did_you_mean(item, instrument.items.iter().map(|i| i.id.as_str()))
                        .unwrap_or_else(|| format!("`cotreat explain {id}` lists its items"));
                    self.wrong(value, format!("`{id}` has no item `{item}`"), help);
                    continue;
                };
                let range = (
                    f64::from(instrument.items[position].min),
                    f64::from(instrument.items[position].max),
                );
                match value.node {
                    Node::Number(number)
                        if number >= range.0 && number <= range.1 && number.fract() == 0.0 =>
                    {
                        answers[position] = Some(number)
                    }
                    _ if is_not_known(&value.node) => {}
                    _ => self.wrong(
                        value,
                        format!("`{item}` is answered with a whole number"),
                        format!("from {} to {}, or `\"unknown\"`", range.0, range.1),
                    ),
                }
            }
            episode.answers.push(AnswerSheet {
                instrument: handle,
                answers,
            });
        }
    }
}
