//! What a row says about its linear predictor: mean, score, information, deviance.

use crate::fault::{Fault, Outcome};

/// A distribution of the outcome with the link of its mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Normal, μ = η. Coefficients are differences of means.
    Linear,
    /// Binomial, ln μ/(1 − μ) = η. Coefficients are log odds ratios.
    Logistic,
    /// Binomial, ln μ = η. Coefficients are log risk ratios; the estimate often lies at the edge.
    LogBinomial,
    /// Binomial, μ = η. Coefficients are risk differences; the estimate often lies at the edge.
    IdentityBinomial,
    /// Poisson, ln μ = η. Coefficients are log rate ratios.
    Poisson,
    /// Poisson, ln μ = η, for outcomes 0 and 1 and with robust variances only. Coefficients are log risk ratios.
    ModifiedPoisson,
}

/// One row at its linear predictor, for weight one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// The score ∂l/∂η = (y − μ)μ'/v.
    pub(crate) score: f64,
    /// The observed information −∂²l/∂η².
    pub(crate) observed: f64,
    /// Its expectation, μ'²/v.
    pub(crate) expected: f64,
    /// Twice the distance to the best log-likelihood that the row could have.
    pub(crate) deviance: f64,
}

impl Family {
    /// Whether an outcome can have this value.
    pub(crate) fn can_be(self, y: f64) -> bool {
        match self {
            Self::Linear => y.is_finite(),
            Self::Logistic | Self::LogBinomial | Self::IdentityBinomial => (0.0..=1.0).contains(&y),
            Self::Poisson => y >= 0.0 && y.is_finite(),
            Self::ModifiedPoisson => y == 0.0 || y == 1.0,
        }
    }

