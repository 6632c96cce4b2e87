//! Every record that rests on a source. The linked knowledge holds the statements, but not under which names they stand in their files, so the
//! files are read once more for this.

use crate::input::{At, Node, node};
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::format::Kind;

use super::words::place;

use super::Texts;
use super::article::{Entry, Origin};

/// Every record of every file that names a source, in the order of files and lines.
pub(super) fn citing(texts: &Texts, knowledge: &Knowledge, source: &str) -> Vec<Entry> {
    let quoted = format!("\"{source}\"");
    let mut entries = Vec::new();
    for (file, text) in texts
        .iter()
        .filter(|(file, text)| Kind::of(file) != Some(Kind::Case) && text.contains(&quoted))
    {
        if let Ok(tree) = node::parse_toml(file, text, 0, text) {
            records(knowledge, &tree, "", source, &mut entries);
        }
    }
    entries
}

fn records(knowledge: &Knowledge, at: &At, name: &str, source: &str, entries: &mut Vec<Entry>) {
    match &at.node {
        Node::Table(values) => {
            if text(at, "source") == Some(source) {
                entries.push(entry(knowledge, name, at));
            }
            for (name, value) in values {
                records(knowledge, value, name, source, entries);
            }
        }
        Node::List(items) => items
            .iter()
            .for_each(|item| records(knowledge, item, name, source, entries)),
        _ => {}
    }
}

/// A record as an item, with the line of its sentence.
fn entry(knowledge: &Knowledge, name: &str, record: &At) -> Entry {
    let label = ["label", "id", "condition"]
        .into_iter()
        .find_map(|key| text(record, key))
        .unwrap_or_default();
    let lead = format!("{name} {label}");
    let says = text(record, "says").unwrap_or_default();
    let at = record.get("says").map_or(&record.place, |says| &says.place);
    Entry {
        words: format!("{}: {says}", lead.trim()),
        details: Vec::new(),
        origin: Some(origin(knowledge, record)),
        place: Some(place(at)),
    }
}

fn origin(knowledge: &Knowledge, record: &At) -> Origin {
    let source = text(record, "source");
    Origin {
        source: source.map(str::to_owned),
        source_name: source
            .and_then(|id| knowledge.sources.get(id))
            .map(|source| source.short.clone()),
        location: text(record, "where").unwrap_or_default().to_owned(),
        basis: text(record, "basis")
            .map_or_else(|| "source".to_owned(), |basis| basis.replace('_', " ")),
        certified: knowledge.is_certified(&record.place.file),
    }
}

fn text<'n>(at: &'n At, name: &str) -> Option<&'n str> {
    match &at.get(name)?.node {
        Node::Text(text) => Some(text),
        _ => None,
    }
}
