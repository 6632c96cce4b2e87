//! Alarms that a person cleared.

use super::Reader;
use crate::episode::{ClearedAlarm, Episode};
use crate::input::node::At;

impl Reader<'_> {
    pub(super) fn cleared(&mut self, root: &At, episode: &mut Episode) {
        for at in self.list(root, "cleared") {
            self.keys(at, &["condition", "by", "profession", "reason", "on"]);
            let mut need = |name: &str| {
                let found = at.get(name);
                if found.is_none() {
                    self.wrong(
                        at,
                        format!("a clearing needs `{name}`"),
                        "an alarm is cleared by a named person with a profession and a reason",
                    );
                }
                found
            };
            let (Some(condition), Some(by), Some(_), Some(reason)) = (
                need("condition"),
                need("by"),
                need("profession"),
                need("reason"),
            ) else {
                continue;
            };
            let knowledge = self.knowledge;
            let condition = self
                .text(condition, "condition")
                .and_then(|id| self.handle(condition, id, &knowledge.conditions, "condition"));
            let by_text = self.text(by, "by");
            if by_text.is_some_and(is_blank) {
                self.wrong(by, "a clearing needs a name", "write who clears the alarm");
            }
            let reason_text = self.text(reason, "reason");
            if reason_text.is_some_and(is_blank) {
                self.wrong(
                    reason,
                    "a clearing needs a reason",
                    "say why the alarm no longer stands",
                );
            }
            let profession = self.profession(at);
            let on = match at.get("on") {
                Some(day) => self.past(day, "on"),
                None => Some(self.as_of),
            };
            if let (Some(condition), Some(by), Some(profession), Some(reason), Some(on)) =
                (condition, by_text, profession, reason_text, on)
            {
                episode.cleared.push(ClearedAlarm {
                    condition,
                    by: by.to_owned(),
                    profession,
                    reason: reason.to_owned(),
                    on,
                });
            }
        }
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}
