//! A checked expression in the form that is run: one row of small nodes, each followed by its parts.
//!
//! `a && (b || c)` is stored as `All Fact(a) Any Fact(b) Fact(c)`. A node with parts says where its last part ends, so that
//! walking needs neither pointers nor allocation, and a deep expression drops like any other vector.

use crate::lexer::Relation;
use crate::{Code, Span, Symbol, Tri};

/// `end` is the index behind the node's last part.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Node {
    Known(Tri),
    Fact(Symbol),
    Not {
        end: u32,
    },
    All {
        end: u32,
    },
    Any {
        end: u32,
    },
    AtLeast {
        n: u16,
        parts: u16,
        end: u32,
    },
    /// Two conditions compared with each other.
    Same {
        equal: bool,
        end: u32,
    },
    Number {
        relation: Relation,
        symbol: Symbol,
        value: f64,
    },
    Numbers {
        relation: Relation,
        left: Symbol,
        right: Symbol,
    },
    Code {
        equal: bool,
        symbol: Symbol,
        code: Code,
    },
    Codes {
        equal: bool,
        left: Symbol,
        right: Symbol,
    },
    /// A code in a list: `count` codes of the pool from `first` on.
    OneOf {
        symbol: Symbol,
        first: u32,
        count: u16,
    },
    /// A code in a set.
    Contains {
        set: Symbol,
        code: Code,
    },
    /// The code that a fact has, in a set.
    ContainsFact {
        code: Symbol,
        set: Symbol,
    },
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    pub nodes: Vec<Node>,
    /// Where each node stands in the text.
    pub spans: Vec<Span>,
    /// The codes of every list, one after the other.
    pub pool: Vec<Code>,
}

impl Program {
    /// The node at `at`. Indices are made by the checker and always valid; an invalid one reads as unknown instead of panicking.
    #[inline]
    pub(crate) fn node(&self, at: usize) -> Node {
        self.nodes
            .get(at)
            .copied()
            .unwrap_or(Node::Known(Tri::Unknown))
    }

    /// The index behind the node at `at` and all its parts.
    #[inline]
    pub(crate) fn end(&self, at: usize) -> usize {
        match self.node(at) {
            Node::Not { end }
            | Node::All { end }
            | Node::Any { end }
            | Node::AtLeast { end, .. }
            | Node::Same { end, .. } => end as usize,
            _ => at + 1,
        }
    }

    /// The indices of a node's parts, in text order.
    pub(crate) fn parts(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.end(at);
        let first = Some(at + 1).filter(|&part| part < end);
        std::iter::successors(first, move |&part| {
            Some(self.end(part)).filter(|&next| next < end)
        })
    }

    #[inline]
    pub(crate) fn list(&self, first: u32, count: u16) -> &[Code] {
        let first = first as usize;
        self.pool
            .get(first..first + usize::from(count))
            .unwrap_or(&[])
    }
}

impl Node {
    /// The facts that the node itself cites (not those of its parts), in text order.
    pub(crate) fn symbols(self) -> impl Iterator<Item = Symbol> {
        let (first, second) = match self {
            Node::Fact(symbol)
            | Node::Number { symbol, .. }
            | Node::Code { symbol, .. }
            | Node::OneOf { symbol, .. }
            | Node::Contains { set: symbol, .. } => (Some(symbol), None),
            Node::Numbers { left, right, .. } | Node::Codes { left, right, .. } => {
                (Some(left), Some(right))
            }
            Node::ContainsFact { code, set } => (Some(code), Some(set)),
            _ => (None, None),
        };
        first.into_iter().chain(second)
    }
}

#[cfg(test)]
mod tests {
    /// Four nodes to a cache line.
    #[test]
    fn a_node_stays_small() {
        assert_eq!(size_of::<super::Node>(), 16);
    }
}
