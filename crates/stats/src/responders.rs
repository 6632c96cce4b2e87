//! Responders: two proportions compared.
//!
//! **Model.** x₁ of n₁ people respond in arm 1, x₀ of n₀ in arm 0; both binomial with p₁ and p₀. Arm 0 is the comparison.
//!
//! **Estimators.** Risk difference p₁ − p₀, risk ratio p₁/p₀, odds ratio, number needed to treat 1/(p₁ − p₀).
//!
//! **Intervals.**
//! - Wald: estimate ± z · standard error, ratios on the log scale (Katz for the risk ratio, Woolf for the odds ratio). Not defined
//!   where a cell that enters it is zero; then it is refused, and no half is added in silence.
//! - Newcombe (risk difference): from the two Wilson intervals, his method 10.
//! - Score intervals: the values θ that the score statistic z(θ) = (estimate − θ)/√V(p̃₁, p̃₀) does not reject, where p̃ maximise the
//!   likelihood under θ. Miettinen and Nurminen multiply V by N/(N−1); Mee (difference) and Koopman (ratio) do not. Laud also takes the bias of the odds ratio's
//!   score away. They hold their level with small numbers and zero cells.
//! - Exact: Clopper–Pearson for one proportion; for the odds ratio the conditional (non-central hypergeometric) distribution.
//!
//! References: Newcombe RG. Stat Med 1998;17:873–890. Miettinen O, Nurminen M. Stat Med 1985;4:213–226. Mee RW. Biometrics 1984;40:1175–1176.
//! Koopman PAR. Biometrics 1984;40:513–517. Altman DG. BMJ 1998;317:1309–1312 for numbers needed to treat. Agrees with `ratesci`, `fisher.test` and
//! `prop.test`.

mod difference;
mod exact;
mod needed;
mod odds;
mod proportion;
mod ratio;
mod score;

pub(crate) use difference::restricted;
pub use exact::FisherTest;
pub use needed::NumberNeeded;
pub use proportion::Proportion;

use crate::distribution::chi_squared_upper;
use crate::estimate::Interval;
use crate::fault::{Fault, Outcome};

/// A measure with its interval; ratios also have the standard error of their logarithm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// The estimate, on its own scale; infinite or zero for ratios with an empty cell.
    pub value: f64,
    /// Its interval, on the same scale.
    pub interval: Interval,
}

/// How an interval for a comparison is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Estimate ± z standard errors; ratios on the log scale.
    Wald,
    /// From the two Wilson intervals; for the risk difference.
    Newcombe,
    /// Score interval with the factor N/(N−1).
    MiettinenNurminen,
    /// The same with the bias of the score taken away; for the odds ratio.
    Laud,
    /// Score interval without that factor: Mee's for the difference, Koopman's for the risk ratio.
    Score,
    /// From the conditional distribution; for the odds ratio.
    Exact,
}

/// Two arms, each with responders and all people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwoByTwo {
    events1: u64,
    total1: u64,
    events0: u64,
    total0: u64,
}

impl TwoByTwo {
    /// Responders and people of arm 1, then of arm 0 (the comparison).
    ///
    /// # Errors
    /// An arm without people, or with more responders than people, or beyond 10¹² people.
    pub fn new(events1: u64, total1: u64, events0: u64, total0: u64) -> Outcome<Self> {
        for (arm, events, total) in [(1, events1, total1), (0, events0, total0)] {
            if total == 0 {
                return Err(Fault::Empty {
                    what: format!("arm {arm}"),
                });
            }
            if events > total || total > 1_000_000_000_000 {
                return Err(Fault::Refused {
                    why: format!(
                        "arm {arm} has {events} responders among {total} people; there cannot be more responders than people, nor more than 10^12 people"
                    ),
                });
            }
        }
        Ok(Self {
            events1,
            total1,
            events0,
            total0,
        })
    }

    /// x₁, n₁, x₀, n₀ as real numbers.
    pub(crate) fn real(&self) -> [f64; 4] {
        [self.events1, self.total1, self.events0, self.total0].map(|count| count as f64)
    }

    /// The share of responders in arm 1.
    pub fn arm1(&self) -> Proportion {
        Proportion::of(self.events1, self.total1)
    }

    /// The share of responders in arm 0.
    pub fn arm0(&self) -> Proportion {
        Proportion::of(self.events0, self.total0)
    }

    /// The p value of Pearson's χ² test with one degree of freedom, with Yates' continuity correction if asked for.
    ///
    /// # Errors
    /// Nobody responds, or everybody does.
    pub fn chi_squared_p(&self, yates: bool) -> Outcome<f64> {
        let [x1, n1, x0, n0] = self.real();
        let (n, events) = (n1 + n0, x1 + x0);
        if events == 0.0 || events == n {
            return Err(Fault::NoSpread {
                what: "the response".into(),
            });
        }
        let apart = (x1 * n0 - x0 * n1).abs();
        let apart = if yates {
            apart - (0.5 * n).min(apart)
        } else {
            apart
        };
        let statistic = apart * apart * n / (n1 * n0 * events * (n - events));
        Ok(chi_squared_upper(statistic, 1.0))
    }

    /// A method that this measure does not have.
    fn no_such(method: Method, measure: &str) -> Fault {
        Fault::Refused {
            why: format!("there is no interval `{method:?}` for the {measure}"),
        }
    }
}
