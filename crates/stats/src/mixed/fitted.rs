//! What can be asked of a fitted model.

use faer::Mat;

use super::evaluation::Evaluation;
use crate::design::{Design, pairs};
use crate::estimate::{Estimate, Level, Reference};
use crate::fault::{Fault, Outcome, length};
use crate::matrix::{inverse, quadratic};

/// Which likelihood is maximised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likelihood {
    /// Restricted: unbiased by the number of coefficients; the usual choice.
    Restricted,
    /// Full: for comparing models with different coefficients.
    Full,
}

/// Standard errors and degrees of freedom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freedom {
    /// Standard error from Φ, Satterthwaite's degrees of freedom.
    Satterthwaite,
    /// Kenward and Roger's.
    KenwardRoger,
    /// Kenward and Roger's without second derivatives of V.
    KenwardRogerLinear,
}

/// A fitted marginal model.
#[derive(Clone, Debug)]
pub struct Fitted {
    pub(super) design: Design,
    pub(super) own: Evaluation,
    pub(super) likelihood: Likelihood,
    pub(super) singular: bool,
    /// At the optimum, for Kenward and Roger's variance where it takes other parameters: those in which V is linear.
    pub(super) linear: Option<Evaluation>,
    pub(super) rows: usize,
}

impl Fitted {
    /// β̂.
    pub fn coefficients(&self) -> Vec<f64> {
        (0..self.own.beta.nrows())
            .map(|j| self.own.beta[(j, 0)])
            .collect()
    }

    /// The design it was fitted with.
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// The (restricted) log-likelihood with its constant, as `lme4`, `nlme` and `mmrm` count it.
    pub fn log_likelihood(&self) -> f64 {
        let rows = match self.likelihood {
            Likelihood::Restricted => self.rows - self.own.beta.nrows(),
            Likelihood::Full => self.rows,
        };
        -0.5 * (self.own.deviance + rows as f64 * std::f64::consts::TAU.ln())
    }

    /// Whether a variance is estimated as zero, or a correlation as one: tests then treat it as known.
    pub fn is_singular(&self) -> bool {
        self.singular
    }

    /// The covariance matrix of β̂ that goes with a method.
    ///
    /// # Errors
    /// Covariance parameters that the data do not tell apart.
    pub fn covariance(&self, freedom: Freedom) -> Outcome<Mat<f64>> {
        match freedom {
            Freedom::Satterthwaite => Ok(self.own.phi.clone()),
            Freedom::KenwardRoger => self.adjusted(true),
            Freedom::KenwardRogerLinear => self.adjusted(false),
        }
    }

    /// The empirical (sandwich) covariance matrix Φ[Σ X'V⁻¹rr'V⁻¹X]Φ over blocks: right even if V is not, with many blocks.
    pub fn empirical_covariance(&self) -> Mat<f64> {
        &self.own.phi * &self.own.meat * &self.own.phi
    }

    /// The estimate of a linear function of the coefficients, one weight per coefficient.
    ///
    /// # Errors
    /// A wrong number of weights, or covariance parameters that the data do not tell apart.
    pub fn estimate(&self, weights: &[f64], freedom: Freedom, level: Level) -> Outcome<Estimate> {
        let covariance = self.covariance(freedom)?;
        self.estimate_with(weights, &covariance, freedom, level)
    }

    /// One estimate per coefficient.
    ///
    /// # Errors
    /// Covariance parameters that the data do not tell apart.
    pub fn estimates(&self, freedom: Freedom, level: Level) -> Outcome<Vec<Estimate>> {
        let covariance = self.covariance(freedom)?;
        let one = |name: &String| {
            self.estimate_with(&self.design.coefficient(name)?, &covariance, freedom, level)
        };
        self.design.names().iter().map(one).collect()
    }

