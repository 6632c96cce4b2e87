//! Newton's method with damping: a step is taken only if it lowers the deviance.

use faer::Mat;

use super::covariance::Covariance;
use super::evaluation::{Evaluation, deviance, evaluate};
use super::fitted::Likelihood;
use crate::fault::{Fault, Outcome};
use crate::matrix::dot;

/// The parameters that minimise the deviance, and everything there.
pub(crate) fn minimize(
    x: &Mat<f64>,
    y: &[f64],
    covariance: &dyn Covariance,
    start: Vec<f64>,
    likelihood: Likelihood,
) -> Outcome<(Vec<f64>, Evaluation)> {
    const ROUNDS: usize = 200;
    let mut theta = start;
    let mut here = evaluate(x, y, covariance, &theta, likelihood)?;
    let mut damping = 0.0;
    for _ in 0..ROUNDS {
        let Some((next, value, used)) =
            descend(x, y, covariance, &theta, &here, likelihood, damping)
        else {
            // No step lowers the deviance: the minimum, as far as numbers tell, if the gradient agrees.
            return settled(theta, here);
        };
        let drop = here.deviance - value;
        theta = next;
        here = evaluate(x, y, covariance, &theta, likelihood)?;
        damping = if used > 1e-8 { used / 8.0 } else { 0.0 };
        if drop <= 1e-9 * here.deviance.abs().max(1.0)
            && remaining(&here) < 1e-16 * here.deviance.abs().max(1.0)
        {
            return Ok((theta, here));
        }
    }
    settled(theta, here)
}

/// The damped step that lowers the deviance, with its value and damping.
fn descend(
    x: &Mat<f64>,
    y: &[f64],
    covariance: &dyn Covariance,
    theta: &[f64],
    here: &Evaluation,
    likelihood: Likelihood,
    start: f64,
) -> Option<(Vec<f64>, f64, f64)> {
    let mut damping = start;
    for _ in 0..60 {
        if let Some(step) = here.step(damping) {
            // A parameter is a logarithm or of the outcome's scale: steps that overshoot by orders of magnitude are cut.
            let next: Vec<f64> = theta.iter().zip(&step).map(|(t, s)| t + s).collect();
            if let Ok(value) = deviance(x, y, covariance, &next, likelihood)
                && value < here.deviance
            {
                return Some((next, value, damping));
            }
        }
        damping = if damping == 0.0 { 1e-4 } else { 4.0 * damping };
    }
    None
}

/// How much lower the deviance would be if it were quadratic: half of g'H⁻¹g.
fn remaining(here: &Evaluation) -> f64 {
    here.step(0.0)
        .map_or(f64::INFINITY, |step| -0.5 * dot(&step, &here.gradient))
}

fn settled(theta: Vec<f64>, here: Evaluation) -> Outcome<(Vec<f64>, Evaluation)> {
    if remaining(&here) < 1e-9 * here.deviance.abs().max(1.0) {
        return Ok((theta, here));
    }
    Err(Fault::Refused {
        why: "the covariance parameters do not settle: the data do not tell them apart; take a simpler structure or fewer random effects".into(),
    })
}
