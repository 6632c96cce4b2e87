//! Several arms compared at once by the F test of a one-way analysis of variance.

use super::{Aim, check_positive, solve};
use crate::distribution::{f_upper, noncentral_f};
use crate::fault::{Fault, Outcome, finite};
use crate::roots::bisect_brent;

/// What is expected of several arms of equal size. The F statistic is non-central with λ = n·Σ(μᵢ − μ̄)²/σ².
#[derive(Clone, Debug, PartialEq)]
pub struct ManyMeans {
    arms: f64,
    /// Σ(μᵢ − μ̄)²/σ².
    spread: f64,
}

impl ManyMeans {
    /// The true means of the arms, and the standard deviation within them.
    ///
    /// # Errors
    /// Fewer than two arms, means that are not finite or all the same, or a standard deviation that is not greater than zero.
    pub fn new(means: &[f64], sd: f64) -> Outcome<Self> {
        finite("the list of means", means)?;
        check_positive("the standard deviation", sd)?;
        if means.len() < 2 {
            return Err(Fault::TooFew {
                what: "arms",
                found: means.len(),
                needed: 2,
                purpose: "a comparison of means".into(),
            });
        }
        let arms = means.len() as f64;
        let mean = means.iter().sum::<f64>() / arms;
        let spread: f64 = means.iter().map(|own| ((own - mean) / sd).powi(2)).sum();
        if !(spread > 0.0 && spread.is_finite()) {
            return Err(Fault::Refused {
                why: "the true means do not differ (or beyond all measure), so that there is nothing to be found".into(),
            });
        }
        Ok(Self { arms, spread })
    }

    /// Patients per arm; a real number.
    ///
    /// # Errors
    /// More patients than there are people.
    pub fn size(&self, aim: Aim) -> Outcome<f64> {
        let miss = 1.0 - aim.power;
        let f = |n: f64| miss.ln() - self.test(n, aim).0.max(f64::MIN_POSITIVE).ln();
        let z = aim.z_alpha() + aim.z_beta();
        // Beyond any λ of interest the sum over the mixture is long and its answer certain.
        let capped = |n: f64| if n * self.spread > 1e6 { 1.0 } else { f(n) };
        solve(
            "this spread of means",
            1.01,
            2.0 * z * z / self.spread,
            capped,
        )
    }

    /// The power with n patients per arm. The aim's own power plays no part.
    ///
    /// # Errors
    /// One patient per arm or fewer, or more than make the result certain (λ > 1,000,000).
    pub fn power(&self, n: f64, aim: Aim) -> Outcome<f64> {
        if n > 1.0 && n * self.spread <= 1e6 {
            return Ok(self.test(n, aim).1);
        }
        Err(Fault::OutOfRange {
            what: "the number of patients per arm".into(),
            value: n,
            range: "above 1, and not so large that the result is certain",
        })
    }

    /// P(F ≤ critical), P(F > critical).
    fn test(&self, n: f64, aim: Aim) -> (f64, f64) {
        let (df1, df2) = (self.arms - 1.0, self.arms * (n - 1.0));
        let at = |ln_f: f64| aim.alpha.ln() - f_upper(ln_f.exp(), df1, df2).max(1e-320).ln();
        let critical = bisect_brent(at, -40.0, 300.0, 1.0).exp();
        noncentral_f(critical, df1, df2, n * self.spread)
    }
}
