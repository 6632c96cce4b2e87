//! Profile likelihood intervals: the values of a coefficient that the likelihood ratio test does not reject.

use std::cell::RefCell;

use faer::Mat;

use super::family::Family;
use super::fitted::{FittedGlm, Variance};
use super::scoring::Likelihood;
use crate::estimate::{Interval, Level, Reference};
use crate::fault::{Fault, Outcome};
use crate::roots::bisect_brent;

impl FittedGlm<'_> {
    /// The profile likelihood interval of one coefficient: where the deviance, minimised over all others, exceeds its minimum by the χ² quantile. Unlike Wald's it need
    /// not be symmetric, and does not depend on how the coefficient is scaled.
    ///
    /// # Errors
    /// A name no column has, another family than the logistic and the Poisson one, or a fit that fails on the way.
    pub fn profile_interval(&self, name: &str, level: Level) -> Outcome<Interval> {
        if !matches!(self.family(), Family::Logistic | Family::Poisson) {
            return Err(Fault::Refused {
                why: format!(
                    "the likelihood of {} is not profiled; take Wald's interval",
                    self.family().name()
                ),
            });
        }
        let weights = self.design().coefficient(name)?;
        let column = weights
            .iter()
            .position(|weight| *weight == 1.0)
            .unwrap_or(0);
        let wald = self.estimate(&weights, Variance::Model, level)?;
        let profile = Profile::new(self, column);
        let reach = Reference::Normal.reach(level);
        let fault = RefCell::new(None);
        // The signed root of the deviance against the distance in standard errors: nearly the identity, and increasing.
        let end = |side: f64| {
            let excess = |distance: f64| {
                let root = profile.signed_root(wald.value, wald.value + side * distance * wald.se);
                match root {
                    Ok(root) => root - reach,
                    Err(error) => {
                        fault.borrow_mut().get_or_insert(error);
                        f64::NAN
                    }
                }
            };
            wald.value + side * wald.se * bisect_brent(excess, 0.0, 1000.0, reach)
        };
        let interval = Interval {
            lower: end(-1.0),
            upper: end(1.0),
        };
        match fault.into_inner() {
            Some(fault) => Err(fault),
            None => Ok(interval),
        }
    }
}

/// The deviance as a function of one coefficient.
struct Profile<'a> {
    whole: Likelihood<'a>,
    column: usize,
    rest: Mat<f64>,
    names: Vec<String>,
    start: Vec<f64>,
    least: f64,
}

impl<'a> Profile<'a> {
    fn new(fitted: &FittedGlm<'a>, column: usize) -> Self {
        let whole = *fitted.likelihood();
        let others: Vec<usize> = (0..whole.names.len()).filter(|j| *j != column).collect();
        Self {
            column,
            rest: Mat::from_fn(whole.matrix.nrows(), others.len(), |i, j| {
                whole.matrix[(i, others[j])]
            }),
            names: others.iter().map(|j| whole.names[*j].clone()).collect(),
            start: others.iter().map(|j| fitted.coefficients()[*j]).collect(),
            least: fitted.deviance(),
            whole,
        }
    }

    /// √(deviance − least) with the coefficient held at `at`; positive on both sides, zero at the estimate.
    fn signed_root(&self, estimate: f64, at: f64) -> Outcome<f64> {
        if at == estimate {
            return Ok(0.0);
        }
        let own = self.whole.matrix.col_as_slice(self.column);
        let offset: Vec<f64> = own
            .iter()
            .enumerate()
            .map(|(row, x)| self.whole.known(row) + at * x)
            .collect();
        let part = Likelihood {
            matrix: &self.rest,
            names: &self.names,
            offset: Some(&offset),
            ..self.whole
        };
        let deviance = part.maximise(Some(&self.start))?.deviance;
        Ok((deviance - self.least).max(0.0).sqrt())
    }
}
