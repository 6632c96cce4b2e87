//! Data augmentation for a multivariate normal regression with gaps.

use std::collections::BTreeMap;

use faer::Mat;

use super::conditional::Conditional;
use super::draws::{inverse_wishart_factor, normal};
use super::regression::lower_triangle;
use crate::fault::Outcome;
use crate::linear::LeastSquares;
use crate::randomise::Chance;

/// A chain of draws: parameters, and values for the gaps.
pub(super) struct Chain<'a> {
    /// Patients × columns.
    x: &'a Mat<f64>,
    fit: LeastSquares,
    /// Patients × visits, gaps filled.
    pub(super) y: Vec<Vec<f64>>,
    /// Patients by which visits they lack; those without gaps are left out.
    patterns: BTreeMap<Vec<usize>, Vec<usize>>,
    /// Columns × visits.
    pub(super) coefficients: Mat<f64>,
    pub(super) sigma: Mat<f64>,
}

impl<'a> Chain<'a> {
    /// Begins with `start` in the gaps.
    pub(super) fn new(
        x: &'a Mat<f64>,
        names: &[String],
        outcome: &[Vec<Option<f64>>],
        start: Vec<Vec<f64>>,
    ) -> Outcome<Self> {
        let mut patterns: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for (patient, visits) in outcome.iter().enumerate() {
            let missing: Vec<usize> = (0..visits.len())
                .filter(|at| visits[*at].is_none())
                .collect();
            if !missing.is_empty() {
                patterns.entry(missing).or_default().push(patient);
            }
        }
        let visits = outcome.first().map_or(0, Vec::len);
        let first: Vec<f64> = start.iter().map(|own| own[0]).collect();
        Ok(Self {
            fit: LeastSquares::fit(x.as_ref(), &first, names)?,
            x,
            y: start,
            patterns,
            coefficients: Mat::zeros(x.ncols(), visits),
            sigma: Mat::zeros(visits, visits),
        })
    }

    /// Draws parameters given the filled data, then the gaps given the parameters (missing at random).
    pub(super) fn advance(&mut self, chance: &mut Chance) -> Outcome<()> {
        self.draw_parameters(chance)?;
        let visits = self.sigma.nrows();
        for (missing, patients) in &self.patterns {
            let seen: Vec<usize> = (0..visits).filter(|at| !missing.contains(at)).collect();
            let law = Conditional::new(&self.sigma, missing, &seen)?;
            for patient in patients {
                let means = means(self.x, *patient, &self.coefficients);
                law.draw(&means, &mut self.y[*patient], chance);
            }
        }
        Ok(())
    }

    fn draw_parameters(&mut self, chance: &mut Chance) -> Outcome<()> {
        let (patients, visits) = (self.y.len(), self.sigma.nrows());
        let y = Mat::from_fn(patients, visits, |i, j| self.y[i][j]);
        let scores = self.fit.q().transpose() * &y;
        let residuals = &y - self.fit.q() * &scores;
        let cross = residuals.transpose() * &residuals;
        let triangle = lower_triangle(&cross, "the covariance over visits")?;
        let factor = inverse_wishart_factor(chance, triangle.as_ref(), self.fit.residual_df());
        let mut noise = Mat::<f64>::zeros(self.x.ncols(), visits);
        for i in 0..noise.nrows() {
            for j in 0..visits {
                noise[(i, j)] = normal(chance);
            }
        }
        let middle = self.fit.r_inverse() * scores;
        self.coefficients = middle + self.fit.root() * noise * factor.transpose();
        self.sigma = &factor * factor.transpose();
        Ok(())
    }
}

/// xB of a patient: one mean per visit.
pub(super) fn means(x: &Mat<f64>, patient: usize, coefficients: &Mat<f64>) -> Vec<f64> {
    let one = |visit: usize| {
        let columns = 0..x.ncols();
        columns
            .map(|j| x[(patient, j)] * coefficients[(j, visit)])
            .sum()
    };
    (0..coefficients.ncols()).map(one).collect()
}
