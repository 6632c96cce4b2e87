//! Puts statements, rules and answers into words, and remembers what was cited.

use std::cell::RefCell;
use std::collections::BTreeSet;

use cotreat_expr::{Facts as _, Symbol, Tri};
use cotreat_knowledge::format::Basis;
use cotreat_knowledge::model::{Answers, Finding, Rule, Source, Statement, Technique};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Handle, Knowledge};
use serde::Serialize;

use crate::appraisal::{Named, Reason};
use crate::assess::Assessment;
use crate::episode::Episode;
use crate::fact::Value;
use crate::open::{Askable, Open};
use crate::state::Origin;

/// What every part of an explanation needs.
pub(super) struct Explain<'a> {
    pub(super) episode: &'a Episode,
    pub(super) knowledge: &'a Knowledge,
    pub(super) assessment: &'a Assessment,
    pub(super) open: &'a Open<'a>,
    sources: RefCell<BTreeSet<Handle<Source>>>,
    files: RefCell<BTreeSet<String>>,
}

/// The word that a file or JSON uses for an enum value.
pub(super) fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The word for a basis; spelled out because it stands in every reason.
const fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Source => "source",
        Basis::Secondary => "secondary",
        Basis::ExpertJudgement => "expert_judgement",
    }
}

impl<'a> Explain<'a> {
    pub(super) fn new(
        episode: &'a Episode,
        knowledge: &'a Knowledge,
        assessment: &'a Assessment,
        open: &'a Open<'a>,
    ) -> Self {
        Self {
            episode,
            knowledge,
            assessment,
            open,
            sources: RefCell::default(),
            files: RefCell::default(),
        }
    }

    /// How many cited files were certified, and how many were not.
    pub(super) fn cited_files(&self) -> (u32, u32) {
        let files = self.files.borrow();
        let certified = files
            .iter()
            .filter(|file| self.knowledge.is_certified(file))
            .count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (count(certified), count(files.len() - certified))
    }

    /// Every source that was cited, in the order of ids.
    pub(super) fn cited_sources(&self) -> Vec<Handle<Source>> {
        self.sources.borrow().iter().copied().collect()
    }

    /// A statement with its source, and the answers that made its rule true.
    pub(super) fn reason(&self, statement: &Statement, rule: Option<&Rule>) -> Reason {
        let file = &statement.place.file;
        if !self.files.borrow().contains(file) {
            self.files.borrow_mut().insert(file.clone());
        }
        if let Some(source) = statement.source {
            self.sources.borrow_mut().insert(source);
        }
        let source = statement.source.map(|s| &self.knowledge.sources[s]);
        Reason {
            says: statement.says.clone(),
            source: statement
                .source
                .map(|s| self.knowledge.sources.id(s).to_owned()),
            source_name: source.map(|s| s.short.clone()),
            location: (!statement.location.is_empty()).then(|| statement.location.clone()),
            basis: basis_word(statement.basis).to_owned(),
            certified: self.knowledge.is_certified(&statement.place.file),
            place: self.place(&statement.place),
            because: rule.map(|rule| self.because(rule)).unwrap_or_default(),
        }
    }

    /// File and line, as a reader of the repository finds it.
    pub(super) fn place(&self, place: &cotreat_knowledge::Place) -> String {
        format!("knowledge/{}:{}", place.file, place.line)
    }

    /// The answers behind a decided rule, in words.
    pub(super) fn because(&self, rule: &Rule) -> Vec<String> {
        let mut symbols = Vec::new();
        rule.expr.reasons(&self.assessment.state, &mut symbols);
        symbols
            .into_iter()
            .map(|symbol| self.symbol(symbol))
            .collect()
    }

    /// Things to ask, with the names a reader knows them by.
    pub(super) fn names(&self, askables: &[Askable]) -> Vec<Named> {
        askables
            .iter()
            .map(|askable| {
                let name = match askable {
                    Askable::Finding(finding) => &self.knowledge.findings[*finding].name,
                    Askable::Instrument(instrument) => {
                        &self.knowledge.instruments[*instrument].name
                    }
                };
                Named {
                    id: self.id(*askable).to_owned(),
                    name: name.clone(),
                }
            })
            .collect()
    }

    /// A technique by id and name.
    pub(super) fn technique(&self, technique: Handle<Technique>) -> Named {
        Named {
            id: self.knowledge.techniques.id(technique).to_owned(),
            name: self.knowledge.techniques[technique].name.clone(),
        }
    }

    /// The id of something to ask.
    pub(super) fn id(&self, askable: Askable) -> &str {
        match askable {
            Askable::Finding(finding) => self.knowledge.findings.id(finding),
            Askable::Instrument(instrument) => self.knowledge.instruments.id(instrument),
        }
    }

    /// What a symbol says about this patient.
    fn symbol(&self, symbol: Symbol) -> String {
        let knowledge = self.knowledge;
        match knowledge.names.of(symbol) {
            Name::Finding(finding) => self.answer(finding),
            Name::Score(score) => {
                let instrument = &knowledge.instruments[score.instrument];
                let value = self
                    .assessment
                    .state
                    .number(symbol)
                    .map_or_else(|| "not known".into(), |v| v.to_string());
                let part = if score.score == 0 {
                    String::new()
                } else {
                    format!(" ({})", instrument.scores[score.score].id)
                };
                format!("{}{part}: {value}", instrument.name)
            }
            Name::Classification(handle) => {
                let class = &knowledge.classifications[handle];
                let names = self.values(
                    symbol,
                    &class
                        .values
                        .iter()
                        .map(|v| v.name.clone())
                        .collect::<Vec<_>>(),
                    class.exclusive,
                );
                format!("{}: {names}", class.name)
            }
            Name::Alarm(condition, _) => {
                let state = self
                    .assessment
                    .alarms
                    .iter()
                    .find(|a| a.condition == condition);
                let tier = state
                    .and_then(|s| s.reached)
                    .map_or("no alarm", |t| t.word());
                format!("{}: {tier}", knowledge.conditions[condition].name)
            }
            Name::Likely(condition) | Name::Possible(condition) => {
                let found = self
                    .assessment
                    .contributors
                    .iter()
                    .find(|c| c.condition == condition);
                let band = found
                    .and_then(|c| c.band)
                    .map_or("cannot say", |b| b.word());
                format!(
                    "{}: {}",
                    knowledge.conditions[condition].name,
                    band.replace('_', " ")
                )
            }
        }
    }

