//! The fitted model.

use faer::Mat;

use super::Studies;
use super::engine::Engine;
use super::heterogeneity::Heterogeneity;
use crate::design::Design;
use crate::distribution::{chi_squared_upper, f_upper};
use crate::estimate::{Estimate, Level, Reference};
use crate::fault::{Outcome, length};
use crate::matrix::dot;

/// How coefficients are tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// Normal, as if τ² were known.
    Normal,
    /// Hartung, Knapp, Sidik and Jonkman: variances times y'Py/(k−p), t with k − p degrees of freedom.
    Hksj,
    /// The same, but never shorter than without it: the factor is at least one.
    HksjAdHoc,
}

/// A meta-analysis or meta-regression.
#[derive(Clone, Debug)]
pub struct MetaAnalysis {
    pub(super) studies: Studies,
    pub(super) method: Heterogeneity,
    pub(super) test: Test,
    names: Vec<String>,
    pub(super) x: Mat<f64>,
    coefficients: Vec<f64>,
    covariance: Mat<f64>,
    weights: Vec<f64>,
    factor: f64,
    tau2: f64,
    tau2_se: Option<f64>,
    q: f64,
    typical_variance: f64,
}

impl MetaAnalysis {
    /// Pools the studies.
    ///
    /// # Errors
    /// An estimator of τ² that does not settle; those of [`Studies::new`] cannot occur any more.
    pub fn pool(studies: &Studies, method: Heterogeneity, test: Test) -> Outcome<Self> {
        let ones = Mat::from_fn(studies.count(), 1, |_, _| 1.0);
        Self::fit(studies, ones, vec!["pooled effect".into()], method, test)
    }

    /// Explains effects by study characteristics, one row per study.
    ///
    /// # Errors
    /// Not more studies than columns, columns that say nothing new, or an estimator of τ² that does not settle.
    pub fn regress(
        studies: &Studies,
        design: &Design,
        method: Heterogeneity,
        test: Test,
    ) -> Outcome<Self> {
        length("the list of effects", studies.count(), design.rows())?;
        let names = design.names().to_vec();
        Self::fit(studies, design.matrix().clone(), names, method, test)
    }

    fn fit(
        studies: &Studies,
        x: Mat<f64>,
        names: Vec<String>,
        method: Heterogeneity,
        test: Test,
    ) -> Outcome<Self> {
        let fixed = Engine::at(studies, &x, &names, 0.0)?;
        let tau2 = method.estimate(studies, &x, &names)?;
        let fit = Engine::at(studies, &x, &names, tau2.value)?;
        let factor = match test {
            Test::Normal => 1.0,
            Test::Hksj => fit.residual / fit.df(),
            Test::HksjAdHoc => (fit.residual / fit.df()).max(1.0),
        };
        Ok(Self {
            studies: studies.clone(),
            method,
            test,
            names,
            coefficients: fit.coefficients,
            covariance: fit.covariance,
            weights: fit.weights,
            factor,
            tau2: tau2.value,
            tau2_se: tau2.se,
            q: fixed.residual,
            typical_variance: fixed.df() / fixed.trace(&vec![1.0; studies.count()]),
            x,
        })
    }

    /// τ̂², in squared units of the effect.
    pub fn tau2(&self) -> f64 {
        self.tau2
    }

    /// The standard error of τ̂²; none for the common-effect model.
    pub fn tau2_se(&self) -> Option<f64> {
        self.tau2_se
    }

    /// k − p.
    pub fn df(&self) -> f64 {
        (self.x.nrows() - self.x.ncols()) as f64
    }

    /// Cochran's Q at τ² = 0: what the model leaves unexplained.
    pub fn q(&self) -> f64 {
        self.q
    }

    /// The p value of Q, χ² with k − p degrees of freedom.
    pub fn q_p(&self) -> f64 {
        chi_squared_upper(self.q, self.df())
    }

