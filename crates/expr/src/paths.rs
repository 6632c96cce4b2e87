//! How far an undecided expression is from a wished value: how many more answers it would take, and through which facts.

use crate::eval::{eval, leaf_value};
use crate::program::{Node, Program};
use crate::unknowns::unknowns;
use crate::{Facts, Symbol, Tri};

/// A fact on the way to a wished value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Step {
    /// The fact.
    pub symbol: Symbol,
    /// The value it would need, for a fact of type bool; always yes for a comparison, which stands for "a fitting value".
    pub wanted: bool,
    /// The fewest answers on any way that goes through this fact, itself included.
    pub answers: u32,
}

/// The fewest answers to the wished value, and every fact on some way to it.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Paths {
    /// `None`: no answer can lead there any more. 0: it has the value already.
    pub fewest: Option<u32>,
    /// Each fact once per wished value, in text order.
    pub steps: Vec<Step>,
}

/// `leaf` says how many answers it takes to give an unknown fact the wished (or a fitting) value; `None`: impossible.
pub(crate) fn paths<F: Facts + ?Sized>(
    program: &Program,
    at: usize,
    wanted: bool,
    facts: &F,
    leaf: &dyn Fn(Symbol, bool) -> Option<u32>,
) -> Paths {
    match eval(program, at, facts) {
        Tri::Unknown => {}
        value => {
            let fewest = (value == Tri::from(wanted)).then_some(0);
            return Paths {
                fewest,
                steps: Vec::new(),
            };
        }
    }
    let parts = |wanted| {
        program
            .parts(at)
            .map(|part| paths(program, part, wanted, facts, leaf))
            .collect::<Vec<_>>()
    };
    match program.node(at) {
        Node::Not { .. } => paths(program, at + 1, !wanted, facts, leaf),
        Node::All { .. } => {
            let parts = parts(wanted);
            let need = if wanted { parts.len() } else { 1 };
            cheapest(&parts, need)
        }
        Node::Any { .. } => {
            let parts = parts(wanted);
            let need = if wanted { 1 } else { parts.len() };
            cheapest(&parts, need)
        }
        Node::AtLeast {
            n, parts: count, ..
        } => cheapest(&parts(wanted), parts_needed(n, count, wanted)),
        node => {
            let mut found = Paths {
                fewest: Some(0),
                steps: Vec::new(),
            };
            let symbols: Vec<Symbol> = if let Node::Same { .. } = node {
                // Two conditions compared: whatever is open in either has to be answered.
                let mut open = Vec::new();
                unknowns(program, at, facts, 0, &mut open);
                open
            } else {
                debug_assert_eq!(leaf_value(program, node, facts), Tri::Unknown);
                node.symbols().collect()
            };
            for symbol in symbols {
                let (wanted, answers) = match node {
                    Node::Fact(_) => (wanted, leaf(symbol, wanted)),
                    _ => (true, leaf(symbol, true)),
                };
                found.fewest = found.fewest.zip(answers).map(|(sum, more)| sum + more);
                if let Some(answers) = answers {
                    found.steps.push(Step {
                        symbol,
                        wanted,
                        answers,
                    });
                }
            }
            if found.fewest.is_none() {
                found.steps.clear();
            }
            found
        }
    }
}

/// So many parts of `atLeast(n, …)` must be yes, or no, for the whole to be so: fewer than n yes means at least (all - n + 1) no.
pub(crate) fn parts_needed(n: u16, parts: u16, wanted: bool) -> usize {
    let n = usize::from(n);
    if wanted {
        n
    } else {
        (usize::from(parts) + 1).saturating_sub(n)
    }
}

/// The same as [`Paths::fewest`] alone, without collecting the facts on the way: the quick twin of [`paths`].
pub(crate) fn fewest<F: Facts + ?Sized>(
    program: &Program,
    at: usize,
    wanted: bool,
    facts: &F,
    leaf: &dyn Fn(Symbol, bool) -> Option<u32>,
) -> Option<u32> {
    match eval(program, at, facts) {
        Tri::Unknown => {}
        value => return (value == Tri::from(wanted)).then_some(0),
    }
    let part = |part| fewest(program, part, wanted, facts, leaf);
    match program.node(at) {
        Node::Not { .. } => fewest(program, at + 1, !wanted, facts, leaf),
        Node::All { .. } | Node::Any { .. } => {
            // All parts must get there, or the cheapest one is enough.
            if matches!(program.node(at), Node::All { .. }) == wanted {
                program.parts(at).map(part).sum()
            } else {
                program.parts(at).filter_map(part).min()
            }
        }
        Node::AtLeast { n, parts, .. } => {
            let need = parts_needed(n, parts, wanted);
            let mut costs: Vec<u32> = program.parts(at).filter_map(part).collect();
            costs.sort_unstable();
            (costs.len() >= need).then(|| costs.iter().take(need).sum())
        }
        Node::Same { .. } => paths(program, at, wanted, facts, leaf).fewest,
        Node::Fact(symbol) => leaf(symbol, wanted),
        node => node.symbols().map(|symbol| leaf(symbol, true)).sum(),
    }
}

/// `need` of the parts must get there: the cheapest of them, or for a fact the cheapest ones together with its own part.
fn cheapest(parts: &[Paths], need: usize) -> Paths {
    let mut costs: Vec<u32> = parts.iter().filter_map(|part| part.fewest).collect();
    costs.sort_unstable();
    if costs.len() < need {
        return Paths::default();
    }
    let all: u32 = costs.iter().take(need).sum();
    // A part that is not among the cheapest replaces the dearest of them.
    let dearest = costs.get(need.wrapping_sub(1)).copied().unwrap_or(0);
    let mut steps: Vec<Step> = Vec::new();
    for part in parts {
        let Some(own) = part.fewest else { continue };
        let others = if own <= dearest {
            all - own
        } else {
            all - dearest
        };
        for step in &part.steps {
            let answers = others + step.answers;
            match steps
                .iter_mut()
                .find(|known| known.symbol == step.symbol && known.wanted == step.wanted)
            {
                Some(known) => known.answers = known.answers.min(answers),
                None => steps.push(Step { answers, ..*step }),
            }
        }
    }
    Paths {
        fewest: Some(all),
        steps,
    }
}
