//! The likelihood at given parameters, with exact derivatives.
//!
//! With s_j = X'V⁻¹VⱼV⁻¹r and D = −2 log-likelihood:
//! Dⱼ = tr V⁻¹Vⱼ − r'V⁻¹VⱼV⁻¹r [+ tr ΦPⱼ],
//! Dⱼₖ = −tr V⁻¹VₖV⁻¹Vⱼ + tr V⁻¹Vⱼₖ + 2r'V⁻¹VⱼV⁻¹VₖV⁻¹r − r'V⁻¹VⱼₖV⁻¹r − 2s_j'Φs_k [− tr ΦPₖΦPⱼ + tr Φ(Qⱼₖ + Qₖⱼ − Rⱼₖ)].

use faer::{Mat, Side, linalg::solvers::Solve as _};

use super::covariance::Covariance;
use super::fitted::Likelihood;
use crate::fault::{Fault, Outcome};
use crate::matrix::{column, inverse, symmetrize, trace_of_product};

/// Everything that tests need at the optimum, and Newton's method on the way.
#[derive(Clone, Debug)]
pub(crate) struct Evaluation {
    /// −2 log-likelihood without its constant.
    pub deviance: f64,
    pub gradient: Vec<f64>,
    /// Second derivatives of the deviance.
    pub hessian: Mat<f64>,
    pub beta: Mat<f64>,
    /// Φ.
    pub phi: Mat<f64>,
    /// Pⱼ.
    pub p: Vec<Mat<f64>>,
    /// Qⱼₖ + Qₖⱼ, halved, for j ≤ k.
    pub q: Vec<Vec<Mat<f64>>>,
    /// Rⱼₖ for j ≤ k.
    pub r: Vec<Vec<Mat<f64>>>,
    /// tr PVⱼPVₖ with P = V⁻¹ − V⁻¹XΦX'V⁻¹: twice the expected information.
    pub expected: Mat<f64>,
    /// Σ X'V⁻¹rr'V⁻¹X over blocks.
    pub meat: Mat<f64>,
}

/// What one block contributes before β̂ is known.
struct Block {
    x: Mat<f64>,
    y: Mat<f64>,
    v_inverse: Mat<f64>,
    /// V⁻¹X.
    weighted: Mat<f64>,
}

/// ln|V| + … at these parameters only: for deciding whether a step is good.
pub(super) fn deviance(
    x: &Mat<f64>,
    y: &[f64],
    covariance: &dyn Covariance,
    theta: &[f64],
    likelihood: Likelihood,
) -> Outcome<f64> {
    let (_, sums) = prepare(x, y, covariance, theta)?;
    Ok(sums.deviance(likelihood))
}

/// Sums over blocks.
struct Sums {
    log_determinant: f64,
    phi: Mat<f64>,
    log_determinant_of_information: f64,
    beta: Mat<f64>,
    quadratic: f64,
}

impl Sums {
    fn deviance(&self, likelihood: Likelihood) -> f64 {
        let extra = match likelihood {
            Likelihood::Restricted => self.log_determinant_of_information,
            Likelihood::Full => 0.0,
        };
        self.log_determinant + self.quadratic + extra
    }
}

fn prepare(
    x: &Mat<f64>,
    y: &[f64],
    covariance: &dyn Covariance,
    theta: &[f64],
) -> Outcome<(Vec<Block>, Sums)> {
    let at = covariance.at(theta);
    let p = x.ncols();
    let mut information = Mat::<f64>::zeros(p, p);
    let mut right = Mat::<f64>::zeros(p, 1);
    let mut log_determinant = 0.0;
    let mut blocks = Vec::with_capacity(covariance.blocks().len());
    for (block, rows) in covariance.blocks().iter().enumerate() {
        let v = at.value(block);
        let factor = v.llt(Side::Lower).map_err(|_| Fault::NotPositiveDefinite {
            what: "the covariance of a block".into(),
        })?;
        let diagonal = (0..rows.len()).map(|i| factor.L()[(i, i)].ln());
        log_determinant += 2.0 * diagonal.sum::<f64>();
        let mut v_inverse = factor.solve(Mat::<f64>::identity(rows.len(), rows.len()));
        symmetrize(&mut v_inverse);
        let own = Mat::from_fn(rows.len(), p, |i, j| x[(rows[i], j)]);
        let outcome = Mat::from_fn(rows.len(), 1, |i, _| y[rows[i]]);
        let weighted = &v_inverse * &own;
        information += own.transpose() * &weighted;
        right += weighted.transpose() * &outcome;
        blocks.push(Block {
            x: own,
            y: outcome,
            v_inverse,
            weighted,
        });
    }
    symmetrize(&mut information);
    let phi = inverse(
        information.as_ref(),
        "the information about the coefficients",
    )?;
    let factor = information
        .llt(Side::Lower)
        .map_err(|_| Fault::NotPositiveDefinite {
            what: "the information about the coefficients".into(),
        })?;
    let log_information = (0..p).map(|i| 2.0 * factor.L()[(i, i)].ln()).sum();
    let beta = factor.solve(&right);
    let mut quadratic = 0.0;
    for block in &mut blocks {
        // From here on y stands for the residual.
        block.y = &block.y - &block.x * &beta;
        quadratic += (block.y.transpose() * &block.v_inverse * &block.y)[(0, 0)];
    }
    let sums = Sums {
        log_determinant,
        phi,
        log_determinant_of_information: log_information,
        beta,
        quadratic,
    };
    Ok((blocks, sums))
}

