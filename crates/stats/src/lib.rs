//! Estimators for trials and for the evidence: pure functions of numbers.
//!
//! This crate knows no patients and no backs. It reads no file, no clock and no chance that is not handed in; the same input gives
//! the same result. What cannot be computed is refused with a sentence ([`Fault`]), never with a panic and never with a NaN that
//! travels on.
//!
//! Each module opens with its model, the dimensions, the estimator and the reference. What agrees with which function of R, and to
//! how many digits, stands in `docs/statistics.md`.
//!
//! - [`design`]: variables and terms → the columns of a linear model, and adjusted means.
//! - [`linear`]: least squares, ANCOVA, robust and cluster-robust variances.
//! - [`glm`]: shares, risks, odds and counts; standardised risks.
//! - [`gee`]: the same for outcomes that are correlated within patients or practices.
//! - [`mixed`]: linear mixed models and MMRM, Satterthwaite, Kenward–Roger.
//! - [`responders`]: two proportions: differences, ratios, odds ratios, numbers needed to treat.
//! - [`effect_size`]: standardised mean differences.
//! - [`meta`]: meta-analysis, meta-regression, small-study effects, Mantel–Haenszel, Peto.
//! - [`network`]: network meta-analysis.
//! - [`imputation`]: multiple imputation, reference-based imputation, Rubin's rules, tipping points.
//! - [`group_sequential`]: bounds for repeated analyses, power, what to report after stopping.
//! - [`randomise`]: permuted blocks and minimisation, reproducible and open to audit.
//! - [`sample_size`]: how many patients: means, proportions, several arms, clusters, dropout, precision.
//! - [`multiplicity`]: many comparisons at once.
//! - [`distribution`]: tails and quantiles.

pub mod design;
pub mod distribution;
pub mod effect_size;
mod estimate;
mod fault;
pub mod gee;
pub mod glm;
pub mod group_sequential;
pub mod imputation;
pub mod linear;
mod matrix;
pub mod meta;
pub mod mixed;
pub mod multiplicity;
pub mod network;
pub mod randomise;
pub mod responders;
mod roots;
pub mod sample_size;

pub use estimate::{Estimate, Interval, Level, Reference, Sides};
pub use faer::Mat;
pub use fault::{Fault, Outcome};
