//! How far from missing at random the truth must be for a conclusion to change.

use super::Pooled;
use crate::fault::{Fault, Outcome};
use crate::roots::brent;

/// Where a significant result stops being one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TippingPoint {
    /// The result is not significant to begin with.
    Never {
        /// The result without any shift.
        pooled: Pooled,
    },
    /// With this shift of the missing values the p value is just `alpha`.
    At {
        /// The shift, in units of the outcome.
        delta: f64,
        /// The result with this shift.
        pooled: Pooled,
    },
    /// The result stays significant up to the largest shift that was asked for.
    Beyond {
        /// The result with the largest shift.
        pooled: Pooled,
    },
}

/// The smallest shift from zero towards `most` (of either sign) at which the pooled result is no longer significant at the level `alpha`. `analyse` shifts, analyses and pools the same
/// imputed data sets each time, so that nothing but the shift changes. The way there is looked at in 40 steps.
///
/// # Errors
/// A largest shift that is zero or not finite, a level outside 0 to 1, or an analysis that fails.
pub fn tipping_point(
    analyse: impl Fn(f64) -> Outcome<Pooled>,
    most: f64,
    alpha: f64,
) -> Outcome<TippingPoint> {
    if !most.is_finite() || most == 0.0 {
        return Err(Fault::OutOfRange {
            what: "the largest shift".into(),
            value: most,
            range: "finite and not zero",
        });
    }
    if !(alpha > 0.0 && alpha < 1.0) {
        return Err(Fault::OutOfRange {
            what: "the significance level".into(),
            value: alpha,
            range: "between 0 and 1",
        });
    }
    let first = analyse(0.0)?;
    if first.estimate.p >= alpha {
        return Ok(TippingPoint::Never { pooled: first });
    }
    let side = first.estimate.value.signum();
    // Below zero as long as the result is significant on its first side; it passes through 2 − α where it is so on the other.
    let measure = |pooled: &Pooled| {
        let certainty = 1.0 - pooled.estimate.p;
        (1.0 - alpha) - side * pooled.estimate.value.signum() * certainty
    };
    let mut before = (0.0, measure(&first));
    for step in 1..=40 {
        let delta = most * f64::from(step) / 40.0;
        let here = (delta, measure(&analyse(delta)?));
        if here.1 >= 0.0 {
            // An analysis that fails between two that succeed counts as not significant.
            let f = |delta: f64| analyse(delta).map_or(1.0, |pooled| measure(&pooled));
            let delta = brent(f, before, here);
            let pooled = analyse(delta)?;
            return Ok(TippingPoint::At { delta, pooled });
        }
        before = here;
    }
    Ok(TippingPoint::Beyond {
        pooled: analyse(most)?,
    })
}
