//! Generalised linear models: shares, risks, odds and counts explained by columns.
//!
//! **Model.** yᵢ has mean μᵢ and variance φ·v(μᵢ)/wᵢ; g(μᵢ) = ηᵢ = oᵢ + xᵢ'β, with the rows × columns matrix X, weights w and offset o
//! ([`Family`] pairs a distribution with a link g).
//!
//! **Estimator.** β̂ maximises the likelihood. With u = w(y − μ)μ'/v and the observed information h = −∂u/∂η, Newton's step solves
//! (X'diag(h)X)δ = X'u; it is halved until every mean is possible and the deviance does not grow. All five likelihoods are concave in β, so
//! that there is one maximum. It is refused, with the columns named, where it does not exist
//! (separation, [`Fault::Separated`]) or lies at the edge of what a risk can be.
//!
//! **Variances** of β̂ ([`Variance`]), with the expected information W = diag(w·μ'²/v):
//! - model: φ(X'WX)⁻¹, φ = 1; the linear model estimates φ by Σw(y − μ)²/(n − p);
//! - HC0 to HC3: (X'WX)⁻¹ X'diag(ω)X (X'WX)⁻¹, ω = u², u²·n/(n − p), u²/(1 − l), u²/(1 − l)², leverage l;
//! - CR0, CR1: the same with the sum of u·x over each cluster, CR1 times J/(J − 1).
//!
//! *Modified Poisson* regression (Zou) is the Poisson likelihood with log link for outcomes 0 and 1; its coefficients are log risk ratios. Its own variance is
//! that of counts and is refused: ask for a robust or cluster-robust one.
//!
//! **Tests.** Wald: β̂/se against the normal distribution (linear model: t with n − p degrees of freedom), or b'V⁻¹b for several
//! combinations; likelihood ratio: difference of deviances of nested models; profile intervals: the β that the likelihood ratio test does not reject.
//!
//! **Standardisation** (g-computation): see [`Standardised`].
//!
//! References: McCullagh P, Nelder JA. Generalized Linear Models. 1989. Zou G. Am J Epidemiol 2004;159:702–706. Albert A, Anderson JA. Biometrika 1984;71:1–10 for
//! separation. White H. Econometrica 1982;50:1–25. Agrees with R's `glm`, `MASS:::confint.glm` and `sandwich`.

mod columns;
mod family;
mod fitted;
mod profile;
mod robust;
mod scoring;
mod separation;
mod standardised;

pub use family::Family;
pub use fitted::{ChiSquaredTest, FittedGlm, Variance};
pub use standardised::{Covariates, Standardised};

use crate::design::Design;
use crate::fault::{Fault, Outcome, finite, length};
use scoring::Likelihood;

/// A generalised linear model that is yet to be fitted.
#[derive(Clone, Copy, Debug)]
pub struct Glm<'a> {
    family: Family,
    weights: Option<&'a [f64]>,
    offset: Option<&'a [f64]>,
}

impl<'a> Glm<'a> {
    /// A model of this family, without weights and offset.
    pub fn new(family: Family) -> Self {
        Self {
            family,
            weights: None,
            offset: None,
        }
    }

    /// One weight per row: numbers of trials behind a share, or sampling weights. A row with weight zero does not count.
    #[must_use]
    pub fn weights(mut self, weights: &'a [f64]) -> Self {
        self.weights = Some(weights);
        self
    }

    /// A part of η that is known, for example the logarithm of the time under observation.
    #[must_use]
    pub fn offset(mut self, offset: &'a [f64]) -> Self {
        self.offset = Some(offset);
        self
    }

    /// Fits `outcome` (one value per row of the design).
    ///
    /// # Errors
    /// Lengths that differ; values that are not finite; an outcome that the family cannot have; too few rows; columns that say nothing new; no finite
    /// estimate; an estimate at the edge.
    pub fn fit(&self, design: &'a Design, outcome: &'a [f64]) -> Outcome<FittedGlm<'a>> {
        design.check_outcome(outcome)?;
        self.check_rows(outcome)?;
        let counted = match self.weights {
            None => design.rows(),
            Some(weights) => weights.iter().filter(|weight| **weight > 0.0).count(),
        };
        let columns = design.names().len();
        // The spread of a linear model is estimated from what the columns leave; the others need none.
        let needed = columns + usize::from(self.family == Family::Linear);
        if counted < needed {
            return Err(Fault::TooFew {
                what: "rows",
                found: counted,
                needed,
                purpose: format!("a model with {columns} columns"),
            });
        }
        let likelihood = Likelihood {
            family: self.family,
            matrix: design.matrix(),
            names: design.names(),
            outcome,
            weights: self.weights,
            offset: self.offset,
        };
        let maximum = likelihood.maximise(None)?;
        Ok(FittedGlm::new(design, likelihood, maximum, counted))
    }

    /// Weights, offset and outcome are what they must be.
    fn check_rows(&self, outcome: &[f64]) -> Outcome<()> {
        if let Some(weights) = self.weights {
            length("the list of weights", weights.len(), outcome.len())?;
            finite("the list of weights", weights)?;
            if let Some(row) = weights.iter().position(|weight| *weight < 0.0) {
                return Err(Fault::OutOfRange {
                    what: format!("the weight of row {}", row + 1),
                    value: weights[row],
                    range: "zero or greater",
                });
            }
        }
        if let Some(offset) = self.offset {
            length("the offset", offset.len(), outcome.len())?;
            finite("the offset", offset)?;
        }
        match outcome.iter().position(|y| !self.family.can_be(*y)) {
            None => Ok(()),
            Some(row) => Err(Fault::OutOfRange {
                what: format!("the outcome of row {}", row + 1),
                value: outcome[row],
                range: self.family.range(),
            }),
        }
    }
}