/// Everything at these parameters.
pub(super) fn evaluate(
    x: &Mat<f64>,
    y: &[f64],
    covariance: &dyn Covariance,
    theta: &[f64],
    likelihood: Likelihood,
) -> Outcome<Evaluation> {
    let (blocks, sums) = prepare(x, y, covariance, theta)?;
    let at = covariance.at(theta);
    let (p, m) = (x.ncols(), covariance.parameters());
    let square = || Mat::<f64>::zeros(p, p);
    let mut own = Evaluation {
        deviance: sums.deviance(likelihood),
        gradient: vec![0.0; m],
        hessian: Mat::zeros(m, m),
        beta: sums.beta,
        phi: sums.phi,
        p: vec![square(); m],
        q: vec![vec![square(); m]; m],
        r: vec![vec![square(); m]; m],
        expected: Mat::zeros(m, m),
        meat: square(),
    };
    let mut scores = vec![Mat::<f64>::zeros(p, 1); m];
    for (index, block) in blocks.iter().enumerate() {
        let u = &block.v_inverse * &block.y;
        let score = block.weighted.transpose() * &block.y;
        own.meat += &score * score.transpose();
        let first: Vec<Mat<f64>> = (0..m).map(|j| at.first(index, j)).collect();
        let products: Vec<Mat<f64>> = first.iter().map(|v| &block.v_inverse * v).collect();
        let turned: Vec<Mat<f64>> = first.iter().map(|v| v * &block.weighted).collect();
        let moved: Vec<Mat<f64>> = first.iter().map(|v| v * &u).collect();
        for j in 0..m {
            let trace: f64 = (0..u.nrows()).map(|i| products[j][(i, i)]).sum();
            own.gradient[j] += trace - (u.transpose() * &moved[j])[(0, 0)];
            own.p[j] -= block.weighted.transpose() * &turned[j];
            scores[j] += block.weighted.transpose() * &moved[j];
            for k in j..m {
                let both = trace_of_product(products[j].as_ref(), products[k].as_ref());
                let through = &block.v_inverse * &moved[k];
                let mut value = 2.0 * (moved[j].transpose() * through)[(0, 0)] - both;
                let q = turned[j].transpose() * (&block.v_inverse * &turned[k]);
                own.q[j][k] += &q;
                own.expected[(j, k)] += both;
                if let Some(second) = at.second(index, j, k) {
                    value += trace_of_product(block.v_inverse.as_ref(), second.as_ref());
                    value -= (u.transpose() * &second * &u)[(0, 0)];
                    own.r[j][k] += block.weighted.transpose() * &second * &block.weighted;
                }
                own.hessian[(j, k)] += value;
            }
        }
    }
    own.finish(&scores, likelihood);
    Ok(own)
}

impl Evaluation {
    /// Adds what depends on sums over all blocks.
    fn finish(&mut self, scores: &[Mat<f64>], likelihood: Likelihood) {
        let m = self.gradient.len();
        for j in 0..m {
            for k in j..m {
                symmetrize(&mut self.q[j][k]);
            }
        }
        let projected: Vec<Mat<f64>> = self.p.iter().map(|p| &self.phi * p).collect();
        for j in 0..m {
            if likelihood == Likelihood::Restricted {
                let trace: f64 = (0..self.phi.nrows()).map(|i| projected[j][(i, i)]).sum();
                self.gradient[j] += trace;
            }
            for k in j..m {
                let around = trace_of_product(projected[j].as_ref(), projected[k].as_ref());
                let q = trace_of_product(self.phi.as_ref(), self.q[j][k].as_ref());
                let r = trace_of_product(self.phi.as_ref(), self.r[j][k].as_ref());
                let score = (scores[j].transpose() * &self.phi * &scores[k])[(0, 0)];
                let mut value = self.hessian[(j, k)] - 2.0 * score;
                if likelihood == Likelihood::Restricted {
                    value += 2.0 * q - r - around;
                }
                let expected = self.expected[(j, k)] - 2.0 * q + around;
                self.hessian[(j, k)] = value;
                self.hessian[(k, j)] = value;
                self.expected[(j, k)] = expected;
                self.expected[(k, j)] = expected;
            }
        }
    }

    /// The entry of a list of pairs that is kept for j ≤ k only.
    pub(super) fn pair(list: &[Vec<Mat<f64>>], j: usize, k: usize) -> &Mat<f64> {
        &list[j.min(k)][j.max(k)]
    }

    /// Newton's step −(H + damping·|diag H|)⁻¹g, if the damped matrix is positive definite.
    pub(super) fn step(&self, damping: f64) -> Option<Vec<f64>> {
        let m = self.gradient.len();
        let scale = (0..m)
            .map(|j| self.hessian[(j, j)].abs())
            .fold(1e-8, f64::max);
        let damped = Mat::from_fn(m, m, |j, k| {
            let extra = if j == k {
                damping * self.hessian[(j, j)].abs().max(1e-6 * scale)
            } else {
                0.0
            };
            self.hessian[(j, k)] + extra
        });
        let factor = damped.llt(Side::Lower).ok()?;
        let step = factor.solve(column(&self.gradient));
        let step: Vec<f64> = (0..m).map(|j| -step[(j, 0)]).collect();
        step.iter().all(|s| s.is_finite()).then_some(step)
    }
}
