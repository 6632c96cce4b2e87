//! The words of expressions: findings, classifications, scores, alarms and bands, each under one symbol.
//!
//! Symbols are laid out in blocks, so that whoever evaluates expressions can keep values in plain arrays.

use std::collections::HashMap;

use cotreat_expr::{CallProblem, Code, Domain, Symbol, Type, Vocabulary};

use crate::Tier;
use crate::format::After;
use crate::handle::Handle;
use crate::model::{Classification, Condition, Finding, ScoreRef};

/// What a symbol stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// A finding.
    Finding(Handle<Finding>),
    /// A classification.
    Classification(Handle<Classification>),
    /// A score.
    Score(ScoreRef),
    /// An uncleared alarm for a condition, of this tier or higher.
    Alarm(Handle<Condition>, Tier),
    /// A band of likely or higher.
    Likely(Handle<Condition>),
    /// A band of possible or higher.
    Possible(Handle<Condition>),
}

/// The layer a symbol's value is worked out in; a rule may cite earlier layers only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Findings, recorded or derived.
    Finding,
    /// Scores of instruments.
    Score,
    /// Classifications from findings and scores.
    Classification,
    /// Alarms.
    Alarm,
    /// Bands of contributors.
    Contributor,
    /// Classifications from alarms and contributors.
    LateClassification,
    /// The plan.
    Plan,
}

impl Layer {
    /// The word for what belongs to this layer.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Finding => "a finding",
            Self::Score => "a score",
            Self::Classification => "a classification",
            Self::Alarm => "an alarm",
            Self::Contributor => "a contributor",
            Self::LateClassification => "a classification made after the contributors",
            Self::Plan => "the plan",
        }
    }
}

/// Every word an expression may use.
#[derive(Clone, Debug, Default)]
pub struct Names {
    entries: Vec<Name>,
    layers: Vec<Layer>,
    idents: HashMap<String, (Symbol, Type)>,
    ident_list: Vec<String>,
    codes: HashMap<u32, Vec<String>>,
    conditions: HashMap<String, u32>,
    condition_list: Vec<String>,
    scores: HashMap<String, u32>,
    score_list: Vec<String>,
    classifications_from: u32,
    scores_from: u32,
    alarms_from: u32,
    likely_from: u32,
    possible_from: u32,
}

/// A finding as the vocabulary needs it: id, kind of answer, codes.
pub(crate) struct Word {
    pub(crate) id: String,
    pub(crate) codes: Vec<String>,
    pub(crate) shape: WordShape,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordShape {
    Bool,
    Number,
    Code,
    Set,
}

fn symbol(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

impl Names {
    /// Lays out the symbols. Findings, classifications and conditions come in the order of their ids.
    pub(crate) fn new(
        findings: Vec<Word>,
        classifications: Vec<(Word, After)>,
        scores: Vec<(String, ScoreRef)>,
        conditions: Vec<String>,
    ) -> Self {
        let mut names = Self::default();
        for word in findings {
            let handle = Handle::new(symbol(names.entries.len()));
            names.add(word, Name::Finding(handle), Layer::Finding);
        }
        names.classifications_from = symbol(names.entries.len());
        for (index, (word, after)) in classifications.into_iter().enumerate() {
            let layer = if after == After::Scores {
                Layer::Classification
            } else {
                Layer::LateClassification
            };
            names.add(
                word,
                Name::Classification(Handle::new(symbol(index))),
                layer,
            );
        }
        names.scores_from = symbol(names.entries.len());
        for (key, score) in scores {
            names
                .scores
                .insert(key.clone(), symbol(names.entries.len()));
            names.score_list.push(key);
            names.push(Name::Score(score), Layer::Score);
        }
        names.alarms_from = symbol(names.entries.len());
        for index in 0..conditions.len() {
            for tier in [Tier::Watch, Tier::Routine, Tier::Urgent, Tier::Emergency] {
                names.push(Name::Alarm(Handle::new(symbol(index)), tier), Layer::Alarm);
            }
        }
        names.likely_from = symbol(names.entries.len());
        for index in 0..conditions.len() {
            names.push(Name::Likely(Handle::new(symbol(index))), Layer::Contributor);
        }
        names.possible_from = symbol(names.entries.len());
        for (index, id) in conditions.into_iter().enumerate() {
            names.push(
                Name::Possible(Handle::new(symbol(index))),
                Layer::Contributor,
            );
            names.conditions.insert(id.clone(), symbol(index));
            names.condition_list.push(id);
        }
        names
    }

    fn push(&mut self, name: Name, layer: Layer) {
        self.entries.push(name);
        self.layers.push(layer);
    }

    fn add(&mut self, word: Word, name: Name, layer: Layer) {
        let at = symbol(self.entries.len());
        let kind = match word.shape {
            WordShape::Bool => Type::Bool,
            WordShape::Number => Type::Number,
            WordShape::Code => Type::Code(Domain(at)),
            WordShape::Set => Type::Set(Domain(at)),
        };
        if !word.codes.is_empty() {
            self.codes.insert(at, word.codes);
        }
        self.ident_list.push(word.id.clone());
        self.idents.insert(word.id, (Symbol(at), kind));
        self.push(name, layer);
    }

    /// How many symbols there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What a symbol stands for.
    #[must_use]
    pub fn of(&self, symbol: Symbol) -> Name {
        self.entries[symbol.0 as usize]
    }

    /// In which layer a symbol's value is worked out.
    #[must_use]
    pub fn layer(&self, symbol: Symbol) -> Layer {
        self.layers[symbol.0 as usize]
    }

    /// The symbol of a finding.
    #[must_use]
    pub fn finding(&self, finding: Handle<Finding>) -> Symbol {
        Symbol(symbol(finding.index()))
    }

    /// The symbol of a classification.
    #[must_use]
    pub fn classification(&self, classification: Handle<Classification>) -> Symbol {
        Symbol(self.classifications_from + symbol(classification.index()))
    }

    /// The symbols of all scores, with the scores.
    pub fn scores(&self) -> impl Iterator<Item = (Symbol, ScoreRef)> + '_ {
        (self.scores_from..self.alarms_from).filter_map(|at| match self.entries[at as usize] {
            Name::Score(score) => Some((Symbol(at), score)),
            _ => None,
        })
    }

    /// The symbol of a score by its key, `peg` or `start_back.distress`.
    #[must_use]
    pub fn score(&self, key: &str) -> Option<Symbol> {
        self.scores.get(key).map(|at| Symbol(*at))
    }

    /// Every score key.
    #[must_use]
    pub fn score_keys(&self) -> &[String] {
        &self.score_list
    }

    /// The symbol of "an alarm of this tier or higher".
    #[must_use]
    pub fn alarm(&self, condition: Handle<Condition>, tier: Tier) -> Symbol {
        Symbol(self.alarms_from + 4 * symbol(condition.index()) + tier as u32)
    }

    /// The symbol of "likely or higher".
    #[must_use]
    pub fn likely(&self, condition: Handle<Condition>) -> Symbol {
        Symbol(self.likely_from + symbol(condition.index()))
    }

    /// The symbol of "possible or higher".
    #[must_use]
    pub fn possible(&self, condition: Handle<Condition>) -> Symbol {
        Symbol(self.possible_from + symbol(condition.index()))
    }

    fn condition(&self, function: &str, argument: &str) -> Result<u32, CallProblem> {
        self.conditions
            .get(argument)
            .copied()
            .ok_or_else(|| CallProblem::UnknownArgument {
                index: 0,
                message: format!("`{argument}` is not a condition, and `{function}` takes one"),
                suggestion: cotreat_expr::closest(
                    argument,
                    self.condition_list.iter().map(String::as_str),
                )
                .map(str::to_owned),
            })
    }
}

impl Vocabulary for Names {
    fn name(&self, ident: &str) -> Option<(Symbol, Type)> {
        self.idents.get(ident).copied()
    }