    /// The values an outcome can have, in words.
    pub(crate) fn range(self) -> &'static str {
        match self {
            Self::Linear => "a number",
            Self::Logistic | Self::LogBinomial | Self::IdentityBinomial => "between 0 and 1",
            Self::Poisson => "zero or greater",
            Self::ModifiedPoisson => "0 or 1",
        }
    }

    /// What the model is called in messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Linear => "a linear model",
            Self::Logistic => "a logistic model",
            Self::LogBinomial => "a log-binomial model",
            Self::IdentityBinomial => "a binomial model with identity link",
            Self::Poisson => "a Poisson model",
            Self::ModifiedPoisson => "a modified Poisson model",
        }
    }

    /// The row's share in score, information and deviance; none where η gives an impossible mean.
    #[inline]
    pub(crate) fn row(self, y: f64, eta: f64) -> Option<Row> {
        match self {
            Self::Linear => {
                let apart = y - eta;
                Some(Row {
                    score: apart,
                    observed: 1.0,
                    expected: 1.0,
                    deviance: apart * apart,
                })
            }
            Self::Logistic => Some(logistic(y, eta)),
            Self::LogBinomial => {
                let (mean, rest) = (eta.exp(), -eta.exp_m1());
                let inside = mean > 0.0 && rest > 0.0;
                inside.then(|| Row {
                    score: (y - mean) / rest,
                    observed: (1.0 - y) * mean / (rest * rest),
                    expected: mean / rest,
                    deviance: 2.0 * (own_binomial(y) - y * eta - times_log(1.0 - y, rest)),
                })
            }
            Self::IdentityBinomial => {
                let rest = 1.0 - eta;
                let inside = eta > 0.0 && rest > 0.0;
                inside.then(|| Row {
                    score: (y - eta) / (eta * rest),
                    observed: y / (eta * eta) + (1.0 - y) / (rest * rest),
                    expected: 1.0 / (eta * rest),
                    deviance: 2.0
                        * (own_binomial(y) - times_log(y, eta) - times_log(1.0 - y, rest)),
                })
            }
            Self::Poisson | Self::ModifiedPoisson => {
                let mean = eta.exp();
                let inside = mean > 0.0 && mean.is_finite();
                inside.then(|| Row {
                    score: y - mean,
                    observed: mean,
                    expected: mean,
                    deviance: 2.0 * (times_log(y, y) - y * eta - (y - mean)),
                })
            }
        }
    }

    /// g⁻¹: the mean.
    pub(crate) fn mean(self, eta: f64) -> f64 {
        match self {
            Self::Linear | Self::IdentityBinomial => eta,
            Self::Logistic => 1.0 / (1.0 + (-eta).exp()),
            Self::LogBinomial | Self::Poisson | Self::ModifiedPoisson => eta.exp(),
        }
    }

    /// g: the linear predictor of a mean, where there is one.
    pub(crate) fn predictor(self, mean: f64) -> Outcome<f64> {
        let eta = match self {
            Self::Linear | Self::IdentityBinomial => mean,
            Self::Logistic => (mean / (1.0 - mean)).ln(),
            Self::LogBinomial | Self::Poisson | Self::ModifiedPoisson => mean.ln(),
        };
        if eta.is_finite() {
            Ok(eta)
        } else {
            Err(Fault::Refused {
                why: format!("{} has no place for a mean of {mean}", self.name()),
            })
        }
    }

    /// μ' = dμ/dη.
    pub(crate) fn slope(self, eta: f64) -> f64 {
        match self {
            Self::Linear | Self::IdentityBinomial => 1.0,
            Self::Logistic => logistic(0.0, eta).expected,
            Self::LogBinomial | Self::Poisson | Self::ModifiedPoisson => eta.exp(),
        }
    }

    /// v(μ), the variance of a row for φ = 1.
    pub(crate) fn variance(self, mean: f64) -> f64 {
        match self {
            Self::Linear => 1.0,
            Self::Logistic | Self::LogBinomial | Self::IdentityBinomial => mean * (1.0 - mean),
            Self::Poisson | Self::ModifiedPoisson => mean,
        }
    }

    /// Twice the log-likelihood of a row that is fitted exactly; with the deviance it gives the log-likelihood. `weight` counts trials (binomial).
    pub(crate) fn saturated(self, y: f64, weight: f64) -> f64 {
        let log_gamma = libm::lgamma;
        match self {
            Self::Linear => 0.0,
            Self::Logistic | Self::LogBinomial | Self::IdentityBinomial => {
                let (trials, events) = (weight.round(), (weight * y).round());
                let ways = log_gamma(trials + 1.0)
                    - log_gamma(events + 1.0)
                    - log_gamma(trials - events + 1.0);
                2.0 * (weight * own_binomial(y) + ways)
            }
            Self::Poisson | Self::ModifiedPoisson => {
                2.0 * weight * (times_log(y, y) - y - log_gamma(y + 1.0))
            }
        }
    }
}

/// Written with e = exp(−|η|), so that neither tail loses digits.
#[inline]
fn logistic(y: f64, eta: f64) -> Row {
    let e = (-eta.abs()).exp();
    let (near, far) = (1.0 / (1.0 + e), e / (1.0 + e));
    let (mean, rest) = if eta >= 0.0 { (near, far) } else { (far, near) };
    let information = near * far;
    Row {
        score: y * rest - (1.0 - y) * mean,
        observed: information,
        expected: information,
        deviance: 2.0 * (own_binomial(y) + eta.max(0.0) - y * eta + e.ln_1p()),
    }
}

/// y ln y + (1 − y) ln(1 − y): zero for the outcomes 0 and 1.
#[inline]
fn own_binomial(y: f64) -> f64 {
    if y == 0.0 || y == 1.0 {
        return 0.0;
    }
    times_log(y, y) + times_log(1.0 - y, 1.0 - y)
}

/// a·ln b with 0·ln 0 = 0.
#[inline]
fn times_log(a: f64, b: f64) -> f64 {
    if a == 0.0 { 0.0 } else { a * b.ln() }
}
