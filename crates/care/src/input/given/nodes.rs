//! What a node may be: a text, a day, a list, a table.

use jiff::civil::Date;

use super::Reader;
use crate::input::node::{At, Node};

impl Reader<'_> {
    pub(super) fn text<'n>(&mut self, at: &'n At, name: &str) -> Option<&'n str> {
        match &at.node {
            Node::Text(text) => Some(text),
            other => {
                self.wrong(
                    at,
                    format!("`{name}` must be a text, not {}", other.word()),
                    "write it in quotes",
                );
                None
            }
        }
    }

    /// The text of a record under a name, if there is one.
    pub(super) fn words(&mut self, record: &At, name: &str) -> Option<String> {
        let at = record.get(name)?;
        self.text(at, name).map(str::to_owned)
    }

    pub(super) fn texts(&mut self, at: &At, name: &str) -> Vec<String> {
        match &at.node {
            Node::List(items) => items
                .iter()
                .filter_map(|item| self.text(item, name).map(str::to_owned))
                .collect(),
            other => {
                self.wrong(
                    at,
                    format!("`{name}` must be a list, not {}", other.word()),
                    "write `[\"…\", \"…\"]`",
                );
                Vec::new()
            }
        }
    }

    pub(super) fn day(&mut self, at: &At, name: &str) -> Option<Date> {
        let day = match &at.node {
            Node::Day(day) => Some(*day),
            Node::Text(text) => text.parse().ok(),
            _ => None,
        };
        if day.is_none() {
            self.wrong(
                at,
                format!("`{name}` is not a day"),
                "write a date as 2026-03-31",
            );
        }
        day
    }

    /// A day that is not in the future.
    pub(super) fn past(&mut self, at: &At, name: &str) -> Option<Date> {
        let day = self.day(at, name)?;
        if day > self.as_of {
            let as_of = self.as_of;
            self.wrong(
                at,
                format!("{day} lies after the day of the appraisal ({as_of})"),
                "correct the date, or `as_of`",
            );
            return None;
        }
        Some(day)
    }

    pub(super) fn table<'n>(&mut self, root: &'n At, name: &str) -> &'n [(String, At)] {
        match root.get(name) {
            None => &[],
            Some(At {
                node: Node::Table(entries),
                ..
            }) => entries,
            Some(other) => {
                self.wrong(
                    other,
                    format!("`{name}` must be a table"),
                    format!("write [{name}] on a line of its own"),
                );
                &[]
            }
        }
    }

    pub(super) fn list<'n>(&mut self, root: &'n At, name: &str) -> &'n [At] {
        match root.get(name) {
            None => &[],
            Some(At {
                node: Node::List(items),
                ..
            }) => items,
            Some(other) => {
                self.wrong(
                    other,
                    format!("`{name}` must be a list of records"),
                    format!("write [[{name}]] above each record"),
                );
                &[]
            }
        }
    }
}
