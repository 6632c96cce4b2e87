//! From "this is unknown" to what can be asked: derived findings open into their parts, classifications, scores and bands into what they are
//! made from.

use std::cell::RefCell;
use std::rc::Rc;

use cotreat_expr::{Symbol, Tri};
use cotreat_knowledge::model::{Finding, Instrument, Rule};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Handle, Knowledge};

use crate::assess::Assessment;
use crate::reach::{DEEPEST, Reach};

/// Something that can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Askable {
    /// One question or test.
    Finding(Handle<Finding>),
    /// A questionnaire.
    Instrument(Handle<Instrument>),
}

/// Opens what is unknown in one assessment. Rules cite the same findings again and again, so what a symbol opens into is worked out once.
#[derive(Debug)]
pub struct Open<'a> {
    assessment: &'a Assessment,
    knowledge: &'a Knowledge,
    opened: RefCell<Vec<Option<Rc<[Askable]>>>>,
    /// By the number of a rule's words and whether an alarm for its condition stands.
    ways: RefCell<Vec<[Option<Ways>; 2]>>,
}

/// What can be asked to make a rule true, each with the fewest answers on a way that goes through it.
type Ways = Rc<[(Askable, u32)]>;

impl<'a> Open<'a> {
    /// Nothing is opened yet.
    #[must_use]
    pub fn new(assessment: &'a Assessment, knowledge: &'a Knowledge) -> Self {
        Self {
            assessment,
            knowledge,
            opened: RefCell::new(vec![None; knowledge.names.len()]),
            ways: RefCell::new(vec![[None, None]; knowledge.rules as usize]),
        }
    }

    /// What would have to be asked to decide a rule; empty when it is decided. In the order of the rule's text, none twice.
    #[must_use]
    pub fn rule(&self, rule: &Rule) -> Vec<Askable> {
        let mut found = Asking::default();
        self.add_rule(rule, &mut found);
        found.list()
    }

    /// The same, added to a list.
    pub fn add_rule(&self, rule: &Rule, found: &mut Asking) {
        if rule.expr.eval(&self.assessment.state) != Tri::Unknown {
            return;
        }
        let mut symbols = Vec::new();
        rule.expr.unknowns(&self.assessment.state, &mut symbols);
        for symbol in symbols {
            found.add(&self.symbol(symbol));
        }
    }

    /// What would have to be asked to know a finding; empty when it is known.
    #[must_use]
    pub fn finding(&self, finding: Handle<Finding>) -> Rc<[Askable]> {
        if self.assessment.knows(self.knowledge, finding) {
            Rc::from([])
        } else {
            self.symbol(self.knowledge.names.finding(finding))
        }
    }

    /// What an unknown symbol opens into. Layers cannot cite themselves, so this ends.
    fn symbol(&self, symbol: Symbol) -> Rc<[Askable]> {
        if let Some(known) = &self.opened.borrow()[symbol.0 as usize] {
            return Rc::clone(known);
        }
        let found: Rc<[Askable]> = self.work_out(symbol).into();
        self.opened.borrow_mut()[symbol.0 as usize] = Some(Rc::clone(&found));
        found
    }

    fn work_out(&self, symbol: Symbol) -> Vec<Askable> {
        let mut found = Asking::default();
        match self.knowledge.names.of(symbol) {
            Name::Finding(finding) => {
                let one = &self.knowledge.findings[finding];
                if let Some(rule) = &one.derive {
                    self.add_rule(rule, &mut found);
                }
                // Its parts say more than the whole; but some composites can also be answered as one.
                if found.list.is_empty()
                    && one.ask.is_some()
                    && called_for(finding, self.assessment, self.knowledge)
                {
                    found.add(&[Askable::Finding(finding)]);
                }
            }
            Name::Score(score) => found.add(&[Askable::Instrument(score.instrument)]),
            Name::Classification(class) => {
                for value in &self.knowledge.classifications[class].values {
                    self.add_rule(&value.when, &mut found);
                }
            }
            Name::Alarm(condition, _) => {
                for alarm in &self.knowledge.conditions[condition].alarms {
                    self.add_rule(&alarm.when, &mut found);
                }
            }
            Name::Likely(condition) | Name::Possible(condition) => {
                for criterion in &self.knowledge.conditions[condition].criteria {
                    self.add_rule(&criterion.when, &mut found);
                }
                if let Some(contributor) = self
                    .assessment
                    .contributors
                    .iter()
                    .find(|c| c.condition == condition)
                {
                    for finding in contributor.open_findings() {
                        found.add(&self.finding(finding));
                    }
                }
            }
        }
        found.list()
    }

