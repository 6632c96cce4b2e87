//! `==`, `!=`, `<`, `<=`, `>`, `>=`: which values can be compared, and what to write where they cannot.

use super::Checker;
use super::side::Side;
use crate::ast::Ast;
use crate::error::quote;
use crate::lexer::Relation;
use crate::program::Node;
use crate::{Domain, Error, Tri, Type, Vocabulary};

impl<'a, V: Vocabulary + ?Sized> Checker<'a, V> {
    pub(super) fn comparison(
        &mut self,
        ast: &'a Ast,
        relation: Relation,
        left_ast: &'a Ast,
        right_ast: &'a Ast,
    ) {
        let (left, right) = (self.side(left_ast), self.side(right_ast));
        let equality = match relation {
            Relation::Equal => Some(true),
            Relation::NotEqual => Some(false),
            _ => None,
        };
        let node = match (left, right, equality) {
            (Side::Number(a), Side::Number(b), _) => Node::Known(Tri::from(relation.holds(a, b))),
            (Side::NumberFact(symbol), Side::Number(value), _) => Node::Number {
                relation,
                symbol,
                value,
            },
            (Side::Number(value), Side::NumberFact(symbol), _) => Node::Number {
                relation: relation.mirrored(),
                symbol,
                value,
            },
            (Side::NumberFact(left), Side::NumberFact(right), _) => Node::Numbers {
                relation,
                left,
                right,
            },
            (Side::Condition, Side::Condition, Some(equal)) => {
                let at = self.emit(Node::Known(Tri::Unknown), ast.span);
                self.condition(left_ast);
                self.condition(right_ast);
                let end = u32::try_from(self.program.nodes.len()).unwrap_or(u32::MAX);
                if let Some(slot) = self.program.nodes.get_mut(at) {
                    *slot = Node::Same { equal, end };
                }
                return;
            }
            (Side::CodeFact(symbol, domain), Side::Text(text), Some(equal)) => {
                match self.code(domain, text, left_ast, right_ast.span) {
                    Some(code) => Node::Code {
                        equal,
                        symbol,
                        code,
                    },
                    None => return,
                }
            }
            (Side::Text(text), Side::CodeFact(symbol, domain), Some(equal)) => {
                match self.code(domain, text, right_ast, left_ast.span) {
                    Some(code) => Node::Code {
                        equal,
                        symbol,
                        code,
                    },
                    None => return,
                }
            }
            (Side::CodeFact(left, a), Side::CodeFact(right, b), Some(equal)) if a == b => {
                Node::Codes { equal, left, right }
            }
            _ => return self.cannot_compare(ast, relation, (left_ast, left), (right_ast, right)),
        };
        self.emit(node, ast.span);
    }

