//! Heteroscedasticity-consistent variances: a sandwich around the squared residuals.

use faer::Mat;

use super::LeastSquares;
use crate::fault::{Fault, Outcome};

/// (X'X)⁻¹ X' diag(ω) X (X'X)⁻¹ = R⁻¹ Q' diag(ω) Q R⁻ᵀ, where ω comes from residual and leverage.
pub(super) fn sandwich(fit: &LeastSquares, weight: impl Fn(f64, f64) -> f64) -> Outcome<Mat<f64>> {
    let leverages = fit.leverages();
    let q = fit.q();
    let mut weights = Vec::with_capacity(q.nrows());
    for (row, (e, h)) in fit.residuals().iter().zip(&leverages).enumerate() {
        let weight = weight(*e, *h);
        // A row with leverage one is always fitted exactly; its variance is not known.
        if !weight.is_finite() || *h > 1.0 - 1e-12 {
            return Err(Fault::Refused {
                why: format!(
                    "row {} alone determines a coefficient (leverage one), so that no robust variance exists; leave out what only that row has",
                    row + 1
                ),
            });
        }
        weights.push(weight);
    }
    let weighted = Mat::from_fn(q.nrows(), q.ncols(), |i, j| weights[i] * q[(i, j)]);
    Ok(fit.to_coefficients((q.transpose() * weighted).as_ref()))
}
