//! Cluster-robust variances with few clusters in mind.
//!
//! **Model.** Rows fall into J clusters; errors may be correlated in any way within a cluster.
//!
//! **Estimator.** V = (X'X)⁻¹ [Σⱼ Xⱼ'Aⱼeⱼeⱼ'AⱼXⱼ] (X'X)⁻¹ with Aⱼ = I (CR0) or Aⱼ = (I − Hⱼⱼ)^(−½) (CR2), Hⱼⱼ = Xⱼ(X'X)⁻¹Xⱼ'. CR2 is
//! unbiased where errors are independent with one variance.
//!
//! With X = QR and Sⱼ = Qⱼ'Qⱼ (columns × columns), AⱼQⱼ = Qⱼ(I − Sⱼ)^(−½): no cluster needs a matrix of its own size, and the cost
//! grows linearly with rows. Eigenvalues of I − Sⱼ below 1e-12 belong to directions that only this cluster has; they are
//! left out (pseudo-inverse).
//!
//! **Degrees of freedom** for c'β̂, after Satterthwaite under the same working model: with w = R⁻ᵀc, Fⱼ = (I − Sⱼ)^(−½),
//! gⱼ² = w'FⱼSⱼFⱼw and uⱼ = SⱼFⱼw, the matrix P = diag(gⱼ²) − UU' (J × J) gives df = (tr P)² / tr P².
//!
//! References: Bell RM, McCaffrey DF. Survey Methodology 2002;28:169–181. Pustejovsky JE, Tipton E. J Bus Econ Stat 2018;36:672–683. Agrees
//! with `clubSandwich::vcovCR` and `coef_test`.

use std::collections::BTreeMap;

use faer::Mat;

use super::LeastSquares;
use crate::fault::{Fault, Outcome, length};
use crate::matrix::{dot, quadratic, symmetric_function, times, trace_of_product};

/// Which rows belong together.
#[derive(Clone, Debug)]
pub struct Clusters {
    rows: usize,
    members: Vec<Vec<usize>>,
}

impl Clusters {
    /// One label per row; equal labels mean one cluster.
    ///
    /// # Errors
    /// Fewer than two clusters.
    pub fn new<S: AsRef<str>>(labels: &[S]) -> Outcome<Self> {
        let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (row, label) in labels.iter().enumerate() {
            members.entry(label.as_ref()).or_default().push(row);
        }
        if members.len() < 2 {
            return Err(Fault::TooFew {
                what: "clusters",
                found: members.len(),
                needed: 2,
                purpose: "a cluster-robust variance".into(),
            });
        }
        Ok(Self {
            rows: labels.len(),
            members: members.into_values().collect(),
        })
    }

    /// How many clusters there are.
    pub fn count(&self) -> usize {
        self.members.len()
    }

    /// The rows of each cluster.
    pub(crate) fn members(&self) -> &[Vec<usize>] {
        &self.members
    }

    /// How many rows were labelled.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// J / (J − 1).
    pub(crate) fn correction(&self) -> f64 {
        let count = self.count() as f64;
        count / (count - 1.0)
    }

    fn check(&self, fit: &LeastSquares) -> Outcome<()> {
        length("the list of clusters", self.rows, fit.q().nrows())
    }
}

/// Q'e within one cluster.
fn score(fit: &LeastSquares, rows: &[usize]) -> Vec<f64> {
    let (q, e) = (fit.q(), fit.residuals());
    (0..q.ncols())
        .map(|j| rows.iter().map(|i| q[(*i, j)] * e[*i]).sum())
        .collect()
}

/// Sⱼ = Qⱼ'Qⱼ.
fn cross_product(fit: &LeastSquares, rows: &[usize]) -> Mat<f64> {
    let part = Mat::from_fn(rows.len(), fit.q().ncols(), |i, j| fit.q()[(rows[i], j)]);
    part.transpose() * &part
}

/// (I − S)^(−½), without the directions in which I − S vanishes.
fn adjustment(s: &Mat<f64>) -> Outcome<Mat<f64>> {
    symmetric_function(s.as_ref(), "a cluster's leverage", |share| {
        let rest = 1.0 - share;
        if rest > 1e-12 { 1.0 / rest.sqrt() } else { 0.0 }
    })
}

/// Adds v·v' to a square matrix.
fn add_square(sum: &mut Mat<f64>, v: &[f64]) {
    for j in 0..v.len() {
        for i in 0..v.len() {
            sum[(i, j)] += v[i] * v[j];
        }
    }
}

pub(super) fn cr0(fit: &LeastSquares, clusters: &Clusters) -> Outcome<Mat<f64>> {
    clusters.check(fit)?;
    let p = fit.q().ncols();
    let mut middle = Mat::zeros(p, p);
    for rows in &clusters.members {
        add_square(&mut middle, &score(fit, rows));
    }
    Ok(fit.to_coefficients(middle.as_ref()))
}

pub(super) fn cr2(fit: &LeastSquares, clusters: &Clusters) -> Outcome<Mat<f64>> {
    clusters.check(fit)?;
    let p = fit.q().ncols();
    let mut middle = Mat::zeros(p, p);
    for rows in &clusters.members {
        let adjustment = adjustment(&cross_product(fit, rows))?;
        add_square(&mut middle, &times(adjustment.as_ref(), &score(fit, rows)));
    }
    Ok(fit.to_coefficients(middle.as_ref()))
}

/// Satterthwaite's degrees of freedom of c'β̂ with the CR2 variance; `weights` is c.
pub(super) fn satterthwaite(
    fit: &LeastSquares,
    clusters: &Clusters,
    weights: &[f64],
) -> Outcome<f64> {
    clusters.check(fit)?;
    let p = fit.q().ncols();
    let w = times(fit.r_inverse().transpose(), weights);
    let (mut trace, mut square) = (0.0, 0.0);
    // tr P² = Σ gⱼ⁴ − 2 Σ gⱼ²|uⱼ|² + tr (U'U)²
    let mut spread = Mat::zeros(p, p);
    for rows in &clusters.members {
        let s = cross_product(fit, rows);
        let turned = times(adjustment(&s)?.as_ref(), &w);
        let own = quadratic(s.as_ref(), &turned);
        let u = times(s.as_ref(), &turned);
        let shared = dot(&u, &u);
        trace += own - shared;
        square += own * own - 2.0 * own * shared;
        add_square(&mut spread, &u);
    }
    square += trace_of_product(spread.as_ref(), spread.as_ref());
    if !(trace > 0.0 && square > 0.0) {
        return Err(Fault::Refused {
            why: "the clusters leave no degrees of freedom for this comparison: within clusters nothing else varies".into(),
        });
    }
    Ok(trace * trace / square)
}
