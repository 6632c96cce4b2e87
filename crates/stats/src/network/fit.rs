//! Generalised least squares over trials at a given τ², and τ² itself.

use faer::Mat;

use super::trials::Trial;
use crate::fault::{Fault, Outcome};
use crate::matrix::{inverse, trace_of_product};
use crate::mixed::{At, Covariance, Likelihood, minimize};

/// A fit at a given τ².
#[derive(Clone, Debug)]
pub(super) struct Fit {
    /// Effects of the columns' treatments.
    pub beta: Mat<f64>,
    /// Their covariance.
    pub phi: Mat<f64>,
    /// Σ r'V⁻¹r.
    pub q: f64,
    /// Contrasts minus coefficients.
    pub df: usize,
    /// tr PS.
    trace: f64,
}

impl Fit {
    /// tr PS.
    pub(super) fn trace(&self) -> f64 {
        self.trace
    }
}

/// Fits trials; `columns` tells which coefficient belongs to a treatment, none for the reference.
pub(super) fn fit(trials: &[&Trial], columns: &[Option<usize>], tau2: f64) -> Outcome<Fit> {
    let p = columns.iter().flatten().count();
    let (mut information, mut right) = (Mat::<f64>::zeros(p, p), Mat::<f64>::zeros(p, 1));
    let mut around = Mat::<f64>::zeros(p, p);
    let (mut q, mut trace, mut rows) = (0.0, 0.0, 0);
    for trial in trials {
        let n = trial.arms.len() - 1;
        let v = inverse(trial.covariance(tau2).as_ref(), "the covariance of a trial")?;
        let x = rows_of(trial, columns, p);
        let own = trial.outcome();
        let y = Mat::from_fn(n, 1, |i, _| own[i]);
        let s = Mat::from_fn(n, n, Trial::shared);
        let weighted = &v * &x;
        information += x.transpose() * &weighted;
        right += weighted.transpose() * &y;
        around += weighted.transpose() * &s * &weighted;
        q += (y.transpose() * &v * &y)[(0, 0)];
        trace += trace_of_product(v.as_ref(), s.as_ref());
        rows += n;
    }
    let phi = inverse(information.as_ref(), "the information about the treatments")?;
    let beta = &phi * &right;
    Ok(Fit {
        q: (q - (right.transpose() * &beta)[(0, 0)]).max(0.0),
        trace: trace - trace_of_product(phi.as_ref(), around.as_ref()),
        df: rows - p,
        beta,
        phi,
    })
}

/// Contrasts of a trial to its first arm as rows over coefficients.
fn rows_of(trial: &Trial, columns: &[Option<usize>], p: usize) -> Mat<f64> {
    let is = |arm: usize, at: usize| f64::from(u8::from(columns[arm] == Some(at)));
    Mat::from_fn(trial.arms.len() - 1, p, |i, j| {
        is(trial.arms[i + 1], j) - is(trial.arms[0], j)
    })
}

/// All treatments but the first.
pub(super) fn all_columns(treatments: usize) -> Vec<Option<usize>> {
    (0..treatments).map(|at| at.checked_sub(1)).collect()
}

/// (Q − df)/tr PS at τ² = 0, at least zero.
pub(super) fn moments(common: &Fit) -> f64 {
    if common.df == 0 || common.trace <= 0.0 {
        return 0.0;
    }
    ((common.q - common.df as f64) / common.trace).max(0.0)
}

/// Restricted maximum likelihood over τ, which may pass through zero.
pub(super) fn restricted(trials: &[&Trial], columns: &[Option<usize>], start: f64) -> Outcome<f64> {
    let p = columns.iter().flatten().count();
    let mut blocks = Vec::new();
    let (mut x, mut y): (Vec<Vec<f64>>, Vec<f64>) = (Vec::new(), Vec::new());
    for trial in trials {
        let rows = rows_of(trial, columns, p);
        blocks.push((y.len()..y.len() + rows.nrows()).collect());
        x.extend((0..rows.nrows()).map(|i| (0..p).map(|j| rows[(i, j)]).collect()));
        y.extend(trial.outcome());
    }
    if y.len() <= p {
        return Err(Fault::TooFew {
            what: "contrasts",
            found: y.len(),
            needed: p + 1,
            purpose: "an estimate of heterogeneity".into(),
        });
    }
    let shape = Contrasts { trials, blocks };
    let x = Mat::from_fn(y.len(), p, |i, j| x[i][j]);
    let smallest = trials
        .iter()
        .map(|trial| trial.variances[(0, 1)])
        .fold(f64::INFINITY, f64::min);
    let start = start.max(0.01 * smallest).sqrt();
    let (tau, _) = minimize(&x, &y, &shape, vec![start], Likelihood::Restricted)?;
    Ok(tau[0] * tau[0])
}

/// V = Vᵢ + τ²S as a covariance structure with the parameter τ.
#[derive(Debug)]
struct Contrasts<'a> {
    trials: &'a [&'a Trial],
    blocks: Vec<Vec<usize>>,
}

impl Covariance for Contrasts<'_> {
    fn blocks(&self) -> &[Vec<usize>] {
        &self.blocks
    }

    fn parameters(&self) -> usize {
        1
    }

    fn at(&self, theta: &[f64]) -> Box<dyn At + '_> {
        Box::new(AtTau {
            trials: self.trials,
            tau: theta[0],
        })
    }
}

struct AtTau<'a> {
    trials: &'a [&'a Trial],
    tau: f64,
}

impl AtTau<'_> {
    fn scaled(&self, block: usize, by: f64) -> Mat<f64> {
        let n = self.trials[block].arms.len() - 1;
        Mat::from_fn(n, n, |i, j| by * Trial::shared(i, j))
    }
}

impl At for AtTau<'_> {
    fn value(&self, block: usize) -> Mat<f64> {
        self.trials[block].covariance(self.tau * self.tau)
    }

    fn first(&self, block: usize, _: usize) -> Mat<f64> {
        self.scaled(block, 2.0 * self.tau)
    }

    fn second(&self, block: usize, _: usize, _: usize) -> Option<Mat<f64>> {
        Some(self.scaled(block, 2.0))
    }
}
