//! Facts: the short form in a table, and the long form with who, when and how.

use super::Reader;
use crate::episode::Episode;
use crate::fact::Fact;
use crate::input::node::At;

impl Reader<'_> {
    pub(super) fn facts(&mut self, root: &At, episode: &mut Episode) {
        let entries = self.table(root, "facts");
        episode.facts.reserve_exact(entries.len());
        for (name, at) in entries {
            let knowledge = self.knowledge;
            let Some(finding) = self.handle(at, name, &knowledge.findings, "finding") else {
                continue;
            };
            if let Some(value) = self.value(finding, at) {
                episode.facts.push(Fact {
                    finding,
                    value,
                    by: None,
                    profession: None,
                    on: self.as_of,
                    how: None,
                    dose: None,
                });
            }
        }
        for at in self.list(root, "fact") {
            episode.facts.extend(self.fact(at));
        }
    }

    fn fact(&mut self, at: &At) -> Option<Fact> {
        self.keys(
            at,
            &["finding", "value", "by", "profession", "on", "how", "dose"],
        );
        let knowledge = self.knowledge;
        let (Some(finding), Some(value)) = (at.get("finding"), at.get("value")) else {
            self.wrong(at, "a fact needs a `finding` and a `value`", "write both");
            return None;
        };
        let id = self.text(finding, "finding")?;
        let finding = self.handle(finding, id, &knowledge.findings, "finding")?;
        let value = self.value(finding, value)?;
        let on = match at.get("on") {
            Some(day) => self.past(day, "on")?,
            None => self.as_of,
        };
        Some(Fact {
            finding,
            value,
            by: self.words(at, "by"),
            profession: self.profession(at),
            on,
            how: self.words(at, "how"),
            dose: self.words(at, "dose"),
        })
    }
}
