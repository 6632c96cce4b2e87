//! One question as it is put, and how a typed line becomes the value that a file would hold.

use cotreat_care::appraisal::Question;
use cotreat_care::explain::rules;
use cotreat_care::face::{Block, Tone};
use cotreat_care::input::{At, Node};
use cotreat_knowledge::model::{Answers, Finding, Instrument};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Handle, Knowledge, Place, Problem};

use crate::words::{place, short, word};

/// Where an answer goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Store {
    /// Into `[facts]`.
    Fact,
    /// Into `[scores]` under this key.
    Score(String),
}

/// A question to be put.
#[derive(Clone, Debug)]
pub(super) struct Asking {
    /// Tells it from every other question of the session.
    pub(super) key: String,
    /// Id of the finding or instrument.
    pub(super) id: String,
    pub(super) store: Store,
    pub(super) of_patient: bool,
    pub(super) words: String,
    pub(super) because: String,
    /// What may be answered, in words.
    pub(super) answers: String,
    pub(super) burden_seconds: u32,
    pub(super) place: String,
}

/// What a question of the appraisal comes down to: one question for a finding, one for each score of an instrument that rules cite.
pub(super) fn askings(question: &Question, of_patient: bool, knowledge: &Knowledge) -> Vec<Asking> {
    let base = Asking {
        key: format!("finding {}", question.ask),
        id: question.ask.clone(),
        store: Store::Fact,
        of_patient,
        words: question.words.clone(),
        because: question.because.clone(),
        answers: String::new(),
        burden_seconds: question.burden_seconds,
        place: question.place.clone(),
    };
    let finding = knowledge
        .findings
        .get(&question.ask)
        .filter(|finding| place(&finding.place) == question.place);
    match (finding, knowledge.instruments.find(&question.ask)) {
        (Some(finding), _) => vec![Asking {
            answers: possible(finding),
            ..base
        }],
        (None, Some(instrument)) => scores(instrument, &base, knowledge),
        (None, None) => Vec::new(),
    }
}

fn scores(handle: Handle<Instrument>, base: &Asking, knowledge: &Knowledge) -> Vec<Asking> {
    let instrument = &knowledge.instruments[handle];
    let rules = rules::all(knowledge);
    let one = |score: cotreat_knowledge::model::ScoreRef| {
        let definition = &instrument.scores[score.score];
        let key = if score.score == 0 {
            instrument.id.clone()
        } else {
            format!("{}.{}", instrument.id, definition.id)
        };
        let range = format!("from {} to {}", definition.min, definition.max);
        Asking {
            key: format!("score {key}"),
            store: Store::Score(key),
            words: format!("{} The score `{}` of it:", base.words, definition.id),
            answers: format!(
                "a number {range}; higher is {}",
                word(serde_json::to_value(definition.higher))
            ),
            ..base.clone()
        }
    };
    let own = || {
        knowledge
            .names
            .scores()
            .map(|(_, score)| score)
            .filter(|score| score.instrument == handle)
    };
    let cited = own().filter(|score| {
        rules
            .iter()
            .any(|rule| rule.cites(knowledge, |name| name == Name::Score(*score)))
    });
    let mut askings: Vec<Asking> = cited.map(one).collect();
    if askings.is_empty() {
        askings.extend(own().find(|score| score.score == 0).map(one));
    }
    askings
}

/// What may be answered, in words.
fn possible(finding: &Finding) -> String {
    let numbered = |codes: &[String]| {
        codes
            .iter()
            .enumerate()
            .map(|(at, code)| format!("{} {}", at + 1, code.replace('_', " ")))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match &finding.answers {
        Answers::YesNo { yes, no } if yes == "yes" => format!("{yes}, {no}"),
        Answers::YesNo { yes, no } => format!("{yes} (yes), {no} (no)"),
        Answers::Choice(codes) => format!("one of {}", numbered(codes)),
        Answers::Choices(codes) => format!(
            "any of {}, with commas between them; or none",
            numbered(codes)
        ),
        Answers::Number {
            unit,
            units,
            min,
            max,
        } => {
            let range = match (min, max) {
                (Some(min), Some(max)) => format!(" from {} to {}", short(*min), short(*max)),
                (Some(min), None) => format!(" from {}", short(*min)),
                (None, Some(max)) => format!(" up to {}", short(*max)),
                (None, None) => String::new(),
            };
            let others: Vec<&str> = units.keys().map(String::as_str).collect();
            match unit {
                None => format!("a number{range}"),
                Some(unit) if others.is_empty() => {
                    format!("a number with its unit, {unit};{range}")
                }
                Some(unit) => format!(
                    "a number with its unit, {unit} (or {});{range}",
                    others.join(", ")
                ),
            }
        }
    }
}

/// Whether a line says that the answer is not known.
pub(super) fn is_not_known(words: &str) -> bool {
    matches!(words, "u" | "unknown" | "not known" | "not done")
}

/// The value that a typed line stands for. What cannot be understood is handed on as it is: the reader of files says what is wrong with it.
pub(super) fn value(asking: &Asking, words: &str, knowledge: &Knowledge) -> Node {
    let bare = || {
        words
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
            .map_or_else(|| Node::Text(words.to_owned()), Node::Number)
    };
    let finding = match asking.store {
        Store::Fact => knowledge.findings.get(&asking.id),
        Store::Score(_) => None,
    };
    match finding.map(|finding| &finding.answers) {
        Some(Answers::YesNo { .. }) => Node::Text(match words.to_lowercase().as_str() {
            "y" => "yes".to_owned(),
            "n" => "no".to_owned(),
            other => other.to_owned(),
        }),
        Some(Answers::Choice(codes)) => Node::Text(code(codes, words)),
        Some(Answers::Choices(codes)) => {
            let none = words == "none" && !codes.iter().any(|code| code == "none");
            let parts = words
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty() && !none);
            Node::List(
                parts
                    .map(|part| At {
                        node: Node::Text(code(codes, part)),
                        place: Place::file("your answer"),
                    })
                    .collect(),
            )
        }
        Some(Answers::Number { unit: Some(_), .. }) => Node::Text(words.to_owned()),
        Some(Answers::Number { unit: None, .. }) | None => bare(),
    }
}

/// A code by its own words, or by its number in the list.
fn code(codes: &[String], words: &str) -> String {
    let written = words.to_lowercase().replace(' ', "_");
    if codes.contains(&written) {
        return written;
    }
    let counted = words
        .parse::<usize>()
        .ok()
        .and_then(|number| codes.get(number.checked_sub(1)?));
    counted.cloned().unwrap_or_else(|| words.to_owned())
}

/// What is wrong with an answer, in the words that a file would get, without what only a file needs.
pub(super) fn refusal(asking: &Asking, problems: &[Problem]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for problem in problems {
        blocks.push(Block::Line(
            format!("Not taken: {}.", problem.message),
            Tone::Warning,
        ));
        if let Some(help) = problem.help.as_ref().filter(|help| *help != "in quotes") {
            let typed = help
                .replace(&format!("`{} = \"", asking.id), "`")
                .replace(&format!("`{} = ", asking.id), "`")
                .replace("\"`", "`");
            blocks.push(Block::Item(1, typed, Tone::Plain));
        }
    }
    blocks.push(Block::Item(
        1,
        format!("answers: {}", asking.answers),
        Tone::Faint,
    ));
    blocks
}
