//! Exact inference about the odds ratio, given all margins.
//!
//! Given x₁ + x₀ = s, x₁ has the non-central hypergeometric distribution P(k) ∝ C(n₁, k)·C(n₀, s−k)·θᵏ. The estimate solves E_θ(X) = x₁; the
//! ends of the interval solve P_θ(X ≥ x₁) = α/2 and P_θ(X ≤ x₁) = α/2. Fisher's two-sided p value adds the probabilities at θ = 1
//! that do not exceed that of x₁ (by more than 1e-7 of it, which is rounding).

use super::{Measure, TwoByTwo};
use crate::estimate::{Interval, Level};
use crate::roots::bisect_brent;

/// Fisher's exact test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FisherTest {
    /// The two-sided p value.
    pub p: f64,
}

/// The distribution of responders in arm 1, given the margins.
struct Conditional {
    /// The smallest possible count.
    low: f64,
    /// ln C(n₁, k) + ln C(n₀, s−k) up to a constant, from the smallest k on.
    log_weights: Vec<f64>,
    /// Where the observed count stands.
    observed: usize,
}

impl TwoByTwo {
    /// Fisher's exact test that arms do not differ.
    pub fn fisher(&self) -> FisherTest {
        let conditional = self.conditional();
        let probabilities = conditional.probabilities(0.0);
        let own = probabilities[conditional.observed] * (1.0 + 1e-7);
        let extreme = probabilities.iter().filter(|p| **p <= own);
        FisherTest {
            p: extreme.sum::<f64>().min(1.0),
        }
    }

    pub(super) fn exact_odds_ratio(&self, level: Level) -> Measure {
        let conditional = self.conditional();
        let last = conditional.log_weights.len() - 1;
        let observed = conditional.observed;
        let expected = conditional.low + observed as f64;
        let solve = |f: &dyn Fn(&[f64]) -> f64| {
            bisect_brent(|ln| f(&conditional.probabilities(ln)), -700.0, 700.0, 0.0).exp()
        };
        let mean = |p: &[f64]| -> f64 {
            let weighted = p.iter().enumerate().map(|(at, p)| at as f64 * p);
            conditional.low + weighted.sum::<f64>()
        };
        let tail = level.tail().ln();
        let at_least = |p: &[f64]| p[observed..].iter().sum::<f64>().max(1e-320).ln() - tail;
        let at_most = |p: &[f64]| tail - p[..=observed].iter().sum::<f64>().max(1e-320).ln();
        Measure {
            value: match observed {
                0 => 0.0,
                at if at == last => f64::INFINITY,
                _ => solve(&|p| mean(p) - expected),
            },
            interval: Interval {
                lower: if observed == 0 { 0.0 } else { solve(&at_least) },
                upper: if observed == last {
                    f64::INFINITY
                } else {
                    solve(&at_most)
                },
            },
        }
    }

    fn conditional(&self) -> Conditional {
        let [x1, n1, x0, n0] = self.real();
        let events = x1 + x0;
        let low = (events - n0).max(0.0);
        let high = events.min(n1);
        let mut log_weights = vec![0.0];
        let mut k = low;
        let mut sum = 0.0;
        while k < high {
            sum += ((n1 - k) * (events - k) / ((k + 1.0) * (n0 - events + k + 1.0))).ln();
            log_weights.push(sum);
            k += 1.0;
        }
        Conditional {
            low,
            log_weights,
            observed: (x1 - low) as usize,
        }
    }
}

impl Conditional {
    /// The probabilities at a log odds ratio.
    fn probabilities(&self, log_odds: f64) -> Vec<f64> {
        let weights = self.log_weights.iter().enumerate();
        let logs: Vec<f64> = weights.map(|(at, w)| w + at as f64 * log_odds).collect();
        let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let scaled: Vec<f64> = logs.iter().map(|log| (log - largest).exp()).collect();
        let total: f64 = scaled.iter().sum();
        scaled.iter().map(|p| p / total).collect()
    }
}
