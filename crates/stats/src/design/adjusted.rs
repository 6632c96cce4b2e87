//! Adjusted means (estimated marginal means) as weights on coefficients.

use super::Design;
use crate::fault::{Fault, Outcome};

/// A level of a factor and the weights that turn coefficients into its adjusted mean.
#[derive(Clone, Debug, PartialEq)]
pub struct AdjustedMean {
    /// The level.
    pub level: String,
    /// One weight per coefficient.
    pub weights: Vec<f64>,
}

impl Design {
    /// The adjusted mean of every level of a factor.
    ///
    /// # Errors
    /// A name that is no factor here.
    pub fn adjusted_means(&self, factor: &str) -> Outcome<Vec<AdjustedMean>> {
        self.adjusted_means_at(factor, &[])
    }

    /// The adjusted mean of every level of a factor where other factors have fixed levels, for example the arms at one visit.
    ///
    /// # Errors
    /// A name that is no factor here, or a level it does not have.
    pub fn adjusted_means_at(
        &self,
        factor: &str,
        fixed: &[(&str, &str)],
    ) -> Outcome<Vec<AdjustedMean>> {
        let levels = self.levels(factor)?.to_vec();
        levels
            .into_iter()
            .map(|level| {
                let at = [fixed, &[(factor, level.as_str())]].concat();
                Ok(AdjustedMean {
                    weights: self.adjusted(&at)?,
                    level,
                })
            })
            .collect()
    }

    /// The weights of the adjusted mean at these levels; other factors are averaged with equal weights, numbers
    /// are held at their means.
    ///
    /// # Errors
    /// A name that is no factor here, or a level it does not have.
    pub fn adjusted(&self, fixed: &[(&str, &str)]) -> Outcome<Vec<f64>> {
        let mut at = Vec::new();
        for (factor, level) in fixed {
            at.push((self.variables.find(factor)?, self.level(factor, level)?));
        }
        let value = |piece: &super::Piece| {
            let Some(level) = piece.level else {
                return self.variables.held(piece.variable).unwrap_or(0.0);
            };
            let fixed = at.iter().find(|(variable, _)| *variable == piece.variable);
            match fixed {
                Some((_, code)) => f64::from(u8::from(*code == level)),
                None => 1.0 / self.variables.levels(piece.variable).map_or(1, <[_]>::len) as f64,
            }
        };
        let weights = self.columns.iter();
        Ok(weights
            .map(|column| column.iter().map(value).product())
            .collect())
    }

    /// Where a level stands among those of its factor.
    pub(super) fn level(&self, factor: &str, level: &str) -> Outcome<usize> {
        let levels = self.levels(factor)?;
        let code = levels.iter().position(|own| own == level);
        code.ok_or_else(|| Fault::Unknown {
            kind: format!("level of `{factor}`"),
            name: level.into(),
            known: levels.to_vec(),
        })
    }

    fn levels(&self, factor: &str) -> Outcome<&[String]> {
        let variable = self.variables.find(factor)?;
        self.variables
            .levels(variable)
            .ok_or_else(|| Fault::Refused {
                why: format!(
                    "`{factor}` is a number; adjusted and standardised means are for the levels of a factor"
                ),
            })
    }
}

/// Every later level minus every earlier one, as weights on coefficients, named `later - earlier`.
pub fn pairs(means: &[AdjustedMean]) -> Vec<(String, Vec<f64>)> {
    let mut pairs = Vec::new();
    for (at, later) in means.iter().enumerate() {
        for earlier in &means[..at] {
            let weights = later.weights.iter().zip(&earlier.weights);
            pairs.push((
                format!("{} - {}", later.level, earlier.level),
                weights.map(|(a, b)| a - b).collect(),
            ));
        }
    }
    pairs
}
