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
//! ```
//! use cotreat_expr::{CallProblem, Code, Domain, Expr, Facts, Symbol, Tri, Type, Vocabulary};
//!
//! /// Two findings: a yes or no, and a number.
//! struct Words;
//! impl Vocabulary for Words {
//!     fn name(&self, ident: &str) -> Option<(Symbol, Type)> {
//!         match ident {
//!             "fever" => Some((Symbol(0), Type::Bool)),
//!             "age" => Some((Symbol(1), Type::Number)),
//!             _ => None,
//!         }
//!     }
//!     fn call(&self, _: &str, _: &[&str]) -> Result<(Symbol, Type), CallProblem> {
//!         Err(CallProblem::UnknownFunction { suggestion: None })
//!     }
//!     fn code(&self, _: Domain, _: &str) -> Option<Code> { None }
//!     fn codes(&self, _: Domain) -> Vec<String> { Vec::new() }
//! }
//!
//! /// A person with fever whose age nobody asked.
//! struct Person;
//! impl Facts for Person {
//!     fn bool(&self, _: Symbol) -> Tri { Tri::Yes }
//!     fn number(&self, _: Symbol) -> Option<f64> { None }
//!     fn code(&self, _: Symbol) -> Option<Code> { None }
//!     fn contains(&self, _: Symbol, _: Code) -> Tri { Tri::Unknown }
//! }
//!
//! let rule = Expr::compile("fever && age >= 50", &Words).unwrap();
//! assert_eq!(rule.eval(&Person), Tri::Unknown);
//!
//! let mut to_ask = Vec::new();
//! rule.unknowns(&Person, &mut to_ask);
//! assert_eq!(to_ask, [Symbol(1)]);
//!
//! let errors = Expr::compile("fever && age", &Words).unwrap_err();
//! assert_eq!(
//!     errors[0].to_string(),
//!     "`age` is a number and cannot stand alone as a condition; compare it, e.g. `age >= 50`"
//! );
//! ```
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
mod paths;
mod program;
mod reasons;
mod span;
mod suggest;
mod trace;
mod tri;
mod unknowns;
mod vocabulary;
mod way;

pub use error::Error;
pub use expr::Expr;
pub use paths::{Paths, Step};
pub use span::Span;
pub use suggest::closest;
pub use trace::Trace;
pub use tri::Tri;
pub use vocabulary::{CallProblem, Code, Domain, Facts, Symbol, Type, Vocabulary};
pub use way::Way;
