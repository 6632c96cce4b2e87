//! What made the value so: the facts to show beside a yes or a no.

use crate::eval::{eval, leaf_value};
use crate::program::{Node, Program};
use crate::unknowns::append;
use crate::{Facts, Symbol, Tri};

/// Appends the facts that decided the node at `at`, each once, in text order, and returns its value. When the value is unknown,
/// nothing is appended.
///
/// Of `a || b` that is yes, only the parts that are yes count; when it is no, all do. `&&` is the mirror image. Of
/// `atLeast`, the parts that have the value of the whole count.
pub(crate) fn reasons<F: Facts + ?Sized>(
    program: &Program,
    at: usize,
    facts: &F,
    from: usize,
    out: &mut Vec<Symbol>,
) -> Tri {
    let node = program.node(at);
    let mark = out.len();
    let value = match node {
        Node::Not { .. } => !reasons(program, at + 1, facts, from, out),
        Node::Same { equal, .. } => {
            let left = reasons(program, at + 1, facts, from, out);
            let same = left.same(reasons(program, program.end(at + 1), facts, from, out));
            if equal { same } else { !same }
        }
        Node::All { .. } | Node::Any { .. } | Node::AtLeast { .. } => {
            let value = eval(program, at, facts);
            for part in program.parts(at) {
                let mark = out.len();
                if reasons(program, part, facts, from, out) != value {
                    out.truncate(mark);
                }
            }
            value
        }
        leaf => {
            for symbol in leaf.symbols() {
                append(symbol, from, out);
            }
            leaf_value(program, leaf, facts)
        }
    };
    if value == Tri::Unknown {
        out.truncate(mark);
    }
    value
}
