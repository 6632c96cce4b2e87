//! Multiple imputation: missing values filled in several times from what they are likely to be, analysed each time, and pooled.
//!
//! **Missing at random, any variables** ([`Chained`]). In turn each incomplete variable y is regressed on the others (X, intercept included) over the rows where it was observed, and
//! its missing values are drawn anew; this is repeated for some rounds. Draws are proper, that is, they include the uncertainty of the regression:
//! - [`Method::Normal`]: σ*² = |y − Xβ̂|²/χ²(n − p), β* = β̂ + σ*R⁻¹z, y* = xβ* + σ*e;
//! - [`Method::MeanMatching`]: the observed value of a donor drawn among the rows whose xβ̂ lies nearest to xβ* (type 1 matching);
//! - [`Method::Logistic`]: β* from the normal approximation about the maximum of the logistic likelihood, y* = 1 with probability 1/(1 + exp(−xβ*)). Pseudo-observations of small
//!   weight (White, Daniel, Royston) keep perfect prediction from running away.
//!
//! **Repeated outcomes** ([`Trajectories`]). Rows (visits 1 … v of a patient) are normal with mean xB and covariance Σ; x holds intercept, arms and covariates. Parameters are drawn from
//! their posterior under the prior |Σ|^(−(v+1)/2) by data augmentation: missing | B, Σ; then Σ ~ inverse Wishart(residual cross-products, n − q) and B | Σ normal about least squares.
//! Values after the last observed visit are then drawn under a [`Strategy`]: missing at random, jump to reference, copy increments in reference, copy reference. In between, missing is missing at random.
//!
//! **Pooling** ([`pool`], Rubin): Q̄ the mean of m estimates, W the mean of their variances, B the variance of the estimates; T = W + (1 + 1/m)B; λ = (1 + 1/m)B/T;
//! ν_old = (m − 1)/λ², ν_obs = (ν + 1)/(ν + 3)·ν(1 − λ) for ν degrees of freedom of complete data, and t with 1/(1/ν_old + 1/ν_obs) degrees of freedom (Barnard and Rubin).
//!
//! **Doubt** about missing at random: [`tipping_point`] finds how much worse the missing values must be for the conclusion to change.
//!
//! All draws come from the frozen stream of [`crate::randomise::Chance`]: a seed and a name give the same imputations for ever.
//!
//! References: Rubin DB. Multiple Imputation for Nonresponse in Surveys. 1987. Barnard J, Rubin DB. Biometrika 1999;86:948–955. van Buuren S. Flexible Imputation of Missing Data. 2018. White IR, Daniel R,
//! Royston P. Comput Stat Data Anal 2010;54:2267–2275. Schafer JL. Analysis of Incomplete Multivariate Data. 1997, chapter 5. Carpenter JR, Roger JH, Kenward MG. J Biopharm Stat
//! 2013;23:1352–1371. Pooling agrees with `mice::pool.scalar`.

mod chained;
mod conditional;
mod draws;
mod pooling;
mod posterior;
mod regression;
mod strategy;
mod tipping;
mod trajectories;

pub use chained::{Chained, Filled};
pub use pooling::{Pooled, pool};
pub use regression::Method;
pub use strategy::Strategy;
pub use tipping::{TippingPoint, tipping_point};
pub use trajectories::{FilledTrajectories, Trajectories};
