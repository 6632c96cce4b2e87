//! Sums over clusters: scores with their small-sample corrections, and Satterthwaite's degrees of freedom.
//!
//! With M = T'T (T upper), whitened rows B of a cluster and Q = BT⁻¹, everything of the size of a cluster folds into S = Q'Q and q = Q'e, both of the size of the columns:
//! D'V⁻¹(I − H)^(−½)r = T'(I − S)^(−½)q, and with the power −1 for Mancl and DeRouen; Fay and Graubard's factors act on T'q.

use faer::Mat;

use super::fitted::Variance;
use super::solve::{Equations, Solution};
use crate::fault::{Fault, Outcome};
use crate::matrix::{dot, invert_upper, quadratic, symmetric_function, times, trace_of_product};

/// One cluster in the coordinates of the orthonormal columns.
struct Part {
    s: Mat<f64>,
    q: Vec<f64>,
}

/// M⁻¹(Σu*u*')M⁻¹, with the scores corrected.
pub(super) fn sandwich(
    equations: &Equations<'_>,
    solution: &Solution,
    turn: &Mat<f64>,
    variance: Variance,
) -> Outcome<Mat<f64>> {
    let p = solution.coefficients.len();
    let basis = Basis::of(solution, turn)?;
    let mut middle = Mat::<f64>::zeros(p, p);
    each(equations, solution, &basis, |part| {
        let corrected = basis.correction(&part.s, variance)?;
        let score = times(corrected.as_ref(), &part.q);
        for j in 0..p {
            for i in 0..p {
                middle[(i, j)] += score[i] * score[j];
            }
        }
        Ok(())
    })?;
    Ok(&basis.inverse * middle * basis.inverse.transpose())
}

/// Degrees of freedom of c'β̂ if the working covariance were true: (tr P)²/tr P², as for CR2.
pub(super) fn satterthwaite(
    equations: &Equations<'_>,
    solution: &Solution,
    turn: &Mat<f64>,
    variance: Variance,
    weights: &[f64],
) -> Outcome<f64> {
    let p = solution.coefficients.len();
    let basis = Basis::of(solution, turn)?;
    let w = times(basis.inverse.transpose(), weights);
    let (mut trace, mut square) = (0.0, 0.0);
    let mut spread = Mat::<f64>::zeros(p, p);
    each(equations, solution, &basis, |part| {
        let turned = times(basis.correction(&part.s, variance)?.transpose(), &w);
        let own = quadratic(part.s.as_ref(), &turned);
        let u = times(part.s.as_ref(), &turned);
        let shared = dot(&u, &u);
        trace += own - shared;
        square += own * own - 2.0 * own * shared;
        for j in 0..p {
            for i in 0..p {
                spread[(i, j)] += u[i] * u[j];
            }
        }
        Ok(())
    })?;
    square += trace_of_product(spread.as_ref(), spread.as_ref());
    if !(trace > 0.0 && square > 0.0) {
        return Err(Fault::Refused {
            why: "the clusters leave no degrees of freedom for this comparison: within clusters nothing else varies".into(),
        });
    }
    Ok(trace * trace / square)
}

/// T and T⁻¹ in the coordinates of the design, and what turns the orthonormal columns into those of Q.
struct Basis {
    own: Mat<f64>,
    inverse: Mat<f64>,
    triangle: Mat<f64>,
}

impl Basis {
    fn of(solution: &Solution, turn: &Mat<f64>) -> Outcome<Self> {
        let what = "the variance of the coefficients";
        let own = symmetric_function(solution.inverse.as_ref(), what, f64::sqrt)?;
        let back = symmetric_function(solution.inverse.as_ref(), what, |v| 1.0 / v.sqrt())?;
        Ok(Self {
            inverse: turn * &own,
            triangle: back * invert_upper(turn.as_ref()),
            own,
        })
    }

    /// The matrix that corrects a cluster's score, in these coordinates.
    fn correction(&self, s: &Mat<f64>, variance: Variance) -> Outcome<Mat<f64>> {
        let p = s.ncols();
        // A direction that only this cluster has (share one) is left out.
        let power = |exponent: f64| {
            symmetric_function(s.as_ref(), "a cluster's leverage", |share| {
                let rest = 1.0 - share;
                if rest > 1e-12 {
                    rest.powf(exponent)
                } else {
                    0.0
                }
            })
        };
        match variance {
            Variance::Model | Variance::Robust => Ok(Mat::identity(p, p)),
            Variance::KauermannCarroll => power(-0.5),
            Variance::ManclDeRouen => power(-1.0),
            Variance::FayGraubard => {
                // (D'V⁻¹DM⁻¹)ⱼⱼ = (T'ST⁻ᵀ)ⱼⱼ.
                let share = self.triangle.transpose() * s * self.inverse.transpose();
                let factor = |j: usize| 1.0 / (1.0 - share[(j, j)].min(0.75)).sqrt();
                let scaled = Mat::from_fn(p, p, |i, j| factor(i) * self.triangle[(j, i)]);
                Ok(self.inverse.transpose() * scaled)
            }
        }
    }
}

/// Every cluster's S and q.
fn each(
    equations: &Equations<'_>,
    solution: &Solution,
    basis: &Basis,
    mut visit: impl FnMut(&Part) -> Outcome<()>,
) -> Outcome<()> {
    let p = solution.coefficients.len();
    let root = 1.0 / solution.scale.sqrt();
    equations.walk_solved(solution, |block| {
        let turned = block.rows.as_ref().subcols(0, p) * &basis.own;
        for (from, count) in &block.parts {
            let own = turned.as_ref().subrows(*from, *count);
            let residuals: Vec<f64> = (*from..from + count)
                .map(|row| root * block.rows[(row, p)])
                .collect();
            let s = own.transpose() * own;
            visit(&Part {
                s: Mat::from_fn(p, p, |i, j| s[(i, j)] / solution.scale),
                q: times(own.transpose(), &residuals)
                    .into_iter()
                    .map(|q| root * q)
                    .collect(),
            })?;
        }
        Ok(())
    })
}
