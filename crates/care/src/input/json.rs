//! JSON into nodes. Names that stand twice in one object are an error, not silently the last one.

use std::collections::HashSet;
use std::fmt;

use cotreat_knowledge::{Place, Problem};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::node::{At, Node};

/// How the message about a repeated name ends.
const TWICE: &str = " stands twice";

/// Parses JSON text. Only the whole has a place, since JSON readers keep no lines; syntax errors have line and column.
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
    Ok(At {
        node: raw.0,
        place: Place::file(file),
    })
}

struct Raw(Node);

impl Raw {
    fn at(self) -> At {
        At {
            node: self.0,
            place: Place::default(),
        }
    }
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
        Ok(Raw(Node::Truth(truth)))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Raw, E> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "clinical numbers lie far below 2^52"
        )]
        Ok(Raw(Node::Number(number as f64)))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Raw, E> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "clinical numbers lie far below 2^52"
        )]
        Ok(Raw(Node::Number(number as f64)))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Raw, E> {
        Ok(Raw(Node::Number(number)))
    }
    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw(Node::Text(text.to_owned())))
    }
    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw(Node::Nothing))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element::<Raw>()? {
            items.push(item.at());
        }
        Ok(Raw(Node::List(items)))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries: Vec<(String, At)> = Vec::new();
        let mut before = Before::default();
        while let Some(name) = map.next_key::<String>()? {
            if before.holds(&name, &entries) {
                return Err(A::Error::custom(format!("`{name}`{TWICE}")));
            }
            let value: Raw = map.next_value()?;
            entries.push((name, value.at()));
        }
        Ok(Raw(Node::Table(entries)))
    }
}

/// The names that stood before in the same object. Most objects are written by programs that sort them, and then nothing is kept: a name behind
/// the last one is new.
#[derive(Default)]
struct Before(Option<HashSet<String>>);

impl Before {
    /// Whether a name stood before; from now on it did.
    fn holds(&mut self, name: &str, entries: &[(String, At)]) -> bool {
        if self.0.is_none() && entries.last().is_none_or(|(last, _)| last.as_str() < name) {
            return false;
        }
        let names = self
            .0
            .get_or_insert_with(|| entries.iter().map(|(name, _)| name.clone()).collect());
        !names.insert(name.to_owned())
    }
}
