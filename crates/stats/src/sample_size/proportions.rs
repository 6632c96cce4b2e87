//! Two arms compared by the share of responders.

use super::{Aim, Size, check_positive, check_ratio, solve, within};
use crate::distribution::normal_lower;
use crate::fault::{Fault, Outcome};
use crate::responders::restricted;

/// What is expected of two arms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoProportions {
    p1: f64,
    p0: f64,
    ratio: f64,
    margin: f64,
}

/// By which test the arms will be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProportionTest {
    /// Score test: the variance under the null hypothesis from proportions that obey it (χ² test; with a margin Farrington and Manning's).
    Score,
    /// The variance from the proportions as they are.
    Wald,
    /// χ² test with continuity correction, nearly Fisher's exact test (Fleiss); without margin.
    ScoreWithContinuity,
    /// The difference of arcsines, h = 2·asin√p₁ − 2·asin√p₀; without margin.
    Arcsine,
}

impl TwoProportions {
    /// True shares of responders in arm 1 and arm 0, for equal arms and a test of superiority.
    ///
    /// # Errors
    /// A share that is not between 0 and 1.
    pub fn new(p1: f64, p0: f64) -> Outcome<Self> {
        for (what, p) in [("the share of arm 1", p1), ("the share of arm 0", p0)] {
            if !(p > 0.0 && p < 1.0) {
                return Err(Fault::OutOfRange {
                    what: what.into(),
                    value: p,
                    range: "between 0 and 1",
                });
            }
        }
        Ok(Self {
            p1,
            p0,
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

    /// The share of arm 1 must not be lower by `margin`.
    ///
    /// # Errors
    /// A margin that is not between 0 and 1, or a true difference at or beyond it.
    pub fn not_worse_by(self, margin: f64) -> Outcome<Self> {
        check_positive("the margin", margin)?;
        within("the margin", margin, 0.0, 0.999_999, "below 1")?;
        if self.p1 - self.p0 <= -margin {
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
    /// No difference to be found, or a margin with a test that has none.
    pub fn size(&self, test: ProportionTest, aim: Aim) -> Outcome<Size> {
        self.check(test)?;
        let root =
            aim.z_alpha() * self.spread_null(test).sqrt() + aim.z_beta() * self.spread(test).sqrt();
        let plain = (root / self.distance(test)).powi(2);
        let arm0 = match test {
            ProportionTest::ScoreWithContinuity => {
                0.25 * plain * (1.0 + (1.0 + 2.0 * self.correction() / plain).sqrt()).powi(2)
            }
            _ => plain,
        };
        if !aim.either_way {
            return Ok(Size::with_ratio(arm0, self.ratio));
        }
        let miss = 1.0 - aim.power;
        let f = |n: f64| miss.ln() - (1.0 - self.chance(n, test, aim)).max(1e-300).ln();
        let arm0 = solve("this difference", 1e-3 * arm0, arm0, f)?;
        Ok(Size::with_ratio(arm0, self.ratio))
    }

    /// The power with n₀ patients in arm 0 (and n₀ times the ratio in arm 1): the same formula turned round. The aim's own power plays no part.
    ///
    /// # Errors
    /// Those of [`TwoProportions::size`], and a number that is not greater than zero.
    pub fn power(&self, arm0: f64, test: ProportionTest, aim: Aim) -> Outcome<f64> {
        self.check(test)?;
        check_positive("the number of patients in arm 0", arm0)?;
        Ok(self.chance(arm0, test, aim))
    }

    fn chance(&self, arm0: f64, test: ProportionTest, aim: Aim) -> f64 {
        let arm0 = match test {
            ProportionTest::ScoreWithContinuity => {
                (arm0 - 0.5 * self.correction()).max(0.0).powi(2) / arm0
            }
            _ => arm0,
        };
        let distance = self.distance(test) * arm0.sqrt();
        let critical = aim.z_alpha() * self.spread_null(test).sqrt();
        let sd = self.spread(test).sqrt();
        let wrong = if aim.either_way {
            normal_lower((-distance - critical) / sd)
        } else {
            0.0
        };
        normal_lower((distance - critical) / sd) + wrong
    }

    fn check(&self, test: ProportionTest) -> Outcome<()> {
        let margin_less = matches!(
            test,
            ProportionTest::ScoreWithContinuity | ProportionTest::Arcsine
        );
        if self.margin > 0.0 && margin_less {
            return Err(Fault::Refused {
                why: format!("there is no test `{test:?}` with a margin; take `Score` or `Wald`"),
            });
        }
        if self.margin == 0.0 && self.p1 == self.p0 {
            return Err(Fault::Refused {
                why: "the true shares are the same, so that no number of patients finds a difference; give the one that matters".into(),
            });
        }
        Ok(())
    }

    /// The distance of the truth from the null hypothesis, on the scale of the test.
    fn distance(&self, test: ProportionTest) -> f64 {
        match test {
            ProportionTest::Arcsine => 2.0 * (self.p1.sqrt().asin() - self.p0.sqrt().asin()).abs(),
            _ if self.margin > 0.0 => self.p1 - self.p0 + self.margin,
            _ => (self.p1 - self.p0).abs(),
        }
    }

    /// n₀ times the variance of the comparison, as the truth is.
    fn spread(&self, test: ProportionTest) -> f64 {
        match test {
            ProportionTest::Arcsine => 1.0 + 1.0 / self.ratio,
            _ => self.variance(self.p1, self.p0),
        }
    }

    /// n₀ times the variance that the test takes for the null hypothesis.
    fn spread_null(&self, test: ProportionTest) -> f64 {
        match test {
            ProportionTest::Score | ProportionTest::ScoreWithContinuity => {
                let counts = [self.ratio * self.p1, self.ratio, self.p0, 1.0];
                let p0 = restricted(counts, -self.margin);
                self.variance(p0 - self.margin, p0)
            }
            ProportionTest::Wald | ProportionTest::Arcsine => self.spread(test),
        }
    }

    fn variance(&self, p1: f64, p0: f64) -> f64 {
        p1 * (1.0 - p1) / self.ratio + p0 * (1.0 - p0)
    }

    /// (1 + r)/(r·|p₁ − p₀|): twice what the continuity correction takes from n₀.
    fn correction(&self) -> f64 {
        (1.0 + self.ratio) / (self.ratio * (self.p1 - self.p0).abs())
    }
}