    /// A comparison that makes no sense, or one with a side that is wrong already.
    pub(super) fn cannot_compare(
        &mut self,
        ast: &'a Ast,
        relation: Relation,
        (left_ast, left): (&'a Ast, Side<'a>),
        (right_ast, right): (&'a Ast, Side<'a>),
    ) {
        // A code without quotes: `onset == sudden`.
        let unquoted = match (left, right) {
            (Side::CodeFact(_, domain), Side::Stranger(word)) => {
                Some((domain, word, right_ast.span))
            }
            (Side::Stranger(word), Side::CodeFact(_, domain)) => {
                Some((domain, word, left_ast.span))
            }
            _ => None,
        };
        if let Some((domain, word, span)) = unquoted
            && self.vocabulary.code(domain, word).is_some()
        {
            self.report(
                Error::new(
                    span,
                    format!("{} is an answer and needs quotes", quote(word)),
                )
                .help(format!("write `'{word}'`")),
            );
            return;
        }
        let before = self.errors.len();
        let settled = [self.settle(left, left_ast), self.settle(right, right_ast)];
        if self.errors.len() > before || settled.contains(&false) {
            return;
        }
        let (a, b) = (self.words(left_ast.outer), self.words(right_ast.outer));
        let ordering = !matches!(relation, Relation::Equal | Relation::NotEqual);
        let alike = matches!(
            (left, right),
            (Side::Condition, Side::Condition)
                | (Side::CodeFact(..), Side::CodeFact(..) | Side::Text(_))
                | (Side::Text(_), Side::CodeFact(..))
        );
        let error = match (left, right) {
            (Side::SetFact(domain, _), _) => Error::new(
                ast.span,
                format!("{a} is a list of choices and cannot be compared"),
            )
            .help(self.in_instead(left_ast, right, right_ast, domain)),
            (_, Side::SetFact(domain, _)) => Error::new(
                ast.span,
                format!("{b} is a list of choices and cannot be compared"),
            )
            .help(self.in_instead(right_ast, left, left_ast, domain)),
            (Side::List(_), _) | (_, Side::List(_)) => {
                Error::new(ast.span, "a list cannot be compared").help("write `in` before the list")
            }
            (Side::Text(_), Side::Text(_)) => {
                Error::new(ast.span, format!("{a} and {b} are both texts"))
                    .help("name the finding on one side")
            }
            _ if ordering && alike => {
                let (words, side) = match left {
                    Side::Text(_) => (b, right),
                    _ => (a, left),
                };
                Error::new(
                    ast.span,
                    format!("{words} is {} and has no order", side.describe()),
                )
                .help(match side {
                    Side::Condition => "use `==`, `!=`, `&&` or `||`",
                    _ => "use `==`, `!=` or `in`",
                })
            }
            (Side::CodeFact(..), Side::CodeFact(..)) => Error::new(
                ast.span,
                format!("{a} and {b} have different lists of answers and cannot be compared"),
            ),
            _ => {
                let message = format!(
                    "{a} is {} and cannot be compared with {b}, which is {}",
                    left.describe(),
                    right.describe()
                );
                Error::new(ast.span, message)
                    .maybe_help(self.mismatch_help((left_ast, left), (right_ast, right)))
            }
        };
        self.report(error);
    }

    /// The remedy for comparing two different kinds of value, where the words of the reader show one.
    pub(super) fn mismatch_help(
        &self,
        (left_ast, left): (&Ast, Side),
        (right_ast, right): (&Ast, Side),
    ) -> Option<String> {
        let (fact_ast, fact) = match left {
            Side::Number(_) | Side::Text(_) => (right_ast, right),
            _ => (left_ast, left),
        };
        let words = fact_ast.outer.slice(self.text);
        match fact {
            Side::Condition => Some(format!(
                "write {} or {}",
                quote(words),
                quote(&format!("!{words}"))
            )),
            Side::NumberFact(_) => Some(format!(
                "compare it with a number, e.g. {}",
                quote(&format!("{words} >= 50"))
            )),
            Side::CodeFact(_, domain) => Some(format!(
                "compare it with one of its answers, e.g. {}",
                quote(&self.example(words, Type::Code(domain)))
            )),
            _ => None,
        }
    }

    /// "write `'buttock' in pain_sites`", with the code the reader wrote where there is one.
    pub(super) fn in_instead(
        &self,
        set_ast: &Ast,
        other: Side,
        other_ast: &Ast,
        domain: Domain,
    ) -> String {
        let set = set_ast.span.slice(self.text);
        let example = match other {
            Side::Text(_) => format!("{} in {set}", other_ast.span.slice(self.text)),
            _ => self.example(set, Type::Set(domain)),
        };
        format!("write {}", quote(&example))
    }
}

impl Relation {
    /// The relation that says the same with the sides exchanged.
    fn mirrored(self) -> Relation {
        match self {
            Relation::Less => Relation::Greater,
            Relation::LessOrEqual => Relation::GreaterOrEqual,
            Relation::Greater => Relation::Less,
            Relation::GreaterOrEqual => Relation::LessOrEqual,
            same => same,
        }
    }
}
