//! Numbers with their units, within what is possible.

use std::collections::BTreeMap;

use super::Reader;
use crate::input::node::{At, Node};

impl Reader<'_> {
    /// A number in the finding's own unit.
    pub(super) fn number(
        &mut self,
        id: &str,
        unit: Option<&str>,
        units: &BTreeMap<String, f64>,
        at: &At,
    ) -> Option<f64> {
        let Some(unit) = unit else {
            return self.bare(id, at);
        };
        match &at.node {
            Node::Text(text) => self.with_unit(id, text.trim(), unit, units, at),
            Node::Number(number) => {
                self.needs_unit(id, *number, unit, at);
                None
            }
            other => {
                self.wrong(
                    at,
                    format!("`{id}` is a number with a unit, not {}", other.word()),
                    format!("e.g. `{id} = \"42 {unit}\"`"),
                );
                None
            }
        }
    }

    fn bare(&mut self, id: &str, at: &At) -> Option<f64> {
        if let Node::Number(number) = at.node {
            return Some(number);
        }
        self.wrong(
            at,
            format!("`{id}` is a bare number"),
            format!("e.g. `{id} = 7`"),
        );
        None
    }

    fn with_unit(
        &mut self,
        id: &str,
        text: &str,
        unit: &str,
        units: &BTreeMap<String, f64>,
        at: &At,
    ) -> Option<f64> {
        let split = text
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')))
            .unwrap_or(text.len());
        let (number, written) = (text[..split].trim(), text[split..].trim());
        let Some(number) = number.parse::<f64>().ok().filter(|n| n.is_finite()) else {
            self.wrong(
                at,
                format!("`{text}` does not begin with a number"),
                format!("e.g. `{id} = \"42 {unit}\"`"),
            );
            return None;
        };
        if same_unit(written, unit) {
            return Some(number);
        }
        if let Some((_, factor)) = units.iter().find(|(name, _)| same_unit(name, written)) {
            return Some(number * factor);
        }
        if written.is_empty() {
            self.needs_unit(id, number, unit, at);
        } else {
            let accepted: Vec<&str> = std::iter::once(unit)
                .chain(units.keys().map(String::as_str))
                .collect();
            self.wrong(
                at,
                format!("`{id}` is not measured in `{written}`"),
                format!("accepted units: {}", accepted.join(", ")),
            );
        }
        None
    }

    fn needs_unit(&mut self, id: &str, number: f64, unit: &str, at: &At) {
        self.wrong(
            at,
            format!("`{id}` needs its unit"),
            format!("write `{id} = \"{number} {unit}\"`"),
        );
    }

    /// Whether a number is possible; says so where it is not.
    pub(super) fn in_range(
        &mut self,
        id: &str,
        number: f64,
        unit: Option<&str>,
        (min, max): (Option<f64>, Option<f64>),
        at: &At,
    ) -> bool {
        if min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max) {
            return true;
        }
        let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
        let range = match (min, max) {
            (Some(min), Some(max)) => format!("from {min} to {max}{unit}"),
            (Some(min), None) => format!("from {min}{unit}"),
            (None, Some(max)) => format!("up to {max}{unit}"),
            (None, None) => String::new(),
        };
        self.wrong(
            at,
            format!("`{id}` cannot be {number}{unit}"),
            format!("possible values run {range}"),
        );
        false
    }
}

/// "1 day" is as good as "1 days".
fn same_unit(a: &str, b: &str) -> bool {
    a == b || a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a)
}