    /// I² in percent.
    pub fn i2(&self) -> f64 {
        if self.method == Heterogeneity::Common {
            return (100.0 * (self.q - self.df()) / self.q).max(0.0);
        }
        self.i2_at(self.tau2)
    }

    /// H².
    pub fn h2(&self) -> f64 {
        if self.method == Heterogeneity::Common {
            return self.q / self.df();
        }
        self.h2_at(self.tau2)
    }

    pub(super) fn i2_at(&self, tau2: f64) -> f64 {
        100.0 * tau2 / (tau2 + self.typical_variance)
    }

    pub(super) fn h2_at(&self, tau2: f64) -> f64 {
        tau2 / self.typical_variance + 1.0
    }

    /// The factor that Hartung, Knapp, Sidik and Jonkman's test puts on variances; 1 for the normal test.
    pub fn hksj_factor(&self) -> f64 {
        self.factor
    }

    /// Each study's share of the weight, in percent.
    pub fn weights(&self) -> Vec<f64> {
        let sum: f64 = self.weights.iter().sum();
        self.weights.iter().map(|w| 100.0 * w / sum).collect()
    }

    /// What the coefficients are called.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// One estimate per coefficient.
    ///
    /// # Errors
    /// Residuals that do not vary at all, with Hartung, Knapp, Sidik and Jonkman's test.
    pub fn estimates(&self, level: Level) -> Outcome<Vec<Estimate>> {
        let one = |at: usize| {
            let se = (self.factor * self.covariance[(at, at)]).sqrt();
            Estimate::new(self.coefficients[at], se, self.reference(), level)
        };
        (0..self.coefficients.len()).map(one).collect()
    }

    pub(super) fn reference(&self) -> Reference {
        match self.test {
            Test::Normal => Reference::Normal,
            Test::Hksj | Test::HksjAdHoc => Reference::T(self.df()),
        }
    }

    /// The test that all coefficients but the first are zero: the statistic, its numerator degrees of freedom and p. With the normal
    /// test χ², else F with k − p denominator degrees of freedom. The first column must be the intercept.
    ///
    /// # Errors
    /// A model with one coefficient only, or a singular covariance.
    pub fn moderators(&self) -> Outcome<(f64, f64, f64)> {
        let m = self.coefficients.len() - 1;
        if m == 0 {
            return Err(crate::Fault::Refused {
                why: "the model has no study characteristic to test".into(),
            });
        }
        // b'C⁻¹b is the fitted length of C^(−½)b; least squares solves with C, which is small and well scaled by its diagonal.
        let scale: Vec<f64> = (1..=m)
            .map(|at| (self.factor * self.covariance[(at, at)]).sqrt())
            .collect();
        let b: Vec<f64> = (0..m)
            .map(|at| self.coefficients[at + 1] / scale[at])
            .collect();
        let c = Mat::from_fn(m, m, |i, j| {
            self.factor * self.covariance[(i + 1, j + 1)] / (scale[i] * scale[j])
        });
        let solved = crate::matrix::times(
            crate::matrix::inverse(c.as_ref(), "the covariance of the coefficients")?.as_ref(),
            &b,
        );
        let wald = dot(&b, &solved);
        let df = m as f64;
        Ok(match self.test {
            Test::Normal => (wald, df, chi_squared_upper(wald, df)),
            Test::Hksj | Test::HksjAdHoc => (wald / df, df, f_upper(wald / df, df, self.df())),
        })
    }

    /// How much of τ² the study characteristics explain, in percent, at least 0; none where there was nothing to explain.
    ///
    /// # Errors
    /// Those of [`MetaAnalysis::pool`].
    pub fn r2(&self) -> Outcome<Option<f64>> {
        let plain = Self::pool(&self.studies, self.method, self.test)?;
        if plain.tau2 <= 0.0 {
            return Ok(None);
        }
        Ok(Some((100.0 * (1.0 - self.tau2 / plain.tau2)).max(0.0)))
    }
}
