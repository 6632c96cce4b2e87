//! The risk difference p₁ − p₀.
//!
//! Under p₁ = p₀ + δ the likelihood's derivative in p₀,
//! x₁/p₁ − (n₁−x₁)/(1−p₁) + x₀/p₀ − (n₀−x₀)/(1−p₀), falls from +∞ to −∞; its root is the restricted estimate. Miettinen and Nurminen give
//! it in closed form as the root of a cubic (the tests' twin); searching keeps all digits where the cubic loses half.

use super::score::{factor, invert, statistic};
use super::{Measure, Method, TwoByTwo};
use crate::distribution::normal_quantile;
use crate::estimate::{Interval, Level};
use crate::fault::Outcome;
use crate::roots::brent;

impl TwoByTwo {
    /// p₁ − p₀: positive if more people respond in arm 1.
    ///
    /// # Errors
    /// An interval that the risk difference does not have (`Exact`, `Laud`).
    pub fn risk_difference(&self, method: Method, level: Level) -> Outcome<Measure> {
        let (p1, p0) = (self.arm1().value(), self.arm0().value());
        let value = p1 - p0;
        let z = -normal_quantile(level.tail());
        let interval = match method {
            Method::Wald => Interval::around(value, z * self.risk_difference_se()),
            Method::Newcombe => {
                let (one, zero) = (self.arm1().wilson(level), self.arm0().wilson(level));
                Interval {
                    lower: value - (p1 - one.lower).hypot(zero.upper - p0),
                    upper: value + (one.upper - p1).hypot(p0 - zero.lower),
                }
            }
            Method::MiettinenNurminen => self.score_difference(value, z, true),
            Method::Score => self.score_difference(value, z, false),
            Method::Exact | Method::Laud => return Err(Self::no_such(method, "risk difference")),
        };
        Ok(Measure { value, interval })
    }

    /// √(p₁(1−p₁)/n₁ + p₀(1−p₀)/n₀): zero where both arms are all or nothing.
    pub fn risk_difference_se(&self) -> f64 {
        let [_, n1, _, n0] = self.real();
        let (p1, p0) = (self.arm1().value(), self.arm0().value());
        (p1 * (1.0 - p1) / n1 + p0 * (1.0 - p0) / n0).sqrt()
    }

    fn score_difference(&self, value: f64, critical: f64, miettinen: bool) -> Interval {
        let counts = self.real();
        let [_, n1, _, n0] = counts;
        let z = |delta: f64| {
            let p0 = restricted(counts, delta);
            let p1 = (p0 + delta).clamp(0.0, 1.0);
            let variance = p1 * (1.0 - p1) / n1 + p0 * (1.0 - p0) / n0;
            statistic(value - delta, variance * factor(n1 + n0, miettinen))
        };
        invert(z, value, (-1.0, 1.0), critical)
    }
}

/// The p₀ that maximises the likelihood where p₁ = p₀ + `delta`. Counts need not be whole: expected ones give what a trial tends to.
pub(crate) fn restricted([x1, n1, x0, n0]: [f64; 4], delta: f64) -> f64 {
    let (low, high) = ((-delta).max(0.0), (1.0 - delta).min(1.0));
    if high - low <= f64::EPSILON {
        return 0.5 * (low + high);
    }
    // A count of zero takes its whole term with it, also at the edge where p is zero.
    let part = |count: f64, p: f64| {
        if count == 0.0 {
            0.0
        } else {
            count / p.max(0.0)
        }
    };
    let slope = |p0: f64| {
        let p1 = p0 + delta;
        part(x1, p1) + part(x0, p0) - part(n1 - x1, 1.0 - p1) - part(n0 - x0, 1.0 - p0)
    };
    let inside = 1e-14 * (high - low);
    let (from, to) = (low + inside, high - inside);
    let (at_low, at_high) = (slope(from), slope(to));
    if at_low <= 0.0 {
        low
    } else if at_high >= 0.0 {
        high
    } else {
        brent(slope, (from, at_low), (to, at_high))
    }
}
