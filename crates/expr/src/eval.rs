//! The value of a checked expression. The hot path: no allocation, and it stops as soon as the value is decided.

use crate::lexer::Relation;
use crate::program::{Node, Program};
use crate::tri::kleene_at_least;
use crate::{Facts, Symbol, Tri};

/// The value of the node at `at`.
pub(crate) fn eval<F: Facts + ?Sized>(program: &Program, at: usize, facts: &F) -> Tri {
    match program.node(at) {
        Node::Not { .. } => !eval(program, at + 1, facts),
        Node::All { end } => {
            let (mut part, end) = (at + 1, end as usize);
            let mut value = Tri::Yes;
            while part < end {
                value = value.and(eval(program, part, facts));
                if value == Tri::No {
                    break;
                }
                part = program.end(part);
            }
            value
        }
        Node::Any { end } => {
            let (mut part, end) = (at + 1, end as usize);
            let mut value = Tri::No;
            while part < end {
                value = value.or(eval(program, part, facts));
                if value == Tri::Yes {
                    break;
                }
                part = program.end(part);
            }
            value
        }
        Node::AtLeast { n, parts, end } => {
            let (mut part, end) = (at + 1, end as usize);
            let (mut yes, mut open) = (0, usize::from(parts));
            let mut unknown = 0;
            while part < end {
                open -= 1;
                match eval(program, part, facts) {
                    Tri::Yes => yes += 1,
                    Tri::Unknown => unknown += 1,
                    Tri::No => {}
                }
                // The parts not yet looked at could be anything, just like the unknown ones.
                match kleene_at_least(usize::from(n), yes, unknown + open) {
                    Tri::Unknown => part = program.end(part),
                    decided => return decided,
                }
            }
            kleene_at_least(usize::from(n), yes, unknown)
        }
        Node::Same { equal, .. } => {
            let left = eval(program, at + 1, facts);
            if left == Tri::Unknown {
                return Tri::Unknown;
            }
            let same = left.same(eval(program, program.end(at + 1), facts));
            if equal { same } else { !same }
        }
        leaf => leaf_value(program, leaf, facts),
    }
}

/// The value of a node without parts.
#[inline]
pub(crate) fn leaf_value<F: Facts + ?Sized>(program: &Program, node: Node, facts: &F) -> Tri {
    match node {
        Node::Known(value) => value,
        Node::Fact(symbol) => facts.bool(symbol),
        Node::Number {
            relation,
            symbol,
            value,
        } => match number(facts, symbol) {
            Some(known) => Tri::from(relation.holds(known, value)),
            None => Tri::Unknown,
        },
        Node::Numbers {
            relation,
            left,
            right,
        } => match (number(facts, left), number(facts, right)) {
            (Some(left), Some(right)) => Tri::from(relation.holds(left, right)),
            _ => Tri::Unknown,
        },
        Node::Code {
            equal,
            symbol,
            code,
        } => {
            let same = facts.among(symbol, &[code]);
            if equal { same } else { !same }
        }
        Node::Codes { equal, left, right } => match (facts.code(left), facts.code(right)) {
            (Some(left), Some(right)) => Tri::from((left == right) == equal),
            _ => Tri::Unknown,
        },
        Node::OneOf {
            symbol,
            first,
            count,
        } => facts.among(symbol, program.list(first, count)),
        Node::Contains { set, code } => facts.contains(set, code),
        Node::ContainsFact { code, set } => match facts.code(code) {
            Some(known) => facts.contains(set, known),
            None => Tri::Unknown,
        },
        Node::Not { .. }
        | Node::All { .. }
        | Node::Any { .. }
        | Node::AtLeast { .. }
        | Node::Same { .. } => Tri::Unknown,
    }
}

/// A number that can be compared. NaN would make both `x < 5` and `x >= 5` false: it is no knowledge.
#[inline]
pub(crate) fn number<F: Facts + ?Sized>(facts: &F, symbol: Symbol) -> Option<f64> {
    facts.number(symbol).filter(|value| !value.is_nan())
}

impl Relation {
    #[inline]
    pub(crate) fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Relation::Equal => left == right,
            Relation::NotEqual => left != right,
            Relation::Less => left < right,
            Relation::LessOrEqual => left <= right,
            Relation::Greater => left > right,
            Relation::GreaterOrEqual => left >= right,
        }
    }
}
