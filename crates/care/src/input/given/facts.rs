//! Facts: the short form in a table, and the long form with who, when and how.

use super::Reader;
use crate::episode::Episode;
use crate::fact::Fact;
use crate::input::node::At;

impl Reader<'_> {
    pub(super) fn facts(&mut self, root: &At, episode: &mut Episode) {
        for (name, at) in self.table(root, "facts") {
            let knowledge = self.knowledge;
            let Some(finding) = self.handle(&at.place, name, &knowledge.findings, "finding") else {
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
                    place: Some(at.place.clone()),
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
            self.wrong(
                &at.place,
                "a fact needs a `finding` and a `value`",
                "write both",
            );
            return None;
        };
        let id = self.text(finding, "finding")?;
        let finding = self.handle(&finding.place, &id, &knowledge.findings, "finding")?;
        let value = self.value(finding, value)?;
        let on = match at.get("on") {
            Some(day) => self.past(day, "on")?,
            None => self.as_of,
        };
        Some(Fact {
            finding,
            value,
            by: at.get("by").and_then(|by| self.text(by, "by")),
            profession: self.profession(at),
            on,
            how: at.get("how").and_then(|how| self.text(how, "how")),
            dose: at.get("dose").and_then(|dose| self.text(dose, "dose")),
            place: Some(at.place.clone()),
        })
    }
}
