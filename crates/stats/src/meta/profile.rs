//! Confidence interval for τ² by Q-profiling: Q(τ²) = y'Py at w = 1/(v + τ²) is χ² with k − p degrees of freedom at the true τ², and falls in τ²; the
//! ends are where it meets the quantiles. Exact under normality.
//!
//! Reference: Viechtbauer W. Stat Med 2007;26:37–52. Agrees with `metafor::confint`.

use super::analysis::MetaAnalysis;
use super::engine::Engine;
use super::heterogeneity::at_target;
use crate::distribution::chi_squared_quantile;
use crate::estimate::{Interval, Level};
use crate::fault::Outcome;

/// Intervals for the variance between studies and what is made of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeterogeneityInterval {
    /// For τ².
    pub tau2: Interval,
    /// For τ.
    pub tau: Interval,
    /// For I², in percent.
    pub i2: Interval,
    /// For H².
    pub h2: Interval,
}

impl MetaAnalysis {
    /// Q-profile intervals; an end below zero is zero.
    ///
    /// # Errors
    /// An end that is not found.
    pub fn heterogeneity_interval(&self, level: Level) -> Outcome<HeterogeneityInterval> {
        let at = |tau2: f64| Engine::at(&self.studies, &self.x, self.names(), tau2);
        let end = |p: f64| at_target(&at, chi_squared_quantile(p, self.df()));
        let tau2 = Interval {
            lower: end(1.0 - level.tail())?,
            upper: end(level.tail())?,
        };
        Ok(HeterogeneityInterval {
            tau2,
            tau: tau2.map(f64::sqrt),
            i2: tau2.map(|value| self.i2_at(value)),
            h2: tau2.map(|value| self.h2_at(value)),
        })
    }
}
