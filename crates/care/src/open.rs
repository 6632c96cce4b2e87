//! From "this is unknown" to what can be asked: derived findings open into their parts, classifications, scores and bands into what they are
//! made from.

use cotreat_expr::{Symbol, Tri};
use cotreat_expr::Facts as _;
use cotreat_knowledge::model::{Finding, Instrument, Rule};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Handle, Knowledge};

use crate::assess::Assessment;

/// Something that can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Askable {
    /// One question or test.
    Finding(Handle<Finding>),
    /// A questionnaire.
    Instrument(Handle<Instrument>),
}

/// What would have to be asked to decide a rule; empty when it is decided. In the order of the rule's text, none twice.
#[must_use]
pub fn of_rule(rule: &Rule, assessment: &Assessment, knowledge: &Knowledge) -> Vec<Askable> {
    let mut symbols = Vec::new();
    rule.expr.unknowns(&assessment.state, &mut symbols);
    let mut walk = Walk { assessment, knowledge, seen: Vec::new(), found: Vec::new() };
    for symbol in symbols {
        walk.open(symbol);
    }
    walk.found
}

/// What would have to be asked to know a finding.
#[must_use]
pub fn of_finding(finding: Handle<Finding>, assessment: &Assessment, knowledge: &Knowledge) -> Vec<Askable> {
    let mut walk = Walk { assessment, knowledge, seen: Vec::new(), found: Vec::new() };
    if !assessment.knows(knowledge, finding) {
        walk.open(knowledge.names.finding(finding));
    }
    walk.found
}

struct Walk<'a> {
    assessment: &'a Assessment,
    knowledge: &'a Knowledge,
    seen: Vec<Symbol>,
    found: Vec<Askable>,
}

impl Walk<'_> {
    fn open(&mut self, symbol: Symbol) {
        if self.seen.contains(&symbol) {
            return;
        }
        self.seen.push(symbol);
        match self.knowledge.names.of(symbol) {
            Name::Finding(finding) => self.open_finding(finding),
            Name::Score(score) => self.add(Askable::Instrument(score.instrument)),
            Name::Classification(class) => {
                for value in &self.knowledge.classifications[class].values {
                    self.rule(&value.when);
                }
            }
            Name::Alarm(condition, _) => {
                for alarm in &self.knowledge.conditions[condition].alarms {
                    self.rule(&alarm.when);
                }
            }
            Name::Likely(condition) | Name::Possible(condition) => {
                for criterion in &self.knowledge.conditions[condition].criteria {
                    self.rule(&criterion.when);
                }
                let all = &self.assessment.contributors;
                if let Some(contributor) = all.iter().find(|c| c.condition == condition) {
                    for finding in contributor.open_findings() {
                        self.open(self.knowledge.names.finding(finding));
                    }
                }
            }
        }
    }

    fn open_finding(&mut self, finding: Handle<Finding>) {
        let before = self.found.len();
        if let Some(rule) = &self.knowledge.findings[finding].derive {
            self.rule(rule);
        }
        // Its parts say more than the whole; but some composites can also be answered as one.
        if self.found.len() == before && self.knowledge.findings[finding].ask.is_some() {
            self.add(Askable::Finding(finding));
        }
    }

    fn rule(&mut self, rule: &Rule) {
        if rule.expr.eval(&self.assessment.state) != Tri::Unknown {
            return;
        }
        let mut symbols = Vec::new();
        rule.expr.unknowns(&self.assessment.state, &mut symbols);
        for symbol in symbols {
            self.open(symbol);
        }
    }

    fn add(&mut self, askable: Askable) {
        if !self.found.contains(&askable) {
            self.found.push(askable);
        }
    }
}

/// Whether a symbol's unknownness is a matter of a finding (recorded or derived), not of an alarm or band made from others.
pub(crate) fn is_finding(knowledge: &Knowledge, symbol: Symbol) -> bool {
    matches!(knowledge.names.of(symbol), Name::Finding(_))
}

/// Whether any symbol of a still unknown rule is a finding.
pub(crate) fn waits_for_finding(rule: &Rule, assessment: &Assessment, knowledge: &Knowledge) -> bool {
    let mut symbols = Vec::new();
    rule.expr.unknowns(&assessment.state, &mut symbols);
    symbols.iter().any(|symbol| is_finding(knowledge, *symbol) && assessment.state.bool(*symbol) == Tri::Unknown)
}
