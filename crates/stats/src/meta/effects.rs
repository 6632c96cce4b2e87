//! Studies from what their reports print.

use super::Studies;
use crate::effect_size::{Group, hedges};
use crate::estimate::Level;
use crate::fault::Outcome;
use crate::responders::{Method, TwoByTwo};

impl Studies {
    /// Logarithms of risk ratios.
    ///
    /// # Errors
    /// An arm without a responder, or fewer than two studies.
    pub fn log_risk_ratios(tables: &[TwoByTwo]) -> Outcome<Self> {
        Self::from(tables, |table| {
            let ratio = table.risk_ratio(Method::Wald, Level::default())?;
            Ok((ratio.value.ln(), table.log_risk_ratio_se()?.powi(2)))
        })
    }

    /// Logarithms of odds ratios.
    ///
    /// # Errors
    /// An empty cell, or fewer than two studies.
    pub fn log_odds_ratios(tables: &[TwoByTwo]) -> Outcome<Self> {
        Self::from(tables, |table| {
            let ratio = table.odds_ratio(Method::Wald, Level::default())?;
            Ok((ratio.value.ln(), table.log_odds_ratio_se()?.powi(2)))
        })
    }

    /// Risk differences.
    ///
    /// # Errors
    /// Two arms that are all or nothing, or fewer than two studies.
    pub fn risk_differences(tables: &[TwoByTwo]) -> Outcome<Self> {
        Self::from(tables, |table| {
            let difference = table.risk_difference(Method::Wald, Level::default())?;
            Ok((difference.value, table.risk_difference_se().powi(2)))
        })
    }

    /// Differences of means, group 1 minus group 0, with variances sd₁²/n₁ + sd₀²/n₀.
    ///
    /// # Errors
    /// A group without variation in both arms, or fewer than two studies.
    pub fn mean_differences(groups: &[(Group, Group)]) -> Outcome<Self> {
        Self::from(groups, |(one, zero)| {
            let variance = |group: &Group| group.sd.powi(2) / group.size as f64;
            Ok((one.mean - zero.mean, variance(one) + variance(zero)))
        })
    }

    /// Hedges' g, group 1 minus group 0.
    ///
    /// # Errors
    /// Those of [`hedges`], or fewer than two studies.
    pub fn standardized_differences(groups: &[(Group, Group)]) -> Outcome<Self> {
        Self::from(groups, |(one, zero)| {
            let g = hedges(*one, *zero, Level::default())?.g;
            Ok((g.value, g.se.powi(2)))
        })
    }

    fn from<T>(reports: &[T], effect: impl Fn(&T) -> Outcome<(f64, f64)>) -> Outcome<Self> {
        let pairs = reports.iter().map(effect).collect::<Outcome<Vec<_>>>()?;
        let (effects, variances): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        Self::new(&effects, &variances)
    }
}
