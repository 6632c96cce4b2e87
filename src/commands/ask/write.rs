//! What is given about a patient as TOML, in the order in which it was written.

use std::fmt::Write as _;

use cotreat_care::input::{At, Node};

/// The TOML text: single values first, then tables, then lists of records.
pub(super) fn toml(given: &At) -> String {
    let mut out = String::new();
    if let Node::Table(entries) = &given.node {
        table(&mut out, "", entries);
    }
    out
}

fn table(out: &mut String, path: &str, entries: &[(String, At)]) {
    for (name, at) in entries {
        if let Some(value) = single(&at.node) {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{} = {value}", key(name));
        }
    }
    for (name, at) in entries {
        let below = if path.is_empty() {
            key(name)
        } else {
            format!("{path}.{}", key(name))
        };
        match &at.node {
            Node::Table(entries) => {
                // A table that only holds tables needs no heading of its own.
                if entries.is_empty() || entries.iter().any(|(_, at)| single(&at.node).is_some()) {
                    let _ = writeln!(out, "\n[{below}]");
                }
                table(out, &below, entries);
            }
            Node::List(items) if is_records(items) => {
                for item in items {
                    if let Node::Table(entries) = &item.node {
                        let _ = writeln!(out, "\n[[{below}]]");
                        table(out, &below, entries);
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_records(items: &[At]) -> bool {
    !items.is_empty() && items.iter().all(|item| matches!(item.node, Node::Table(_)))
}

/// A value that stands on one line; `None` for tables, records and JSON's null, which TOML does not have.
fn single(node: &Node) -> Option<String> {
    Some(match node {
        Node::Text(words) => text(words),
        // From here on a whole number no longer fits TOML's integers; the exponent makes it a float.
        Node::Number(number) if number.abs() >= 1e15 => format!("{number:e}"),
        Node::Number(number) => format!("{number}"),
        Node::Truth(truth) => truth.to_string(),
        Node::Day(day) => day.to_string(),
        Node::List(items) if is_records(items) => return None,
        Node::List(items) => format!(
            "[{}]",
            items
                .iter()
                .filter_map(|item| single(&item.node))
                .collect::<Vec<_>>()
                .join(", ")
        ),
        Node::Table(_) | Node::Nothing => return None,
    })
}

fn key(name: &str) -> String {
    let bare = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if bare { name.to_owned() } else { text(name) }
}

fn text(words: &str) -> String {
    let mut out = String::from('"');
    for c in words.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
