//! The odds ratio p₁(1−p₀) / (p₀(1−p₁)).
//!
//! Under odds ratio θ the restricted estimate solves n₀(θ−1)·p₀² + (n₁θ + n₀ − (x₁+x₀)(θ−1))·p₀ − (x₁+x₀) = 0, and
//! z(θ) = S/√(λ·V) with V = 1/(n₁p̃₁(1−p̃₁)) + 1/(n₀p̃₀(1−p̃₀)), S = n₁(p₁ − p̃₁)·V and λ = N/(N−1) (Miettinen and Nurminen) or 1. Laud takes
//! the score's bias away: S − (p̃₁ − p̃₀)/(n₁p̃₁(1−p̃₁) + n₀p̃₀(1−p̃₀)); Pharm Stat 2018;17:556–576.

use super::score::{factor, invert};
use super::{Measure, Method, TwoByTwo};
use crate::distribution::normal_quantile;
use crate::estimate::{Interval, Level};
use crate::fault::{Fault, Outcome};

impl TwoByTwo {
    /// The odds ratio: above 1 if more people respond in arm 1. `Wald` is Woolf's interval; `Exact` conditions on all margins, and
    /// gives the conditional estimate.
    ///
    /// # Errors
    /// Nobody or everybody responds; a Wald interval with an empty cell; an interval the odds ratio does not have (`Newcombe`).
    pub fn odds_ratio(&self, method: Method, level: Level) -> Outcome<Measure> {
        let [x1, n1, x0, n0] = self.real();
        let events = x1 + x0;
        if events == 0.0 || events == n1 + n0 {
            return Err(Fault::NoSpread {
                what: "the response".into(),
            });
        }
        let value = x1 * (n0 - x0) / (x0 * (n1 - x1));
        let z = -normal_quantile(level.tail());
        let interval = match method {
            Method::Wald => {
                let half = z * self.log_odds_ratio_se()?;
                Interval::around(value.ln(), half).map(f64::exp)
            }
            Method::MiettinenNurminen => self.score_odds(z, true, false),
            Method::Laud => self.score_odds(z, true, true),
            Method::Score => self.score_odds(z, false, false),
            Method::Exact => return Ok(self.exact_odds_ratio(level)),
            Method::Newcombe => return Err(Self::no_such(method, "odds ratio")),
        };
        Ok(Measure { value, interval })
    }

    /// √(1/x₁ + 1/(n₁−x₁) + 1/x₀ + 1/(n₀−x₀)): the standard error of the logarithm.
    ///
    /// # Errors
    /// An empty cell.
    pub fn log_odds_ratio_se(&self) -> Outcome<f64> {
        let [x1, n1, x0, n0] = self.real();
        let cells = [x1, n1 - x1, x0, n0 - x0];
        if cells.contains(&0.0) {
            return Err(Fault::Refused {
                why: "a cell is empty, so that the logarithm of the odds ratio has no standard error; take the score or the exact interval".into(),
            });
        }
        Ok(cells.iter().map(|cell| 1.0 / cell).sum::<f64>().sqrt())
    }

    fn score_odds(&self, critical: f64, miettinen: bool, unbiased: bool) -> Interval {
        let [x1, n1, x0, n0] = self.real();
        let events = x1 + x0;
        // On the scale t = θ/(1+θ) zero and infinity are ordinary ends.
        let z = |t: f64| {
            let odds = (t / (1.0 - t)).clamp(1e-100, 1e100);
            let [r0, q0] = restricted([n1, n0, events], odds);
            let whole = q0 + odds * r0;
            let (r1, q1) = (odds * r0 / whole, q0 / whole);
            let apart = x1 - n1 * r1;
            let spread = 1.0 / (n1 * r1 * q1) + 1.0 / (n0 * r0 * q0);
            let bias = if unbiased {
                (r1 - r0) / (n1 * r1 * q1 + n0 * r0 * q0)
            } else {
                0.0
            };
            let value = (apart - bias / spread) * (spread / factor(n1 + n0, miettinen)).sqrt();
            if value.is_infinite() {
                return 1e100_f64.copysign(value);
            }
            if value.is_nan() { 0.0 } else { value }
        };
        let (one, other) = (x1 * (n0 - x0), x0 * (n1 - x1));
        let estimate = one / (one + other);
        invert(z, estimate, (0.0, 1.0), critical).map(|t| t / (1.0 - t))
    }
}

/// The restricted p₀ and 1 − p₀, each computed so that it keeps its digits when it is small.
fn restricted([n1, n0, events]: [f64; 3], odds: f64) -> [f64; 2] {
    let a = n0 * (odds - 1.0);
    let b = (n1 - events) * odds + (n0 + events);
    let root = (b * b + 4.0 * a * events).max(0.0).sqrt();
    let p = if b > 0.0 {
        2.0 * events / (b + root)
    } else {
        (root - b) / (2.0 * a)
    };
    // The same for those who do not respond, whose odds ratio is 1/θ; times θ throughout.
    let others = n1 + n0 - events;
    let (a, b) = (-a, (events - n0) + (n0 + others) * odds);
    let root = (b * b + 4.0 * a * others * odds).max(0.0).sqrt();
    let q = if b > 0.0 {
        2.0 * others * odds / (b + root)
    } else {
        1.0 - p
    };
    [p.clamp(1e-300, 1.0), q.clamp(1e-300, 1.0)]
}
