//! Numbers needed to treat: one over the risk difference, with Altman's reading of its interval.

use super::{Method, TwoByTwo};
use crate::estimate::{Interval, Level};
use crate::fault::Outcome;

/// How many people must be treated for one more responder (positive) or one fewer (negative).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NumberNeeded {
    /// The whole interval lies on one side.
    Bounded {
        /// 1 / risk difference.
        value: f64,
        /// Both ends have the sign of `value`.
        interval: Interval,
    },
    /// The risk difference may be zero: the interval runs from `harm` through infinity to `benefit`.
    ThroughInfinity {
        /// 1 / risk difference; infinite if the arms do not differ.
        value: f64,
        /// The fewest people treated for one fewer responder, a positive number.
        harm: f64,
        /// The fewest people treated for one more responder.
        benefit: f64,
    },
}

impl TwoByTwo {
    /// The number needed to treat, its interval taken from that of the risk difference.
    ///
    /// # Errors
    /// Those of [`TwoByTwo::risk_difference`].
    pub fn number_needed(&self, method: Method, level: Level) -> Outcome<NumberNeeded> {
        let difference = self.risk_difference(method, level)?;
        let Interval { lower, upper } = difference.interval;
        let value = if difference.value == 0.0 {
            f64::INFINITY
        } else {
            1.0 / difference.value
        };
        if lower > 0.0 || upper < 0.0 {
            return Ok(NumberNeeded::Bounded {
                value,
                interval: Interval {
                    lower: 1.0 / upper,
                    upper: 1.0 / lower,
                },
            });
        }
        let fewest = |end: f64| {
            if end == 0.0 { f64::INFINITY } else { 1.0 / end }
        };
        Ok(NumberNeeded::ThroughInfinity {
            value,
            harm: fewest(-lower),
            benefit: fewest(upper),
        })
    }
}
