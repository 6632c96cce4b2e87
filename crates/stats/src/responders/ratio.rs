//! The risk ratio p₁/p₀.
//!
//! Under p₁ = φ·p₀ the restricted estimate solves N·φ·p₀² − (n₁φ + x₁ + n₀ + x₀φ)·p₀ + x₁ + x₀ = 0 (the smaller root), and
//! z(φ) = (p₁ − φp₀) / √(p̃₁(1−p̃₁)/n₁ + φ²p̃₀(1−p̃₀)/n₀).

use super::score::{factor, invert, statistic};
use super::{Measure, Method, TwoByTwo};
use crate::distribution::normal_quantile;
use crate::estimate::{Interval, Level};
use crate::fault::{Fault, Outcome};

impl TwoByTwo {
    /// p₁/p₀: above 1 if more people respond in arm 1.
    ///
    /// # Errors
    /// Nobody responds in either arm; a Wald interval where an arm has no responder; an interval that the risk ratio does not have
    /// (`Newcombe`, `Exact`, `Laud`).
    pub fn risk_ratio(&self, method: Method, level: Level) -> Outcome<Measure> {
        if self.events1 + self.events0 == 0 {
            return Err(Fault::NoSpread {
                what: "the response (nobody responds)".into(),
            });
        }
        let value = self.arm1().value() / self.arm0().value();
        let z = -normal_quantile(level.tail());
        let interval = match method {
            Method::Wald => {
                let half = z * self.log_risk_ratio_se()?;
                Interval::around(value.ln(), half).map(f64::exp)
            }
            Method::MiettinenNurminen => self.score_ratio(z, true),
            Method::Score => self.score_ratio(z, false),
            Method::Newcombe | Method::Exact | Method::Laud => {
                return Err(Self::no_such(method, "risk ratio"));
            }
        };
        Ok(Measure { value, interval })
    }

    /// √(1/x₁ − 1/n₁ + 1/x₀ − 1/n₀): the standard error of the logarithm.
    ///
    /// # Errors
    /// An arm without a responder.
    pub fn log_risk_ratio_se(&self) -> Outcome<f64> {
        let [x1, n1, x0, n0] = self.real();
        if x1 == 0.0 || x0 == 0.0 {
            return Err(Fault::Refused {
                why: "an arm has no responder, so that the logarithm of the risk ratio has no standard error; take the score interval".into(),
            });
        }
        Ok((1.0 / x1 - 1.0 / n1 + 1.0 / x0 - 1.0 / n0).max(0.0).sqrt())
    }

    fn score_ratio(&self, critical: f64, miettinen: bool) -> Interval {
        let [x1, n1, x0, n0] = self.real();
        let (p1, p0) = (x1 / n1, x0 / n0);
        // On the scale t = φ/(1+φ) zero and infinity are ordinary ends.
        let z = |t: f64| {
            if t >= 1.0 {
                return -1e100;
            }
            let ratio = t / (1.0 - t);
            let b = n1 * ratio + x1 + n0 + x0 * ratio;
            let c = x1 + x0;
            let root = (b * b - 4.0 * (n1 + n0) * ratio * c).max(0.0).sqrt();
            let r0 = (2.0 * c / (b + root)).min(1.0);
            let r1 = (ratio * r0).min(1.0);
            let variance = r1 * (1.0 - r1) / n1 + ratio * ratio * r0 * (1.0 - r0) / n0;
            statistic(p1 - ratio * p0, variance * factor(n1 + n0, miettinen))
        };
        let estimate = p1 / (p1 + p0);
        invert(z, estimate, (0.0, 1.0), critical).map(|t| t / (1.0 - t))
    }
}
