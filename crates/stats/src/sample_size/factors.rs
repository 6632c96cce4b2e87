//! What changes the variance of a comparison, and with it the number of patients in proportion.

use super::{check_positive, check_ratio, within};
use crate::fault::{Fault, Outcome, positive};

/// 1 − ρ²: analysis of covariance with a baseline that correlates by ρ with the outcome, against the analysis without it.
///
/// # Errors
/// A correlation that is not between −1 and 1.
pub fn baseline(correlation: f64) -> Outcome<f64> {
    if correlation > -1.0 && correlation < 1.0 {
        return Ok(1.0 - correlation * correlation);
    }
    Err(Fault::OutOfRange {
        what: "the correlation of baseline and outcome".into(),
        value: correlation,
        range: "between -1 and 1",
    })
}

/// Several visits before and after the start of treatment; every two visits of a patient correlate alike. Factors are against a single visit afterwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RepeatedMeasures {
    before: f64,
    after: f64,
    correlation: f64,
}

impl RepeatedMeasures {
    /// Numbers of visits, and the correlation of any two.
    ///
    /// # Errors
    /// No visit afterwards, more than 10,000 visits, or a correlation below 0 or above 1.
    pub fn new(before: usize, after: usize, correlation: f64) -> Outcome<Self> {
        within(
            "the correlation of visits",
            correlation,
            0.0,
            1.0,
            "from 0 to 1",
        )?;
        if after == 0 || before + after > 10_000 {
            return Err(Fault::Refused {
                why: format!(
                    "{before} visits before and {after} after the start; there must be one afterwards, and no more than 10,000 in all"
                ),
            });
        }
        Ok(Self {
            before: before as f64,
            after: after as f64,
            correlation,
        })
    }

    /// The mean of the visits afterwards, adjusted for the mean of those before.
    pub fn adjusted(&self) -> f64 {
        let Self {
            before,
            correlation,
            ..
        } = *self;
        let explained = before * correlation * correlation / (1.0 + (before - 1.0) * correlation);
        // Without a visit before there is nothing to adjust for.
        self.unadjusted() - if before > 0.0 { explained } else { 0.0 }
    }

    /// The mean of the visits afterwards: (1 + (k−1)ρ)/k.
    pub fn unadjusted(&self) -> f64 {
        mean_of(self.after, self.correlation)
    }

    /// The change from the mean before to the mean afterwards.
    ///
    /// # Errors
    /// No visit before.
    pub fn change(&self) -> Outcome<f64> {
        if self.before == 0.0 {
            return Err(Fault::TooFew {
                what: "visits before the start",
                found: 0,
                needed: 1,
                purpose: "an analysis of change".into(),
            });
        }
        let both = mean_of(self.before, self.correlation) + self.unadjusted();
        Ok(both - 2.0 * self.correlation)
    }
}

/// The variance of a mean of `visits`, in variances of one.
fn mean_of(visits: f64, correlation: f64) -> f64 {
    (1.0 + (visits - 1.0) * correlation) / visits
}

/// 1 + (m − 1)·ICC: clusters (therapists, practices) of m patients each.
///
/// # Errors
/// Fewer than one patient per cluster, or an intracluster correlation outside 0 to 1.
pub fn design_effect(patients: f64, icc: f64) -> Outcome<f64> {
    design_effect_unequal(patients, 0.0, icc)
}

/// 1 + ((1 + cv²)·m̄ − 1)·ICC: clusters of m̄ patients on average, whose sizes vary with the coefficient of variation cv. For an analysis that weighs patients alike;
/// with weights by cluster it is a little less ([`design_effect_of`]).
///
/// # Errors
/// Fewer than one patient per cluster, a negative coefficient of variation, or an intracluster correlation outside 0 to 1.
pub fn design_effect_unequal(mean: f64, cv: f64, icc: f64) -> Outcome<f64> {
    check_icc(icc)?;
    within(
        "the number of patients per cluster",
        mean,
        1.0,
        1e10,
        "at least 1",
    )?;
    within(
        "the coefficient of variation",
        cv,
        0.0,
        1e3,
        "from 0 to 1000",
    )?;
    Ok(1.0 + ((1.0 + cv * cv) * mean - 1.0) * icc)
}

/// Σm / Σ m/(1 + (m − 1)·ICC): clusters of these sizes, each weighted by what it tells, as a mixed model does.
///
/// # Errors
/// No clusters, a size below one, or an intracluster correlation outside 0 to 1.
pub fn design_effect_of(sizes: &[f64], icc: f64) -> Outcome<f64> {
    check_icc(icc)?;
    positive("the list of cluster sizes", sizes)?;
    if sizes.is_empty() {
        return Err(Fault::Empty {
            what: "the list of cluster sizes".into(),
        });
    }
    for size in sizes {
        within(
            "the number of patients of a cluster",
            *size,
            1.0,
            1e10,
            "at least 1",
        )?;
    }
    let told: f64 = sizes.iter().map(|m| m / (1.0 + (m - 1.0) * icc)).sum();
    Ok(sizes.iter().sum::<f64>() / told)
}

/// (D + r)/(1 + r): clusters with design effect D in arm 1 only (therapists against usual care), r patients in arm 1 for each of arm 0.
///
/// # Errors
/// A design effect that is not greater than zero, or a ratio outside 0.01 to 100.
pub fn one_arm_only(design_effect: f64, ratio: f64) -> Outcome<f64> {
    check_positive("the design effect", design_effect)?;
    check_ratio(ratio)?;
    Ok((design_effect + ratio) / (1.0 + ratio))
}

fn check_icc(icc: f64) -> Outcome<f64> {
    within("the intracluster correlation", icc, 0.0, 1.0, "from 0 to 1")
}
