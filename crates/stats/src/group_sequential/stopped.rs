//! What to report when a trial has stopped: p value, estimate and interval that know of the earlier looks.
//!
//! Results (analysis k, Z) are ordered by stages: stopping above is the more extreme the earlier, stopping below likewise in the other direction; at the same
//! analysis the larger Z is the more extreme. P_δ(at least as extreme) = Σ_{j<k} P_δ(stop above at j) + P_δ(go on to k, Zₖ ≥ z). The one-sided p value is this at
//! δ = 0; the median-unbiased drift has it at ½, and the interval's ends at the tail and at one minus the tail.
//!
//! Reference: Jennison C, Turnbull BW. Group Sequential Methods. 2000, 8.4 and 8.5.

use super::Boundaries;
use super::ongoing::Ongoing;
use crate::estimate::{Interval, Level, Sides};
use crate::fault::{Fault, Outcome};
use crate::roots::bisect_brent;

/// The analysis of a trial that has stopped. Drifts are expected Z at full information: divided by √information they are effects.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stopped {
    /// The p value, with as many sides as the bounds have.
    pub p: f64,
    /// The median-unbiased estimate of the drift.
    pub drift: f64,
    /// Its confidence interval.
    pub interval: Interval,
}

impl Boundaries {
    /// The result of a trial that stopped at `analysis` (counted from 1) with this Z. Futility bounds that do not bind are left out of account.
    ///
    /// # Errors
    /// An analysis that does not exist, a Z beyond ±40 or NaN, or a Z with which the trial goes on.
    pub fn stopped(&self, analysis: usize, z: f64, level: Level) -> Outcome<Stopped> {
        let count = self.analyses.count();
        if !(1..=count).contains(&analysis) {
            return Err(Fault::Refused {
                why: format!("there is no analysis {analysis}; they are counted from 1 to {count}"),
            });
        }
        if z.is_nan() || z.abs() > 40.0 {
            return Err(Fault::OutOfRange {
                what: "Z".into(),
                value: z,
                range: "from -40 to 40",
            });
        }
        let (lower, upper) = self.bounds(analysis - 1, true);
        let last = analysis == count && self.analyses.finished();
        if !last && z > lower && z < upper {
            return Err(Fault::Refused {
                why: format!(
                    "Z = {z} lies between the bounds {lower:.4} and {upper:.4} of analysis {analysis}: the trial goes on and has no result yet"
                ),
            });
        }
        let one_sided = self.extreme(analysis, z, 0.0);
        let solve = |target: f64| {
            let f = |drift: f64| {
                let own = self.extreme(analysis, z, drift).max(f64::MIN_POSITIVE);
                own.ln() - target.ln()
            };
            bisect_brent(
                f,
                -90.0,
                90.0,
                z / self.analyses.fractions()[analysis - 1].sqrt(),
            )
        };
        Ok(Stopped {
            p: match self.sides {
                Sides::One => one_sided,
                Sides::Two => (2.0 * one_sided.min(1.0 - one_sided)).min(1.0),
            },
            drift: solve(0.5),
            interval: Interval {
                lower: solve(level.tail()),
                upper: solve(1.0 - level.tail()),
            },
        })
    }

    /// P(a result at least as extreme upwards as `z` at `analysis`).
    fn extreme(&self, analysis: usize, z: f64, drift: f64) -> f64 {
        let fractions = self.analyses.fractions();
        let (mut state, mut sum) = (Ongoing::start(), 0.0);
        for at in 0..analysis - 1 {
            let bounds = self.bounds(at, self.binding);
            sum += state.above(fractions[at], drift, bounds.1);
            state = state.continued(fractions[at], drift, bounds, Some(fractions[at + 1]));
        }
        sum + state.above(fractions[analysis - 1], drift, z)
    }
}
