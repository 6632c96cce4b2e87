//! What rules say of one assessment. Interventions repeat the same words ("pregnant", "stage == 'chronic'") again and again, so each is
//! decided once.

use cotreat_expr::{Symbol, Tri};
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::model::Rule;

use crate::assess::Assessment;
use crate::open;

/// The rules decided so far.
#[derive(Debug)]
pub(super) struct Decided<'a> {
    pub(super) assessment: &'a Assessment,
    pub(super) knowledge: &'a Knowledge,
    /// By the number of the rule's words.
    known: Vec<Option<Known>>,
    scratch: Vec<Symbol>,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    value: Tri,
    /// Worked out when it is wanted.
    waits: Option<bool>,
}

impl<'a> Decided<'a> {
    pub(super) fn new(assessment: &'a Assessment, knowledge: &'a Knowledge) -> Self {
        Self {
            assessment,
            knowledge,
            known: vec![None; knowledge.rules as usize],
            scratch: Vec::new(),
        }
    }

    /// The value of a rule.
    pub(super) fn value(&mut self, rule: &Rule) -> Tri {
        self.known(rule).value
    }

    /// Whether a rule is still unknown because of a finding that it makes sense to ask for.
    pub(super) fn waits(&mut self, rule: &Rule) -> bool {
        let known = self.known(rule);
        if known.value != Tri::Unknown {
            return false;
        }
        known.waits.unwrap_or_else(|| {
            let waits =
                open::waits_for_finding(rule, self.assessment, self.knowledge, &mut self.scratch);
            self.known[rule.words as usize] = Some(Known {
                waits: Some(waits),
                ..known
            });
            waits
        })
    }

    fn known(&mut self, rule: &Rule) -> Known {
        let state = &self.assessment.state;
        *self.known[rule.words as usize].get_or_insert_with(|| Known {
            value: rule.expr.eval(state),
            waits: None,
        })
    }
}
