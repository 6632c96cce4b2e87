//! Estimators of the variance between studies, τ².
//!
//! With P at the named weights, k studies and p coefficients:
//! - DerSimonian–Laird: (Q − (k−p))/tr P, w = 1/v;
//! - Hedges (and Olkin): (y'Py − tr PV)/(k−p), w = 1;
//! - Hunter–Schmidt: (Q − k)/Σw, w = 1/v;
//! - Sidik–Jonkman: τ₀²·y'Py/(k−p), w = 1/(v + τ₀²), τ₀² = Σ(y − ȳ)²/k;
//! - Paule–Mandel, and empirical Bayes, which has the same root: y'Py = k − p, w = 1/(v + τ²);
//! - maximum likelihood: y'PPy = Σw; restricted maximum likelihood: y'PPy = tr P; w = 1/(v + τ²); of
//!   several roots the likeliest.
//!
//! All are cut at zero. Standard errors as in Viechtbauer W. J Educ Behav Stat 2005;30:261–293.

use faer::Mat;

use super::Studies;
use super::engine::Engine;
use crate::fault::{Fault, Outcome};
use crate::roots::brent;

/// How τ² is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heterogeneity {
    /// No heterogeneity: one common effect, τ² = 0.
    Common,
    /// Moments of Q; in closed form.
    DerSimonianLaird,
    /// Restricted maximum likelihood; the usual choice.
    Reml,
    /// Maximum likelihood; too small with few studies.
    Ml,
    /// The τ² at which Q is what it should be.
    PauleMandel,
    /// Moments with equal weights.
    Hedges,
    /// From a crude start; never zero.
    SidikJonkman,
    /// Morris' empirical Bayes estimator; the same root as Paule–Mandel.
    EmpiricalBayes,
    /// Hunter and Schmidt's.
    HunterSchmidt,
}

/// An estimate of τ² and its standard error; the common-effect model has none.
pub(super) struct Tau2 {
    pub value: f64,
    pub se: Option<f64>,
}

impl Heterogeneity {
    /// τ̂² with its standard error.
    pub(super) fn estimate(
        self,
        studies: &Studies,
        x: &Mat<f64>,
        names: &[String],
    ) -> Outcome<Tau2> {
        let at = |tau2: f64| Engine::at(studies, x, names, tau2);
        let ones = vec![1.0; studies.count()];
        let v = &studies.variances;
        let k = studies.count() as f64;
        let fixed = at(0.0)?;
        let df = fixed.df();
        let (value, se) = match self {
            Self::Common => {
                return Ok(Tau2 {
                    value: 0.0,
                    se: None,
                });
            }
            Self::DerSimonianLaird => {
                let trace = fixed.trace(&ones);
                let value = ((fixed.residual - df) / trace).max(0.0);
                (value, moments(&fixed, value, &ones).sqrt() / trace)
            }
            Self::HunterSchmidt => {
                let sum: f64 = fixed.weights.iter().sum();
                let value = ((fixed.residual - k) / sum).max(0.0);
                (value, moments(&fixed, value, &ones).sqrt() / sum)
            }
            Self::Hedges => {
                let plain = Engine::with(studies, x, names, ones.clone())?;
                let value = ((plain.residual - plain.trace(v)) / df).max(0.0);
                (value, spread(&plain, value, v, &ones).sqrt() / df)
            }
            Self::SidikJonkman => {
                let start = crude(studies);
                if start <= 0.0 {
                    return Err(Fault::NoSpread {
                        what: "the list of effects (Sidik and Jonkman's method starts from their variation), which".into(),
                    });
                }
                let rough = at(start)?;
                let value = start * rough.residual / df;
                (value, start / df * spread(&rough, value, v, &ones).sqrt())
            }
            Self::PauleMandel | Self::EmpiricalBayes => {
                let value = at_target(&at, df)?;
                let sum: f64 = at(value)?.weights.iter().sum();
                (value, (2.0 * k * k / df).sqrt() / sum)
            }
            Self::Reml | Self::Ml => {
                let value = maximize(&at, studies, self == Self::Reml)?;
                let fit = at(value)?;
                (value, (2.0 / information(&fit, self == Self::Reml)).sqrt())
            }
        };
        Ok(Tau2 {
            value,
            se: Some(se),
        })
    }
}

