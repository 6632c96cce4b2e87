//! Solved estimating equations: coefficients, variances, tests.

use faer::Mat;

use super::small;
use super::solve::{Equations, Solution};
use super::whiten::Alpha;
use crate::design::Design;
use crate::estimate::{Estimate, Level, Reference};
use crate::fault::{Fault, Outcome, length};
use crate::glm::ChiSquaredTest;
use crate::matrix::{dot, quadratic, times};

/// How uncertain the coefficients are taken to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variance {
    /// As if the working correlation were the true one ("naive").
    Model,
    /// The sandwich as it stands; too small with fewer than about 40 clusters.
    Robust,
    /// Unbiased if the working covariance is right; called CR2 for linear models.
    KauermannCarroll,
    /// Nearly the jackknife; on the safe side.
    ManclDeRouen,
    /// Scores corrected one by one, by no more than a factor of two.
    FayGraubard,
}

/// What Wald statistics are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freedom {
    /// The normal distribution.
    Normal,
    /// Student's t with clusters minus columns.
    Clusters,
    /// Student's t with Satterthwaite's degrees of freedom.
    Satterthwaite,
}

/// Solved estimating equations.
#[derive(Clone, Debug)]
pub struct FittedGee<'a> {
    design: &'a Design,
    equations: Equations<'a>,
    /// From the coordinates of the orthonormal columns to those of the design.
    turn: Mat<f64>,
    coefficients: Vec<f64>,
    solution: Solution,
}

impl<'a> FittedGee<'a> {
    pub(super) fn new(
        design: &'a Design,
        equations: Equations<'a>,
        turn: Mat<f64>,
        solution: Solution,
    ) -> Self {
        Self {
            design,
            equations,
            coefficients: times(turn.as_ref(), &solution.coefficients),
            turn,
            solution,
        }
    }

    /// β̂, one per column.
    pub fn coefficients(&self) -> &[f64] {
        &self.coefficients
    }

    /// The design it was fitted with.
    pub fn design(&self) -> &'a Design {
        self.design
    }

    /// φ, the scale.
    pub fn scale(&self) -> f64 {
        self.solution.scale
    }

    /// α of an exchangeable or AR(1) correlation.
    pub fn alpha(&self) -> Option<f64> {
        match self.solution.alpha {
            Alpha::One(alpha) => Some(alpha),
            _ => None,
        }
    }

    /// The working correlation of two visits in an unstructured one; none if they are not visits.
    pub fn correlation(&self, one: u32, other: u32) -> Option<f64> {
        let Alpha::Pairs(visits, matrix) = &self.solution.alpha else {
            return None;
        };
        let place = |visit: u32| visits.binary_search(&visit).ok();
        Some(matrix[(place(one)?, place(other)?)])
    }

    /// How many clusters there are.
    pub fn clusters(&self) -> usize {
        self.equations.clusters.len()
    }

    /// Steps that were made.
    pub fn rounds(&self) -> usize {
        self.solution.rounds
    }

    /// The covariance matrix of β̂, columns × columns.
    ///
    /// # Errors
    /// Not more clusters than columns for a robust variance.
    pub fn covariance(&self, variance: Variance) -> Outcome<Mat<f64>> {
        if variance == Variance::Model {
            return Ok(&self.turn * &self.solution.inverse * self.turn.transpose());
        }
        let p = self.coefficients().len();
        // Scores add up to zero: with no more clusters than columns the sandwich is singular.
        if self.clusters() <= p {
            return Err(Fault::TooFew {
                what: "clusters",
                found: self.clusters(),
                needed: p + 1,
                purpose: format!("a robust variance of {p} coefficients"),
            });
        }
        small::sandwich(&self.equations, &self.solution, &self.turn, variance)
    }

    /// The estimate of a linear function of the coefficients, one weight per coefficient.
    ///
    /// # Errors
    /// A wrong number of weights, and those of [`FittedGee::covariance`].
    pub fn estimate(
        &self,
        weights: &[f64],
        variance: Variance,
        freedom: Freedom,
        level: Level,
    ) -> Outcome<Estimate> {
        let covariance = self.covariance(variance)?;
        self.estimate_with(weights, &covariance, variance, freedom, level)
    }

    /// One estimate per coefficient, in the order of the design's names.
    ///
    /// # Errors
    /// Those of [`FittedGee::covariance`].
    pub fn estimates(
        &self,
        variance: Variance,
        freedom: Freedom,
        level: Level,
    ) -> Outcome<Vec<Estimate>> {
        let covariance = self.covariance(variance)?;
        let one = |name: &String| {
            let weights = self.design.coefficient(name)?;
            self.estimate_with(&weights, &covariance, variance, freedom, level)
        };
        self.design.names().iter().map(one).collect()
    }

    /// Wald's test that all these combinations of coefficients are zero (one list of weights each).
    ///
    /// # Errors
    /// No combination, or one that follows from the others, and those of [`FittedGee::covariance`].
    pub fn wald(&self, combinations: &[Vec<f64>], variance: Variance) -> Outcome<ChiSquaredTest> {
        ChiSquaredTest::wald(
            self.coefficients(),
            &self.covariance(variance)?,
            combinations,
        )
    }

    fn estimate_with(
        &self,
        weights: &[f64],
        covariance: &Mat<f64>,
        variance: Variance,
        freedom: Freedom,
        level: Level,
    ) -> Outcome<Estimate> {
        length(
            "the list of weights",
            weights.len(),
            self.coefficients().len(),
        )?;
        let value = dot(weights, self.coefficients());
        let se = quadratic(covariance.as_ref(), weights).max(0.0).sqrt();
        let reference = match freedom {
            Freedom::Normal => Reference::Normal,
            Freedom::Clusters => Reference::T(self.clusters() as f64 - weights.len() as f64),
            Freedom::Satterthwaite => Reference::T(small::satterthwaite(
                &self.equations,
                &self.solution,
                &self.turn,
                variance,
                weights,
            )?),
        };
        Estimate::new(value, se, reference, level)
    }
}
