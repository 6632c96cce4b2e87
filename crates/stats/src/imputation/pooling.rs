//! Rubin's rules: estimates from several imputed data sets become one.

use crate::estimate::{Estimate, Level, Reference};
use crate::fault::{Fault, Outcome};

/// One estimate out of many, and how much of its uncertainty comes from what is missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pooled {
    /// The pooled estimate with the degrees of freedom of Barnard and Rubin.
    pub estimate: Estimate,
    /// W: the mean of the variances.
    pub within: f64,
    /// B: the variance of the estimates.
    pub between: f64,
    /// T = W + (1 + 1/m)B.
    pub total: f64,
    /// λ = (1 + 1/m)B/T.
    pub lambda: f64,
    /// r = (1 + 1/m)B/W: how much the variance grows.
    pub relative_increase: f64,
    /// Rubin's own degrees of freedom, for complete data of any size; infinite if the estimates do not differ.
    pub rubin_df: f64,
    /// The share of information that is missing, (r + 2/(df + 3))/(r + 1).
    pub missing_information: f64,
}

/// Pools estimates of the same quantity, one per imputed data set. Their smallest degrees of freedom count as those of complete data.
///
/// # Errors
/// Fewer than two estimates, or values beyond what can be represented.
pub fn pool(estimates: &[Estimate], level: Level) -> Outcome<Pooled> {
    if estimates.len() < 2 {
        return Err(Fault::TooFew {
            what: "imputed data sets",
            found: estimates.len(),
            needed: 2,
            purpose: "pooling".into(),
        });
    }
    let m = estimates.len() as f64;
    let mean = |of: &dyn Fn(&Estimate) -> f64| estimates.iter().map(of).sum::<f64>() / m;
    let value = mean(&|own| own.value);
    let within = mean(&|own| own.se * own.se);
    let between = mean(&|own| (own.value - value).powi(2)) * m / (m - 1.0);
    let added = (1.0 + 1.0 / m) * between;
    let total = within + added;
    let lambda = added / total;
    let rubin_df = (m - 1.0) / (lambda * lambda);
    let complete = estimates.iter().filter_map(|own| own.reference.df());
    let complete = complete.fold(f64::INFINITY, f64::min);
    let observed = if complete == f64::INFINITY {
        f64::INFINITY
    } else {
        (complete + 1.0) / (complete + 3.0) * complete * (1.0 - lambda)
    };
    let df = 1.0 / (1.0 / rubin_df + 1.0 / observed);
    let reference = if df == f64::INFINITY {
        Reference::Normal
    } else {
        Reference::T(df)
    };
    let r = added / within;
    Ok(Pooled {
        estimate: Estimate::new(value, total.sqrt(), reference, level)?,
        within,
        between,
        total,
        lambda,
        relative_increase: r,
        rubin_df,
        missing_information: (r + 2.0 / (df + 3.0)) / (r + 1.0),
    })
}
