//! What was written, before anything is known about the words.

use crate::Span;
use crate::lexer::Relation;

/// One piece of the expression. Never deeper than a few times [`crate::limits::DEPTH`], so plain recursion over it is safe.
#[derive(Debug)]
pub(crate) struct Ast {
    pub kind: Kind,
    /// Without the parentheses around it: what a reader calls the condition.
    pub span: Span,
    /// With the parentheses around it.
    pub outer: Span,
}

#[derive(Debug)]
pub(crate) enum Kind {
    Name(String),
    Text(String),
    Number(f64),
    Truth(bool),
    Call {
        function: String,
        function_span: Span,
        arguments: Vec<Ast>,
    },
    List(Vec<Ast>),
    Not(Box<Ast>),
    /// A chain `a && b && c`: kept flat, so that its length costs no depth.
    All(Vec<Ast>),
    /// A chain `a || b || c`.
    Any(Vec<Ast>),
    Compare(Relation, Box<Ast>, Box<Ast>),
    In(Box<Ast>, Box<Ast>),
}
