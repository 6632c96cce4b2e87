//! An expression that was checked and can be run.

use crate::program::Program;
use crate::{Error, Facts, Paths, Symbol, Trace, Tri, Vocabulary, Way};
use crate::{check, eval, parser, paths, reasons, trace, unknowns, way};

/// A condition over facts: checked against a vocabulary, ready to run.
#[derive(Clone, Debug)]
pub struct Expr {
    text: String,
    program: Program,
    /// Sorted, each once.
    symbols: Vec<Symbol>,
    /// For each of `symbols`, the how-manieth fact of the text it is.
    ranks: Vec<usize>,
}

impl Expr {
    /// Reads and checks `text`, which must be a condition (yes, no or unknown).
    ///
    /// Every name and type error is reported, in text order. A mistake in the grammar ends the reading and comes alone.
    pub fn compile(
        text: &str,
        vocabulary: &(impl Vocabulary + ?Sized),
    ) -> Result<Expr, Vec<Error>> {
        let tree = parser::parse(text).map_err(|error| vec![error])?;
        let program = check::check(&tree, text, vocabulary)?;
        let mut cited: Vec<(Symbol, usize)> = program
            .nodes
            .iter()
            .flat_map(|node| node.symbols())
            .enumerate()
            .map(|(rank, symbol)| (symbol, rank))
            .collect();
        cited.sort_unstable();
        cited.dedup_by_key(|(symbol, _)| *symbol);
        let (symbols, ranks) = cited.into_iter().unzip();
        Ok(Expr {
            text: text.to_owned(),
            program,
            symbols,
            ranks,
        })
    }

    /// Puts the symbols behind `from` in the order in which the text first names them. They come nearly so: only a fact that is
    /// first named in a part that does not count stands elsewhere.
    fn in_text_order(&self, from: usize, out: &mut [Symbol]) {
        if let Some(new) = out.get_mut(from..) {
            new.sort_unstable_by_key(|symbol| {
                self.symbols
                    .binary_search(symbol)
                    .ok()
                    .and_then(|index| self.ranks.get(index))
            });
        }
    }

    /// The value with what is known now.
    #[inline]
    pub fn eval(&self, facts: &(impl Facts + ?Sized)) -> Tri {
        eval::eval(&self.program, 0, facts)
    }

    /// Appends the facts whose being unknown stands in the way of a value, each once, in order of first appearance in the text.
    /// Nothing when the value is decided.
    pub fn unknowns(&self, facts: &(impl Facts + ?Sized), out: &mut Vec<Symbol>) {
        let from = out.len();
        unknowns::unknowns(&self.program, 0, facts, from, out);
        self.in_text_order(from, out);
    }

    /// Appends the facts that made the value so, each once, in order of first appearance in the text. Nothing when it is
    /// unknown.
    pub fn reasons(&self, facts: &(impl Facts + ?Sized), out: &mut Vec<Symbol>) {
        let from = out.len();
        reasons::reasons(&self.program, 0, facts, from, out);
        self.in_text_order(from, out);
    }

    /// How many more answers it takes until the value is `wanted`, and through which facts.
    ///
    /// `leaf` says how many answers it takes to give an unknown fact a value (1 for a plain question, more for a fact that follows
    /// from others; `None`: impossible, or not to be asked).
    pub fn paths(
        &self,
        wanted: bool,
        facts: &(impl Facts + ?Sized),
        leaf: &dyn Fn(Symbol, bool) -> Option<u32>,
    ) -> Paths {
        paths::paths(&self.program, 0, wanted, facts, leaf)
    }

    /// How many more answers it takes at least until the value is `wanted`; the same as the `fewest` of [`Self::paths`], but quicker.
    pub fn fewest(
        &self,
        wanted: bool,
        facts: &(impl Facts + ?Sized),
        leaf: &dyn Fn(Symbol, bool) -> Option<u32>,
    ) -> Option<u32> {
        paths::fewest(&self.program, 0, wanted, facts, leaf)
    }

    /// Whether answers can still make the value `wanted`: [`Way::Open`] where [`Self::fewest`] counts some, [`Way::There`] where it counts 0.
    ///
    /// `leaf` says whether an unknown fact can get the wished (or a fitting) value.
    pub fn way(
        &self,
        wanted: bool,
        facts: &(impl Facts + ?Sized),
        leaf: &dyn Fn(Symbol, bool) -> bool,
    ) -> Way {
        way::way(&self.program, 0, wanted, facts, leaf)
    }

    /// Every fact cited, sorted, each once.
    pub fn symbols(&self) -> &[Symbol] {
        &self.symbols
    }

    /// The expression as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The value of every part.
    pub fn trace(&self, facts: &(impl Facts + ?Sized)) -> Trace {
        trace::trace(&self.program, &self.text, 0, facts)
    }
}
