//! How large a group-sequential trial must be, and how large it is likely to become.

use super::Boundaries;
use crate::distribution::normal_quantile;
use crate::fault::{Fault, Outcome};
use crate::roots::bisect_brent;

impl Boundaries {
    /// The probability of stopping above, under a drift (the expected Z at full information).
    ///
    /// # Errors
    /// A drift beyond ±100, or NaN.
    pub fn power(&self, drift: f64) -> Outcome<f64> {
        Ok(self.crossing(drift)?.above.iter().sum())
    }

    /// The drift with this power. The effect that has it is drift / √information.
    ///
    /// # Errors
    /// A power that is not between the type I error and 1.
    pub fn drift(&self, power: f64) -> Outcome<f64> {
        let least = self.power(0.0)?;
        if !(power > least && power < 1.0) {
            return Err(Fault::OutOfRange {
                what: "the power".into(),
                value: power,
                range: "between the type I error and 1",
            });
        }
        let miss = 1.0 - power;
        let f = |drift: f64| match self.power(drift) {
            // Compared where it is small: on the side of the power, or of what is missed.
            Ok(own) if power < 0.5 => own.ln() - power.ln(),
            Ok(own) => miss.ln() - (1.0 - own).max(f64::MIN_POSITIVE).ln(),
            Err(_) => f64::INFINITY,
        };
        let drift = bisect_brent(f, 0.0, 100.0, self.fixed_drift(power));
        if f(drift).abs() < 1e-7 {
            return Ok(drift);
        }
        Err(Fault::Refused {
            why: format!("these bounds do not reach a power of {power} with any drift"),
        })
    }

    /// The maximum information as a multiple of the information of a trial with one analysis and the same errors.
    ///
    /// # Errors
    /// A power that is not between the type I error and 1.
    pub fn inflation(&self, power: f64) -> Outcome<f64> {
        let last = self.analyses.last();
        Ok(last * (self.drift(power)? / self.fixed_drift(power)).powi(2))
    }

    /// The expected information at stopping under a drift, as a fraction of the planned maximum.
    ///
    /// # Errors
    /// A drift beyond ±100, or NaN.
    pub fn expected_information(&self, drift: f64) -> Outcome<f64> {
        let crossing = self.crossing(drift)?;
        let fractions = self.analyses.fractions();
        let (mut expected, mut going_on, mut before) = (0.0, 1.0, 0.0);
        // Each step of information is needed by the trials that have not stopped before it.
        for (at, t) in fractions.iter().enumerate() {
            expected += going_on * (t - before);
            going_on -= crossing.above[at] + crossing.below[at];
            before = *t;
        }
        Ok(expected)
    }

    /// The drift of a trial with one analysis.
    fn fixed_drift(&self, power: f64) -> f64 {
        normal_quantile(power) - normal_quantile(self.tail)
    }
}
