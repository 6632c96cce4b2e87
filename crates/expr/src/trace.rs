//! The value of every part: the *why* behind a result, as a tree.

use crate::eval::eval;
use crate::program::Program;
use crate::{Facts, Span, Symbol, Tri};

/// One part of the expression with its value. Every part is there, also those that no longer mattered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trace {
    /// The part as it was written, without the parentheses around it.
    pub text: String,
    /// Where it stands in the expression.
    pub span: Span,
    /// Its value, also where it no longer mattered.
    pub value: Tri,
    /// The facts that this part itself compares; those of its children stand there.
    pub symbols: Vec<Symbol>,
    /// In text order; empty for a fact, a literal or a comparison of values.
    pub children: Vec<Trace>,
}

pub(crate) fn trace<F: Facts + ?Sized>(
    program: &Program,
    text: &str,
    at: usize,
    facts: &F,
) -> Trace {
    let node = program.node(at);
    let value = eval(program, at, facts);
    let span = program.spans.get(at).copied().unwrap_or_default();
    Trace {
        text: span.slice(text).to_owned(),
        span,
        value,
        symbols: node.symbols().collect(),
        children: program
            .parts(at)
            .map(|part| trace(program, text, part, facts))
            .collect(),
    }
}