/// The variance of y'Py at w = 1/v, where the plain part is 2(k−p).
fn moments(fit: &Engine, tau2: f64, ones: &[f64]) -> f64 {
    2.0 * fit.df() + 4.0 * tau2 * fit.trace(ones) + 2.0 * tau2 * tau2 * fit.trace_of_two(ones, ones)
}

/// The variance of y'Py at any weights: 2·tr PVPV + 4τ²·tr PVP + 2τ⁴·tr PP.
fn spread(fit: &Engine, tau2: f64, v: &[f64], ones: &[f64]) -> f64 {
    2.0 * fit.trace_of_two(v, v)
        + 4.0 * tau2 * fit.trace_of_two(v, ones)
        + 2.0 * tau2 * tau2 * fit.trace_of_two(ones, ones)
}

/// Σ(y − ȳ)²/k.
fn crude(studies: &Studies) -> f64 {
    let k = studies.count() as f64;
    let mean = studies.effects.iter().sum::<f64>() / k;
    studies
        .effects
        .iter()
        .map(|y| (y - mean).powi(2))
        .sum::<f64>()
        / k
}

/// The τ² at which y'Py, which falls in τ², equals `target`; zero where it is below already.
pub(super) fn at_target(at: &dyn Fn(f64) -> Outcome<Engine>, target: f64) -> Outcome<f64> {
    let q = |tau2: f64| at(tau2).map(|fit| fit.residual);
    let start = q(0.0)? - target;
    if start <= 0.0 {
        return Ok(0.0);
    }
    let mut high = 1.0 / at(0.0)?.weights.iter().fold(0.0_f64, |max, w| max.max(*w));
    for _ in 0..2000 {
        let value = q(high)? - target;
        if value <= 0.0 {
            let root = brent(
                |t| q(t).unwrap_or(f64::NAN) - target,
                (0.0, start),
                (high, value),
            );
            return Ok(root);
        }
        high *= 2.0;
    }
    Err(Fault::NotConverged {
        what: "the variance between studies".into(),
        rounds: 2000,
    })
}

/// Twice the information about τ²: tr PP (restricted) or Σw².
fn information(fit: &Engine, restricted: bool) -> f64 {
    let ones = vec![1.0; fit.weights.len()];
    if restricted {
        fit.trace_of_two(&ones, &ones)
    } else {
        fit.weights.iter().map(|w| w * w).sum()
    }
}

/// The τ² that maximises the (restricted) likelihood. Its derivative, half of y'PPy − tr P (or Σw), may vanish more than once: every place
/// on a fine grid where it turns from rising to falling is searched, and the likeliest is taken.
fn maximize(
    at: &dyn Fn(f64) -> Outcome<Engine>,
    studies: &Studies,
    restricted: bool,
) -> Outcome<f64> {
    const POINTS: i32 = 64;
    let score = |tau2: f64| -> Outcome<f64> {
        let fit = at(tau2)?;
        let expected = if restricted {
            fit.trace(&vec![1.0; fit.weights.len()])
        } else {
            fit.weights.iter().sum()
        };
        // Times the square of its own scale, so that it does not vanish far out.
        Ok((fit.projected_square() - expected) / fit.weights.iter().map(|w| w * w).sum::<f64>())
    };
    let deviance = |tau2: f64| -> Outcome<f64> {
        let fit = at(tau2)?;
        let logs: f64 = fit.weights.iter().map(|w| w.ln()).sum();
        let extra = if restricted { fit.log_determinant } else { 0.0 };
        Ok(fit.residual + extra - logs)
    };
    let smallest = studies
        .variances
        .iter()
        .copied()
        .fold(f64::INFINITY, f64::min);
    let largest = studies.variances.iter().copied().fold(0.0, f64::max);
    // Beyond this the effects would have to vary more than they do.
    let end = 4.0 * (largest + crude(studies) * studies.count() as f64);
    let start = 1e-6 * smallest.min(end);
    let ratio = (end / start).powf(1.0 / f64::from(POINTS));
    let mut best = (0.0, deviance(0.0)?);
    let mut last = (0.0, score(0.0)?);
    for point in 0..=POINTS {
        let tau2 = start * ratio.powi(point);
        let here = (tau2, score(tau2)?);
        if last.1 > 0.0 && here.1 <= 0.0 {
            let root = brent(|tau2| score(tau2).unwrap_or(f64::NAN), last, here);
            let value = deviance(root)?;
            if value < best.1 {
                best = (root, value);
            }
        }
        last = here;
    }
    Ok(best.0)
}
