//! One proportion.

use crate::distribution::{beta_quantile, normal_quantile};
use crate::estimate::{Interval, Level};

/// Responders among all people of one arm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proportion {
    events: f64,
    total: f64,
}

impl Proportion {
    pub(super) fn of(events: u64, total: u64) -> Self {
        Self {
            events: events as f64,
            total: total as f64,
        }
    }

    /// x/n.
    pub fn value(&self) -> f64 {
        self.events / self.total
    }

    /// Wilson's score interval: all p with |x/n − p| ≤ z·√(p(1−p)/n).
    pub fn wilson(&self, level: Level) -> Interval {
        let (n, p) = (self.total, self.value());
        let z = -normal_quantile(level.tail());
        let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        let mut interval = Interval::around(middle, half);
        // At the edges the formula gives 0 and 1 up to rounding.
        if self.events == 0.0 {
            interval.lower = 0.0;
        }
        if self.events == self.total {
            interval.upper = 1.0;
        }
        interval
    }

    /// Clopper and Pearson's exact interval, from quantiles of the beta distribution.
    pub fn exact(&self, level: Level) -> Interval {
        let (x, n) = (self.events, self.total);
        Interval {
            lower: if x == 0.0 {
                0.0
            } else {
                beta_quantile(x, n - x + 1.0, level.tail())
            },
            upper: if x == n {
                1.0
            } else {
                beta_quantile(x + 1.0, n - x, 1.0 - level.tail())
            },
        }
    }
}
