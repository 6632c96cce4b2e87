//! `in`: a choice in a list of answers, or an answer in a fact that holds several.

use super::Checker;
use super::side::Side;
use crate::ast::{Ast, Kind};
use crate::error::quote;
use crate::program::Node;
use crate::{Domain, Error, Span, Symbol, Type, Vocabulary};

impl<'a, V: Vocabulary + ?Sized> Checker<'a, V> {
    pub(super) fn membership(&mut self, ast: &'a Ast, left_ast: &'a Ast, right_ast: &'a Ast) {
        let (left, right) = (self.side(left_ast), self.side(right_ast));
        match (left, right) {
            (Side::CodeFact(symbol, domain), Side::List(parts)) => {
                self.one_of(ast, left_ast, (symbol, domain), right_ast.span, parts)
            }
            (Side::Text(text), Side::SetFact(domain, set)) => {
                if let Some(code) = self.code(domain, text, right_ast, left_ast.span) {
                    self.emit(Node::Contains { set, code }, ast.span);
                }
            }
            (Side::CodeFact(code, a), Side::SetFact(b, set)) if a == b => {
                self.emit(Node::ContainsFact { code, set }, ast.span);
            }
            _ => self.not_in((left_ast, left), (right_ast, right)),
        }
    }

    /// `x in ['a', 'b']`.
    pub(super) fn one_of(
        &mut self,
        ast: &Ast,
        fact: &'a Ast,
        (symbol, domain): (Symbol, Domain),
        list: Span,
        parts: &'a [Ast],
    ) {
        if parts.is_empty() {
            self.report(Error::new(list, "the list is empty").help("name the answers to look for"));
        }
        let first = self.program.pool.len();
        for part in parts {
            if let Kind::Text(text) = &part.kind {
                if let Some(code) = self.code(domain, text, fact, part.span) {
                    self.program.pool.push(code);
                }
                continue;
            }
            let words = self.words(part.span);
            let help = match &part.kind {
                Kind::Name(name) if self.vocabulary.code(domain, name).is_some() => {
                    format!("write `'{name}'`")
                }
                _ => "write answers in quotes, e.g. `['first', 'second']`".into(),
            };
            self.report(
                Error::new(
                    part.span,
                    format!("a list after `in` holds answers, not {words}"),
                )
                .help(help),
            );
        }
        // Both are bounded by the number of nodes.
        let count = u16::try_from(self.program.pool.len() - first).unwrap_or(u16::MAX);
        let first = u32::try_from(first).unwrap_or(u32::MAX);
        self.emit(
            Node::OneOf {
                symbol,
                first,
                count,
            },
            ast.span,
        );
    }

    /// An `in` that makes no sense, or one with a side that is wrong already.
    pub(super) fn not_in(
        &mut self,
        (left_ast, left): (&'a Ast, Side<'a>),
        (right_ast, right): (&'a Ast, Side<'a>),
    ) {
        let before = self.errors.len();
        let settled = [self.settle(left, left_ast), self.settle(right, right_ast)];
        if self.errors.len() > before || settled.contains(&false) {
            return;
        }
        let (a, b) = (self.words(left_ast.outer), self.words(right_ast.outer));
        let error = match (left, right) {
            (Side::CodeFact(..), Side::SetFact(..)) => Error::new(
                left_ast.outer.to(right_ast.outer),
                format!("{a} and {b} have different lists of answers"),
            ),
            (_, Side::CodeFact(..)) => {
                let example = format!(
                    "{} == {}",
                    right_ast.span.slice(self.text),
                    left_ast.span.slice(self.text)
                );
                Error::new(
                    right_ast.outer,
                    format!("{b} is a single choice, not a list"),
                )
                .maybe_help(
                    matches!(left, Side::Text(_) | Side::CodeFact(..))
                        .then(|| format!("write {}", quote(&example))),
                )
            }
            (_, Side::List(_) | Side::SetFact(..)) => {
                let help = match left {
                    Side::NumberFact(_) => {
                        let words = left_ast.span.slice(self.text);
                        Some(format!(
                            "compare it, e.g. {}",
                            quote(&format!("{words} >= 50"))
                        ))
                    }
                    Side::Text(_) => Some("name the finding on the left side".into()),
                    Side::SetFact(domain, _) => {
                        let example =
                            self.example(left_ast.span.slice(self.text), Type::Set(domain));
                        Some(format!(
                            "ask for each answer by itself, e.g. {}",
                            quote(&example)
                        ))
                    }
                    _ => None,
                };
                let what = left.describe();
                Error::new(
                    left_ast.outer,
                    format!("{a} is {what} and cannot be looked up in a list of answers"),
                )
                .maybe_help(help)
            }
            _ => Error::new(
                right_ast.outer,
                format!("{b} is {}, and `in` needs a list", right.describe()),
            )
            .help("write a list of answers, e.g. `['first', 'second']`"),
        };
        self.report(error);
    }
}
