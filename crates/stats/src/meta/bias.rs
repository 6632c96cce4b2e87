//! Small-study effects and influence.
//!
//! - Egger's test: yᵢ on its standard error, weights 1/vᵢ, with a residual variance of its own; t with k − 2 degrees of freedom for the
//!   slope. Its mixed-effects form puts the standard error into a random-effects meta-regression.
//! - Trim and fill (estimator L₀): the studies that lie furthest out on one side are set aside until the rest is symmetric by ranks, and their
//!   mirror images are added.
//! - Leave one out, and Cook's distance (β̂ − β̂₍ᵢ₎)²/Var(β̂).
//!
//! References: Egger M et al. BMJ 1997;315:629–634. Duval S, Tweedie R. J Am Stat Assoc 2000;95:89–98. Viechtbauer W, Cheung MW. Res Synth
//! Methods 2010;1:112–125. Agrees with `metafor::regtest`, `trimfill`, `leave1out` and `influence`.

use faer::Mat;

use super::Studies;
use super::analysis::{MetaAnalysis, Test};
use crate::design::Design;
use crate::estimate::{Estimate, Level, Reference};
use crate::fault::Outcome;
use crate::linear::LeastSquares;

/// Egger's test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Egger {
    /// The slope on the standard error: zero without small-study effects.
    pub slope: Estimate,
    /// The effect of a study whose standard error is zero.
    pub limit: f64,
}

/// The side on which studies are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Small effects are missing.
    Left,
    /// Large effects are missing.
    Right,
}

/// What trim and fill finds.
#[derive(Clone, Debug)]
pub struct TrimAndFill {
    /// How many studies seem to be missing.
    pub missing: usize,
    /// Where.
    pub side: Side,
    /// The analysis with their mirror images added.
    pub filled: MetaAnalysis,
}

/// The analysis without one study.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Influence {
    /// The pooled effect without it.
    pub estimate: Estimate,
    /// τ̂² without it.
    pub tau2: f64,
    /// Cook's distance.
    pub cook: f64,
}

impl Studies {
    /// Egger's test as a weighted regression.
    ///
    /// # Errors
    /// Fewer than three studies, or standard errors that are all alike.
    pub fn egger(&self, level: Level) -> Outcome<Egger> {
        let errors: Vec<f64> = self.variances.iter().map(|v| v.sqrt()).collect();
        // Divided by the standard error: y/se = slope + limit/se.
        let x = Mat::from_fn(
            self.count(),
            2,
            |i, j| if j == 0 { 1.0 / errors[i] } else { 1.0 },
        );
        let y: Vec<f64> = self
            .effects
            .iter()
            .zip(&errors)
            .map(|(y, e)| y / e)
            .collect();
        let names = [
            "one over the standard error".to_owned(),
            "the standard error".to_owned(),
        ];
        let fit = LeastSquares::fit(x.as_ref(), &y, &names)?;
        let variance = fit.residual_sum_of_squares() / fit.residual_df();
        let se = (variance * fit.inverse_cross_product()[(1, 1)]).sqrt();
        Ok(Egger {
            slope: Estimate::new(
                fit.coefficients()[1],
                se,
                Reference::T(fit.residual_df()),
                level,
            )?,
            limit: fit.coefficients()[0],
        })
    }
}

impl MetaAnalysis {
    /// Egger's test in the random-effects model: the standard error as a study characteristic.
    ///
    /// # Errors
    /// Fewer than three studies, or standard errors that are all alike.
    pub fn egger_mixed(&self, level: Level) -> Outcome<Egger> {
        let fit = self.on_standard_error()?;
        let estimates = fit.estimates(level)?;
        Ok(Egger {
            slope: estimates[1],
            limit: estimates[0].value,
        })
    }