    /// What can be asked to make an alarm rule true, each with the fewest answers on a way that goes through it: 1 when this answer alone would
    /// do. `stands`: an alarm for the same condition stands, so that test results count too.
    #[must_use]
    pub fn ways_to_yes(&self, rule: &Rule, stands: bool) -> Ways {
        let slot = (rule.words as usize, usize::from(stands));
        if let Some(known) = &self.ways.borrow()[slot.0][slot.1] {
            return Rc::clone(known);
        }
        let mut found = Vec::new();
        let reach = Reach {
            knowledge: self.knowledge,
            state: &self.assessment.state,
            stands,
        };
        self.add_ways(&reach, rule, true, 0, 0, &mut found);
        let found: Ways = found.into();
        self.ways.borrow_mut()[slot.0][slot.1] = Some(Rc::clone(&found));
        found
    }

    fn add_ways(
        &self,
        reach: &Reach<'_>,
        rule: &Rule,
        wanted: bool,
        elsewhere: u32,
        depth: u8,
        found: &mut Vec<(Askable, u32)>,
    ) {
        let leaf = |symbol: Symbol, wanted: bool| reach.cost(symbol, wanted, depth + 1);
        for step in rule.expr.paths(wanted, &self.assessment.state, &leaf).steps {
            let total = elsewhere + step.answers;
            match self.knowledge.names.of(step.symbol) {
                Name::Finding(finding) => {
                    let one = &self.knowledge.findings[finding];
                    match &one.derive {
                        Some(parts) if depth < DEEPEST => {
                            let own = reach.cost(step.symbol, step.wanted, depth + 1).unwrap_or(1);
                            self.add_ways(
                                reach,
                                parts,
                                step.wanted,
                                total.saturating_sub(own),
                                depth + 1,
                                found,
                            );
                        }
                        _ if one.ask.is_some() => note(found, Askable::Finding(finding), total),
                        _ => {}
                    }
                }
                Name::Score(score) => note(found, Askable::Instrument(score.instrument), total),
                // How many answers a classification takes is not counted.
                Name::Classification(_) => {
                    for askable in self.symbol(step.symbol).iter() {
                        note(found, *askable, total);
                    }
                }
                Name::Alarm(..) | Name::Likely(_) | Name::Possible(_) => {}
            }
        }
    }
}

/// A list in which nothing stands twice.
#[derive(Clone, Debug, Default)]
pub struct Asking {
    list: Vec<Askable>,
    findings: Vec<u64>,
}

impl Asking {
    /// Adds what is not in the list yet.
    pub fn add(&mut self, more: &[Askable]) {
        for askable in more {
            let new = match askable {
                Askable::Finding(finding) => self.mark(finding.index()),
                // There are few questionnaires.
                Askable::Instrument(_) => !self.list.contains(askable),
            };
            if new {
                self.list.push(*askable);
            }
        }
    }

    /// The list.
    #[must_use]
    pub fn list(self) -> Vec<Askable> {
        self.list
    }

    /// Marks a finding; false when it was marked already.
    fn mark(&mut self, index: usize) -> bool {
        let (word, bit) = (index / 64, 1_u64 << (index % 64));
        if self.findings.len() <= word {
            self.findings.resize(word + 1, 0);
        }
        let new = self.findings[word] & bit == 0;
        self.findings[word] |= bit;
        new
    }
}

fn note(found: &mut Vec<(Askable, u32)>, askable: Askable, answers: u32) {
    match found.iter_mut().find(|(known, _)| *known == askable) {
        Some((_, known)) => *known = (*known).min(answers),
        None => found.push((askable, answers)),
    }
}

/// Whether asking for a finding makes sense in this patient.
pub(crate) fn called_for(
    finding: Handle<Finding>,
    assessment: &Assessment,
    knowledge: &Knowledge,
) -> bool {
    knowledge.findings[finding]
        .only_if
        .as_ref()
        .is_none_or(|rule| rule.expr.eval(&assessment.state) != Tri::No)
}

/// Whether a rule is still unknown because of a finding (recorded or derived) that it makes sense to ask for, not only because of alarms or
/// bands made from others. `symbols` is a list to work in.
pub(crate) fn waits_for_finding(
    rule: &Rule,
    assessment: &Assessment,
    knowledge: &Knowledge,
    symbols: &mut Vec<Symbol>,
) -> bool {
    symbols.clear();
    rule.expr.unknowns(&assessment.state, symbols);
    symbols
        .iter()
        .any(|symbol| match knowledge.names.of(*symbol) {
            Name::Finding(finding) => called_for(finding, assessment, knowledge),
            _ => false,
        })
}