    fn call(&self, function: &str, arguments: &[&str]) -> Result<(Symbol, Type), CallProblem> {
        let expected = match function {
            "alarm" | "likely" | "possible" | "score" => 1,
            "alarmTier" => 2,
            _ => {
                let known = [
                    "alarm",
                    "alarmTier",
                    "likely",
                    "possible",
                    "score",
                    "atLeast",
                ];
                let suggestion =
                    cotreat_expr::closest(function, known.into_iter()).map(str::to_owned);
                return Err(CallProblem::UnknownFunction { suggestion });
            }
        };
        if arguments.len() != expected {
            return Err(CallProblem::WrongArgumentCount { expected });
        }
        if function == "score" {
            return self
                .scores
                .get(arguments[0])
                .map(|at| (Symbol(*at), Type::Number))
                .ok_or_else(|| CallProblem::UnknownArgument {
                    index: 0,
                    message: format!(
                        "`{}` is not an instrument or one of its scores",
                        arguments[0]
                    ),
                    suggestion: cotreat_expr::closest(
                        arguments[0],
                        self.score_list.iter().map(String::as_str),
                    )
                    .map(str::to_owned),
                });
        }
        let condition = Handle::new(self.condition(function, arguments[0])?);
        let at = match function {
            "alarm" => self.alarm(condition, Tier::Routine),
            "likely" => self.likely(condition),
            "possible" => self.possible(condition),
            _ => {
                let tier = Tier::from_word(arguments[1]).ok_or_else(|| CallProblem::UnknownArgument {
                    index: 1,
                    message: format!("`{}` is not a tier; tiers are `emergency`, `urgent`, `routine`, `watch`", arguments[1]),
                    suggestion: None,
                })?;
                self.alarm(condition, tier)
            }
        };
        Ok((at, Type::Bool))
    }

    fn code(&self, domain: Domain, text: &str) -> Option<Code> {
        let at = self
            .codes
            .get(&domain.0)?
            .iter()
            .position(|code| code == text)?;
        u16::try_from(at).ok().map(Code)
    }

    fn suggest_name(&self, ident: &str) -> Option<String> {
        cotreat_expr::closest(ident, self.ident_list.iter().map(String::as_str)).map(str::to_owned)
    }

    fn suggest_code(&self, domain: Domain, text: &str) -> Option<String> {
        cotreat_expr::closest(text, self.codes.get(&domain.0)?.iter().map(String::as_str))
            .map(str::to_owned)
    }

    fn codes(&self, domain: Domain) -> Vec<String> {
        self.codes.get(&domain.0).cloned().unwrap_or_default()
    }
}
