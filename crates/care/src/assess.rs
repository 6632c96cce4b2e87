//! What can be concluded from the facts, step by step: findings, scores, classifications, alarms, contributors, patterns.

pub mod alarms;
mod classes;
pub mod contributors;
mod findings;
mod scores;

use cotreat_expr::{Facts as _, Tri};
use cotreat_knowledge::format::After;
use cotreat_knowledge::model::Pattern;
use cotreat_knowledge::{Handle, Knowledge};

use crate::episode::Episode;
use crate::state::State;

pub use alarms::{AlarmState, Cleared, RaisedAlarm};
pub use contributors::{Contributor, Estimate, UsedLine};
pub use findings::Contradiction;

/// Everything that was concluded before a plan is made.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The value of every word of the rule language.
    pub state: State,
    /// Alarms, one entry per condition that has alarm rules, in the order of ids.
    pub alarms: Vec<AlarmState>,
    /// Contributors, one entry per condition that has priors or criteria, in the order of ids.
    pub contributors: Vec<Contributor>,
    /// Muscle patterns that were found.
    pub patterns: Vec<Handle<Pattern>>,
    /// Facts that cannot all be true; input with any of these is refused before it gets here.
    pub contradictions: Vec<Contradiction>,
}

/// Draws every conclusion that the facts allow. Facts may come in any order.
#[must_use]
pub fn assess(episode: &Episode, knowledge: &Knowledge) -> Assessment {
    let mut state = State::new(knowledge);
    let mut contradictions = findings::establish(episode, knowledge, &mut state);
    scores::work_out(episode, knowledge, &mut state, &mut contradictions);
    classes::sort(knowledge, After::Scores, &mut state);
    let alarms = alarms::raise(episode, knowledge, &mut state);
    let contributors = contributors::weigh(episode, knowledge, &mut state);
    classes::sort(knowledge, After::Contributors, &mut state);
    let patterns = knowledge
        .patterns
        .iter()
        .filter(|(_, p)| p.when.expr.eval(&state) == Tri::Yes)
        .map(|(handle, _)| handle)
        .collect();
    Assessment {
        state,
        alarms,
        contributors,
        patterns,
        contradictions,
    }
}

/// Facts and scores that cannot all be true. Needs no rule beyond those of findings, so that reading a patient stays cheap.
#[must_use]
pub fn contradictions(episode: &Episode, knowledge: &Knowledge) -> Vec<Contradiction> {
    let mut state = State::new(knowledge);
    let mut contradictions = findings::establish(episode, knowledge, &mut state);
    scores::work_out(episode, knowledge, &mut state, &mut contradictions);
    contradictions
}

impl Assessment {
    /// Whether a finding's value is known.
    #[must_use]
    pub fn knows(
        &self,
        knowledge: &Knowledge,
        finding: Handle<cotreat_knowledge::model::Finding>,
    ) -> bool {
        use cotreat_knowledge::model::Answers;
        let symbol = knowledge.names.finding(finding);
        match knowledge.findings[finding].answers {
            Answers::YesNo { .. } => self.state.bool(symbol) != Tri::Unknown,
            Answers::Choice(_) => self.state.chosen(symbol).is_some(),
            Answers::Choices(_) => self.state.set(symbol).1 == 0,
            Answers::Number { .. } => self.state.number(symbol).is_some(),
        }
    }
}
