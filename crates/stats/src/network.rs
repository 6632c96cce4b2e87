//! Network meta-analysis: several treatments compared through all trials at once.
//!
//! **Model.** Trial i with arms a, b, c … gives the contrasts to its first arm, yᵢ = Xᵢβ + uᵢ + eᵢ; β holds the effects of all treatments but the first of the
//! network against it. Cov(e): Vₐᵦ, the variance of the contrast of arms a and b, gives Cov(b − a, c − a) = (Vₐᵦ + Vₐ꜀ − Vᵦ꜀)/2.
//! Cov(u) = τ²S with S = 1 on the diagonal and ½ beside it: one heterogeneity for all comparisons. The common model has τ² = 0.
//!
//! **Estimator.** Generalised least squares; τ² by moments (DerSimonian and Laird's, (Q − df)/tr PS) or by restricted maximum likelihood.
//!
//! **Inconsistency.** Q = Σ r'V⁻¹r splits into what trials of one design (set of arms) differ among each other, and what designs differ. Node splitting
//! sets the direct evidence of a comparison (its own trials, inverse variances with τ²) against the rest, by back-calculation:
//! 1/s²ₙₑₜ = 1/s²_direct + 1/s²_indirect.
//!
//! **Ranking.** P-score of a treatment: the mean over all others of the one-sided certainty Φ(difference/se) that it is the better one.
//!
//! References: Rücker G. Res Synth Methods 2012;3:312–324. Rücker G, Schwarzer G. Stat Med 2014;33:4353–4369; BMC Med Res Methodol 2015;15:58. Krahn U, Binder H, König J. BMC
//! Med Res Methodol 2013;13:35. Dias S et al. Stat Med 2010;29:932–944. Agrees with `netmeta`, `decomp.design`, `netsplit` and `netrank`.

mod analysis;
mod consistency;
mod fit;
mod splitting;
mod trials;

pub use analysis::{Better, Network, Spread};
pub use consistency::{Decomposition, DesignQ, QTest};
pub use splitting::Split;
pub use trials::{Contrast, Trials};
