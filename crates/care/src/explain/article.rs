//! What is shown about one id: plain values, printed as text or JSON.

use crate::face::{Block, Tone};
use cotreat_knowledge::format::WordKind;
use cotreat_knowledge::model::{Rule, Statement};
use cotreat_knowledge::{Knowledge, Place};
use serde_json::{Value, json};

use super::words::{place, word};

/// Everything known about one id of one kind.
#[derive(Clone, Debug)]
pub struct Article {
    /// What sort of thing it is.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The file it stands in.
    pub file: Option<FileNote>,
    /// Short facts: label and text.
    pub facts: Vec<(&'static str, String)>,
    /// Lists of statements, each with its title.
    pub sections: Vec<Section>,
}

/// The file something stands in.
#[derive(Clone, Debug)]
pub struct FileNote {
    /// Its path below the knowledge folder.
    pub path: String,
    /// Its path and the line.
    pub place: String,
    /// BLAKE3 of its text: what the review ledger certifies.
    pub hash: String,
    /// Who certified this text.
    pub certified_by: Option<String>,
}

/// A titled list.
#[derive(Clone, Debug)]
pub struct Section {
    /// What the list is about.
    pub title: &'static str,
    /// What stands in it.
    pub entries: Vec<Entry>,
}

/// One item of a list.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// What it says.
    pub words: String,
    /// More about it: the rule as it is written, the numbers.
    pub details: Vec<String>,
    /// Where the statement comes from, for clinical statements.
    pub origin: Option<Origin>,
    /// Where it is written.
    pub place: Option<String>,
}

/// What a statement rests on.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Id of the source.
    pub source: Option<String>,
    /// What the source is called in short.
    pub source_name: Option<String>,
    /// Where in the source.
    pub location: String,
    /// `source`, `secondary` or `expert judgement`.
    pub basis: String,
    /// Somebody certified the file.
    pub certified: bool,
}

impl Article {
    pub(super) fn new(kind: &'static str, id: &str, name: &str) -> Self {
        Self {
            kind,
            id: id.to_owned(),
            name: name.to_owned(),
            file: None,
            facts: Vec::new(),
            sections: Vec::new(),
        }
    }

    /// The file it stands in, with what the review ledger needs.
    pub(super) fn in_file(mut self, knowledge: &Knowledge, at: &Place) -> Self {
        self.file = Some(FileNote {
            path: at.file.clone(),
            place: place(at),
            hash: knowledge
                .file_hashes
                .get(&at.file)
                .cloned()
                .unwrap_or_default(),
            certified_by: knowledge.certified.get(&at.file).cloned(),
        });
        self
    }

    /// Adds a short fact.
    pub(super) fn fact(&mut self, label: &'static str, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.facts.push((label, text));
        }
    }

    /// Adds a list, unless it is empty.
    pub(super) fn section(&mut self, title: &'static str, entries: Vec<Entry>) {
        if !entries.is_empty() {
            self.sections.push(Section { title, entries });
        }
    }

    /// What patients read about ids, and their codes in terminologies.
    pub(super) fn words(
        &mut self,
        knowledge: &Knowledge,
        kind: WordKind,
        wanted: impl Fn(&str) -> bool,
    ) {
        let mut wording = Vec::new();
        for ((language, _), texts) in knowledge.wording.iter().filter(|((_, k), _)| *k == kind) {
            for (id, one) in texts.iter().filter(|(id, _)| wanted(id)) {
                wording
                    .push(Entry::plain(format!("{language}, {id}: {}", one.text)).at(&one.place));
            }
        }
        self.section("Patient wording", wording);
        let mut codes = Vec::new();
        for list in knowledge.codes.iter().filter(|list| list.kind == kind) {
            for (id, one) in list.codes.iter().filter(|(id, _)| wanted(id)) {
                let words = format!("{} {} ({id})", list.system, one.text);
                codes.push(
                    Entry::plain(words)
                        .detail(list.statement.says.clone())
                        .rests_on(knowledge, &list.statement)
                        .at(&one.place),
                );
            }
        }
        self.section("Codes", codes);
    }

    /// As headings and lists.
    #[must_use]
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Heading(
            1,
            format!("{} ({} {})", self.name, self.kind, self.id),
        )];
        if let Some(file) = &self.file {
            let certified = file.certified_by.as_ref().map_or_else(
                || "not yet certified".to_owned(),
                |by| format!("certified by {by}"),
            );
            let tone = if file.certified_by.is_some() {
                Tone::Good
            } else {
                Tone::Warning
            };
            blocks.push(Block::Line(format!("{}; {certified}", file.place), tone));
            blocks.push(Block::Line(
                format!(
                    "BLAKE3 of {} for the review ledger: {}",
                    file.path, file.hash
                ),
                Tone::Faint,
            ));
        }
        blocks.extend(
            self.facts
                .iter()
                .map(|(label, text)| Block::Item(0, format!("{label}: {text}"), Tone::Plain)),
        );
        for section in &self.sections {
            blocks.push(Block::Heading(2, section.title.to_owned()));
            section
                .entries
                .iter()
                .for_each(|entry| entry.blocks(&mut blocks));
        }
        blocks
    }

    /// As JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let file = self.file.as_ref().map(|f| json!({ "path": f.path, "place": f.place, "blake3": f.hash, "certified_by": f.certified_by }));
        let facts: Vec<Value> = self
            .facts
            .iter()
            .map(|(label, text)| json!({ "label": label, "text": text }))
            .collect();
        let sections: Vec<Value> = self
            .sections
            .iter()
            .map(|s| json!({ "title": s.title, "entries": s.entries.iter().map(Entry::json).collect::<Vec<_>>() }))
            .collect();
        json!({ "kind": self.kind, "id": self.id, "name": self.name, "file": file, "facts": facts, "sections": sections })
    }
}