    /// Every later level of a factor minus every earlier one, where other factors have fixed levels: the arms at one visit.
    ///
    /// # Errors
    /// Names that do not exist, or covariance parameters that the data do not tell apart.
    pub fn pairwise(
        &self,
        factor: &str,
        fixed: &[(&str, &str)],
        freedom: Freedom,
        level: Level,
    ) -> Outcome<Vec<(String, Estimate)>> {
        let covariance = self.covariance(freedom)?;
        let means = self.design.adjusted_means_at(factor, fixed)?;
        let one = |(name, weights): (String, Vec<f64>)| {
            let estimate = self.estimate_with(&weights, &covariance, freedom, level)?;
            Ok((name, estimate))
        };
        pairs(&means).into_iter().map(one).collect()
    }

    fn estimate_with(
        &self,
        weights: &[f64],
        covariance: &Mat<f64>,
        freedom: Freedom,
        level: Level,
    ) -> Outcome<Estimate> {
        length("the list of weights", weights.len(), self.own.beta.nrows())?;
        let value = weights
            .iter()
            .zip(self.coefficients())
            .map(|(w, b)| w * b)
            .sum();
        let se = quadratic(covariance.as_ref(), weights).max(0.0).sqrt();
        let df = self.degrees_of_freedom(weights, freedom)?;
        Estimate::new(value, se, Reference::T(df), level)
    }

    /// The evaluation and the covariance of the parameters in it that a method works with.
    fn ground(&self, freedom: Freedom) -> Outcome<(&Evaluation, Mat<f64>)> {
        let what = "the information about the covariance parameters";
        let (own, information) = match (&self.linear, freedom) {
            (Some(linear), Freedom::KenwardRoger | Freedom::KenwardRogerLinear) => {
                (linear, &linear.expected)
            }
            _ => (&self.own, &self.own.hessian),
        };
        let mut covariance = inverse(information.as_ref(), what)?;
        for j in 0..covariance.ncols() {
            for k in 0..covariance.nrows() {
                covariance[(k, j)] *= 2.0;
            }
        }
        Ok((own, covariance))
    }

    /// 2(c'Φc)² / g'Wg.
    fn degrees_of_freedom(&self, weights: &[f64], freedom: Freedom) -> Outcome<f64> {
        let (own, w) = self.ground(freedom)?;
        let turned = crate::matrix::times(own.phi.as_ref(), weights);
        let variance = quadratic(own.phi.as_ref(), weights);
        let gradient: Vec<f64> = own
            .p
            .iter()
            .map(|p| -quadratic(p.as_ref(), &turned))
            .collect();
        let spread = quadratic(w.as_ref(), &gradient);
        if spread <= 0.0 {
            return Err(Fault::Refused {
                why: "no covariance parameter bears on this comparison, so that it has no degrees of freedom".into(),
            });
        }
        Ok(2.0 * variance * variance / spread)
    }

    /// Φ + 2Φ[Σ Wⱼₖ(Qⱼₖ − PⱼΦPₖ − ¼Rⱼₖ)]Φ.
    fn adjusted(&self, with_second: bool) -> Outcome<Mat<f64>> {
        let (own, w) = self.ground(Freedom::KenwardRoger)?;
        let p = own.phi.nrows();
        let mut middle = Mat::<f64>::zeros(p, p);
        for j in 0..own.p.len() {
            for k in 0..own.p.len() {
                let around = &own.p[j] * &own.phi * &own.p[k];
                let q = Evaluation::pair(&own.q, j, k);
                let r = Evaluation::pair(&own.r, j, k);
                let quarter = if with_second { 0.25 } else { 0.0 };
                middle += Mat::from_fn(p, p, |a, b| {
                    w[(j, k)] * (q[(a, b)] - around[(a, b)] - quarter * r[(a, b)])
                });
            }
        }
        let added = &own.phi * middle * &own.phi;
        let mut adjusted = Mat::from_fn(p, p, |a, b| own.phi[(a, b)] + 2.0 * added[(a, b)]);
        crate::matrix::symmetrize(&mut adjusted);
        Ok(adjusted)
    }
}
