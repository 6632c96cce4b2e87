//! The linear model, and with it the analysis of covariance.
//!
//! **Model.** y = Xβ + e; y: rows, X: rows × columns of full rank, e independent with mean zero.
//!
//! **Estimator.** β̂ by Householder QR: X = QR, β̂ = R⁻¹Q'y; σ̂² = |y − Xβ̂|² / (n − p); tests with n − p degrees of freedom.
//! A column that follows from the columns before it is refused by name: its part outside their span is shorter than 1e-7 of its
//! length (the tolerance of R's `lm`).
//!
//! **Variances** of β̂ ([`Variance`]):
//! - classical: σ̂²(X'X)⁻¹;
//! - HC0 to HC3: (X'X)⁻¹X' diag(ω) X(X'X)⁻¹ with ω = e², e²·n/(n−p), e²/(1−h), e²/(1−h)², where h = diag(QQ');
//! - cluster-robust: see [`cluster`](self::Clusters).
//!
//! References: Golub GH, Van Loan CF. Matrix Computations, 5.2. MacKinnon JG, White H. J Econometrics 1985;29:305–325. Senn S. Statistical
//! Issues in Drug Development, chapter 7, for ANCOVA in trials.

mod cluster;
mod least_squares;
mod robust;

pub use cluster::Clusters;
pub use least_squares::LeastSquares;
pub(crate) use least_squares::refuse_dependent;

use faer::Mat;

use crate::design::{Design, pairs};
use crate::estimate::{Estimate, Level, Reference};
use crate::fault::{Fault, Outcome, length};
use crate::matrix::{dot, quadratic};

