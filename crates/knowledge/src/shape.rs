//! Checks that a file has the shape of its kind, and says everything that is wrong at once.
//!
//! The shape is the kind's JSON Schema, the same one that editors use; so there is one description of a file, not two. Only the
//! keywords that the schemas of [`crate::format`] contain are understood.

use serde_json::Value as Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::problem::{Place, Problem, did_you_mean};

/// What is wrong with the shape of `table`, a file of the kind that `schema` describes.
pub(crate) fn check<'a>(
    file: &'a str,
    text: &'a str,
    table: &Spanned<DeTable<'_>>,
    schema: &'a Json,
) -> Vec<Problem> {
    let mut walk = Walk {
        file,
        text,
        root: schema,
        problems: Vec::new(),
    };
    walk.table(table.get_ref(), table.span().start, "this file", schema);
    walk.problems
}

struct Walk<'a> {
    file: &'a str,
    text: &'a str,
    root: &'a Json,
    problems: Vec<Problem>,
}

impl<'a> Walk<'a> {
    fn problem(&mut self, offset: usize, message: String, help: Option<String>) {
        self.problems
            .push(Problem::new(Place::of(self.file, self.text, offset), message).maybe_help(help));
    }

    fn table(&mut self, table: &DeTable<'_>, offset: usize, what: &str, schema: &'a Json) {
        let properties = schema.get("properties").and_then(Json::as_object);
        let others = schema.get("additionalProperties");
        for (key, value) in table {
            let name: &str = key.get_ref();
            if let Some(expected) = properties.and_then(|p| p.get(name)) {
                self.value(value, &format!("`{name}`"), expected);
            } else if let Some(expected @ Json::Object(_)) = others {
                self.value(value, &format!("`{name}`"), expected);
            } else if let Some(properties) = properties {
                let help =
                    did_you_mean(name, properties.keys().map(String::as_str)).or_else(|| {
                        let mut known: Vec<_> =
                            properties.keys().map(|k| format!("`{k}`")).collect();
                        known.sort();
                        Some(format!("it may hold {}", known.join(", ")))
                    });
                self.problem(
                    key.span().start,
                    format!("`{name}` does not belong in {what}"),
                    help,
                );
            }
        }
        for required in schema
            .get("required")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
        {
            if !table.contains_key(required) {
                let help = properties
                    .and_then(|p| p.get(required))
                    .and_then(|p| p.get("description"))
                    .and_then(Json::as_str)
                    .map(|d| format!("`{required}`: {d}"));
                self.problem(offset, format!("`{required}` is missing in {what}"), help);
            }
        }
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, what: &str, schema: &'a Json) {
        let schema = self.resolve(schema);
        let offset = value.span().start;
        let words = allowed_words(schema);
        match (expected(schema), value.get_ref()) {
            (Expected::Words, DeValue::String(text)) => {
                if !words.iter().any(|word| *word == text.as_ref()) {
                    let help = did_you_mean(text, words.iter().copied());
                    let list: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
                    self.problem(
                        offset,
                        format!("{what} is one of {}, not `{text}`", list.join(", ")),
                        help,
                    );
                }
            }
            (Expected::Text, DeValue::String(text)) => {
                if text.trim().is_empty() {
                    self.problem(
                        offset,
                        format!("{what} is empty"),
                        Some("write it or leave the line out".into()),
                    );
                }
            }
            (Expected::Number, DeValue::Float(number)) => {
                if !number
                    .as_str()
                    .replace('_', "")
                    .parse::<f64>()
                    .is_ok_and(f64::is_finite)
                {
                    self.problem(offset, format!("{what} must be a finite number"), None);
                }
            }
            (Expected::Integer, DeValue::Integer(number)) => {
                let value = i64::from_str_radix(number.as_str(), number.radix());
                let limit = |name: &str| schema.get(name).and_then(Json::as_f64);
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "limits of small whole numbers; a larger one is outside either way"
                )]
                let inside = value.is_ok_and(|value| {
                    limit("minimum").is_none_or(|min| value as f64 >= min)
                        && limit("maximum").is_none_or(|max| value as f64 <= max)
                });
                if !inside {
                    let help = limit("minimum")
                        .zip(limit("maximum"))
                        .map(|(min, max)| format!("write a whole number from {min} to {max}"));
                    self.problem(
                        offset,
                        format!("{what} cannot be {}", number.as_str()),
                        help,
                    );
                }
            }
            (Expected::Number, DeValue::Integer(_)) | (Expected::Truth, DeValue::Boolean(_)) => {}
            (Expected::List, DeValue::Array(list)) => {
                if let Some(items) = schema.get("items") {
                    for item in list.iter() {
                        self.value(item, what, items);
                    }
                }
            }
            (Expected::Table, DeValue::Table(table)) => self.table(table, offset, what, schema),
            (expected, _) => {
                let help = expected.example().map(|example| format!("write {example}"));
                self.problem(offset, format!("{what} must be {}", expected.word()), help);
            }
        }
    }

    /// Follows references and looks through "this or nothing".
    fn resolve(&self, mut schema: &'a Json) -> &'a Json {
        loop {
            if let Some(name) = schema
                .get("$ref")
                .and_then(Json::as_str)
                .and_then(|r| r.strip_prefix("#/$defs/"))
            {
                match self.root.get("$defs").and_then(|defs| defs.get(name)) {
                    Some(found) => schema = found,
                    None => return schema,
                }
            } else if let Some(Json::Array(options)) = schema.get("anyOf") {
                match options
                    .iter()
                    .find(|option| option.get("type").and_then(Json::as_str) != Some("null"))
                {
                    Some(found) => schema = found,
                    None => return schema,
                }
            } else {
                return schema;
            }
        }
    }
}

/// What a value must be.
#[derive(Clone, Copy)]
enum Expected {
    Words,
    Text,
    Number,
    Integer,
    Truth,
    List,
    Table,
}

impl Expected {
    const fn word(self) -> &'static str {
        match self {
            Self::Words | Self::Text => "a text in quotes",
            Self::Number => "a number",
            Self::Integer => "a whole number",
            Self::Truth => "true or false",
            Self::List => "a list",
            Self::Table => "a table",
        }
    }

    const fn example(self) -> Option<&'static str> {
        match self {
            Self::List => Some("[\"…\", \"…\"], or [[…]] records"),
            Self::Table => Some("{ … = … }, or a [section] of its own"),
            Self::Words | Self::Text | Self::Number | Self::Integer | Self::Truth => None,
        }
    }
}

fn expected(schema: &Json) -> Expected {
    if schema.get("oneOf").is_some()
        || schema.get("enum").is_some()
        || schema.get("const").is_some()
    {
        return Expected::Words;
    }
    let kind = match schema.get("type") {
        Some(Json::String(kind)) => kind.as_str(),
        Some(Json::Array(kinds)) => kinds
            .iter()
            .filter_map(Json::as_str)
            .find(|k| *k != "null")
            .unwrap_or("string"),
        _ => "object",
    };
    match kind {
        "string" => Expected::Text,
        "number" => Expected::Number,
        "integer" => Expected::Integer,
        "boolean" => Expected::Truth,
        "array" => Expected::List,
        _ => Expected::Table,
    }
}

fn allowed_words(schema: &Json) -> Vec<&str> {
    let mut words = Vec::new();
    words.extend(schema.get("const").and_then(Json::as_str));
    for word in schema
        .get("enum")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
    {
        words.extend(word.as_str());
    }
    for option in schema
        .get("oneOf")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
    {
        words.extend(allowed_words(option));
    }
    words
}
