//! Fisher scoring for β with moments for scale and correlation in between.

use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, Par};

use super::moments::{self, Moments};
use super::whiten::{Alpha, Correlation, Ordered, whiten};
use crate::fault::{Fault, Outcome};
use crate::glm::Family;
use crate::matrix::{dot, inverse, times};

/// Steps before the search is given up; with a correlation they come nearer by a constant factor only.
const ROUNDS: usize = 500;
/// A step shorter than this many standard errors, squared, is the last, if the correlation has settled too.
const SETTLED: f64 = 1e-24;

/// The equations of one model for one outcome.
#[derive(Clone, Debug)]
pub(super) struct Equations<'a> {
    pub(super) family: Family,
    pub(super) correlation: Correlation,
    pub(super) moments: Moments,
    /// The columns of the design, made orthonormal.
    pub(super) matrix: Mat<f64>,
    pub(super) outcome: &'a [f64],
    pub(super) weights: Option<&'a [f64]>,
    pub(super) offset: Option<&'a [f64]>,
    pub(super) clusters: Vec<Ordered>,
}

/// Where they are zero, in the coordinates of the orthonormal columns.
#[derive(Clone, Debug)]
pub(super) struct Solution {
    pub(super) coefficients: Vec<f64>,
    pub(super) scale: f64,
    pub(super) alpha: Alpha,
    /// M⁻¹ = (ΣD'V⁻¹D)⁻¹, with the scale in V.
    pub(super) inverse: Mat<f64>,
    pub(super) rounds: usize,
}

/// Every row at its mean.
struct Rows {
    /// (y − μ)/√(v/w).
    residuals: Vec<f64>,
    /// μ'/√(v/w), which turns a row of X into one of A^(−½)D.
    factors: Vec<f64>,
}

/// Whitened rows of some clusters: columns of LA^(−½)D, and the residual in the last.
pub(super) struct Block {
    pub(super) rows: Mat<f64>,
    /// Where each cluster's rows begin, and how many there are.
    pub(super) parts: Vec<(usize, usize)>,
}

