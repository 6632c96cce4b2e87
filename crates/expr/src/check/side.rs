//! What stands on one side of a comparison.

use super::Checker;
use crate::ast::{Ast, Kind};
use crate::{Domain, Symbol, Type, Vocabulary};

/// One side of a comparison.
#[derive(Clone, Copy)]
pub(super) enum Side<'t> {
    Number(f64),
    NumberFact(Symbol),
    Text(&'t str),
    CodeFact(Symbol, Domain),
    SetFact(Domain, Symbol),
    /// Anything that is yes or no; not looked at yet.
    Condition,
    List(&'t [Ast]),
    /// A name that nobody knows; not reported yet, because the other side may tell what was meant.
    Stranger(&'t str),
    /// Reported already.
    Wrong,
}

impl Side<'_> {
    pub(super) fn describe(self) -> &'static str {
        match self {
            Side::Number(_) | Side::NumberFact(_) => "a number",
            Side::Text(_) => "a text",
            Side::CodeFact(..) => "a choice",
            Side::SetFact(..) => "a list of choices",
            Side::List(_) => "a list",
            Side::Condition | Side::Stranger(_) | Side::Wrong => "yes or no",
        }
    }
}

impl<'a, V: Vocabulary + ?Sized> Checker<'a, V> {
    /// What one side of a comparison is. Reports nothing about names that are unknown or conditions that are wrong: see [`Self::settle`].
    pub(super) fn side(&mut self, ast: &'a Ast) -> Side<'a> {
        match &ast.kind {
            Kind::Number(value) => Side::Number(*value),
            Kind::Text(value) => Side::Text(value),
            Kind::List(parts) => Side::List(parts),
            Kind::Call { function, .. } if function == "atLeast" => Side::Condition,
            Kind::Name(name) => match self.vocabulary.name(name) {
                Some(fact) => Self::side_of(fact),
                None => Side::Stranger(name),
            },
            Kind::Call { .. } => self.fact(ast).map_or(Side::Wrong, Self::side_of),
            _ => Side::Condition,
        }
    }

    pub(super) fn side_of((symbol, kind): (Symbol, Type)) -> Side<'a> {
        match kind {
            Type::Bool => Side::Condition,
            Type::Number => Side::NumberFact(symbol),
            Type::Code(domain) => Side::CodeFact(symbol, domain),
            Type::Set(domain) => Side::SetFact(domain, symbol),
        }
    }

    /// Reports what [`Self::side`] left unsaid about a side that will not be used. Whether the side is right in itself.
    pub(super) fn settle(&mut self, side: Side<'a>, ast: &'a Ast) -> bool {
        let before = self.errors.len();
        match side {
            Side::Wrong => return false,
            Side::Stranger(_) => {
                self.fact(ast);
            }
            Side::Condition => self.condition(ast),
            Side::List(parts) => self.look_at_conditions(parts),
            _ => {}
        }
        self.errors.len() == before
    }
}
