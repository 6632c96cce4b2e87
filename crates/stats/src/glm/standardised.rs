//! Standardisation (g-computation): what the mean outcome would be if everybody were in one arm, and differences and ratios of such means.
//!
//! **Model.** A fitted model gives each person a mean under every arm: mₐᵢ = g⁻¹(oᵢ + xₐᵢ'β̂), xₐ the columns with the arm set to a. The standardised mean is Mₐ = Σwᵢmₐᵢ/Σwᵢ.
//!
//! **Variance** ([`Covariates`]), with Gₐ = ∂Mₐ/∂β and V the covariance of β̂:
//! - the people at hand: G V G' (delta method);
//! - people like them: the variance of Σφᵢ with φₐᵢ = wᵢ(mₐᵢ − Mₐ)/Σw + Gₐ(X'WX)⁻¹uᵢxᵢ, the stacked estimating equations of model and means; it
//!   is robust whatever V was asked for, and takes clusters into account if that was.
//!
//! Difference M₁ − M₀ by Σφ's difference; ratio on the log scale with φₐ/Mₐ.
//!
//! References: Robins J. Math Modelling 1986;7:1393–1512. Snowden JM, Rose S, Mortimer KM. Am J Epidemiol 2011;173:731–738. Ye T, Bannick M, Yi Y, Shao J. Stat Theory
//! Relat Fields 2023;7:159–163 for trials. The delta method agrees with `marginaleffects` and Stata's `margins`.

use faer::Mat;

use super::fitted::{FittedGlm, Variance};
use super::robust::score;
use crate::estimate::{Estimate, Level, Reference};
use crate::fault::{Fault, Outcome, finite, length};
use crate::linear::Clusters;
use crate::matrix::{dot, quadratic, times, values};

/// For whom a standardised mean holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covariates {
    /// For the people at hand: only the coefficients are uncertain.
    Fixed,
    /// For people like them: who was drawn is uncertain too.
    Drawn,
}

/// The standardised means of two arms.
#[derive(Clone, Debug)]
pub struct Standardised {
    mean1: f64,
    mean0: f64,
    /// Variances and covariance of the two means: 1·1, 1·0, 0·0.
    spread: [f64; 3],
    reference: Reference,
}

