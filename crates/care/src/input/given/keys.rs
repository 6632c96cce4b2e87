//! Which names may stand in a record.

use cotreat_knowledge::did_you_mean;

use super::Reader;
use crate::input::node::{At, Node};

impl Reader<'_> {
    pub(super) fn keys(&mut self, at: &At, known: &[&str]) {
        let Node::Table(entries) = &at.node else {
            self.wrong(
                at,
                "this must be a record",
                format!("with {}", known.join(", ")),
            );
            return;
        };
        for (key, value) in entries {
            if !known.contains(&key.as_str()) {
                let help = did_you_mean(key, known.iter().copied())
                    .unwrap_or_else(|| format!("known are {}", known.join(", ")));
                self.wrong(value, format!("`{key}` does not belong here"), help);
            }
        }
    }
}