    fn on_standard_error(&self) -> Outcome<Self> {
        let errors: Vec<f64> = self.studies.variances.iter().map(|v| v.sqrt()).collect();
        let ones = vec![1.0; errors.len()];
        let columns = [
            ("(Intercept)", ones.as_slice()),
            ("standard error", &errors),
        ];
        Self::regress(
            &self.studies,
            &Design::from_columns(&columns)?,
            self.method,
            self.test,
        )
    }

    /// Trim and fill with the estimator L₀ on the side that Egger's slope points to, or on a given one.
    ///
    /// # Errors
    /// Those of [`MetaAnalysis::pool`].
    pub fn trim_and_fill(&self, side: Option<Side>) -> Outcome<TrimAndFill> {
        let side = match side {
            Some(side) => side,
            // Without a slope (standard errors that are all alike) the right, as `metafor` does.
            None => match self.on_standard_error() {
                Ok(fit) if fit.estimates(Level::default())?[1].value >= 0.0 => Side::Left,
                _ => Side::Right,
            },
        };
        let sign = if side == Side::Right { -1.0 } else { 1.0 };
        let mut order: Vec<usize> = (0..self.studies.count()).collect();
        let turned: Vec<f64> = self.studies.effects.iter().map(|y| sign * y).collect();
        order.sort_by(|a, b| turned[*a].total_cmp(&turned[*b]));
        let effects: Vec<f64> = order.iter().map(|at| turned[*at]).collect();
        let variances: Vec<f64> = order.iter().map(|at| self.studies.variances[*at]).collect();
        let (missing, center) = self.trim(&effects, &variances)?;
        let k = effects.len();
        let mirrored = effects[k - missing..].iter().map(|y| 2.0 * center - y);
        let all: Vec<f64> = effects
            .iter()
            .copied()
            .chain(mirrored)
            .map(|y| sign * y)
            .collect();
        let again = variances[k - missing..].iter();
        let all_variances: Vec<f64> = variances.iter().chain(again).copied().collect();
        let filled = Studies::new(&all, &all_variances)?;
        Ok(TrimAndFill {
            missing,
            side,
            filled: Self::pool(&filled, self.method, self.test)?,
        })
    }

    /// How many of the largest effects are in excess, and the center without them. Effects are sorted.
    fn trim(&self, effects: &[f64], variances: &[f64]) -> Outcome<(usize, f64)> {
        let k = effects.len();
        let mut missing = 0;
        let mut center = 0.0;
        for _ in 0..100 {
            // At least two studies must stay to be pooled.
            let kept = (k - missing).max(2);
            let rest = Studies::new(&effects[..kept], &variances[..kept])?;
            let pooled = Self::pool(&rest, self.method, Test::Normal)?;
            center = pooled.pooled(Level::default())?.value;
            let mut ranked: Vec<f64> = effects.iter().map(|y| y - center).collect();
            ranked.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
            let ranks = ranked.iter().enumerate().filter(|(_, apart)| **apart > 0.0);
            let sum: f64 = ranks.map(|(at, _)| (at + 1) as f64).sum();
            let k = k as f64;
            let estimate = ((4.0 * sum - k * (k + 1.0)) / (2.0 * k - 1.0))
                .round()
                .max(0.0);
            let next = (estimate as usize).min(effects.len() - 2);
            if next == missing {
                break;
            }
            missing = next;
        }
        Ok((missing, center))
    }

    /// The analysis without each study in turn.
    ///
    /// # Errors
    /// Fewer than three studies.
    pub fn leave_one_out(&self, level: Level) -> Outcome<Vec<Influence>> {
        let own = Self::pool(&self.studies, self.method, self.test)?.pooled(level)?;
        let one = |study: usize| {
            let rest = Self::pool(&self.studies.without(study)?, self.method, self.test)?;
            let estimate = rest.pooled(level)?;
            Ok(Influence {
                estimate,
                tau2: rest.tau2(),
                cook: ((own.value - estimate.value) / own.se).powi(2),
            })
        };
        (0..self.studies.count()).map(one).collect()
    }
}
