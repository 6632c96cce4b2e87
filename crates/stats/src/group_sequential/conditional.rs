//! What an interim result says about the end: conditional and predictive power.

use super::Boundaries;
use super::ongoing::Ongoing;
use crate::distribution::normal_density;
use crate::fault::{Fault, Outcome};

impl Boundaries {
    /// The probability of stopping above at a later analysis, given Z at `analysis` (counted from 1) and a drift. Of Z itself nothing is asked: it may lie
    /// outside the bounds.
    ///
    /// With one analysis left: Φ((z√t + δ(t_K − t) − u_K√t_K)/√(t_K − t)).
    ///
    /// # Errors
    /// An analysis without a later one, a Z or a drift beyond ±100, or NaN.
    pub fn conditional_power(&self, analysis: usize, z: f64, drift: f64) -> Outcome<f64> {
        let t = self.interim(analysis)?;
        for (what, value) in [("Z", z), ("the drift", drift)] {
            if value.is_nan() || value.abs() > 100.0 {
                return Err(Fault::OutOfRange {
                    what: what.into(),
                    value,
                    range: "from -100 to 100",
                });
            }
        }
        Ok(self.conditional(analysis, t, z, drift))
    }

    /// The conditional power under the drift that the interim result itself suggests, z/√t.
    ///
    /// # Errors
    /// Those of [`Boundaries::conditional_power`].
    pub fn conditional_power_of_trend(&self, analysis: usize, z: f64) -> Outcome<f64> {
        let t = self.interim(analysis)?;
        self.conditional_power(analysis, z, z / t.sqrt())
    }

    /// The conditional power averaged over what the interim result says about the drift: normal about z/√t with variance 1/t (no prior knowledge).
    ///
    /// With one analysis left: Φ((z√(t_K/t) − u_K)/√(t_K/t − 1)).
    ///
    /// # Errors
    /// Those of [`Boundaries::conditional_power`].
    pub fn predictive_power(&self, analysis: usize, z: f64) -> Outcome<f64> {
        let t = self.interim(analysis)?;
        self.conditional_power(analysis, z, 0.0)?;
        let left = self.analyses.last() - t;
        // The trapezoidal rule for an analytic function that dies off; the step follows the narrower of posterior and conditional power.
        let sd = 1.0 / t.sqrt();
        let step = 0.2 * (1.0 / left.max(t).sqrt()) / sd;
        let count = (9.0 / step).ceil() as i32;
        let (mut sum, mut weights) = (0.0, 0.0);
        for i in -count..=count {
            let at = f64::from(i) * step;
            let weight = normal_density(at);
            sum += weight * self.conditional(analysis, t, z, sd * (z + at));
            weights += weight;
        }
        Ok(sum / weights)
    }

    fn conditional(&self, analysis: usize, t: f64, z: f64, drift: f64) -> f64 {
        let crossing = self.walk_from(Ongoing::at(t, z), analysis, drift, true);
        crossing.above.iter().sum()
    }

    /// The information fraction of an analysis that has a later one.
    fn interim(&self, analysis: usize) -> Outcome<f64> {
        let count = self.analyses.count();
        if analysis >= 1 && analysis < count {
            return Ok(self.analyses.fractions()[analysis - 1]);
        }
        Err(Fault::Refused {
            why: format!(
                "analysis {analysis} is no interim analysis; analyses are counted from 1, and the last of {count} has none after it"
            ),
        })
    }
}
