//! Tree to program: every word is looked up and every type compared. All errors are collected; none hides another.

mod compare;
mod member;
mod side;
mod tell;
mod words;

use self::tell::describe;
use crate::ast::{Ast, Kind};
use crate::error::quote;
use crate::program::{Node, Program};
use crate::{Error, Span, Tri, Type, Vocabulary};

/// The program for a condition, or everything that is wrong with it in text order.
pub(crate) fn check<V: Vocabulary + ?Sized>(
    tree: &Ast,
    text: &str,
    vocabulary: &V,
) -> Result<Program, Vec<Error>> {
    let mut checker = Checker {
        text,
        vocabulary,
        program: Program::default(),
        errors: Vec::new(),
    };
    checker.condition(tree);
    if checker.errors.is_empty() {
        Ok(checker.program)
    } else {
        checker.errors.sort_by_key(|error| error.span);
        Err(checker.errors)
    }
}

struct Checker<'a, V: ?Sized> {
    text: &'a str,
    vocabulary: &'a V,
    program: Program,
    errors: Vec<Error>,
}

impl<'a, V: Vocabulary + ?Sized> Checker<'a, V> {
    fn report(&mut self, error: Error) {
        self.errors.push(error);
    }

    /// The reader's words at a span, in back-ticks.
    fn words(&self, span: Span) -> String {
        quote(span.slice(self.text))
    }

    fn emit(&mut self, node: Node, span: Span) -> usize {
        self.program.nodes.push(node);
        self.program.spans.push(span);
        self.program.nodes.len() - 1
    }

    /// Emits a node with parts: `node` receives the index behind them.
    fn emit_over(&mut self, span: Span, parts: &'a [Ast], node: impl FnOnce(u32) -> Node) {
        let at = self.emit(Node::Known(Tri::Unknown), span);
        for part in parts {
            self.condition(part);
        }
        // At most `limits::NODES` nodes, so this always fits.
        let end = u32::try_from(self.program.nodes.len()).unwrap_or(u32::MAX);
        if let Some(slot) = self.program.nodes.get_mut(at) {
            *slot = node(end);
        }
    }

    /// Checks and emits something that must be yes or no.
    fn condition(&mut self, ast: &'a Ast) {
        match &ast.kind {
            Kind::Truth(value) => {
                self.emit(Node::Known(Tri::from(*value)), ast.span);
            }
            Kind::Not(inner) => self.negation(ast, inner),
            Kind::All(parts) => self.emit_over(ast.span, parts, |end| Node::All { end }),
            Kind::Any(parts) => self.emit_over(ast.span, parts, |end| Node::Any { end }),
            Kind::Compare(relation, left, right) => self.comparison(ast, *relation, left, right),
            Kind::In(left, right) => self.membership(ast, left, right),
            Kind::Call {
                function,
                arguments,
                ..
            } if function == "atLeast" => self.at_least(ast, arguments),
            Kind::Name(_) | Kind::Call { .. } => match self.fact(ast) {
                Some((symbol, Type::Bool)) => {
                    self.emit(Node::Fact(symbol), ast.span);
                }
                Some((_, other)) => {
                    let error = self.not_a_condition(ast.span, other);
                    self.report(error);
                }
                None => {}
            },
            Kind::Text(value) => {
                let help = match self.vocabulary.name(value) {
                    Some((_, Type::Bool)) => format!("write {} without the quotes", quote(value)),
                    _ => "compare a finding with it".into(),
                };
                let words = self.words(ast.span);
                self.report(
                    Error::new(
                        ast.span,
                        format!("{words} is a text and cannot stand alone as a condition"),
                    )
                    .help(help),
                );
            }
            Kind::Number(_) => {
                let words = self.words(ast.span);
                self.report(
                    Error::new(
                        ast.span,
                        format!("{words} is a number and cannot stand alone as a condition"),
                    )
                    .help("compare something with it"),
                );
            }
            Kind::List(parts) => {
                self.report(
                    Error::new(ast.span, "a list cannot stand alone as a condition")
                        .help("a list stands after `in` or inside `atLeast(…)`"),
                );
                self.look_at_conditions(parts);
            }
        }
    }

    /// Reports what is wrong inside parts that are not wanted where they stand; texts and numbers in them are left alone.
    fn look_at_conditions(&mut self, parts: &'a [Ast]) {
        for part in parts {
            if !matches!(part.kind, Kind::Text(_) | Kind::Number(_)) {
                let side = self.side(part);
                self.settle(side, part);
            }
        }
    }

    fn negation(&mut self, ast: &'a Ast, inner: &'a Ast) {
        // `!age > 3` reads as `(!age) > 3`, in CEL as in most languages; nobody means that.
        if matches!(inner.kind, Kind::Name(_) | Kind::Call { .. })
            && !matches!(&inner.kind, Kind::Call { function, .. } if function == "atLeast")
            && let Some((_, kind)) = self.quiet_fact(inner)
            && kind != Type::Bool
        {
            let words = self.words(inner.span);
            let plain = inner.span.slice(self.text);
            let example = self.example(plain, kind);
            self.report(
                Error::new(
                    inner.span,
                    format!("`!` needs a condition, but {words} is {}", describe(kind)),
                )
                .help(format!(
                    "put the comparison in parentheses, e.g. `!({example})`"
                )),
            );
            return;
        }
        self.emit_over(ast.span, std::slice::from_ref(inner), |end| Node::Not {
            end,
        });
    }

    fn at_least(&mut self, ast: &'a Ast, arguments: &'a [Ast]) {
        let [count, list] = arguments else {
            self.report(
                Error::new(ast.span, "`atLeast` takes a number and a list")
                    .help("write `atLeast(2, [first, second, third])`"),
            );
            self.look_at_conditions(arguments);
            return;
        };
        let Kind::List(parts) = &list.kind else {
            self.report(
                Error::new(list.span, "`atLeast` takes its conditions in a list")
                    .help("write `atLeast(2, [first, second, third])`"),
            );
            self.look_at_conditions(std::slice::from_ref(list));
            return;
        };
        let n = match count.kind {
            Kind::Number(n) if n >= 1.0 && n.fract() == 0.0 => n,
            _ => {
                let words = self.words(count.span);
                self.report(
                    Error::new(
                        count.span,
                        format!("`atLeast` takes a whole number from 1, not {words}"),
                    )
                    .help("write the number itself, e.g. `atLeast(2, […])`"),
                );
                1.0
            }
        };
        let length = parts.len() as f64;
        if parts.is_empty() {
            self.report(
                Error::new(list.span, "the list is empty").help("name the conditions to count"),
            );
        } else if n > length {
            let words = self.words(count.span);
            self.report(
                Error::new(
                    count.span,
                    format!(
                        "{words} can never be reached: the list has {} entries",
                        parts.len()
                    ),
                )
                .help(format!("use a number from 1 to {}", parts.len())),
            );
        }
        let n = n.min(length) as u16;
        let count = u16::try_from(parts.len()).unwrap_or(u16::MAX);
        self.emit_over(ast.span, parts, |end| Node::AtLeast {
            n,
            parts: count,
            end,
        });
    }
}