    fn values(&self, symbol: Symbol, names: &[String], exclusive: bool) -> String {
        let state = &self.assessment.state;
        if exclusive {
            return match state.chosen(symbol) {
                Some(Some(at)) => names.get(usize::from(at)).cloned().unwrap_or_default(),
                Some(None) => "none".into(),
                None => {
                    let possible = state.set(symbol).0;
                    let open: Vec<_> = names
                        .iter()
                        .enumerate()
                        .filter(|(at, _)| possible & (1 << at) != 0)
                        .map(|(_, n)| n.clone())
                        .collect();
                    if open.is_empty() {
                        "not known".into()
                    } else {
                        open.join(" or ")
                    }
                }
            };
        }
        let (yes, unknown) = state.set(symbol);
        let held: Vec<_> = names
            .iter()
            .enumerate()
            .filter(|(at, _)| yes & (1 << at) != 0)
            .map(|(_, n)| n.clone())
            .collect();
        match (held.is_empty(), unknown == 0) {
            (false, _) => held.join(", "),
            (true, true) => "none".into(),
            (true, false) => "not known".into(),
        }
    }

    /// A finding and its answer, in words, with how it became known when it was not recorded itself.
    pub(super) fn answer(&self, finding: Handle<Finding>) -> String {
        let one = &self.knowledge.findings[finding];
        let symbol = self.knowledge.names.finding(finding);
        let state = &self.assessment.state;
        let value = match &one.answers {
            Answers::YesNo { yes, no } => match state.bool(symbol) {
                Tri::Yes => yes.clone(),
                Tri::No => no.clone(),
                Tri::Unknown => "not known".into(),
            },
            Answers::Choice(codes) => match state.chosen(symbol) {
                Some(Some(at)) => codes
                    .get(usize::from(at))
                    .map(|c| c.replace('_', " "))
                    .unwrap_or_default(),
                _ => "not known".into(),
            },
            Answers::Choices(codes) => {
                let (yes, unknown) = state.set(symbol);
                let held: Vec<_> = codes
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| yes & (1 << at) != 0)
                    .map(|(_, c)| c.replace('_', " "))
                    .collect();
                if unknown != 0 {
                    "not known".into()
                } else if held.is_empty() {
                    "none".into()
                } else {
                    held.join(", ")
                }
            }
            Answers::Number { unit, .. } => match (state.number(symbol), unit) {
                (Some(number), Some(unit)) => amount(number, unit),
                (Some(number), None) => number_in_words(number),
                (None, _) => "not known".into(),
            },
        };
        let how = match state.origin(finding) {
            Origin::Implied(from) => format!(
                " (follows from {})",
                self.knowledge.findings[from].name.to_lowercase()
            ),
            Origin::Excluded => " (does not apply)".into(),
            Origin::Derived => {
                let parts = one
                    .derive
                    .as_ref()
                    .map(|rule| self.because(rule))
                    .unwrap_or_default();
                if parts.is_empty() {
                    String::new()
                } else {
                    format!(" (from {})", parts.join("; "))
                }
            }
            Origin::Nowhere | Origin::Recorded(_) => String::new(),
        };
        format!("{}: {value}{how}", one.name)
    }

    /// A recorded value in words.
    pub(super) fn value(&self, finding: Handle<Finding>, value: Value) -> String {
        let one = &self.knowledge.findings[finding];
        match (value, &one.answers) {
            (Value::Yes, Answers::YesNo { yes, .. }) => yes.clone(),
            (Value::No, Answers::YesNo { no, .. }) => no.clone(),
            (Value::Code(at), Answers::Choice(codes)) => codes
                .get(usize::from(at))
                .map(|c| c.replace('_', " "))
                .unwrap_or_default(),
            (Value::Codes(set), Answers::Choices(codes)) => {
                let held: Vec<_> = codes
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| set & (1 << at) != 0)
                    .map(|(_, c)| c.replace('_', " "))
                    .collect();
                if held.is_empty() {
                    "none".into()
                } else {
                    held.join(", ")
                }
            }
            (
                Value::Number(number),
                Answers::Number {
                    unit: Some(unit), ..
                },
            ) => amount(number, unit),
            (Value::Number(number), _) => number_in_words(number),
            _ => "not known".into(),
        }
    }
}

/// A name inside a sentence: its first letter small, unless it begins with an abbreviation such as MRI.
pub(crate) fn in_a_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second))
            if first.is_uppercase() && !second.is_uppercase() && !second.is_ascii_digit() =>
        {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.to_owned(),
    }
}

/// A number with its unit. Days are whole: seven months are not 213.08 days to anybody.
fn amount(number: f64, unit: &str) -> String {
    let number = if unit == "days" {
        number.round()
    } else {
        number
    };
    format!("{} {unit}", number_in_words(number))
}

/// A number without a tail of binary digits.
pub(super) fn number_in_words(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    format!("{rounded}")
}
