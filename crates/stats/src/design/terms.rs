//! The terms of a model, and how each is coded.

use super::{Piece, Variables};
use crate::fault::{Fault, Outcome};

/// Which products of variables a model holds, and whether it has an intercept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    intercept: bool,
    /// Each term lists its variables in the order of writing.
    terms: Vec<Vec<String>>,
}

impl Terms {
    /// An intercept and these terms; a term is a list of variables that are multiplied.
    pub fn new(terms: impl IntoIterator<Item = Vec<String>>) -> Self {
        let mut all = Self::without_intercept(terms);
        all.intercept = true;
        all
    }

    /// These terms alone.
    pub fn without_intercept(terms: impl IntoIterator<Item = Vec<String>>) -> Self {
        let mut kept: Vec<Vec<String>> = Vec::new();
        for term in terms {
            if !kept.iter().any(|own| same(own, &term)) {
                kept.push(term);
            }
        }
        // Terms with fewer variables first; the sort keeps the order of writing otherwise.
        kept.sort_by_key(Vec::len);
        Self {
            intercept: false,
            terms: kept,
        }
    }

    /// Reads the right-hand side of a formula: names joined by `+`, `:` (product) and `*` (product and everything below it), with
    /// `1` for an intercept alone and `0 +` for none. Example: `baseline * visit + site + arm:visit`.
    ///
    /// # Errors
    /// An empty term.
    pub fn parse(formula: &str) -> Outcome<Self> {
        let mut terms = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        let mut intercept = true;
        for part in formula.split('+').map(str::trim) {
            match part {
                "1" => continue,
                "0" => {
                    intercept = false;
                    continue;
                }
                _ => {}
            }
            let mut crossed: Vec<Vec<&str>> = vec![Vec::new()];
            for side in part.split('*') {
                let product: Vec<&str> = side.split(':').map(str::trim).collect();
                if product.iter().any(|name| name.is_empty()) {
                    return Err(Fault::Refused {
                        why: format!(
                            "the formula `{formula}` holds an empty term; write names joined by `+`, `:` or `*`"
                        ),
                    });
                }
                for name in &product {
                    if !seen.contains(name) {
                        seen.push(name);
                    }
                }
                let with = crossed
                    .iter()
                    .map(|term| [term.as_slice(), &product].concat());
                crossed = crossed
                    .iter()
                    .cloned()
                    .chain(with.collect::<Vec<_>>())
                    .collect();
            }
            terms.extend(crossed.into_iter().filter(|term| !term.is_empty()));
        }
        // As in R, the variables of a product stand in the order in which the formula first names them.
        let place = |name: &&str| seen.iter().position(|own| own == name);
        let ordered = terms.into_iter().map(|mut term| {
            term.sort_by_key(place);
            term.dedup();
            term.into_iter().map(str::to_owned).collect()
        });
        let mut all = Self::without_intercept(ordered);
        all.intercept = intercept;
        Ok(all)
    }

    /// What each column multiplies.
    pub(super) fn columns(&self, variables: &Variables) -> Outcome<Vec<Vec<Piece>>> {
        let mut columns = Vec::new();
        if self.intercept {
            columns.push(Vec::new());
        }
        for term in &self.terms {
            let mut products: Vec<Vec<Piece>> = vec![Vec::new()];
            for name in term {
                let variable = variables.find(name)?;
                let codes: Vec<Option<usize>> = match variables.levels(variable) {
                    None => vec![None],
                    Some(levels) => {
                        let first = usize::from(self.holds_without(term, name));
                        (first..levels.len()).map(Some).collect()
                    }
                };
                // The first variable runs fastest.
                products = codes
                    .iter()
                    .flat_map(|level| {
                        let piece = Piece {
                            variable,
                            level: *level,
                        };
                        products
                            .iter()
                            .map(move |product| [product.as_slice(), &[piece]].concat())
                    })
                    .collect();
            }
            columns.extend(products);
        }
        if columns.is_empty() {
            return Err(Fault::Empty {
                what: "the model (no term and no intercept)".into(),
            });
        }
        Ok(columns)
    }

    /// Whether the model holds the term without one of its variables.
    fn holds_without(&self, term: &[String], name: &str) -> bool {
        let rest: Vec<String> = term.iter().filter(|own| *own != name).cloned().collect();
        if rest.is_empty() {
            return self.intercept;
        }
        self.terms.iter().any(|own| same(own, &rest))
    }
}

/// The same variables in any order.
fn same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|name| other.contains(name))
}
