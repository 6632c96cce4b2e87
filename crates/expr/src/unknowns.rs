//! What is not known and stands in the way: the next questions to ask.

use crate::eval::{leaf_value, number};
use crate::program::{Node, Program};
use crate::tri::kleene_at_least;
use crate::{Facts, Symbol, Tri};

/// Appends the facts that keep the node at `at` unknown, each once, in text order, and returns its value. When the value is
/// decided, nothing is appended.
///
/// Everything behind `from` in `out` was written by this call. Two things hold, and the property tests say so: answering all
/// of them decides the value, and answering anything else but them does not.
pub(crate) fn unknowns<F: Facts + ?Sized>(
    program: &Program,
    at: usize,
    facts: &F,
    from: usize,
    out: &mut Vec<Symbol>,
) -> Tri {
    let mark = out.len();
    // What a part appended is taken back once the whole turns out to be decided.
    let value = match program.node(at) {
        Node::Not { .. } => !unknowns(program, at + 1, facts, from, out),
        Node::All { .. } => {
            let mut value = Tri::Yes;
            for part in program.parts(at) {
                value = value.and(unknowns(program, part, facts, from, out));
                if value == Tri::No {
                    break;
                }
            }
            value
        }
        Node::Any { .. } => {
            let mut value = Tri::No;
            for part in program.parts(at) {
                value = value.or(unknowns(program, part, facts, from, out));
                if value == Tri::Yes {
                    break;
                }
            }
            value
        }
        Node::AtLeast { n, .. } => {
            let (mut yes, mut unknown) = (0, 0);
            for part in program.parts(at) {
                match unknowns(program, part, facts, from, out) {
                    Tri::Yes => yes += 1,
                    Tri::Unknown => unknown += 1,
                    Tri::No => {}
                }
            }
            kleene_at_least(usize::from(n), yes, unknown)
        }
        Node::Same { equal, .. } => {
            let left = unknowns(program, at + 1, facts, from, out);
            let same = left.same(unknowns(program, program.end(at + 1), facts, from, out));
            if equal { same } else { !same }
        }
        leaf => {
            let value = leaf_value(program, leaf, facts);
            if value == Tri::Unknown {
                for symbol in leaf
                    .symbols()
                    .filter(|&symbol| in_the_way(leaf, symbol, facts))
                {
                    append(symbol, from, out);
                }
            }
            value
        }
    };
    if value != Tri::Unknown {
        out.truncate(mark);
    }
    value
}

/// Whether this fact of an unknown leaf is itself unknown.
fn in_the_way<F: Facts + ?Sized>(leaf: Node, symbol: Symbol, facts: &F) -> bool {
    match leaf {
        Node::Numbers { .. } => number(facts, symbol).is_none(),
        Node::Codes { .. } => facts.code(symbol).is_none(),
        // Which code to look for comes first; until it is known nothing can be said about the set.
        Node::ContainsFact { code, set } => {
            let code_known = facts.code(code).is_some();
            if symbol == set {
                code_known
            } else {
                !code_known
            }
        }
        _ => true,
    }
}

/// Appends unless it already stands behind `from`.
pub(crate) fn append(symbol: Symbol, from: usize, out: &mut Vec<Symbol>) {
    if !out.iter().skip(from).any(|&known| known == symbol) {
        out.push(symbol);
    }
}
