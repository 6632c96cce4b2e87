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

/// What can be asked to make a rule true, each with the fewest answers on a way that goes through it: 1 when this answer alone would do.
#[must_use]
pub fn ways_to_yes(rule: &Rule, assessment: &Assessment, knowledge: &Knowledge) -> Vec<(Askable, u32)> {
    let mut found = Vec::new();
    ways(rule, true, 0, assessment, knowledge, 0, &mut found);
    found
}

/// Derived findings cite findings that cite findings; no sensible file goes this deep.
const DEEPEST: u8 = 16;

fn ways(
    rule: &Rule,
    wanted: bool,
    elsewhere: u32,
    assessment: &Assessment,
    knowledge: &Knowledge,
    depth: u8,
    found: &mut Vec<(Askable, u32)>,
) {
    let leaf = |symbol: Symbol, wanted: bool| cost(symbol, wanted, assessment, knowledge, depth + 1);
    for step in rule.expr.paths(wanted, &assessment.state, &leaf).steps {
        let total = elsewhere + step.answers;
        match knowledge.names.of(step.symbol) {
            Name::Finding(finding) => {
                let one = &knowledge.findings[finding];
                match &one.derive {
                    Some(parts) if depth < DEEPEST => {
                        let own = cost(step.symbol, step.wanted, assessment, knowledge, depth + 1).unwrap_or(1);
                        ways(parts, step.wanted, total - own, assessment, knowledge, depth + 1, found);
                    }
                    _ if one.ask.is_some() => note(found, Askable::Finding(finding), total),
                    _ => {}
                }
            }
            Name::Score(score) => note(found, Askable::Instrument(score.instrument), total),
            // Classifications are made from findings that the walk over unknowns finds; how many answers they take is not counted.
            Name::Classification(class) => {
                let mut walk = Walk { assessment, knowledge, seen: Vec::new(), found: Vec::new() };
                for value in &knowledge.classifications[class].values {
                    walk.rule(&value.when);
                }
                for askable in walk.found {
                    note(found, askable, total);
                }
            }
            Name::Alarm(..) | Name::Likely(_) | Name::Possible(_) => {}
        }
    }
}

/// How many answers it takes to give a fact the wished value.
fn cost(symbol: Symbol, wanted: bool, assessment: &Assessment, knowledge: &Knowledge, depth: u8) -> Option<u32> {
    let Name::Finding(finding) = knowledge.names.of(symbol) else { return Some(1) };
    match &knowledge.findings[finding].derive {
        Some(rule) if depth < DEEPEST => {
            let leaf = |symbol: Symbol, wanted: bool| cost(symbol, wanted, assessment, knowledge, depth + 1);
            rule.expr.paths(wanted, &assessment.state, &leaf).fewest.map(|answers| answers.max(1))
        }
        _ => Some(1),
    }
}

fn note(found: &mut Vec<(Askable, u32)>, askable: Askable, answers: u32) {
    match found.iter_mut().find(|(known, _)| *known == askable) {
        Some((_, known)) => *known = (*known).min(answers),
        None => found.push((askable, answers)),
    }
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
