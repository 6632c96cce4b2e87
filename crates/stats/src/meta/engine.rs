//! Weighted least squares with known weights, and traces of its projection.
//!
//! P = W − WXMX'W with M = (X'WX)⁻¹. For diagonal A, B and hᵢ = xᵢ'Mxᵢ, S(A) = Σ wᵢ²aᵢ·xᵢxᵢ':
//! tr PA = Σ wᵢaᵢ − Σ wᵢ²aᵢhᵢ,
//! tr PAPB = Σ wᵢ²aᵢbᵢ − 2Σ wᵢ³aᵢbᵢhᵢ + tr M·S(A)·M·S(B).

use faer::Mat;

use super::Studies;
use crate::fault::Outcome;
use crate::linear::LeastSquares;
use crate::matrix::{dot, trace_of_product};

/// One fit at a given τ².
pub(super) struct Engine {
    /// wᵢ.
    pub weights: Vec<f64>,
    /// β̂.
    pub coefficients: Vec<f64>,
    /// M, the covariance of β̂ if the weights are right.
    pub covariance: Mat<f64>,
    /// y'Py.
    pub residual: f64,
    /// ln |X'WX|.
    pub log_determinant: f64,
    /// Py.
    projected: Vec<f64>,
    x: Mat<f64>,
    /// hᵢ.
    leverages: Vec<f64>,
}

impl Engine {
    /// Weights 1/(vᵢ + τ²).
    pub fn at(studies: &Studies, x: &Mat<f64>, names: &[String], tau2: f64) -> Outcome<Self> {
        let weights = studies.variances.iter().map(|v| 1.0 / (v + tau2)).collect();
        Self::with(studies, x, names, weights)
    }

    /// Any weights.
    pub fn with(
        studies: &Studies,
        x: &Mat<f64>,
        names: &[String],
        weights: Vec<f64>,
    ) -> Outcome<Self> {
        let roots: Vec<f64> = weights.iter().map(|w| w.sqrt()).collect();
        let scaled = Mat::from_fn(x.nrows(), x.ncols(), |i, j| roots[i] * x[(i, j)]);
        let y: Vec<f64> = studies
            .effects
            .iter()
            .zip(&roots)
            .map(|(y, r)| y * r)
            .collect();
        let fit = LeastSquares::fit(scaled.as_ref(), &y, names)?;
        let residuals = fit.residuals();
        Ok(Self {
            projected: residuals.iter().zip(&roots).map(|(e, r)| e * r).collect(),
            leverages: fit
                .leverages()
                .iter()
                .zip(&weights)
                .map(|(h, w)| h / w)
                .collect(),
            residual: fit.residual_sum_of_squares(),
            log_determinant: fit.log_determinant(),
            coefficients: fit.coefficients().to_vec(),
            covariance: fit.inverse_cross_product(),
            x: x.clone(),
            weights,
        })
    }

    /// k − p.
    pub fn df(&self) -> f64 {
        (self.x.nrows() - self.x.ncols()) as f64
    }

    /// y'PPy.
    pub fn projected_square(&self) -> f64 {
        dot(&self.projected, &self.projected)
    }

    /// tr PA for A = diag(`a`).
    pub fn trace(&self, a: &[f64]) -> f64 {
        let terms = self.weights.iter().zip(a).zip(&self.leverages);
        terms.map(|((w, a), h)| w * a - w * w * a * h).sum()
    }

    /// tr PAPB for A = diag(`a`), B = diag(`b`).
    pub fn trace_of_two(&self, a: &[f64], b: &[f64]) -> f64 {
        let terms = self
            .weights
            .iter()
            .zip(&self.leverages)
            .zip(a.iter().zip(b));
        let diagonal: f64 = terms
            .map(|((w, h), (a, b))| a * b * (w * w - 2.0 * w.powi(3) * h))
            .sum();
        let left = &self.covariance * self.spread(a);
        let right = &self.covariance * self.spread(b);
        diagonal + trace_of_product(left.as_ref(), right.as_ref())
    }

    /// S(A).
    fn spread(&self, a: &[f64]) -> Mat<f64> {
        let w = &self.weights;
        let scaled = Mat::from_fn(self.x.nrows(), self.x.ncols(), |i, j| {
            w[i] * w[i] * a[i] * self.x[(i, j)]
        });
        self.x.transpose() * scaled
    }
}
