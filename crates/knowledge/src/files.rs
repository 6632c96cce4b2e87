//! Reads the texts of a knowledge folder into the shapes of their kinds; nothing is linked yet.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use toml::de::DeTable;

use crate::format::{
    Classification, Codes, Condition, Finding, Instrument, Intervention, Joint, Kind, Ledger,
    Medicine, Method, Muscle, Pathway, Pattern, Profession, Profile, Source, Technique, Wording,
};
use crate::problem::{Place, Problem};
use crate::shape;
use crate::unread::Unread;

/// One file's content and where it stands.
#[derive(Debug)]
pub(crate) struct Written<T> {
    /// Path below the knowledge folder.
    pub(crate) file: String,
    /// What stands in it.
    pub(crate) value: T,
}

/// The text of a file with the starts of its lines, so that a place costs a look-up.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    pub(crate) text: &'a str,
    lines: Vec<usize>,
}

impl<'a> Text<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let lines = std::iter::once(0)
            .chain(
                text.bytes()
                    .enumerate()
                    .filter(|(_, b)| *b == b'\n')
                    .map(|(at, _)| at + 1),
            )
            .collect();
        Self { text, lines }
    }

    /// The place of a byte offset.
    pub(crate) fn place(&self, file: &str, offset: usize) -> Place {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.lines.partition_point(|start| *start <= offset);
        let column = self.text[self.lines[line - 1]..offset].chars().count() + 1;
        Place {
            file: file.to_owned(),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    /// The offset in the file of an offset inside a string that was written at `span`.
    ///
    /// Exact for strings without escapes; the start of the string otherwise.
    pub(crate) fn inside(&self, span: &Range<usize>, offset: usize) -> usize {
        let raw = self.text.get(span.clone()).unwrap_or_default();
        let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") {
            3
        } else {
            1
        };
        let newline = usize::from(quotes == 3 && raw[3..].starts_with('\n'));
        if raw.starts_with('"') && raw.contains('\\') {
            span.start
        } else {
            span.start + quotes + newline + offset
        }
    }
}

/// Every file of a knowledge folder by kind.
#[derive(Debug, Default)]
pub(crate) struct Files {
    pub(crate) sources: Vec<Written<Source>>,
    pub(crate) findings: Vec<Written<Finding>>,
    pub(crate) conditions: Vec<Written<Condition>>,
    pub(crate) classifications: Vec<Written<Classification>>,
    pub(crate) instruments: Vec<Written<Instrument>>,
    pub(crate) interventions: Vec<Written<Intervention>>,
    pub(crate) techniques: Vec<Written<Technique>>,
    pub(crate) medicines: Vec<Written<Medicine>>,
    pub(crate) muscles: Vec<Written<Muscle>>,
    pub(crate) joints: Vec<Written<Joint>>,
    pub(crate) patterns: Vec<Written<Pattern>>,
    pub(crate) professions: Vec<Written<Profession>>,
    pub(crate) pathways: Vec<Written<Pathway>>,
    pub(crate) profiles: Vec<Written<Profile>>,
    pub(crate) wordings: Vec<Written<Wording>>,
    pub(crate) codes: Vec<Written<Codes>>,
    pub(crate) ledgers: Vec<Written<Ledger>>,
    pub(crate) methods: Vec<Written<Method>>,
    pub(crate) unread: Unread,
}

impl Files {
    /// Reads every text; what cannot be read becomes problems.
    pub(crate) fn read(texts: &BTreeMap<&str, Text<'_>>, problems: &mut Vec<Problem>) -> Self {
        let mut files = Self::default();
        for (file, text) in texts {
            match Kind::of(file) {
                None => problems.push(
                    Problem::new(
                        Place::file(file),
                        "this file does not belong in the knowledge folder",
                    )
                    .help("GUIDE.md lists the folders and what they hold"),
                ),
                Some(Kind::Case | Kind::Prose) => {}
                Some(kind) => files.read_one(kind, file, text, problems),
            }
        }
        files
    }

    fn read_one(&mut self, kind: Kind, file: &str, text: &Text<'_>, problems: &mut Vec<Problem>) {
        let before = problems.len();
        match kind {
            Kind::Source => read(kind, file, text, problems, &mut self.sources),
            Kind::Finding => read(kind, file, text, problems, &mut self.findings),
            Kind::Condition => read(kind, file, text, problems, &mut self.conditions),
            Kind::Classification => read(kind, file, text, problems, &mut self.classifications),
            Kind::Instrument => read(kind, file, text, problems, &mut self.instruments),
            Kind::Intervention => read(kind, file, text, problems, &mut self.interventions),
            Kind::Technique => read(kind, file, text, problems, &mut self.techniques),
            Kind::Medicine => read(kind, file, text, problems, &mut self.medicines),
            Kind::Muscle => read(kind, file, text, problems, &mut self.muscles),
            Kind::Joint => read(kind, file, text, problems, &mut self.joints),
            Kind::Pattern => read(kind, file, text, problems, &mut self.patterns),
            Kind::Profession => read(kind, file, text, problems, &mut self.professions),
            Kind::Pathway => read(kind, file, text, problems, &mut self.pathways),
            Kind::Profile => read(kind, file, text, problems, &mut self.profiles),
            Kind::Wording => read(kind, file, text, problems, &mut self.wordings),
            Kind::Codes => read(kind, file, text, problems, &mut self.codes),
            Kind::Ledger => read(kind, file, text, problems, &mut self.ledgers),
            Kind::Method => read(kind, file, text, problems, &mut self.methods),
            Kind::Case | Kind::Prose => {}
        }
        if problems.len() > before {
            self.unread.add(kind, file, text.text);
        }
    }
}

fn read<T: DeserializeOwned>(
    kind: Kind,
    file: &str,
    text: &Text<'_>,
    problems: &mut Vec<Problem>,
    out: &mut Vec<Written<T>>,
) {
    let (table, errors) = DeTable::parse_recoverable(text.text);
    if !errors.is_empty() {
        problems.extend(errors.iter().map(|error| syntax(file, text, error)));
        return;
    }
    let wrong = shape::check(file, text.text, &table, schema(kind));
    if !wrong.is_empty() {
        problems.extend(wrong);
        return;
    }
    match T::deserialize(toml::de::Deserializer::from(table)) {
        Ok(value) => out.push(Written {
            file: file.to_owned(),
            value,
        }),
        Err(error) => problems.push(syntax(file, text, &error)),
    }
}

fn syntax(file: &str, text: &Text<'_>, error: &toml::de::Error) -> Problem {
    let place = error
        .span()
        .map_or_else(|| Place::file(file), |span| text.place(file, span.start));
    Problem::new(place, error.message().to_owned())
}

/// Schemas are made once: they are the same for every release.
fn schema(kind: Kind) -> &'static Json {
    static SCHEMAS: OnceLock<BTreeMap<Kind, Json>> = OnceLock::new();
    static NOTHING: Json = Json::Null;
    SCHEMAS
        .get_or_init(|| {
            Kind::TOML
                .into_iter()
                .filter_map(|kind| Some((kind, kind.schema()?)))
                .collect()
        })
        .get(&kind)
        .unwrap_or(&NOTHING)
}
