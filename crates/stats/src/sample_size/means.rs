//! Two arms compared by their means.

use super::{Aim, Size, check_positive, check_ratio, solve, within};
use crate::distribution::{noncentral_t, t_quantile};
use crate::fault::{Fault, Outcome};
use crate::roots::bisect_brent;

/// What is expected of two arms: the true difference, and the standard deviation within arms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoMeans {
    difference: f64,
    sd: f64,
    ratio: f64,
    margin: f64,
}

impl TwoMeans {
    /// A true difference, arm 1 minus arm 0, and a standard deviation, for equal arms and a test of superiority.
    ///
    /// # Errors
    /// A difference that is not finite, or a standard deviation that is not greater than zero.
    pub fn new(difference: f64, sd: f64) -> Outcome<Self> {
        within("the difference", difference, -1e100, 1e100, "finite")?;
        check_positive("the standard deviation", sd)?;
        Ok(Self {
            difference,
            sd,
            ratio: 1.0,
            margin: 0.0,
        })
    }

    /// With `ratio` times as many patients in arm 1 as in arm 0.
    ///
    /// # Errors
    /// A ratio outside 0.01 to 100.
    pub fn ratio(self, ratio: f64) -> Outcome<Self> {
        let ratio = check_ratio(ratio)?;
        Ok(Self { ratio, ..self })
    }

    /// Arm 1 must not be worse by `margin` (larger means are better; turn the sign of scores where less is better).
    ///
    /// # Errors
    /// A margin that is not greater than zero, or a true difference at or beyond it.
    pub fn not_worse_by(self, margin: f64) -> Outcome<Self> {
        let margin = check_positive("the margin", margin)?;
        if self.difference <= -margin {
            return Err(Fault::Refused {
                why: format!(
                    "arm 1 is truly worse by the margin {margin} or more, so that no number of patients shows otherwise"
                ),
            });
        }
        Ok(Self { margin, ..self })
    }

    /// How many patients reach the aim; real numbers.
    ///
    /// # Errors
    /// No difference to be found, or more patients than there are people.
    pub fn size(&self, aim: Aim) -> Outcome<Size> {
        self.refuse_nothing()?;
        // From three patients on, which leave one degree of freedom.
        let least = 3.0 / (1.0 + self.ratio);
        let guess = self.normal(aim).max(1.0);
        let miss = 1.0 - aim.power;
        let f = |arm0: f64| {
            let (missed, _) = self.test(Size::with_ratio(arm0, self.ratio), aim);
            miss.ln() - missed.max(f64::MIN_POSITIVE).ln()
        };
        let arm0 = solve("this difference", least, guess, f)?;
        Ok(Size::with_ratio(arm0, self.ratio))
    }

    /// The same by the normal distribution: (z₁₋α + z₁₋β)²(1 + 1/r)σ²/difference² in arm 0.
    ///
    /// # Errors
    /// No difference to be found.
    pub fn size_normal(&self, aim: Aim) -> Outcome<Size> {
        self.refuse_nothing()?;
        Ok(Size::with_ratio(self.normal(aim), self.ratio))
    }

    /// The power with these sizes: the probability of a significant result. The aim's own power plays no part.
    ///
    /// # Errors
    /// Two patients or fewer in all, or an empty arm.
    pub fn power(&self, size: Size, aim: Aim) -> Outcome<f64> {
        check_size(size)?;
        Ok(self.test(size, aim).1)
    }

    /// The smallest true difference that these sizes find with the power of the aim, for the standard deviation and margin given.
    ///
    /// # Errors
    /// Two patients or fewer in all, or an empty arm.
    pub fn detectable(&self, size: Size, aim: Aim) -> Outcome<f64> {
        check_size(size)?;
        let (critical, df, _) = self.parts(size, aim);
        let miss = 1.0 - aim.power;
        let f = |delta: f64| {
            miss.ln()
                - noncentral_t(critical, df, delta)
                    .0
                    .max(f64::MIN_POSITIVE)
                    .ln()
        };
        let delta = bisect_brent(f, 0.0, 1e6, critical + aim.z_beta());
        Ok(delta * self.se(size) - self.margin)
    }

    /// The distance of the truth from the null hypothesis.
    fn distance(&self) -> f64 {
        if self.margin > 0.0 {
            self.difference + self.margin
        } else {
            self.difference.abs()
        }
    }

    fn refuse_nothing(&self) -> Outcome<()> {
        if self.distance() > 0.0 {
            return Ok(());
        }
        Err(Fault::Refused {
            why: "the true difference is zero, so that no number of patients finds one; give the difference that matters".into(),
        })
    }

    fn normal(&self, aim: Aim) -> f64 {
        let z = aim.z_alpha() + aim.z_beta();
        (z * self.sd / self.distance()).powi(2) * (1.0 + 1.0 / self.ratio)
    }

    fn se(&self, size: Size) -> f64 {
        self.sd * (1.0 / size.arm1 + 1.0 / size.arm0).sqrt()
    }

    /// Critical value, degrees of freedom, non-centrality.
    fn parts(&self, size: Size, aim: Aim) -> (f64, f64, f64) {
        let df = size.arm1 + size.arm0 - 2.0;
        (
            -t_quantile(aim.tail, df),
            df,
            self.distance() / self.se(size),
        )
    }

    /// P(no significant result), P(a significant result).
    fn test(&self, size: Size, aim: Aim) -> (f64, f64) {
        let (critical, df, delta) = self.parts(size, aim);
        chance(critical, df, delta, aim)
    }
}

fn chance(critical: f64, df: f64, delta: f64, aim: Aim) -> (f64, f64) {
    let (missed, found) = noncentral_t(critical, df, delta);
    if aim.either_way {
        let (wrong, _) = noncentral_t(-critical, df, delta);
        return (missed - wrong, found + wrong);
    }
    (missed, found)
}

fn check_size(size: Size) -> Outcome<()> {
    let valid = [size.arm1, size.arm0]
        .iter()
        .all(|n| *n > 0.0 && n.is_finite());
    if valid && size.arm1 + size.arm0 > 2.0 {
        return Ok(());
    }
    Err(Fault::Refused {
        why: format!(
            "{} and {} patients in two arms leave nothing to estimate a variance from; there must be more than two in all, and some in each arm",
            size.arm1, size.arm0
        ),
    })
}
