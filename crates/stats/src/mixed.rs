//! Repeated and clustered measurements: linear mixed models, and the mixed model for repeated measures (MMRM).
//!
//! **Model.** yᵢ = Xᵢβ + eᵢ, eᵢ ~ N(0, Vᵢ(θ)), independent between blocks i (patients, or whatever random effects tie together). Mixed model:
//! V = Σᵣ Zᵣ(I ⊗ Gᵣ)Zᵣ' + σ²I ([`MixedModel`]). MMRM: V is the part of one visits × visits matrix that belongs to the visits a patient has
//! ([`Mmrm`], [`Structure`]).
//!
//! **Estimator.** β̂ = ΦX'V⁻¹y, Φ = (X'V⁻¹X)⁻¹; θ̂ minimises −2 log-likelihood, Σ ln|V| + r'V⁻¹r (+ ln|X'V⁻¹X| if restricted), by Newton's method with exact first
//! and second derivatives, in a parametrisation without bounds. Variances at the edge (zero) are reported ([`Fitted::is_singular`]).
//!
//! **Tests** of c'β ([`Freedom`]), with Vⱼ = ∂V/∂θⱼ, Pⱼ = −X'V⁻¹VⱼV⁻¹X, Qⱼₖ = X'V⁻¹VⱼV⁻¹VₖV⁻¹X, Rⱼₖ = X'V⁻¹VⱼₖV⁻¹X and W the covariance of θ̂:
//! - Satterthwaite: df = 2(c'Φc)² / g'Wg with gⱼ = −c'ΦPⱼΦc and W from the observed information;
//! - Kenward–Roger: variance Φ + 2Φ[Σ Wⱼₖ(Qⱼₖ − PⱼΦPₖ − ¼Rⱼₖ)]Φ, the same df; its linear variant leaves R out.
//!   MMRM takes the observed information for W, as `mmrm` and SAS do, mixed models the expected one and no R (V is linear in
//!   variances), as `pbkrtest` does.
//!
//! Cost grows linearly with blocks; each block costs the cube of its rows, so crossed random effects that tie all rows together are for small data only.
//!
//! References: Kenward MG, Roger JH. Biometrics 1997;53:983–997. Satterthwaite FE. Biometrics 1946;2:110–114. Pinheiro JC, Bates DM. Mixed-Effects Models in S and
//! S-PLUS. 2000. Agrees with `lme4`, `lmerTest`, `pbkrtest`, `nlme::gls` and `mmrm`.

mod covariance;
mod evaluation;
mod fitted;
mod newton;
mod random;
#[cfg(test)]
mod tests;
mod visits;

pub(crate) use covariance::{At, Covariance};
pub use fitted::{Fitted, Freedom, Likelihood};
pub(crate) use newton::minimize;
pub use random::{MixedModel, RandomTerm, VarianceComponent};
pub use visits::{Mmrm, Structure};
