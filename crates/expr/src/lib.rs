//! Rule expressions: a strict subset of [CEL](https://cel.dev), so that the words are standard and nothing is invented.
//!
//! `atLeast(2, [fever, age >= 50, onset in ['sudden', 'gradual']]) && !('buttock' in pain_sites)`
//!
//! - An expression is checked as a whole when it is compiled: unknown names, wrong types and wrong codes are errors with a
//!   position and a remedy, all of them at once.
//! - It is evaluated in Kleene logic: what is not known is never treated as no.
//! - An undecided result says which facts stand in the way ([`Expr::unknowns`]), a decided one which facts made it so
//!   ([`Expr::reasons`]), and both show the value of every part ([`Expr::trace`]).
//!
//! There is no arithmetic, no choice operator, no field access, no loop. Nothing here reads a clock, a file or a network, and no input
//! makes it panic.

#![forbid(unsafe_code)]
#![warn(missing_docs, missing_debug_implementations)]

mod ast;
mod check;
mod error;
mod eval;
mod expr;
mod lexer;
pub mod limits;
mod parser;
mod program;
mod reasons;
mod span;
mod suggest;
mod trace;
mod tri;
mod unknowns;
mod vocabulary;

pub use error::Error;
pub use expr::Expr;
pub use span::Span;
pub use suggest::closest;
pub use trace::Trace;
pub use tri::Tri;
pub use vocabulary::{CallProblem, Code, Domain, Facts, Symbol, Type, Vocabulary};
