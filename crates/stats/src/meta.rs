//! Meta-analysis: effects of several studies pooled, or explained by study characteristics.
//!
//! **Model.** yᵢ = xᵢ'β + uᵢ + eᵢ for studies i = 1 … k; eᵢ ~ N(0, vᵢ) with vᵢ known, uᵢ ~ N(0, τ²). Pooling is the case xᵢ = 1. The common-effect
//! model has τ² = 0.
//!
//! **Estimator.** β̂ = (X'WX)⁻¹X'Wy with wᵢ = 1/(vᵢ + τ̂²), by QR of √W·X. τ² as named in [`Heterogeneity`], from the projection
//! P = W − WX(X'WX)⁻¹X'W; no k × k matrix is laid out.
//!
//! **Tests.** Normal; or Hartung, Knapp, Sidik and Jonkman's: the covariance times y'Py/(k − p), and t with k − p degrees of freedom.
//!
//! **Heterogeneity.** Q = y'Py at τ² = 0, χ² with k − p; I² = τ̂²/(τ̂² + s²) and H² = τ̂²/s² + 1 with the typical variance
//! s² = (k − p)/tr P. For the common-effect model I² = max(0, (Q − df)/Q).
//!
//! References: Viechtbauer W. J Stat Softw 2010;36(3) for all of it. Agrees with `metafor::rma`.

mod analysis;
mod bias;
mod effects;
mod engine;
mod heterogeneity;
mod pooled;
mod profile;
mod tables;

pub use analysis::{MetaAnalysis, Test};
pub use bias::{Egger, Influence, Side, TrimAndFill};
pub use heterogeneity::Heterogeneity;
pub use pooled::Prediction;
pub use profile::HeterogeneityInterval;
pub use tables::{
    PooledTables, Tables, mantel_haenszel_difference, mantel_haenszel_odds, mantel_haenszel_ratio,
    peto,
};

use crate::fault::{Fault, Outcome, finite, length, positive};

/// Effects of studies with the variances of their sampling errors.
#[derive(Clone, Debug, PartialEq)]
pub struct Studies {
    effects: Vec<f64>,
    variances: Vec<f64>,
}

impl Studies {
    /// One effect and one variance per study; ratios on the log scale.
    ///
    /// # Errors
    /// Fewer than two studies, lengths that differ, effects that are not finite, or variances that are not greater than zero.
    pub fn new(effects: &[f64], variances: &[f64]) -> Outcome<Self> {
        length("the list of variances", variances.len(), effects.len())?;
        finite("the list of effects", effects)?;
        positive("the list of variances", variances)?;
        if effects.len() < 2 {
            return Err(Fault::TooFew {
                what: "studies",
                found: effects.len(),
                needed: 2,
                purpose: "a meta-analysis".into(),
            });
        }
        Ok(Self {
            effects: effects.to_vec(),
            variances: variances.to_vec(),
        })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.effects.len()
    }

    /// One effect per study.
    pub fn effects(&self) -> &[f64] {
        &self.effects
    }

    /// One sampling variance per study.
    pub fn variances(&self) -> &[f64] {
        &self.variances
    }

    /// All but one.
    fn without(&self, study: usize) -> Outcome<Self> {
        let rest = |values: &[f64]| -> Vec<f64> {
            let kept = values.iter().enumerate().filter(|(at, _)| *at != study);
            kept.map(|(_, value)| *value).collect()
        };
        Self::new(&rest(&self.effects), &rest(&self.variances))
    }
}
