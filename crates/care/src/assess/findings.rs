//! Establishes findings: what was recorded, what follows from it, and what cannot all be true.

use cotreat_expr::{Facts as _, Tri};
use cotreat_knowledge::model::{Answers, Finding};
use cotreat_knowledge::{Handle, Knowledge};

use crate::episode::Episode;
use crate::fact::{Fact, Value};
use crate::state::{Origin, State};

/// Two pieces of information that cannot both be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// The same finding has two values on the same day: positions of the facts.
    TwoValues(usize, usize),
    /// A recorded value (position of the fact) against what follows from another finding.
    Implied(usize, Handle<Finding>),
    /// A recorded value (position of the fact) against the finding's own `derive`.
    Derived(usize),
    /// A recorded yes (position of the fact) where the finding's `no_when` holds.
    Excluded(usize),
    /// An entered total (position in the episode's scores) against the item answers.
    Score(usize),
}

/// Sets the value of every finding that is known.
pub(super) fn establish(
    episode: &Episode,
    knowledge: &Knowledge,
    state: &mut State,
) -> Vec<Contradiction> {
    let mut contradictions = Vec::new();
    let mut pending = record(episode, knowledge, state, &mut contradictions);
    imply(knowledge, state, &mut pending, &mut contradictions);
    // A derived finding may imply one that an earlier derived finding cites, so this repeats until nothing more follows. Each
    // round settles at least one finding, which bounds it.
    loop {
        let mut implied = Vec::new();
        for finding in &knowledge.finding_order {
            if derive(knowledge, *finding, state) {
                implied.push(*finding);
            }
        }
        if !imply(knowledge, state, &mut implied, &mut contradictions) {
            break;
        }
    }
    for finding in &knowledge.finding_order {
        contradictions.extend(against_rules(knowledge, *finding, state));
    }
    contradictions
}

/// The latest known value of each finding; returns the yes/no findings that were set.
fn record(
    episode: &Episode,
    knowledge: &Knowledge,
    state: &mut State,
    contradictions: &mut Vec<Contradiction>,
) -> Vec<Handle<Finding>> {
    let mut latest: Vec<Option<usize>> = vec![None; knowledge.findings.len()];
    for (at, fact) in episode.facts.iter().enumerate() {
        if fact.value == Value::NotKnown {
            continue;
        }
        let slot = &mut latest[fact.finding.index()];
        match *slot {
            None => *slot = Some(at),
            Some(other) => {
                let before = &episode.facts[other];
                if fact.on > before.on {
                    *slot = Some(at);
                } else if fact.on == before.on && fact.value != before.value {
                    contradictions.push(Contradiction::TwoValues(other, at));
                }
            }
        }
    }
    let mut set = Vec::new();
    for at in latest.into_iter().flatten() {
        let fact = &episode.facts[at];
        put(knowledge, state, fact);
        if matches!(
            knowledge.findings[fact.finding].answers,
            Answers::YesNo { .. }
        ) {
            state.set_origin(
                fact.finding,
                Origin::Recorded(u32::try_from(at).unwrap_or(u32::MAX)),
            );
            set.push(fact.finding);
        }
    }
    set
}

fn put(knowledge: &Knowledge, state: &mut State, fact: &Fact) {
    let symbol = knowledge.names.finding(fact.finding);
    match fact.value {
        Value::Yes => state.set_bool(symbol, Tri::Yes),
        Value::No => state.set_bool(symbol, Tri::No),
        Value::Code(code) => state.set_code(symbol, Some(code)),
        Value::Codes(codes) => state.set_set(symbol, codes, 0),
        Value::Number(number) => state.set_number(symbol, number),
        Value::NotKnown => {}
    }
}

/// Follows `implies` from the pending findings: a yes makes the implied findings yes, a no makes those that imply it no.
fn imply(
    knowledge: &Knowledge,
    state: &mut State,
    pending: &mut Vec<Handle<Finding>>,
    contradictions: &mut Vec<Contradiction>,
) -> bool {
    let mut any = false;
    while let Some(from) = pending.pop() {
        match state.bool(knowledge.names.finding(from)) {
            Tri::Yes => {
                for to in &knowledge.findings[from].implies {
                    any |= follow(
                        knowledge,
                        state,
                        from,
                        *to,
                        Tri::Yes,
                        pending,
                        contradictions,
                    );
                }
            }
            Tri::No => {
                for to in &knowledge.findings[from].implied_by {
                    any |= follow(
                        knowledge,
                        state,
                        from,
                        *to,
                        Tri::No,
                        pending,
                        contradictions,
                    );
                }
            }
            Tri::Unknown => {}
        }
    }
    any
}

fn follow(
    knowledge: &Knowledge,
    state: &mut State,
    from: Handle<Finding>,
    to: Handle<Finding>,
    value: Tri,
    pending: &mut Vec<Handle<Finding>>,
    contradictions: &mut Vec<Contradiction>,
) -> bool {
    let symbol = knowledge.names.finding(to);
    match state.bool(symbol) {
        Tri::Unknown => {
            state.set_bool(symbol, value);
            state.set_origin(to, Origin::Implied(from));
            pending.push(to);
            true
        }
        now if now == value => false,
        _ => {
            if let Origin::Recorded(at) = state.origin(to) {
                let found = Contradiction::Implied(at as usize, from);
                if !contradictions.contains(&found) {
                    contradictions.push(found);
                }
            }
            false
        }
    }
}

/// Works out one finding from others, if it is not known; true when it became known.
fn derive(knowledge: &Knowledge, finding: Handle<Finding>, state: &mut State) -> bool {
    let symbol = knowledge.names.finding(finding);
    if state.bool(symbol) != Tri::Unknown {
        return false;
    }
    let one = &knowledge.findings[finding];
    if one
        .no_when
        .as_ref()
        .is_some_and(|rule| rule.expr.eval(state) == Tri::Yes)
    {
        state.set_bool(symbol, Tri::No);
        state.set_origin(finding, Origin::Excluded);
        return true;
    }
    let value = one
        .derive
        .as_ref()
        .map_or(Tri::Unknown, |rule| rule.expr.eval(state));
    if value == Tri::Unknown {
        return false;
    }
    state.set_bool(symbol, value);
    state.set_origin(finding, Origin::Derived);
    true
}

/// A recorded value that its own rules speak against.
fn against_rules(
    knowledge: &Knowledge,
    finding: Handle<Finding>,
    state: &State,
) -> Option<Contradiction> {
    let Origin::Recorded(at) = state.origin(finding) else {
        return None;
    };
    let one = &knowledge.findings[finding];
    let recorded = state.bool(knowledge.names.finding(finding));
    if recorded == Tri::Yes
        && one
            .no_when
            .as_ref()
            .is_some_and(|rule| rule.expr.eval(state) == Tri::Yes)
    {
        return Some(Contradiction::Excluded(at as usize));
    }
    let derived = one
        .derive
        .as_ref()
        .map_or(Tri::Unknown, |rule| rule.expr.eval(state));
    (derived != Tri::Unknown && derived != recorded).then_some(Contradiction::Derived(at as usize))
}
