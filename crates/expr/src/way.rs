//! Whether an undecided expression can still get a wished value: what `paths` says without counting, in one pass.

use crate::eval::eval;
use crate::paths::parts_needed;
use crate::program::{Node, Program};
use crate::unknowns::unknowns;
use crate::{Facts, Symbol, Tri};

/// How an expression stands to a wished value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Way {
    /// No answer can lead there any more, or none that may be asked for.
    Closed,
    /// Answers can lead there.
    Open,
    /// It has the value.
    There,
}

/// `leaf` says whether an unknown fact can get the wished (or a fitting) value.
pub(crate) fn way<F: Facts + ?Sized>(
    program: &Program,
    at: usize,
    wanted: bool,
    facts: &F,
    leaf: &dyn Fn(Symbol, bool) -> bool,
) -> Way {
    let part = |part| way(program, part, wanted, facts, leaf);
    match program.node(at) {
        Node::Not { .. } => way(program, at + 1, !wanted, facts, leaf),
        Node::All { .. } | Node::Any { .. } => {
            // All parts must get there, or one is enough.
            let (mut found, end) = if matches!(program.node(at), Node::All { .. }) == wanted {
                (Way::There, Way::Closed)
            } else {
                (Way::Closed, Way::There)
            };
            for part in program.parts(at).map(part) {
                found = if end == Way::Closed {
                    found.min(part)
                } else {
                    found.max(part)
                };
                if found == end {
                    break;
                }
            }
            found
        }
        Node::AtLeast { n, parts, .. } => {
            let need = parts_needed(n, parts, wanted);
            let (mut there, mut open) = (0, 0);
            for part in program.parts(at).map(part) {
                there += usize::from(part == Way::There);
                open += usize::from(part == Way::Open);
            }
            if there >= need {
                Way::There
            } else if there + open >= need {
                Way::Open
            } else {
                Way::Closed
            }
        }
        node => match eval(program, at, facts) {
            Tri::Unknown => {
                let open = match node {
                    // Two conditions compared: whatever is open in either has to be answered.
                    Node::Same { .. } => {
                        let mut open = Vec::new();
                        unknowns(program, at, facts, 0, &mut open);
                        open.into_iter().all(|symbol| leaf(symbol, true))
                    }
                    Node::Fact(symbol) => leaf(symbol, wanted),
                    node => node.symbols().all(|symbol| leaf(symbol, true)),
                };
                if open { Way::Open } else { Way::Closed }
            }
            value if value == Tri::from(wanted) => Way::There,
            _ => Way::Closed,
        },
    }
}