impl FittedGlm<'_> {
    /// The standardised means if everybody had one level of a factor, and if everybody had another.
    ///
    /// # Errors
    /// A name that is no factor here, a level it does not have, and those of [`FittedGlm::covariance`].
    pub fn standardised(
        &self,
        factor: &str,
        level1: &str,
        level0: &str,
        covariates: Covariates,
        variance: Variance<'_>,
    ) -> Outcome<Standardised> {
        self.standardised_over(factor, level1, level0, None, covariates, variance)
    }

    /// The same over a part of the people, with one weight each: with 1 for the treated and 0 for the others, the mean among the treated.
    ///
    /// # Errors
    /// Weights that do not fit, and those of [`FittedGlm::standardised`].
    pub fn standardised_over(
        &self,
        factor: &str,
        level1: &str,
        level0: &str,
        people: Option<&[f64]>,
        covariates: Covariates,
        variance: Variance<'_>,
    ) -> Outcome<Standardised> {
        let n = self.design().rows();
        let people = match people {
            Some(people) => {
                length("the list of people's weights", people.len(), n)?;
                finite("the list of people's weights", people)?;
                people.to_vec()
            }
            None => (0..n).map(|row| self.likelihood().weight(row)).collect(),
        };
        let total: f64 = people.iter().sum();
        if !(total > 0.0 && people.iter().all(|weight| *weight >= 0.0)) {
            return Err(Fault::Refused {
                why: "the people's weights must be zero or greater, and one of them greater than zero".into(),
            });
        }
        let share: Vec<f64> = people.iter().map(|weight| weight / total).collect();
        let arm1 = self.arm(self.design().everybody_at(factor, level1)?, &share);
        let arm0 = self.arm(self.design().everybody_at(factor, level0)?, &share);
        let covariance = self.covariance(variance)?;
        let spread = match covariates {
            Covariates::Fixed => {
                let along = times(covariance.as_ref(), &arm0.gradient);
                [
                    quadratic(covariance.as_ref(), &arm1.gradient),
                    dot(&arm1.gradient, &along),
                    dot(&arm0.gradient, &along),
                ]
            }
            Covariates::Drawn => {
                let clusters = match variance {
                    Variance::Cr0(clusters) | Variance::Cr1(clusters) => Some(clusters),
                    _ => None,
                };
                self.stacked(&arm1, &arm0, &share, clusters)
            }
        };
        Ok(Standardised {
            mean1: arm1.mean,
            mean0: arm0.mean,
            spread,
            reference: self.reference(variance),
        })
    }

    /// Everybody's mean in one arm.
    fn arm(&self, matrix: Mat<f64>, share: &[f64]) -> Arm {
        let mut predictors = times(matrix.as_ref(), self.coefficients());
        for (row, eta) in predictors.iter_mut().enumerate() {
            *eta += self.likelihood().known(row);
        }
        let means: Vec<f64> = predictors
            .iter()
            .map(|eta| self.family().mean(*eta))
            .collect();
        let slopes: Vec<f64> = predictors
            .iter()
            .zip(share)
            .map(|(eta, share)| share * self.family().slope(*eta))
            .collect();
        Arm {
            mean: dot(&means, share),
            gradient: times(matrix.transpose(), &slopes),
            means,
        }
    }

    /// Sums of squares and products of φ, over rows or clusters.
    fn stacked(
        &self,
        arm1: &Arm,
        arm0: &Arm,
        share: &[f64],
        clusters: Option<&Clusters>,
    ) -> [f64; 3] {
        let root = &self.maximum().inverse_triangle;
        let bread = root * root.transpose();
        let turned = |arm: &Arm| {
            let through = times(bread.as_ref(), &arm.gradient);
            let along = values(
                (self.design().matrix() * crate::matrix::column(&through)).as_ref(),
                0,
            );
            let own = |(row, along): (usize, f64)| {
                share[row] * (arm.means[row] - arm.mean)
                    + score(self.likelihood(), self.maximum(), row) * along
            };
            along.into_iter().enumerate().map(own).collect::<Vec<f64>>()
        };
        let (one, zero) = (turned(arm1), turned(arm0));
        let sums = |members: &[usize]| {
            let sum = |list: &[f64]| members.iter().map(|row| list[*row]).sum::<f64>();
            (sum(&one), sum(&zero))
        };
        let pairs: Vec<(f64, f64)> = match clusters {
            Some(clusters) => clusters
                .members()
                .iter()
                .map(|members| sums(members))
                .collect(),
            None => one.iter().copied().zip(zero.iter().copied()).collect(),
        };
        let sum = |f: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>();
        [
            sum(&|(a, _)| a * a),
            sum(&|(a, b)| a * b),
            sum(&|(_, b)| b * b),
        ]
    }
}

/// One arm: the standardised mean, its derivative, and everybody's own mean.
struct Arm {
    mean: f64,
    gradient: Vec<f64>,
    means: Vec<f64>,
}

impl Standardised {
    /// The mean if everybody were in arm 1.
    ///
    /// # Errors
    /// A mean without variance.
    pub fn mean1(&self, level: Level) -> Outcome<Estimate> {
        Estimate::new(self.mean1, self.spread[0].sqrt(), self.reference, level)
    }

    /// The mean if everybody were in arm 0.
    ///
    /// # Errors
    /// A mean without variance.
    pub fn mean0(&self, level: Level) -> Outcome<Estimate> {
        Estimate::new(self.mean0, self.spread[2].sqrt(), self.reference, level)
    }

    /// Mean 1 minus mean 0: the marginal risk difference of a binary outcome.
    ///
    /// # Errors
    /// A difference without variance.
    pub fn difference(&self, level: Level) -> Outcome<Estimate> {
        let [one, both, zero] = self.spread;
        Estimate::new(
            self.mean1 - self.mean0,
            (one - 2.0 * both + zero).max(0.0).sqrt(),
            self.reference,
            level,
        )
    }

    /// The logarithm of mean 1 / mean 0: the marginal log risk ratio of a binary outcome.
    ///
    /// # Errors
    /// Means that are not both greater than zero, or a ratio without variance.
    pub fn log_ratio(&self, level: Level) -> Outcome<Estimate> {
        let (m1, m0) = (self.mean1, self.mean0);
        if !(m1 > 0.0 && m0 > 0.0) {
            return Err(Fault::Refused {
                why: format!("the ratio of a mean of {m1} to a mean of {m0} has no logarithm"),
            });
        }
        let [one, both, zero] = self.spread;
        let variance = one / (m1 * m1) - 2.0 * both / (m1 * m0) + zero / (m0 * m0);
        Estimate::new(
            (m1 / m0).ln(),
            variance.max(0.0).sqrt(),
            self.reference,
            level,
        )
    }
}
