//! A fitted generalised linear model: coefficients, variances, tests.

use faer::Mat;

use super::family::Family;
use super::robust::{Correction, by_cluster, by_row};
use super::scoring::{Likelihood, Maximum};
use crate::design::Design;
use crate::distribution::chi_squared_upper;
use crate::estimate::{Estimate, Level, Reference};
use crate::fault::{Fault, Outcome, length};
use crate::linear::Clusters;
use crate::matrix::{dot, inverse, quadratic, times};

/// How uncertain the coefficients are taken to be.
#[derive(Clone, Copy, Debug)]
pub enum Variance<'a> {
    /// The family's own variance; a linear model estimates its spread.
    Model,
    /// White's sandwich as it stands.
    Hc0,
    /// HC0 times n / (n − p).
    Hc1,
    /// Scores divided by √(1 − leverage).
    Hc2,
    /// Scores divided by 1 − leverage.
    Hc3,
    /// Rows are correlated within clusters; no correction.
    Cr0(&'a Clusters),
    /// CR0 times J / (J − 1) for J clusters.
    Cr1(&'a Clusters),
}

/// A test of several statements at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChiSquaredTest {
    /// The statistic.
    pub statistic: f64,
    /// Its degrees of freedom.
    pub df: f64,
    /// The p value.
    pub p: f64,
}

impl ChiSquaredTest {
    pub(crate) fn new(statistic: f64, df: f64) -> Self {
        Self {
            statistic,
            df,
            p: chi_squared_upper(statistic, df),
        }
    }

    /// b'V⁻¹b for the combinations A of coefficients, b = Aβ̂ and V = A·covariance·A'.
    pub(crate) fn wald(
        coefficients: &[f64],
        covariance: &Mat<f64>,
        combinations: &[Vec<f64>],
    ) -> Outcome<Self> {
        if combinations.is_empty() {
            return Err(Fault::Empty {
                what: "the list of combinations to test".into(),
            });
        }
        for weights in combinations {
            length("the list of weights", weights.len(), coefficients.len())?;
        }
        let values: Vec<f64> = combinations
            .iter()
            .map(|weights| dot(weights, coefficients))
            .collect();
        let along: Vec<Vec<f64>> = combinations
            .iter()
            .map(|weights| times(covariance.as_ref(), weights))
            .collect();
        let own = Mat::from_fn(values.len(), values.len(), |i, j| {
            dot(&combinations[i], &along[j])
        });
        let inverse = inverse(own.as_ref(), "the covariance of the combinations to test")?;
        Ok(Self::new(
            quadratic(inverse.as_ref(), &values),
            values.len() as f64,
        ))
    }
}

/// A fitted generalised linear model.
#[derive(Clone, Debug)]
pub struct FittedGlm<'a> {
    design: &'a Design,
    likelihood: Likelihood<'a>,
    maximum: Maximum,
    counted: usize,
}

impl<'a> FittedGlm<'a> {
    pub(super) fn new(
        design: &'a Design,
        likelihood: Likelihood<'a>,
        maximum: Maximum,
        counted: usize,
    ) -> Self {
        Self {
            design,
            likelihood,
            maximum,
            counted,
        }
    }

    /// β̂, one per column.
    pub fn coefficients(&self) -> &[f64] {
        &self.maximum.coefficients
    }

