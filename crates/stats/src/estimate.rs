//! An estimate with its standard error, test and interval.

use crate::distribution::{normal_quantile, normal_two_sided, t_quantile, t_two_sided};
use crate::fault::{Fault, Outcome};

/// The confidence level of intervals, 0.95 by default.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level(f64);

impl Level {
    /// A level strictly between 0 and 1.
    ///
    /// # Errors
    /// Any other number.
    pub fn new(level: f64) -> Outcome<Self> {
        if level > 0.0 && level < 1.0 {
            Ok(Self(level))
        } else {
            Err(Fault::OutOfRange {
                what: "the confidence level".into(),
                value: level,
                range: "between 0 and 1",
            })
        }
    }

    /// The level as a number.
    pub fn value(self) -> f64 {
        self.0
    }

    /// The share of each tail: 0.025 for 95 %.
    pub fn tail(self) -> f64 {
        0.5 * (1.0 - self.0)
    }
}

impl Default for Level {
    fn default() -> Self {
        Self(0.95)
    }
}

/// Whether a test looks to one side only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides {
    /// Only the expected direction counts.
    One,
    /// Both directions count, with half of the error each.
    Two,
}

impl Sides {
    /// The error of one direction, of a type I error `alpha` in all.
    ///
    /// # Errors
    /// An error outside 0 to 1, or of a half or more for one direction.
    pub fn tail(self, alpha: f64) -> Outcome<f64> {
        let (tail, range) = match self {
            Self::One => (alpha, "between 0 and 0.5 for a one-sided test"),
            Self::Two => (0.5 * alpha, "between 0 and 1"),
        };
        if tail > 0.0 && tail < 0.5 {
            Ok(tail)
        } else {
            Err(Fault::OutOfRange {
                what: "the type I error".into(),
                value: alpha,
                range,
            })
        }
    }
}

/// Two ends, the lower first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

impl Interval {
    /// `middle` ± `half`.
    pub fn around(middle: f64, half: f64) -> Self {
        Self {
            lower: middle - half,
            upper: middle + half,
        }
    }

    /// Both ends through an increasing function, for example `exp`.
    #[must_use]
    pub fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self {
            lower: f(self.lower),
            upper: f(self.upper),
        }
    }
}

/// What a statistic is compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reference {
    /// The standard normal distribution.
    Normal,
    /// Student's t with these degrees of freedom.
    T(f64),
}

impl Reference {
    /// The two-sided p value of a statistic.
    pub fn p(self, statistic: f64) -> f64 {
        match self {
            Self::Normal => normal_two_sided(statistic),
            Self::T(df) => t_two_sided(statistic, df),
        }
    }

    /// How many standard errors an interval reaches to each side.
    pub fn reach(self, level: Level) -> f64 {
        match self {
            Self::Normal => -normal_quantile(level.tail()),
            Self::T(df) => -t_quantile(level.tail(), df),
        }
    }

    /// The degrees of freedom; none for the normal distribution.
    pub fn df(self) -> Option<f64> {
        match self {
            Self::Normal => None,
            Self::T(df) => Some(df),
        }
    }
}

/// An estimate, its standard error, the test of "it is zero", and a confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate, in the units of its model.
    pub value: f64,
    /// Its standard error, in the same units.
    pub se: f64,
    /// What the statistic is compared with.
    pub reference: Reference,
    /// `value` / `se`.
    pub statistic: f64,
    /// The two-sided p value.
    pub p: f64,
    /// `value` ± reach · `se`.
    pub interval: Interval,
}

impl Estimate {
    /// Puts the parts together.
    ///
    /// # Errors
    /// A value that is not finite, a standard error that is not greater than zero, or degrees of freedom that are not.
    pub fn new(value: f64, se: f64, reference: Reference, level: Level) -> Outcome<Self> {
        if !value.is_finite() || !se.is_finite() {
            return Err(Fault::Refused {
                why: format!(
                    "an estimate of {value} with standard error {se} is no number to report"
                ),
            });
        }
        if se <= 0.0 {
            return Err(Fault::NoSpread {
                what: "the outcome, given the model,".into(),
            });
        }
        if let Reference::T(df) = reference
            && (df.is_nan() || df <= 0.0)
        {
            return Err(Fault::OutOfRange {
                what: "the degrees of freedom".into(),
                value: df,
                range: "greater than zero",
            });
        }
        let statistic = value / se;
        Ok(Self {
            value,
            se,
            reference,
            statistic,
            p: reference.p(statistic),
            interval: Interval::around(value, reference.reach(level) * se),
        })
    }
}