impl Equations<'_> {
    /// Solves them from a start.
    ///
    /// # Errors
    /// No spread, a correlation that is not possible, an iteration that does not settle.
    pub(super) fn solve(&self, start: &[f64]) -> Outcome<Solution> {
        let mut coefficients = start.to_vec();
        let mut before: Option<(f64, Alpha)> = None;
        for round in 1..=ROUNDS {
            let rows = self.rows(&coefficients).ok_or_else(|| self.edge())?;
            let scale = moments::scale(self, &rows.residuals)?;
            let alpha = moments::correlation(self, &rows.residuals, scale)?;
            let (information, score) = self.sums(&rows, &alpha)?;
            let bread = inverse(
                information.as_ref(),
                "the information of the estimating equations",
            )?;
            let step = times(bread.as_ref(), &score);
            let settled = dot(&step, &score) <= SETTLED * scale
                && before
                    .as_ref()
                    .is_some_and(|before| near(before, scale, &alpha));
            coefficients = self
                .advance(&coefficients, &step)
                .ok_or_else(|| self.edge())?;
            if settled
                || (self.correlation == Correlation::Independence
                    && dot(&step, &score) <= SETTLED * scale)
            {
                let inverse =
                    Mat::from_fn(bread.nrows(), bread.ncols(), |i, j| scale * bread[(i, j)]);
                return Ok(Solution {
                    coefficients,
                    scale,
                    alpha,
                    inverse,
                    rounds: round,
                });
            }
            before = Some((scale, alpha));
        }
        Err(Fault::NotConverged {
            what:
                "the estimating equations (often a working correlation that the data cannot tell)"
                    .into(),
            rounds: ROUNDS,
        })
    }

    /// Residuals and factors of all rows; none where a mean is impossible.
    fn rows(&self, coefficients: &[f64]) -> Option<Rows> {
        let mut predictors = times(self.matrix.as_ref(), coefficients);
        let mut factors = Vec::with_capacity(predictors.len());
        for (row, eta) in predictors.iter_mut().enumerate() {
            *eta += self.offset.map_or(0.0, |offset| offset[row]);
            let mean = self.family.mean(*eta);
            let root = (self.family.variance(mean) / self.weight(row)).sqrt();
            let factor = self.family.slope(*eta) / root;
            let residual = (self.outcome[row] - mean) / root;
            if !(root > 0.0 && factor.is_finite() && residual.is_finite()) {
                return None;
            }
            factors.push(factor);
            *eta = residual;
        }
        Some(Rows {
            residuals: predictors,
            factors,
        })
    }

    /// The step, or as much of it as keeps every mean possible.
    fn advance(&self, coefficients: &[f64], step: &[f64]) -> Option<Vec<f64>> {
        let mut share = 1.0;
        while share > 1e-9 {
            let next: Vec<f64> = coefficients
                .iter()
                .zip(step)
                .map(|(b, s)| b + share * s)
                .collect();
            if self.rows(&next).is_some() {
                return Some(next);
            }
            share *= 0.5;
        }
        None
    }

    /// ΣD'R⁻¹D and ΣD'R⁻¹e, in units of the scale.
    fn sums(&self, rows: &Rows, alpha: &Alpha) -> Outcome<(Mat<f64>, Vec<f64>)> {
        let p = self.matrix.ncols();
        let mut all = Mat::<f64>::zeros(p + 1, p + 1);
        self.walk(rows, alpha, |block| {
            matmul(
                &mut all,
                Accum::Add,
                block.rows.transpose(),
                &block.rows,
                1.0,
                Par::Seq,
            );
            Ok(())
        })?;
        let score = (0..p).map(|j| all[(j, p)]).collect();
        Ok((all.as_ref().submatrix(0, 0, p, p).to_owned(), score))
    }

    /// Hands over the whitened rows of all clusters, some clusters at a time.
    fn walk(
        &self,
        rows: &Rows,
        alpha: &Alpha,
        mut visit: impl FnMut(&Block) -> Outcome<()>,
    ) -> Outcome<()> {
        let p = self.matrix.ncols();
        let mut from = 0;
        while from < self.clusters.len() {
            let (mut until, mut count) = (from, 0);
            while until < self.clusters.len()
                && (count == 0 || count + self.clusters[until].rows.len() <= 512)
            {
                count += self.clusters[until].rows.len();
                until += 1;
            }
            let some = &self.clusters[from..until];
            let members: Vec<usize> = some
                .iter()
                .flat_map(|cluster| cluster.rows.iter().copied())
                .collect();
            let mut block = Block {
                rows: Mat::from_fn(count, p + 1, |at, j| {
                    let row = members[at];
                    if j < p {
                        self.matrix[(row, j)] * rows.factors[row]
                    } else {
                        rows.residuals[row]
                    }
                }),
                parts: Vec::with_capacity(some.len()),
            };
            let mut at = 0;
            for cluster in some {
                whiten(
                    self.correlation,
                    alpha,
                    &cluster.visits,
                    at,
                    &mut block.rows,
                )?;
                block.parts.push((at, cluster.rows.len()));
                at += cluster.rows.len();
            }
            visit(&block)?;
            from = until;
        }
        Ok(())
    }

    /// The same at the solution.
    pub(super) fn walk_solved(
        &self,
        solution: &Solution,
        visit: impl FnMut(&Block) -> Outcome<()>,
    ) -> Outcome<()> {
        let rows = self
            .rows(&solution.coefficients)
            .ok_or_else(|| self.edge())?;
        self.walk(&rows, &solution.alpha, visit)
    }

    /// The weight of a row.
    pub(super) fn weight(&self, row: usize) -> f64 {
        self.weights.map_or(1.0, |weights| weights[row])
    }

    /// How many columns the moments take off their divisors.
    pub(super) fn less(&self) -> f64 {
        match self.moments {
            Moments::Geepack => 0.0,
            Moments::LiangZeger => self.matrix.ncols() as f64,
        }
    }

    /// Every visit that some cluster has, in ascending order.
    pub(super) fn all_visits(&self) -> Vec<u32> {
        let visits = self
            .clusters
            .iter()
            .flat_map(|cluster| cluster.visits.iter().copied());
        visits
            .collect::<std::collections::BTreeSet<u32>>()
            .into_iter()
            .collect()
    }

    fn edge(&self) -> Fault {
        Fault::Refused {
            why: format!(
                "the estimate of {} lies where a row's mean has no variance; take another link, or fewer columns",
                self.family.name()
            ),
        }
    }
}

/// Scale and correlation no longer change.
fn near((scale, alpha): &(f64, Alpha), new_scale: f64, new_alpha: &Alpha) -> bool {
    let apart = match (alpha, new_alpha) {
        (Alpha::One(a), Alpha::One(b)) => (a - b).abs(),
        (Alpha::Pairs(_, a), Alpha::Pairs(_, b)) => {
            let all = (0..a.ncols()).flat_map(|j| (0..a.nrows()).map(move |i| (i, j)));
            all.fold(0.0, |max: f64, at| max.max((a[at] - b[at]).abs()))
        }
        _ => 0.0,
    };
    (scale / new_scale - 1.0).abs() <= 1e-12 && apart <= 1e-12
}
