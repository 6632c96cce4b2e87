//! A value as it was written, with its place: the same for TOML, JSON and the blocks of a case.

use cotreat_knowledge::{Place, Problem};
use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct At {
    /// The value.
    pub node: Node,
    /// Where it was written. Without a file for the parts of JSON, whose readers keep no lines: those are named by their path.
    pub place: Place,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// A day.
    Day(Date),
    /// Several values.
    List(Vec<At>),
    /// Named values, in the order in which they were written.
    Table(Vec<(String, At)>),
    /// JSON's null.
    Nothing,
}

impl Node {
    /// The word for what it is.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::Truth(_) => "true or false",
            Self::Day(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Nothing => "nothing",
        }
    }
}

impl At {
    /// The value under a name, of a table.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        match &self.node {
            Node::Table(entries) => entries
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, at)| at),
            _ => None,
        }
    }

    /// Lays another table over this one: names inside tables replace one by one, anything else as a whole.
    pub fn overlay(&mut self, over: &Self) {
        let (Node::Table(below), Node::Table(above)) = (&mut self.node, &over.node) else {
            *self = over.clone();
            return;
        };
        for (name, value) in above {
            match below.iter_mut().find(|(key, _)| key == name) {
                Some((_, old)) => old.overlay(value),
                None => below.push((name.clone(), value.clone())),
            }
        }
    }
}

/// Parses TOML that stands at `offset` in `whole` (for a block inside Markdown), so that places are those of the whole file.
///
/// # Errors
/// Every syntax error.
pub fn parse_toml(file: &str, text: &str, offset: usize, whole: &str) -> Result<At, Vec<Problem>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let place = |at: usize| Place::of(file, whole, offset + at);
    if !errors.is_empty() {
        let mut problems: Vec<Problem> = errors
            .iter()
            .map(|error| syntax(text, error, &place))
            .collect();
        // One slip can leave several brackets open at the same place.
        problems.dedup();
        return Err(problems);
    }
    let mut problems = Vec::new();
    let node = convert_table(table.get_ref(), &place, &mut problems);
    if problems.is_empty() {
        Ok(At {
            node,
            place: place(0),
        })
    } else {
        Err(problems)
    }
}

/// A slip in the TOML, with what to do about it.
fn syntax(text: &str, error: &toml::de::Error, place: &impl Fn(usize) -> Place) -> Problem {
    let span = error.span().unwrap_or_default();
    let place = place(span.start);
    if error.message() == "duplicate key" {
        let key = text.get(span).unwrap_or_default();
        return Problem::new(place, format!("`{key}` stands twice")).help("keep one of the two");
    }
    Problem::new(place, error.message().to_owned())
        .help("one `name = value` on a line; texts in double quotes, lists in [ ]")
}

fn convert_table(
    table: &DeTable<'_>,
    place: &impl Fn(usize) -> Place,
    problems: &mut Vec<Problem>,
) -> Node {
    let mut entries: Vec<_> = table.iter().collect();
    // The parser keeps names sorted; people think in the order in which they wrote.
    entries.sort_by_key(|(key, _)| key.span().start);
    Node::Table(
        entries
            .into_iter()
            .map(|(key, value)| {
                (
                    key.get_ref().to_string(),
                    convert(value, key.span().start, place, problems),
                )
            })
            .collect(),
    )
}

fn convert(
    value: &Spanned<DeValue<'_>>,
    key: usize,
    place: &impl Fn(usize) -> Place,
    problems: &mut Vec<Problem>,
) -> At {
    let start = value.span().start;
    let node = match value.get_ref() {
        DeValue::String(text) => Node::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            #[expect(
                clippy::cast_precision_loss,
                reason = "clinical numbers lie far below 2^52"
            )]
            Ok(whole) => Node::Number(whole as f64),
            Err(_) => {
                problems.push(Problem::new(place(start), "this number is too large"));
                Node::Nothing
            }
        },
        DeValue::Float(number) => match number.as_str().parse::<f64>() {
            Ok(number) if number.is_finite() => Node::Number(number),
            _ => {
                problems.push(Problem::new(
                    place(start),
                    format!("`{}` is not a number that can be used", number.as_str()),
                ));
                Node::Nothing
            }
        },
        DeValue::Boolean(truth) => Node::Truth(*truth),
        DeValue::Datetime(day) => match day
            .to_string()
            .get(..10)
            .unwrap_or_default()
            .parse::<Date>()
        {
            Ok(date) if day.date.is_some() => Node::Day(date),
            _ => {
                problems.push(
                    Problem::new(place(start), format!("`{day}` is not a day"))
                        .help("write a date as 2026-03-31"),
                );
                Node::Nothing
            }
        },
        DeValue::Array(list) => Node::List(
            list.iter()
                .map(|item| convert(item, item.span().start, place, problems))
                .collect(),
        ),
        DeValue::Table(table) => convert_table(table, place, problems),
    };
    At {
        node,
        place: place(key),
    }
}
