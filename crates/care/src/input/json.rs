//! JSON into nodes. Names that stand twice in one object are an error, not silently the last one.

use std::fmt::{self, Write as _};

use cotreat_knowledge::{Place, Problem};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::node::{At, Node};

/// How the message about a repeated name ends.
const TWICE: &str = " stands twice";

/// Parses JSON text. Places are paths, since JSON readers keep no lines; syntax errors have line and column.
pub(super) fn parse(file: &str, text: &str) -> Result<At, Vec<Problem>> {
    let raw: Raw = serde_json::from_str(text).map_err(|error| {
        let place = Place {
            file: file.to_owned(),
            line: u32::try_from(error.line()).unwrap_or(u32::MAX),
            column: u32::try_from(error.column()).unwrap_or(u32::MAX),
        };
        let message = error.to_string();
        let message = message
            .rsplit_once(" at line ")
            .map_or(message.as_str(), |(words, _)| words)
            .to_owned();
        let help = if message.ends_with(TWICE) {
            "keep one of the two"
        } else {
            "names and texts stand in double quotes; commas only between values"
        };
        vec![Problem::new(place, message).help(help)]
    })?;
    Ok(place(raw.0, &mut file.to_owned(), file.len()))
}

/// Names each value by its path. `here` holds the file, and behind its first `file` bytes ` at ` and the path; it leaves as it came.
fn place(node: RawNode, here: &mut String, file: usize) -> At {
    let place = Place {
        file: here.clone(),
        line: 0,
        column: 0,
    };
    let length = here.len();
    let below = |item: Raw, step: std::fmt::Arguments<'_>, between: &str, here: &mut String| {
        here.push_str(if length == file { " at " } else { between });
        // Writing to a string cannot fail.
        let _ = here.write_fmt(step);
        let at = self::place(item.0, here, file);
        here.truncate(length);
        at
    };
    let node = match node {
        RawNode::Leaf(node) => node,
        RawNode::List(items) => Node::List(
            items
                .into_iter()
                .enumerate()
                .map(|(at, item)| below(item, format_args!("[{at}]"), "", here))
                .collect(),
        ),
        RawNode::Table(entries) => Node::Table(
            entries
                .into_iter()
                .map(|(name, value)| {
                    let at = below(value, format_args!("{name}"), ".", here);
                    (name, at)
                })
                .collect(),
        ),
    };
    At { node, place }
}

struct Raw(RawNode);

enum RawNode {
    Leaf(Node),
    List(Vec<Raw>),
    Table(Vec<(String, Raw)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_bool<E>(self, truth: bool) -> Result<Raw, E> {
        Ok(Raw(RawNode::Leaf(Node::Truth(truth))))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Raw, E> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "clinical numbers lie far below 2^52"
        )]
        Ok(Raw(RawNode::Leaf(Node::Number(number as f64))))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Raw, E> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "clinical numbers lie far below 2^52"
        )]
        Ok(Raw(RawNode::Leaf(Node::Number(number as f64))))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Raw, E> {
        Ok(Raw(RawNode::Leaf(Node::Number(number))))
    }
    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw(RawNode::Leaf(Node::Text(text.to_owned()))))
    }
    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw(RawNode::Leaf(Node::Nothing)))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Raw(RawNode::List(items)))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries: Vec<(String, Raw)> = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, Raw>()? {
            if entries.iter().any(|(other, _)| *other == name) {
                return Err(A::Error::custom(format!("`{name}`{TWICE}")));
            }
            entries.push((name, value));
        }
        Ok(Raw(RawNode::Table(entries)))
    }
}
