//! Sandwich variances of a generalised linear model, over rows or clusters.
//!
//! With W^½X = QR and zᵢ = R⁻ᵀxᵢ the middle is summed in the coordinates of Q, Σω·zz' or Σ(Σu·z)(Σu·z)', so that columns of very different size cost
//! no digits; R⁻¹ turns it back.

use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, Par};

use super::scoring::{Likelihood, Maximum};
use crate::fault::{Fault, Outcome, length};
use crate::linear::Clusters;
use crate::matrix::times;

/// What is done about small samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Correction {
    /// Nothing.
    None,
    /// A factor for all rows.
    Factor(f64),
    /// ω divided by (1 − leverage)^power.
    Leverage { power: i32 },
}

/// u, the score of a row with its weight.
pub(super) fn score(likelihood: &Likelihood<'_>, maximum: &Maximum, row: usize) -> f64 {
    let weight = likelihood.weight(row);
    if weight == 0.0 {
        return 0.0;
    }
    let own = likelihood
        .family
        .row(likelihood.outcome[row], maximum.predictors[row]);
    own.map_or(0.0, |own| weight * own.score)
}

/// W, the expected information of a row with its weight.
fn information(likelihood: &Likelihood<'_>, maximum: &Maximum, row: usize) -> f64 {
    let own = likelihood
        .family
        .row(likelihood.outcome[row], maximum.predictors[row]);
    own.map_or(0.0, |own| likelihood.weight(row) * own.expected)
}

pub(super) fn by_row(
    likelihood: &Likelihood<'_>,
    maximum: &Maximum,
    correction: Correction,
) -> Outcome<Mat<f64>> {
    let root = &maximum.inverse_triangle;
    let (n, p) = (likelihood.outcome.len(), root.ncols());
    let mut middle = Mat::zeros(p, p);
    for from in (0..n).step_by(512) {
        let rows = from..(from + 512).min(n);
        let mut turned = likelihood.matrix.as_ref().subrows(from, rows.len()) * root;
        for (at, row) in rows.enumerate() {
            let mut size = score(likelihood, maximum, row);
            match correction {
                Correction::None => {}
                Correction::Factor(factor) => size *= factor.sqrt(),
                Correction::Leverage { power } => {
                    let length: f64 = (0..p).map(|j| turned[(at, j)].powi(2)).sum();
                    let leverage = information(likelihood, maximum, row) * length;
                    // A row with leverage one is always fitted exactly; its variance is not known.
                    if leverage > 1.0 - 1e-12 {
                        return Err(Fault::Refused {
                            why: format!(
                                "row {} alone determines a coefficient (leverage one), so that no robust variance exists; leave out what only that row has",
                                row + 1
                            ),
                        });
                    }
                    size /= (1.0 - leverage).powi(power).sqrt();
                }
            }
            for j in 0..p {
                turned[(at, j)] *= size;
            }
        }
        matmul(
            &mut middle,
            Accum::Add,
            turned.transpose(),
            &turned,
            1.0,
            Par::Seq,
        );
    }
    Ok(root * middle * root.transpose())
}

pub(super) fn by_cluster(
    likelihood: &Likelihood<'_>,
    maximum: &Maximum,
    clusters: &Clusters,
    factor: f64,
) -> Outcome<Mat<f64>> {
    length(
        "the list of clusters",
        clusters.rows(),
        likelihood.outcome.len(),
    )?;
    let root = &maximum.inverse_triangle;
    let p = root.ncols();
    let mut middle = Mat::<f64>::zeros(p, p);
    for members in clusters.members() {
        let mut sum = vec![0.0; p];
        for row in members {
            let size = score(likelihood, maximum, *row);
            for (j, sum) in sum.iter_mut().enumerate() {
                *sum += size * likelihood.matrix[(*row, j)];
            }
        }
        let turned = times(root.transpose(), &sum);
        for j in 0..p {
            for i in 0..p {
                middle[(i, j)] += factor * turned[i] * turned[j];
            }
        }
    }
    Ok(root * middle * root.transpose())
}