/// How uncertain the coefficients are taken to be.
#[derive(Clone, Copy, Debug)]
pub enum Variance<'a> {
    /// All errors have the same variance; t with n − p degrees of freedom.
    Classical,
    /// Variances differ; White's estimator as it stands; t with n − p degrees of freedom, as for all HC kinds.
    Hc0,
    /// HC0 times n / (n − p).
    Hc1,
    /// Residuals divided by √(1 − leverage).
    Hc2,
    /// Residuals divided by 1 − leverage; nearly the jackknife.
    Hc3,
    /// Errors are correlated within clusters; no correction; normal reference.
    Cr0(&'a Clusters),
    /// CR0 times J / (J − 1) for J clusters; normal reference.
    Cr1(&'a Clusters),
    /// CR0 times J(n − 1) / ((J − 1)(n − p)), as Stata does; normal reference.
    Cr1s(&'a Clusters),
    /// Bias-reduced linearisation; t with Satterthwaite's degrees of freedom. The one to use with few clusters.
    Cr2(&'a Clusters),
}

/// A fitted linear model.
#[derive(Clone, Debug)]
pub struct LinearModel {
    design: Design,
    fit: LeastSquares,
    outcome_sum_of_squares: f64,
}

impl LinearModel {
    /// Fits `outcome` (one value per row of the design) by least squares.
    ///
    /// # Errors
    /// Lengths that differ, values that are not finite, fewer rows than columns + 1, or columns that say nothing new.
    pub fn fit(design: &Design, outcome: &[f64]) -> Outcome<Self> {
        design.check_outcome(outcome)?;
        let fit = LeastSquares::fit(design.matrix().as_ref(), outcome, design.names())?;
        let mean = outcome.iter().sum::<f64>() / outcome.len() as f64;
        Ok(Self {
            design: design.clone(),
            fit,
            outcome_sum_of_squares: outcome.iter().map(|y| (y - mean).powi(2)).sum(),
        })
    }

    /// β̂, one per column.
    pub fn coefficients(&self) -> &[f64] {
        self.fit.coefficients()
    }

    /// n − p.
    pub fn residual_df(&self) -> f64 {
        self.fit.residual_df()
    }

    /// The residual standard deviation σ̂, in units of the outcome.
    pub fn sigma(&self) -> f64 {
        (self.fit.residual_sum_of_squares() / self.residual_df()).sqrt()
    }

    /// The share of the outcome's variation about its mean that the model explains. NaN if the outcome does not vary.
    pub fn r_squared(&self) -> f64 {
        1.0 - self.fit.residual_sum_of_squares() / self.outcome_sum_of_squares
    }

    /// y − Xβ̂.
    pub fn residuals(&self) -> &[f64] {
        self.fit.residuals()
    }

    /// The design it was fitted with.
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// The covariance matrix of β̂, columns × columns.
    ///
    /// # Errors
    /// A fit without any residual variation, a row that the model fits whatever its outcome (HC2, HC3), or clusters that do not fit.
    pub fn covariance(&self, variance: Variance<'_>) -> Outcome<Mat<f64>> {
        self.refuse_perfect_fit()?;
        let df = self.residual_df();
        let n = self.design.rows() as f64;
        let cr0 = |clusters: &Clusters, factor: f64| {
            let mut covariance = cluster::cr0(&self.fit, clusters)?;
            scale(&mut covariance, factor);
            Outcome::Ok(covariance)
        };
        match variance {
            Variance::Classical => {
                let mut covariance = self.fit.inverse_cross_product();
                scale(&mut covariance, self.sigma().powi(2));
                Ok(covariance)
            }
            Variance::Hc0 => robust::sandwich(&self.fit, |e, _| e * e),
            Variance::Hc1 => robust::sandwich(&self.fit, |e, _| e * e * n / df),
            Variance::Hc2 => robust::sandwich(&self.fit, |e, h| e * e / (1.0 - h)),
            Variance::Hc3 => robust::sandwich(&self.fit, |e, h| (e / (1.0 - h)).powi(2)),
            Variance::Cr0(clusters) => cr0(clusters, 1.0),
            Variance::Cr1(clusters) => cr0(clusters, clusters.correction()),
            Variance::Cr1s(clusters) => cr0(clusters, clusters.correction() * (n - 1.0) / df),
            Variance::Cr2(clusters) => cluster::cr2(&self.fit, clusters),
        }
    }

    /// The estimate of a linear function of the coefficients, one weight per coefficient.
    ///
    /// # Errors
    /// A wrong number of weights, and those of [`LinearModel::covariance`].
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
    /// Those of [`LinearModel::covariance`].
    pub fn estimates(&self, variance: Variance<'_>, level: Level) -> Outcome<Vec<Estimate>> {
        let covariance = self.covariance(variance)?;
        let names = self.design.names();
        let one = |name: &String| {
            self.estimate_with(
                &self.design.coefficient(name)?,
                &covariance,
                variance,
                level,
            )
        };
        names.iter().map(one).collect()
    }

    /// The adjusted mean of every level of a factor, with its name.
    ///
    /// # Errors
    /// A name that is no factor here, and those of [`LinearModel::covariance`].
    pub fn adjusted_means(
        &self,
        factor: &str,
        variance: Variance<'_>,
        level: Level,
    ) -> Outcome<Vec<(String, Estimate)>> {
        let covariance = self.covariance(variance)?;
        let means = self.design.adjusted_means(factor)?;
        let one = |mean: crate::design::AdjustedMean| {
            let estimate = self.estimate_with(&mean.weights, &covariance, variance, level)?;
            Ok((mean.level, estimate))
        };
        means.into_iter().map(one).collect()
    }

    /// Every later level of a factor minus every earlier one, named `later - earlier`.
    ///
    /// # Errors
    /// A name that is no factor here, and those of [`LinearModel::covariance`].
    pub fn pairwise(
        &self,
        factor: &str,
        variance: Variance<'_>,
        level: Level,
    ) -> Outcome<Vec<(String, Estimate)>> {
        let covariance = self.covariance(variance)?;
        let one = |(name, weights): (String, Vec<f64>)| {
            let estimate = self.estimate_with(&weights, &covariance, variance, level)?;
            Ok((name, estimate))
        };
        pairs(&self.design.adjusted_means(factor)?)
            .into_iter()
            .map(one)
            .collect()
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
        let reference = match variance {
            Variance::Classical | Variance::Hc0 | Variance::Hc1 | Variance::Hc2 | Variance::Hc3 => {
                Reference::T(self.residual_df())
            }
            Variance::Cr0(_) | Variance::Cr1(_) | Variance::Cr1s(_) => Reference::Normal,
            Variance::Cr2(clusters) => {
                Reference::T(cluster::satterthwaite(&self.fit, clusters, weights)?)
            }
        };
        Estimate::new(value, se, reference, level)
    }

    /// Residuals that are nothing but rounding say nothing about uncertainty.
    fn refuse_perfect_fit(&self) -> Outcome<()> {
        let fitted = self.fit.fitted_sum_of_squares();
        if self.fit.residual_sum_of_squares() <= 1e-26 * fitted {
            return Err(Fault::NoSpread {
                what: "the outcome about its fitted values".into(),
            });
        }
        Ok(())
    }
}

fn scale(matrix: &mut Mat<f64>, factor: f64) {
    for j in 0..matrix.ncols() {
        for i in 0..matrix.nrows() {
            matrix[(i, j)] *= factor;
        }
    }
}
