//! The words an expression may use, and what they mean to whoever evaluates it.
//!
//! This crate knows no finding and no code list. Whoever compiles an expression hands in a [`Vocabulary`], which turns words
//! into handles; whoever evaluates it hands in [`Facts`], which turns handles into values.

use crate::Tri;

/// A handle for one fact, given by the vocabulary: a name such as `fever`, or a call such as `score('peg')`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Symbol(pub u32);

/// A handle for one answer in a list of codes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Code(pub u16);

/// Which list of codes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Domain(pub u32);

/// What kind of value a fact has.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Type {
    /// Yes or no; may stand alone as a condition.
    Bool,
    /// A number in the one unit that the fact is kept in.
    Number,
    /// One code of a list.
    Code(Domain),
    /// Any number of codes of a list.
    Set(Domain),
}

/// Resolves the words of an expression when it is compiled.
pub trait Vocabulary {
    /// The fact with this name.
    fn name(&self, ident: &str) -> Option<(Symbol, Type)>;

    /// Resolves `function('a')` or `function('a', 'b')`.
    ///
    /// Also called with empty texts to learn whether `function` exists at all, after a call without quotes was written.
    fn call(&self, function: &str, arguments: &[&str]) -> Result<(Symbol, Type), CallProblem>;

    /// The code with this text in the list.
    fn code(&self, domain: Domain, text: &str) -> Option<Code>;

    /// The known name that was probably meant.
    fn suggest_name(&self, _ident: &str) -> Option<String> {
        None
    }

    /// The code of the list that was probably meant.
    fn suggest_code(&self, _domain: Domain, _text: &str) -> Option<String> {
        None
    }

    /// Every code of the list in its own order, for messages.
    fn codes(&self, domain: Domain) -> Vec<String>;
}

/// Why a call does not resolve.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CallProblem {
    /// No function has this name.
    UnknownFunction {
        /// The function that was probably meant.
        suggestion: Option<String>,
    },
    /// The function exists, with another number of arguments.
    WrongArgumentCount {
        /// How many it takes.
        expected: usize,
    },
    /// One argument names nothing.
    UnknownArgument {
        /// Which one, from 0.
        index: usize,
        /// What is wrong, shown as it is.
        message: String,
        /// What was probably meant.
        suggestion: Option<String>,
    },
}

/// What is known now. Asked once per fact cited, so every answer should cost a lookup at most.
///
/// Each method is asked only for symbols that the vocabulary gave the matching [`Type`].
pub trait Facts {
    /// A fact of type [`Type::Bool`].
    fn bool(&self, symbol: Symbol) -> Tri;
    /// A fact of type [`Type::Number`]; `None` when unknown. NaN counts as unknown.
    fn number(&self, symbol: Symbol) -> Option<f64>;
    /// A fact of type [`Type::Code`]; `None` when unknown.
    fn code(&self, symbol: Symbol) -> Option<Code>;
    /// Whether the code of a fact of type [`Type::Code`] is one of these.
    ///
    /// Worth overriding where the code itself is unknown but only a few are still possible: if all of those are in the list, the
    /// answer is yes all the same.
    #[inline]
    fn among(&self, symbol: Symbol, codes: &[Code]) -> Tri {
        match self.code(symbol) {
            Some(known) => Tri::from(codes.contains(&known)),
            None => Tri::Unknown,
        }
    }
    /// Whether the fact of type [`Type::Set`] holds this code.
    fn contains(&self, symbol: Symbol, code: Code) -> Tri;
}