    /// The design it was fitted with.
    pub fn design(&self) -> &'a Design {
        self.design
    }

    /// The family.
    pub fn family(&self) -> Family {
        self.likelihood.family
    }

    /// The fitted mean of every row.
    pub fn means(&self) -> Vec<f64> {
        let predictors = self.maximum.predictors.iter();
        predictors.map(|eta| self.family().mean(*eta)).collect()
    }

    /// Twice the distance of the log-likelihood to that of a model that fits every row exactly; the residual sum of squares of a linear model.
    pub fn deviance(&self) -> f64 {
        self.maximum.deviance
    }

    /// The deviance with an intercept alone (and the offset).
    ///
    /// # Errors
    /// That model has no maximum.
    pub fn null_deviance(&self) -> Outcome<f64> {
        let ones = Mat::from_fn(self.design.rows(), 1, |_, _| 1.0);
        let names = ["(Intercept)".to_owned()];
        let alone = Likelihood {
            matrix: &ones,
            names: &names,
            ..self.likelihood
        };
        Ok(alone.maximise(None)?.deviance)
    }

    /// Rows that count, minus columns.
    pub fn residual_df(&self) -> f64 {
        (self.counted - self.coefficients().len()) as f64
    }

    /// The log-likelihood, with all constants; a linear model at its maximum likelihood variance.
    pub fn log_likelihood(&self) -> f64 {
        let rows = 0..self.design.rows();
        if self.family() == Family::Linear {
            let n = self.counted as f64;
            let weights = rows
                .map(|row| self.likelihood.weight(row))
                .filter(|weight| *weight > 0.0);
            let variance = self.deviance() / n;
            return 0.5
                * (weights.map(f64::ln).sum::<f64>()
                    - n * ((std::f64::consts::TAU * variance).ln() + 1.0));
        }
        let own = |row: usize| match self.likelihood.weight(row) {
            0.0 => 0.0,
            weight => self
                .family()
                .saturated(self.likelihood.outcome[row], weight),
        };
        0.5 * (rows.map(own).sum::<f64>() - self.deviance())
    }

    /// Akaike's criterion: −2 log-likelihood + 2 · parameters; the spread of a linear model counts as one.
    pub fn aic(&self) -> f64 {
        let spread = usize::from(self.family() == Family::Linear);
        2.0 * ((self.coefficients().len() + spread) as f64 - self.log_likelihood())
    }

    /// Pearson's statistic Σw(y − μ)²/v divided by the residual degrees of freedom: the spread of a linear model; near 1 for counts and shares
    /// that vary as their family says. NaN without residual degrees of freedom.
    pub fn dispersion(&self) -> f64 {
        let rows = self.maximum.predictors.iter().zip(self.likelihood.outcome);
        let own = |(row, (eta, y)): (usize, (&f64, &f64))| match self.likelihood.weight(row) {
            0.0 => 0.0,
            weight => {
                let mean = self.family().mean(*eta);
                weight * (y - mean).powi(2) / self.family().variance(mean)
            }
        };
        rows.enumerate().map(own).sum::<f64>() / self.residual_df()
    }

    /// Steps that Newton's method took.
    pub fn rounds(&self) -> usize {
        self.maximum.rounds
    }

    /// The covariance matrix of β̂, columns × columns.
    ///
    /// # Errors
    /// The model's own variance of modified Poisson regression, a linear model without residual variation, a row that the model fits whatever its outcome
    /// (HC2, HC3), or clusters that do not fit.
    pub fn covariance(&self, variance: Variance<'_>) -> Outcome<Mat<f64>> {
        self.refuse_perfect_fit()?;
        let cluster = |clusters: &Clusters, factor: f64| {
            by_cluster(&self.likelihood, &self.maximum, clusters, factor)
        };
        match variance {
            Variance::Model => self.model_covariance(),
            Variance::Hc0 => by_row(&self.likelihood, &self.maximum, Correction::None),
            Variance::Hc1 => {
                let n = self.counted as f64;
                if self.residual_df() == 0.0 {
                    return Err(Fault::NoSpread {
                        what: "the outcome about its fitted values".into(),
                    });
                }
                by_row(
                    &self.likelihood,
                    &self.maximum,
                    Correction::Factor(n / self.residual_df()),
                )
            }
            Variance::Hc2 => by_row(
                &self.likelihood,
                &self.maximum,
                Correction::Leverage { power: 1 },
            ),
            Variance::Hc3 => by_row(
                &self.likelihood,
                &self.maximum,
                Correction::Leverage { power: 2 },
            ),
            Variance::Cr0(clusters) => cluster(clusters, 1.0),
            Variance::Cr1(clusters) => cluster(clusters, clusters.correction()),
        }
    }

    fn model_covariance(&self) -> Outcome<Mat<f64>> {
        if self.family() == Family::ModifiedPoisson {
            return Err(Fault::Refused {
                why: "the variance of a modified Poisson model as such is that of counts, not of outcomes 0 and 1; ask for a robust or cluster-robust one".into(),
            });
        }
        let spread = match self.family() {
            Family::Linear => self.dispersion(),
            _ => 1.0,
        };
        let root = &self.maximum.inverse_triangle;
        let whole = root * root.transpose();
        Ok(Mat::from_fn(whole.nrows(), whole.ncols(), |i, j| {
            spread * whole[(i, j)]
        }))
    }

    /// The estimate of a linear function of the coefficients, one weight per coefficient.
    ///
    /// # Errors
    /// A wrong number of weights, and those of [`FittedGlm::covariance`].
    pub fn estimate(
        &self,
        weights: &[f64],
        variance: Variance<'_>,
        level: Level,
    ) -> Outcome<Estimate> {
        let covariance = self.covariance(variance)?;
        self.estimate_with(weights, &covariance, variance, level)
    }

    /// One estimate per coefficient, in the order of the design's names.
    ///
    /// # Errors
    /// Those of [`FittedGlm::covariance`].
    pub fn estimates(&self, variance: Variance<'_>, level: Level) -> Outcome<Vec<Estimate>> {
        let covariance = self.covariance(variance)?;
        let one = |name: &String| {
            self.estimate_with(
                &self.design.coefficient(name)?,
                &covariance,
                variance,
                level,
            )
        };
        self.design.names().iter().map(one).collect()
    }

    fn estimate_with(
        &self,
        weights: &[f64],
        covariance: &Mat<f64>,
        variance: Variance<'_>,
        level: Level,
    ) -> Outcome<Estimate> {
        length(
            "the list of weights",
            weights.len(),
            self.coefficients().len(),
        )?;
        let value = dot(weights, self.coefficients());
        let se = quadratic(covariance.as_ref(), weights).max(0.0).sqrt();
        Estimate::new(value, se, self.reference(variance), level)
    }

    /// What Wald statistics are compared with.
    pub(super) fn reference(&self, variance: Variance<'_>) -> Reference {
        match (self.family(), variance) {
            (Family::Linear, Variance::Cr0(_) | Variance::Cr1(_)) => Reference::Normal,
            (Family::Linear, _) => Reference::T(self.residual_df()),
            _ => Reference::Normal,
        }
    }

    /// Wald's test that all these combinations of coefficients are zero (one list of weights each).
    ///
    /// # Errors
    /// No combination, or one that follows from the others, and those of [`FittedGlm::covariance`].
    pub fn wald(
        &self,
        combinations: &[Vec<f64>],
        variance: Variance<'_>,
    ) -> Outcome<ChiSquaredTest> {
        ChiSquaredTest::wald(
            self.coefficients(),
            &self.covariance(variance)?,
            combinations,
        )
    }

    /// The likelihood ratio test against a model with fewer columns for the same rows. That its columns lie in the span of this model's is for the caller to
    /// see to.
    ///
    /// # Errors
    /// Models of different families, rows or outcomes, not fewer columns, a better fit with fewer columns, or families without a likelihood of their own.
    pub fn likelihood_ratio(&self, smaller: &FittedGlm<'_>) -> Outcome<ChiSquaredTest> {
        let refuse = |why: &str| {
            Err(Fault::Refused {
                why: format!("no likelihood ratio test: {why}"),
            })
        };
        if matches!(self.family(), Family::Linear | Family::ModifiedPoisson) {
            return refuse("this family has no likelihood of its own; take Wald's test");
        }
        let (own, other) = (&self.likelihood, &smaller.likelihood);
        if own.family != other.family
            || own.outcome != other.outcome
            || own.weights != other.weights
        {
            return refuse("the two models differ in family, outcome or weights");
        }
        let df = self.coefficients().len() as f64 - smaller.coefficients().len() as f64;
        let statistic = smaller.deviance() - self.deviance();
        if df < 1.0 || statistic < -1e-8 * (1.0 + self.deviance()) {
            return refuse("the other model is not part of this one");
        }
        Ok(ChiSquaredTest::new(statistic.max(0.0), df))
    }

    /// T⁻¹ with X'WX = T'T, upper triangular: columns that it multiplies are orthonormal.
    pub(crate) fn inverse_triangle(&self) -> &Mat<f64> {
        &self.maximum.inverse_triangle
    }

    /// The likelihood, for what is computed from it.
    pub(super) fn likelihood(&self) -> &Likelihood<'a> {
        &self.likelihood
    }

    /// Where it is largest.
    pub(super) fn maximum(&self) -> &Maximum {
        &self.maximum
    }

    /// Residuals that are nothing but rounding say nothing about uncertainty.
    fn refuse_perfect_fit(&self) -> Outcome<()> {
        let about = self.maximum.predictors.iter().enumerate();
        let fitted: f64 = about
            .map(|(row, eta)| self.likelihood.weight(row) * eta * eta)
            .sum();
        if self.family() == Family::Linear && self.deviance() <= 1e-26 * fitted {
            return Err(Fault::NoSpread {
                what: "the outcome about its fitted values".into(),
            });
        }
        Ok(())
    }
}
