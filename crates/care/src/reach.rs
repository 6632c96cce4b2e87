//! How far an alarm is: how many answers to sensible questions are missing until its rule is true.

use cotreat_expr::{Symbol, Tri, Way};
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::format::FindingKind;
use cotreat_knowledge::model::{Finding, Rule};
use cotreat_knowledge::names::Name;

use crate::state::State;

/// Derived findings cite findings that cite findings; no sensible file goes this deep.
pub(crate) const DEEPEST: u8 = 16;

/// How far an alarm rule is from being true by questions that make sense now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach<'a> {
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) state: &'a State,
    /// An alarm for the same condition stands, so that test results count too.
    pub(crate) stands: bool,
}

impl Reach<'_> {
    /// Whether sensible questions can still make the rule true.
    pub(crate) fn is_open(&self, rule: &Rule) -> bool {
        self.way(rule, true, 1) == Way::Open
    }

    fn way(&self, rule: &Rule, wanted: bool, depth: u8) -> Way {
        let leaf = |symbol: Symbol, wanted: bool| self.can_become(symbol, wanted, depth);
        rule.expr.way(wanted, self.state, &leaf)
    }

    /// Whether an unknown fact can get the wished value.
    fn can_become(&self, symbol: Symbol, wanted: bool, depth: u8) -> bool {
        let Name::Finding(finding) = self.knowledge.names.of(symbol) else {
            return true;
        };
        let one = &self.knowledge.findings[finding];
        match &one.derive {
            Some(rule) if depth < DEEPEST => self.way(rule, wanted, depth + 1) != Way::Closed,
            _ => !self.withheld(one),
        }
    }

    /// How many answers it takes to give a fact the wished value.
    pub(crate) fn cost(&self, symbol: Symbol, wanted: bool, depth: u8) -> Option<u32> {
        let Name::Finding(finding) = self.knowledge.names.of(symbol) else {
            return Some(1);
        };
        let one = &self.knowledge.findings[finding];
        match &one.derive {
            Some(rule) if depth < DEEPEST => {
                let leaf = |symbol: Symbol, wanted: bool| self.cost(symbol, wanted, depth + 1);
                rule.expr
                    .fewest(wanted, self.state, &leaf)
                    .map(|answers| answers.max(1))
            }
            _ => (!self.withheld(one)).then_some(1),
        }
    }

    /// A test nobody did is not an unanswered question; an examination is not called for where its `only_if` is false.
    fn withheld(&self, finding: &Finding) -> bool {
        let result = matches!(finding.kind, FindingKind::Imaging | FindingKind::Laboratory);
        let uncalled_for = finding
            .only_if
            .as_ref()
            .is_some_and(|rule| rule.expr.eval(self.state) == Tri::No);
        uncalled_for || (result && !self.stands)
    }
}
