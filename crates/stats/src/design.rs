//! From variables and terms to the columns of a linear model, and back to adjusted means.
//!
//! **Model.** Row i of the design matrix X (rows × columns) describes observation i. A *number* gives one column with its values; a
//! *factor* with L levels gives indicator columns, of which the first level is left out where a lower term carries it
//! (treatment contrasts); an interaction gives the products of its variables' columns.
//!
//! **Coding.** R's rule: in a term, a factor is coded by contrasts if the term without that factor is in the model (the empty term
//! is the intercept), else by all its levels. So `rdq0 * visit + arm:visit` gives one column per visit and non-reference arm.
//! Columns are ordered by the number of variables in their term, then by order of writing; the first variable's levels run fastest.
//!
//! **Adjusted means** as `emmeans` defines them: factors that are not asked about are averaged with equal weights over their levels,
//! numbers are held at their means over the rows. A number with only two values, such as 0 and 1, is held in the middle between
//! them, as if it were a factor. As every column is a product over different variables, the average of the product
//! is the product of the averages, and no grid is laid out.
//!
//! Reference: Chambers JM, Hastie TJ. Statistical Models in S. 1992, chapter 2. Searle SR, Speed FM, Milliken GA. Population marginal
//! means in the linear model. Am Stat 1980;34:216–221.

mod adjusted;
mod terms;
mod variables;

use faer::Mat;

pub use adjusted::{AdjustedMean, pairs};
pub use terms::Terms;
pub use variables::Variables;

use crate::fault::{Fault, Outcome, finite, length};
use variables::Values;

/// A design matrix whose columns know what they stand for.
#[derive(Clone, Debug)]
pub struct Design {
    variables: Variables,
    /// Per column, what is multiplied: variable, and the level that its indicator means (none for a number).
    columns: Vec<Vec<Piece>>,
    names: Vec<String>,
    matrix: Mat<f64>,
}

/// One factor of a column's product.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    variable: usize,
    level: Option<usize>,
}

impl Design {
    /// The design of a model: its terms over its variables.
    ///
    /// # Errors
    /// A term that names a variable nobody introduced, or no rows.
    pub fn new(variables: &Variables, terms: &Terms) -> Outcome<Self> {
        if variables.rows() == 0 {
            return Err(Fault::Empty {
                what: "the data set".into(),
            });
        }
        let columns = terms.columns(variables)?;
        let names = columns
            .iter()
            .map(|column| name(variables, column))
            .collect();
        let parts: Vec<Vec<&Values>> = columns
            .iter()
            .map(|column| {
                column
                    .iter()
                    .map(|p| variables.values(p.variable))
                    .collect()
            })
            .collect();
        let matrix = Mat::from_fn(variables.rows(), columns.len(), |row, at| {
            let pieces = columns[at].iter().zip(&parts[at]);
            pieces
                .map(|(piece, values)| values.at(row, piece.level))
                .product()
        });
        Ok(Self {
            variables: variables.clone(),
            columns,
            names,
            matrix,
        })
    }

    /// The same from a formula's right-hand side: see [`Terms::parse`].
    ///
    /// # Errors
    /// A formula that cannot be read, and those of [`Design::new`].
    pub fn formula(variables: &Variables, formula: &str) -> Outcome<Self> {
        Self::new(variables, &Terms::parse(formula)?)
    }

    /// A design from ready columns, without an intercept of its own; adjusted means are then not defined.
    ///
    /// # Errors
    /// Columns of different lengths, values that are not finite, or no columns.
    pub fn from_columns(columns: &[(&str, &[f64])]) -> Outcome<Self> {
        let mut variables = Variables::new();
        for (name, values) in columns {
            variables.number(name, values)?;
        }
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let terms = Terms::without_intercept(names.iter().map(|name| vec![(*name).to_owned()]));
        Self::new(&variables, &terms)
    }

    /// The columns if everybody had this level of a factor.
    ///
    /// # Errors
    /// A name that is no factor here, or a level it does not have.
    pub(crate) fn everybody_at(&self, factor: &str, level: &str) -> Outcome<Mat<f64>> {
        let code = self.level(factor, level)?;
        let variable = self.variables.find(factor)?;
        let value = |row: usize, piece: &Piece| {
            if piece.variable == variable {
                return f64::from(u8::from(piece.level == Some(code)));
            }
            self.variables.values(piece.variable).at(row, piece.level)
        };
        Ok(Mat::from_fn(self.rows(), self.columns.len(), |row, at| {
            self.columns[at]
                .iter()
                .map(|piece| value(row, piece))
                .product()
        }))
    }

    /// Rows × columns.
    pub fn matrix(&self) -> &Mat<f64> {
        &self.matrix
    }

    /// What each column is called: `(Intercept)`, `age`, `armacupuncture`, `visit26:armacupuncture` …
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.matrix.nrows()
    }

    /// Weights that pick one coefficient.
    ///
    /// # Errors
    /// A name no column has.
    pub fn coefficient(&self, name: &str) -> Outcome<Vec<f64>> {
        let at = self.names.iter().position(|own| own == name);
        let at = at.ok_or_else(|| Fault::Unknown {
            kind: "coefficient".into(),
            name: name.into(),
            known: self.names.clone(),
        })?;
        Ok((0..self.names.len())
            .map(|column| f64::from(u8::from(column == at)))
            .collect())
    }

    /// The outcome fits the rows and is finite.
    pub(crate) fn check_outcome(&self, outcome: &[f64]) -> Outcome<()> {
        length("the outcome", outcome.len(), self.rows())?;
        finite("the outcome", outcome)
    }
}

fn name(variables: &Variables, column: &[Piece]) -> String {
    if column.is_empty() {
        return "(Intercept)".into();
    }
    let parts: Vec<String> = column
        .iter()
        .map(|piece| variables.label(piece.variable, piece.level))
        .collect();
    parts.join(":")
}
