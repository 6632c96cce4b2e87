//! How many patients a trial needs, and what a given number can show.
//!
//! **Means** ([`TwoMeans`]). T = (x̄₁ − x̄₀ + margin)/(s√(1/n₁ + 1/n₀)) is non-central t with n₁ + n₀ − 2 degrees of freedom and δ = (μ₁ − μ₀ + margin)/(σ√(1/n₁ + 1/n₀)); the power is
//! P(T > t₁₋α), in the direction of the effect only unless [`Aim::either_way`]. n is real: it solves the equation exactly, and [`Size::whole`] rounds up. Several arms ([`ManyMeans`]): non-central F.
//!
//! **Proportions** ([`TwoProportions`]). n₀ = [z₁₋α√V₀ + z₁₋β√V₁]² / (p₁ − p₀ + margin)², V₁ = p₁q₁/r + p₀q₀ with r = n₁/n₀; V₀ the same at the proportions that the
//! null hypothesis leaves (pooled, or Farrington and Manning's with a margin), or V₁ itself; Fleiss' continuity correction; arcsine.
//!
//! **Factors** by which the variance of a comparison, and so n, changes:
//! - baseline as covariate: 1 − ρ² ([`baseline`]);
//! - the mean of k visits after and p before ([`RepeatedMeasures`]): (1 + (k−1)ρ)/k, minus pρ²/(1 + (p−1)ρ) if adjusted for the baseline mean;
//! - clusters of m patients: 1 + (m − 1)·ICC; of unequal sizes 1 + ((1 + cv²)m̄ − 1)·ICC ([`design_effect`], [`design_effect_unequal`]); in one arm only ([`one_arm_only`]).
//!
//! **Precision.** The half-width of a confidence interval instead of a test.
//!
//! References: Julious SA. Sample Sizes for Clinical Trials. 2010. Fleiss JL, Levin B, Paik MC. Statistical Methods for Rates and Proportions. 2003, chapter 4. Farrington CP, Manning G. Stat Med
//! 1990;9:1447–1454. Frison L, Pocock SJ. Stat Med 1992;11:1685–1704. Borm GF, Fransen J, Lemmens WAJG. J Clin Epidemiol 2007;60:1234–1238. Eldridge SM, Ashby D, Kerry S. Int J Epidemiol
//! 2006;35:1292–1300. Agrees with `power.t.test`, `power.prop.test`, `power.anova.test` and `pwr`.

mod factors;
mod many;
mod means;
mod precision;
mod proportions;

pub use factors::{
    RepeatedMeasures, baseline, design_effect, design_effect_of, design_effect_unequal,
    one_arm_only,
};
pub use many::ManyMeans;
pub use means::TwoMeans;
pub use precision::{mean_difference_within, proportion_difference_within, proportion_within};
pub use proportions::{ProportionTest, TwoProportions};

use crate::distribution::normal_quantile;
use crate::estimate::Sides;
use crate::fault::{Fault, Outcome};

/// What a trial should reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aim {
    alpha: f64,
    tail: f64,
    power: f64,
    sides: Sides,
    either_way: bool,
}

impl Aim {
    /// A type I error of both sides together, and a power.
    ///
    /// # Errors
    /// An error or a power out of range; a power below the error of one side.
    pub fn new(alpha: f64, sides: Sides, power: f64) -> Outcome<Self> {
        let tail = sides.tail(alpha)?;
        if power > tail && power < 1.0 {
            return Ok(Self {
                alpha,
                tail,
                power,
                sides,
                either_way: false,
            });
        }
        Err(Fault::OutOfRange {
            what: "the power".into(),
            value: power,
            range: "between the type I error of one side and 1",
        })
    }

    /// Counts significant results in the wrong direction as well (`strict = TRUE` in R, and what `pwr` does). Changes nothing for a test with one side.
    #[must_use]
    pub fn either_way(self) -> Self {
        Self {
            either_way: self.sides == Sides::Two,
            ..self
        }
    }

    /// z₁₋α of one side.
    fn z_alpha(self) -> f64 {
        -normal_quantile(self.tail)
    }

    /// z₁₋β.
    fn z_beta(self) -> f64 {
        normal_quantile(self.power)
    }
}

/// The sizes of two arms; real numbers, so that factors can be put on before they are rounded up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Patients of arm 1.
    pub arm1: f64,
    /// Patients of arm 0, the comparison.
    pub arm0: f64,
}

impl Size {
    /// Arm 0 with n₀ patients, arm 1 with `ratio` times as many.
    fn with_ratio(arm0: f64, ratio: f64) -> Self {
        Self {
            arm1: ratio * arm0,
            arm0,
        }
    }

    /// Both arms times a factor of the variance.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self {
            arm1: self.arm1 * factor,
            arm0: self.arm0 * factor,
        }
    }

    /// Rounded up: arm 1, arm 0.
    pub fn whole(self) -> [u64; 2] {
        [self.arm1, self.arm0].map(up)
    }

    /// Rounded up, and then divided by the share of patients who stay, rounded up again: arm 1, arm 0.
    ///
    /// # Errors
    /// A share of dropouts below 0, or of 1 and more.
    pub fn with_dropout(self, share: f64) -> Outcome<[u64; 2]> {
        if !(0.0..1.0).contains(&share) {
            return Err(Fault::OutOfRange {
                what: "the share of dropouts".into(),
                value: share,
                range: "at least 0 and below 1",
            });
        }
        Ok(self.whole().map(|n| up(n as f64 / (1.0 - share))))
    }
}

/// The next whole number; what lies above one by rounding alone counts as that one.
fn up(n: f64) -> u64 {
    (n - 1e-9 * n.abs()).ceil().max(0.0) as u64
}

/// Finite and within `low` … `high`, both allowed.
fn within(what: &str, value: f64, low: f64, high: f64, range: &'static str) -> Outcome<f64> {
    if value >= low && value <= high {
        return Ok(value);
    }
    Err(Fault::OutOfRange {
        what: what.into(),
        value,
        range,
    })
}

/// A ratio of arm sizes that a trial can have.
fn check_ratio(ratio: f64) -> Outcome<f64> {
    within(
        "the allocation ratio",
        ratio,
        0.01,
        100.0,
        "from 0.01 to 100",
    )
}

/// Greater than zero and finite.
fn check_positive(what: &str, value: f64) -> Outcome<f64> {
    if value > 0.0 && value.is_finite() {
        return Ok(value);
    }
    Err(Fault::OutOfRange {
        what: what.into(),
        value,
        range: "greater than zero and finite",
    })
}

/// More patients than mankind has.
const MOST: f64 = 1e10;

/// The smallest n from `least` on at which an increasing function is zero.
fn solve(what: &str, least: f64, guess: f64, f: impl Fn(f64) -> f64) -> Outcome<f64> {
    if f(least) >= 0.0 {
        return Ok(least);
    }
    if f(MOST) <= 0.0 {
        return Err(Fault::Refused {
            why: format!("{what} would need more than 10,000,000,000 patients"),
        });
    }
    let at = |ln_n: f64| f(ln_n.exp());
    let start = guess.clamp(least, MOST).ln();
    Ok(crate::roots::bisect_brent(at, least.ln(), MOST.ln(), start).exp())
}
