//! What stands in the files but is not carried into the linked knowledge: printed sensitivities, bands of scores, patient wording, codes, and
//! every record that names a source.

use cotreat_care::input::{At, Node, node};
use cotreat_knowledge::format::{Kind, WordKind};
use cotreat_knowledge::{Knowledge, Place};

use crate::files::Texts;
use crate::words::{place, short, word};

use super::article::{Entry, Origin};

/// The texts of a knowledge folder, read again where the linked knowledge does not say enough.
pub(super) struct Written<'a> {
    texts: &'a Texts,
    knowledge: &'a Knowledge,
}

impl<'a> Written<'a> {
    pub(super) fn new(texts: &'a Texts, knowledge: &'a Knowledge) -> Self {
        Self { texts, knowledge }
    }

    /// A file as a tree of values.
    fn tree(&self, file: &str) -> Option<At> {
        let text = self.texts.get(file)?;
        node::parse_toml(file, text, 0, text).ok()
    }

    /// The record number `at` of a list in a file.
    fn record(&self, file: &str, list: &str, at: usize) -> Option<At> {
        match self.tree(file)?.get(list)?.node {
            Node::List(ref records) => records.get(at).cloned(),
            _ => None,
        }
    }

    /// Sensitivity and specificity as they were printed, of one evidence record of a finding.
    pub(super) fn printed(&self, file: &str, at: usize) -> Vec<String> {
        let Some(record) = self.record(file, "evidence", at) else {
            return Vec::new();
        };
        ["sensitivity", "specificity"]
            .into_iter()
            .filter_map(|name| Some(format!("{name} {}", measured(record.get(name)?)?)))
            .collect()
    }

    /// The bands of every score of an instrument, with what they rest on.
    pub(super) fn bands(&self, file: &str) -> Vec<Entry> {
        let mut entries = Vec::new();
        let Some(tree) = self.tree(file) else {
            return entries;
        };
        for score in list(&tree, "score") {
            for band in list(score, "band") {
                let words = format!(
                    "{}, {}: {} to {}, {}",
                    text(score, "id").unwrap_or_default(),
                    text(band, "name").unwrap_or_default(),
                    number(band, "from").unwrap_or_default(),
                    number(band, "to").unwrap_or_default(),
                    text(band, "says").unwrap_or_default(),
                );
                entries.push(self.entry(words, band));
            }
        }
        entries
    }

    /// What patients read about an id.
    pub(super) fn wording(&self, kind: WordKind, wanted: impl Fn(&str) -> bool) -> Vec<Entry> {
        self.words(Kind::Wording, kind, "text", &wanted, |file, _, id, text| {
            let language = file.split('/').nth(1).unwrap_or_default();
            format!("{language}, {id}: {text}")
        })
    }

    /// The codes of an id in terminologies.
    pub(super) fn codes(&self, kind: WordKind, wanted: impl Fn(&str) -> bool) -> Vec<Entry> {
        self.words(Kind::Codes, kind, "codes", &wanted, |_, tree, id, code| {
            format!("{} {code} ({id})", text(tree, "system").unwrap_or_default())
        })
    }

    fn words(
        &self,
        files: Kind,
        kind: WordKind,
        table: &str,
        wanted: &impl Fn(&str) -> bool,
        say: impl Fn(&str, &At, &str, &str) -> String,
    ) -> Vec<Entry> {
        let mut entries = Vec::new();
        let kind = word(serde_json::to_value(kind));
        for file in self
            .texts
            .keys()
            .filter(|file| Kind::of(file) == Some(files))
        {
            let Some(tree) = self.tree(file) else {
                continue;
            };
            if text(&tree, "kind").is_none_or(|own| own != kind) {
                continue;
            }
            let Some(At {
                node: Node::Table(words),
                ..
            }) = tree.get(table)
            else {
                continue;
            };
            for (id, at) in words.iter().filter(|(id, _)| wanted(id)) {
                let Node::Text(value) = &at.node else {
                    continue;
                };
                let mut entry = Entry::plain(say(file, &tree, id, value)).at(&at.place);
                if files == Kind::Codes {
                    entry = Entry {
                        origin: Some(self.origin(&tree)),
                        ..entry
                    }
                    .details(text(&tree, "says").map(str::to_owned));
                }
                entries.push(entry);
            }
        }
        entries
    }

    /// Every record of every file that names a source, in the order of files and lines.
    pub(super) fn citing(&self, source: &str) -> Vec<Entry> {
        let quoted = format!("\"{source}\"");
        let mut entries = Vec::new();
        for (file, _) in self
            .texts
            .iter()
            .filter(|(file, text)| Kind::of(file) != Some(Kind::Case) && text.contains(&quoted))
        {
            if let Some(tree) = self.tree(file) {
                self.records(&tree, "", source, &mut entries);
            }
        }
        entries
    }

    fn records(&self, at: &At, name: &str, source: &str, entries: &mut Vec<Entry>) {
        match &at.node {
            Node::Table(values) => {
                if text(at, "source").is_some_and(|own| own == source) {
                    let of = text(at, "label")
                        .or_else(|| text(at, "id"))
                        .or_else(|| text(at, "condition"))
                        .unwrap_or_default();
                    let lead = [name, of]
                        .into_iter()
                        .filter(|part| !part.is_empty())
                        .collect::<Vec<_>>()
                        .join(" ");
                    entries.push(self.entry(
                        format!("{lead}: {}", text(at, "says").unwrap_or_default()),
                        at,
                    ));
                }
                for (name, value) in values {
                    self.records(value, name, source, entries);
                }
            }
            Node::List(items) => items
                .iter()
                .for_each(|item| self.records(item, name, source, entries)),
            _ => {}
        }
    }

    /// A record as an item, with the line of its sentence.
    fn entry(&self, words: String, record: &At) -> Entry {
        let at: &Place = record.get("says").map_or(&record.place, |says| &says.place);
        Entry {
            words,
            details: Vec::new(),
            origin: Some(self.origin(record)),
            place: Some(place(at)),
        }
    }

    fn origin(&self, record: &At) -> Origin {
        let source = text(record, "source");
        let file = &record.place.file;
        Origin {
            source: source.map(str::to_owned),
            source_name: source
                .and_then(|id| self.knowledge.sources.get(id))
                .map(|source| source.short.clone()),
            location: text(record, "where").unwrap_or_default().to_owned(),
            basis: text(record, "basis")
                .map_or_else(|| "source".to_owned(), |basis| basis.replace('_', " ")),
            certified: self.knowledge.is_certified(file),
        }
    }
}

fn text<'n>(at: &'n At, name: &str) -> Option<&'n str> {
    match &at.get(name)?.node {
        Node::Text(text) => Some(text),
        _ => None,
    }
}

fn number(at: &At, name: &str) -> Option<f64> {
    match at.get(name)?.node {
        Node::Number(number) => Some(number),
        _ => None,
    }
}

fn list<'n>(at: &'n At, name: &str) -> &'n [At] {
    match at.get(name) {
        Some(At {
            node: Node::List(items),
            ..
        }) => items,
        _ => &[],
    }
}

/// `0.28 (95 % interval 0.22 to 0.35)`.
fn measured(at: &At) -> Option<String> {
    let value = number(at, "value")?;
    Some(match (number(at, "low"), number(at, "high")) {
        (Some(low), Some(high)) => format!(
            "{} (95 % interval {} to {})",
            short(value),
            short(low),
            short(high)
        ),
        _ => format!("{} (no interval printed)", short(value)),
    })
}