impl Entry {
    /// An item without a source of its own.
    pub(super) fn plain(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            ..Self::default()
        }
    }

    /// A clinical statement, with a few words in front.
    pub(super) fn stated(knowledge: &Knowledge, lead: &str, statement: &Statement) -> Self {
        let words = if lead.is_empty() {
            statement.says.clone()
        } else {
            format!("{lead}: {}", statement.says)
        };
        Self::plain(words)
            .rests_on(knowledge, statement)
            .at(&statement.place)
    }

    /// The rule as it is written.
    pub(super) fn when(mut self, rule: Option<&Rule>) -> Self {
        self.details
            .extend(rule.map(|rule| format!("when {}", rule.expr.text())));
        self
    }

    pub(super) fn detail(mut self, words: impl Into<String>) -> Self {
        self.details.push(words.into());
        self
    }

    pub(super) fn details(mut self, words: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(words);
        self
    }

    /// What it rests on.
    pub(super) fn rests_on(mut self, knowledge: &Knowledge, statement: &Statement) -> Self {
        self.origin = Some(Origin::of(knowledge, statement));
        self
    }

    pub(super) fn at(mut self, at: &Place) -> Self {
        self.place = Some(place(at));
        self
    }

    fn blocks(&self, blocks: &mut Vec<Block>) {
        let place = self.place.clone().unwrap_or_default();
        // A bare pointer is short enough to carry its place on the same line.
        if self.origin.is_none() && self.details.is_empty() {
            blocks.push(Block::Item(
                0,
                format!("{} {place}", self.words),
                Tone::Plain,
            ));
            return;
        }
        blocks.push(Block::Item(0, self.words.clone(), Tone::Plain));
        blocks.extend(
            self.details
                .iter()
                .map(|detail| Block::Item(1, detail.clone(), Tone::Plain)),
        );
        let cited = self
            .origin
            .as_ref()
            .map(|origin| format!("[{}]", origin.words()))
            .unwrap_or_default();
        blocks.push(Block::Item(
            1,
            format!("{cited} {place}").trim().to_owned(),
            Tone::Faint,
        ));
    }

    fn json(&self) -> Value {
        let origin = self.origin.as_ref();
        json!({
            "says": self.words,
            "details": self.details,
            "place": self.place,
            "source": origin.and_then(|o| o.source.clone()),
            "source_name": origin.and_then(|o| o.source_name.clone()),
            "location": origin.map(|o| o.location.clone()).filter(|location| !location.is_empty()),
            "basis": origin.map(|o| o.basis.clone()),
            "certified": origin.map(|o| o.certified),
        })
    }
}

impl Origin {
    fn of(knowledge: &Knowledge, statement: &Statement) -> Self {
        Self {
            source: statement
                .source
                .map(|source| knowledge.sources.id(source).to_owned()),
            source_name: statement
                .source
                .map(|source| knowledge.sources[source].short.clone()),
            location: statement.location.clone(),
            basis: word(serde_json::to_value(statement.basis)),
            certified: knowledge.is_certified(&statement.place.file),
        }
    }

    /// Source, place in it, basis, and whether anybody certified the file.
    fn words(&self) -> String {
        let mut parts = Vec::new();
        match (&self.source_name, &self.source) {
            (Some(name), Some(id)) if self.location.is_empty() => {
                parts.push(format!("{name} ({id})"))
            }
            (Some(name), Some(id)) => parts.push(format!("{name} ({id}), {}", self.location)),
            _ => {}
        }
        match self.basis.as_str() {
            "source" => {}
            "secondary" => parts.push("not confirmed in the paper itself".to_owned()),
            other => parts.push(other.to_owned()),
        }
        parts.push(
            if self.certified {
                "certified"
            } else {
                "not yet certified"
            }
            .to_owned(),
        );
        parts.join("; ")
    }
}
