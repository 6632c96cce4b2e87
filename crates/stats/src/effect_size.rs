//! Standardised mean differences.
//!
//! **Model.** Two groups with means μ₁, μ₀ and one standard deviation σ; δ = (μ₁ − μ₀)/σ.
//!
//! **Estimator.** d = (x̄₁ − x̄₀)/s with s² pooled over m = n₁ + n₀ − 2 degrees of freedom; Hedges' g = J(m)·d with
//! J(m) = Γ(m/2) / (√(m/2)·Γ((m−1)/2)) exactly, not the approximation 1 − 3/(4m − 1). Large-sample variance of g:
//! 1/n₁ + 1/n₀ + g²/(2(n₁+n₀)).
//!
//! Reference: Hedges LV. J Educ Stat 1981;6:107–128. Agrees with `metafor::escalc(measure = "SMD")`.

use crate::distribution::stirling_error;
use crate::estimate::{Estimate, Level, Reference};
use crate::fault::{Fault, Outcome, finite};

/// Mean, standard deviation and size of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    /// How many people; at least one.
    pub size: usize,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation with n − 1; zero for one person.
    pub sd: f64,
}

impl Group {
    /// Of single values.
    ///
    /// # Errors
    /// No values, or one that is not finite.
    pub fn of(values: &[f64]) -> Outcome<Self> {
        finite("the group", values)?;
        if values.is_empty() {
            return Err(Fault::Empty {
                what: "the group".into(),
            });
        }
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        Ok(Self {
            size: values.len(),
            mean,
            sd: (squares / (n - 1.0).max(1.0)).sqrt(),
        })
    }
}

/// A standardised mean difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StandardizedDifference {
    /// The pooled standard deviation, in units of the outcome.
    pub pooled_sd: f64,
    /// Cohen's d.
    pub d: f64,
    /// The exact factor J.
    pub correction: f64,
    /// Hedges' g with its large-sample standard error and a normal interval.
    pub g: Estimate,
}

/// Group 1 minus group 0 in pooled standard deviations.
///
/// # Errors
/// Fewer than three people in all, an empty group, values that are not finite, or no variation within the groups.
pub fn hedges(one: Group, zero: Group, level: Level) -> Outcome<StandardizedDifference> {
    finite(
        "the list of means and standard deviations",
        &[one.mean, zero.mean, one.sd, zero.sd],
    )?;
    let (n1, n0) = (one.size as f64, zero.size as f64);
    if one.size == 0 || zero.size == 0 || one.size + zero.size < 4 {
        return Err(Fault::TooFew {
            what: "people",
            found: one.size + zero.size,
            needed: 4,
            purpose: "a standardised mean difference (with at least one in each group)".into(),
        });
    }
    let df = n1 + n0 - 2.0;
    let pooled_sd = (((n1 - 1.0) * one.sd.powi(2) + (n0 - 1.0) * zero.sd.powi(2)) / df).sqrt();
    if pooled_sd <= 0.0 {
        return Err(Fault::NoSpread {
            what: "the outcome within the groups".into(),
        });
    }
    let d = (one.mean - zero.mean) / pooled_sd;
    let correction = small_sample_factor(df);
    let g = correction * d;
    let se = (1.0 / n1 + 1.0 / n0 + g * g / (2.0 * (n1 + n0))).sqrt();
    Ok(StandardizedDifference {
        pooled_sd,
        d,
        correction,
        g: Estimate::new(g, se, Reference::Normal, level)?,
    })
}

/// J(m) for m > 1: ln J = −(a−1)·ln(1 − 1/(2a)) − ½ + what Stirling's formula leaves at a = m/2 and at a − ½. No large terms meet.
pub fn small_sample_factor(df: f64) -> f64 {
    let a = 0.5 * df;
    let log = -(a - 1.0) * (-0.5 / a).ln_1p() - 0.5 + stirling_error(a) - stirling_error(a - 0.5);
    log.exp()
}
