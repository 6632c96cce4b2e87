//! The fitted network.

use faer::Mat;

use super::fit::{Fit, all_columns, fit, moments, restricted};
use super::trials::{Trial, Trials};
use crate::distribution::{chi_squared_upper, normal_upper};
use crate::estimate::{Estimate, Interval, Level, Reference};
use crate::fault::{Fault, Outcome};

/// How the heterogeneity of the network is estimated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// None: the common model.
    Common,
    /// By moments, DerSimonian and Laird's.
    DerSimonianLaird,
    /// Restricted maximum likelihood, with the covariances within trials of several arms.
    Reml,
    /// A τ² from elsewhere, for example from many other networks.
    Given(f64),
}

/// Which effects are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Smaller values: pain, disability.
    Smaller,
    /// Larger values: responders.
    Larger,
}

/// A network meta-analysis.
#[derive(Clone, Debug)]
pub struct Network {
    pub(super) trials: Trials,
    pub(super) tau2: f64,
    pub(super) common: Fit,
    own: Fit,
}

impl Network {
    /// Fits the network.
    ///
    /// # Errors
    /// Restricted maximum likelihood where trials leave nothing to estimate heterogeneity from, or that does not settle.
    pub fn fit(trials: &Trials, spread: Spread) -> Outcome<Self> {
        let all: Vec<&Trial> = trials.trials.iter().collect();
        let columns = all_columns(trials.treatments.len());
        let common = fit(&all, &columns, 0.0)?;
        let tau2 = match spread {
            Spread::Common => 0.0,
            Spread::DerSimonianLaird => moments(&common),
            Spread::Given(tau2) if tau2 >= 0.0 && tau2.is_finite() => tau2,
            Spread::Given(tau2) => {
                return Err(Fault::OutOfRange {
                    what: "the given variance between trials".into(),
                    value: tau2,
                    range: "zero or greater",
                });
            }
            Spread::Reml => restricted(&all, &columns, moments(&common))?,
        };
        Ok(Self {
            own: fit(&all, &columns, tau2)?,
            trials: trials.clone(),
            tau2,
            common,
        })
    }

    /// The treatments, by name.
    pub fn treatments(&self) -> &[String] {
        &self.trials.treatments
    }

    /// τ̂².
    pub fn tau2(&self) -> f64 {
        self.tau2
    }

    /// Cochran's Q of the whole network at τ² = 0.
    pub fn q(&self) -> f64 {
        self.common.q
    }

    /// Contrasts minus treatments plus one.
    pub fn df(&self) -> usize {
        self.common.df
    }

    /// The p value of Q; 1 without degrees of freedom.
    pub fn q_p(&self) -> f64 {
        if self.common.df == 0 {
            return 1.0;
        }
        chi_squared_upper(self.common.q, self.common.df as f64)
    }

    /// max(0, (Q − df)/Q), a share between 0 and 1.
    pub fn i2(&self) -> f64 {
        if self.common.q <= 0.0 {
            return 0.0;
        }
        ((self.common.q - self.common.df as f64) / self.common.q).max(0.0)
    }

    /// The effect of one treatment minus that of another.
    ///
    /// # Errors
    /// A treatment that is not in the network, or the same twice.
    pub fn compare(&self, treatment: &str, against: &str, level: Level) -> Outcome<Estimate> {
        let (one, other) = (self.trials.find(treatment)?, self.trials.find(against)?);
        if one == other {
            return Err(Fault::Refused {
                why: format!("`{treatment}` is compared with itself"),
            });
        }
        let (value, se) = self.difference(one, other);
        Estimate::new(value, se, Reference::Normal, level)
    }

    /// Where the difference in a new trial lies: t with df − 1 degrees of freedom.
    ///
    /// # Errors
    /// Those of [`Network::compare`], or fewer than two degrees of freedom.
    pub fn prediction(&self, treatment: &str, against: &str, level: Level) -> Outcome<Interval> {
        let own = self.compare(treatment, against, level)?;
        if self.common.df < 2 {
            return Err(Fault::TooFew {
                what: "degrees of freedom",
                found: self.common.df,
                needed: 2,
                purpose: "a prediction interval".into(),
            });
        }
        let reach = Reference::T((self.common.df - 1) as f64).reach(level);
        Ok(Interval::around(
            own.value,
            reach * (own.se * own.se + self.tau2).sqrt(),
        ))
    }

    /// The league table: every treatment (row) minus every other (column), with standard errors; zero on the diagonal.
    pub fn league(&self) -> (Mat<f64>, Mat<f64>) {
        let n = self.trials.treatments.len();
        let of = |i: usize, j: usize| self.difference(i, j);
        (
            Mat::from_fn(n, n, |i, j| of(i, j).0),
            Mat::from_fn(n, n, |i, j| of(i, j).1),
        )
    }

    /// P-scores, in the order of the treatments: 1 for certainly the best, 0 for certainly the worst.
    pub fn p_scores(&self, better: Better) -> Vec<f64> {
        let n = self.trials.treatments.len();
        let certainty = |i: usize, j: usize| {
            let (value, se) = self.difference(i, j);
            match better {
                Better::Smaller => normal_upper(value / se),
                Better::Larger => normal_upper(-value / se),
            }
        };
        let score = |i: usize| {
            let others = (0..n).filter(|j| *j != i);
            others.map(|j| certainty(i, j)).sum::<f64>() / (n - 1) as f64
        };
        (0..n).map(score).collect()
    }

    /// Treatment `one` minus treatment `other` by place, with its standard error.
    pub(super) fn difference(&self, one: usize, other: usize) -> (f64, f64) {
        // The first treatment has no column: its effect is zero.
        let beta = |at: usize| at.checked_sub(1).map_or(0.0, |at| self.own.beta[(at, 0)]);
        let phi = |a: usize, b: usize| match (a.checked_sub(1), b.checked_sub(1)) {
            (Some(a), Some(b)) => self.own.phi[(a, b)],
            _ => 0.0,
        };
        let variance = phi(one, one) + phi(other, other) - 2.0 * phi(one, other);
        (beta(one) - beta(other), variance.max(0.0).sqrt())
    }
}
