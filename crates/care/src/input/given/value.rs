//! The value of a fact, as its finding wants it.

use cotreat_knowledge::model::{Answers, Finding};
use cotreat_knowledge::{Handle, did_you_mean};

use super::Reader;
use crate::fact::Value;
use crate::input::node::{At, Node};

/// The words that mean "not known" for every finding.
const NOT_KNOWN: [&str; 4] = ["unknown", "not done", "not_done", "not known"];

/// Whether somebody wrote that this is not known.
pub(super) fn is_not_known(node: &Node) -> bool {
    matches!(node, Node::Text(text) if NOT_KNOWN.contains(&text.as_str()))
}

impl Reader<'_> {
    pub(super) fn value(&mut self, finding: Handle<Finding>, at: &At) -> Option<Value> {
        if is_not_known(&at.node) {
            return Some(Value::NotKnown);
        }
        let one = &self.knowledge.findings[finding];
        match &one.answers {
            Answers::YesNo { yes, no } => self.yes_no(&one.id, yes, no, at),
            Answers::Choice(codes) => self.code(&one.id, codes, at).map(Value::Code),
            Answers::Choices(codes) => self.codes(&one.id, codes, at).map(Value::Codes),
            Answers::Number {
                unit,
                units,
                min,
                max,
            } => {
                let number = self.number(&one.id, unit.as_deref(), units, at)?;
                self.in_range(&one.id, number, unit.as_deref(), (*min, *max), at)
                    .then_some(Value::Number(number))
            }
        }
    }

    fn yes_no(&mut self, id: &str, yes: &str, no: &str, at: &At) -> Option<Value> {
        match &at.node {
            Node::Truth(true) => return Some(Value::Yes),
            Node::Truth(false) => return Some(Value::No),
            Node::Text(text) if text == "yes" || text == yes => return Some(Value::Yes),
            Node::Text(text) if text == "no" || text == no => return Some(Value::No),
            _ => {}
        }
        let words = if yes == "yes" {
            "`yes`, `no`".to_owned()
        } else {
            format!("`{yes}` (yes), `{no}` (no)")
        };
        let given = match &at.node {
            Node::Text(text) => format!("`{text}`"),
            other => other.word().to_owned(),
        };
        self.wrong(
            at,
            format!("`{id}` is answered with {words} or `unknown`, not {given}"),
            "in quotes",
        );
        None
    }

    fn code(&mut self, id: &str, codes: &[String], at: &At) -> Option<u16> {
        let text = self.text(at, id)?;
        let found = codes
            .iter()
            .position(|code| code == text)
            .and_then(|at| u16::try_from(at).ok());
        if found.is_none() {
            let list: Vec<_> = codes.iter().map(|code| format!("`{code}`")).collect();
            let help = did_you_mean(text, codes.iter().map(String::as_str))
                .unwrap_or_else(|| "or `unknown`".to_owned());
            self.wrong(
                at,
                format!("`{id}` takes one of {}, not `{text}`", list.join(", ")),
                help,
            );
        }
        found
    }

    /// Several codes, one bit each.
    fn codes(&mut self, id: &str, codes: &[String], at: &At) -> Option<u64> {
        let Node::List(items) = &at.node else {
            self.wrong(
                at,
                format!("`{id}` takes a list of answers"),
                format!("e.g. [\"{}\"]; [] for none of them", codes[0]),
            );
            return None;
        };
        let mut bits = 0;
        for item in items {
            bits |= 1_u64 << self.code(id, codes, item)?;
        }
        Some(bits)
    }
}
