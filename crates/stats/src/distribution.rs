//! Distributions: tails and quantiles with full relative accuracy, also far out.
//!
//! Tails are computed directly and never as one minus the other side. The incomplete beta and gamma functions use continued
//! fractions and series behind a factor in Loader's saddle-point form, so that neither a thousand degrees of freedom nor a tail of
//! 1e-140 costs digits.
//!
//! References: Loader C. Fast and accurate computation of binomial probabilities. 2000. Abramowitz M, Stegun IA. Handbook of
//! Mathematical Functions, 6.5, 26.5. Checked against R (`pnorm`, `pt`, `pchisq`, `pf`, `ptukey` and quantiles) and against
//! identities between the distributions.

mod beta;
mod chi_squared;
mod f;
mod gamma;
mod noncentral;
mod normal;
mod range;
mod saddle;
mod t;

pub use beta::{beta_lower, beta_quantile, beta_upper};
pub use chi_squared::{chi_squared_lower, chi_squared_quantile, chi_squared_upper};
pub use f::f_upper;
pub use noncentral::{noncentral_f, noncentral_t};
pub use normal::{normal_density, normal_lower, normal_quantile, normal_two_sided, normal_upper};
pub use range::{studentized_range_quantile, studentized_range_upper};
pub(crate) use saddle::stirling_error;
pub use t::{t_quantile, t_two_sided, t_upper};
