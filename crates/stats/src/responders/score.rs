//! Inverting a score statistic: the two values that it just does not reject.

use crate::estimate::Interval;
use crate::roots::brent;

/// The interval within `low` … `high` of the values θ with |z(θ)| ≤ `critical`, where z falls in θ and crosses zero at `estimate`.
/// An end at which z never passes the critical value is the end of the range.
pub(super) fn invert(
    z: impl Fn(f64) -> f64,
    estimate: f64,
    (low, high): (f64, f64),
    critical: f64,
) -> Interval {
    let side = |end: f64, target: f64| {
        let f = |theta: f64| z(theta) - target;
        let at_end = f(end);
        let reached = if target > 0.0 {
            at_end > 0.0
        } else {
            at_end < 0.0
        };
        if !reached {
            return end;
        }
        let start = (estimate, f(estimate));
        // At the estimate itself z is zero, so the sign there is the opposite of the end's.
        brent(f, (start.0, -target), (end, at_end))
    };
    Interval {
        lower: if estimate <= low {
            low
        } else {
            side(low, critical)
        },
        upper: if estimate >= high {
            high
        } else {
            side(high, -critical)
        },
    }
}

/// z from a difference and its variance; where both vanish the data agree with the value.
pub(super) fn statistic(apart: f64, variance: f64) -> f64 {
    if apart == 0.0 {
        0.0
    } else if variance <= 0.0 {
        // Under this value the data are impossible.
        1e100_f64.copysign(apart)
    } else {
        apart / variance.sqrt()
    }
}

/// N/(N−1) with Miettinen and Nurminen's factor, else 1.
pub(super) fn factor(total: f64, miettinen: bool) -> f64 {
    if miettinen && total > 1.0 {
        total / (total - 1.0)
    } else {
        1.0
    }
}
