//! Generalised estimating equations: means of outcomes that are correlated within clusters (visits of a patient, patients of a practice).
//!
//! **Model.** Cluster i has nᵢ rows; outcome yᵢₖ has mean μᵢₖ, g(μᵢₖ) = oᵢₖ + xᵢₖ'β, and variance φ·v(μᵢₖ)/wᵢₖ ([`Family`]). Within a cluster the working correlation
//! is R(α) ([`Correlation`]), between clusters there is none. Vᵢ = φA^½RA^½ with A = diag(v/w), D = ∂μ/∂β. Only the means must be right: the sandwich
//! variance holds whatever the true correlation is, if there are many clusters.
//!
//! **Estimator.** ΣDᵢ'Vᵢ⁻¹(yᵢ − μᵢ) = 0 by Fisher scoring. After each step φ and α come from the residuals e = (y − μ)/√v ([`Moments`]):
//! - as `geepack` has it: φ = Σwe²/Σw; exchangeable α = mean of eⱼeₖ/φ over all pairs of a cluster, each with weight wⱼwₖ; AR(1) solves
//!   Σwⱼwₖ·l·α^(l−1)(eⱼeₖ/φ − α^l) = 0 over all pairs, l visits apart; unstructured: the mean for each pair of visits;
//! - as Liang and Zeger and the package `gee` have it: φ = Σwe²/(Σw − p), sums of products divided by pairs − p, and AR(1) from neighbours alone.
//!
//! The columns are made orthonormal first, by the triangle of the fit under independence, so that nearly dependent ones cost no digits. Every cluster is multiplied by a root L of its R⁻¹ = L'L; what remains is weighted least squares on the rows LA^(−½)D, walked through in blocks.
//!
//! **Variances** of β̂ ([`Variance`]), M = ΣDᵢ'Vᵢ⁻¹Dᵢ and scores uᵢ = Dᵢ'Vᵢ⁻¹rᵢ: model M⁻¹; robust M⁻¹(Σuᵢuᵢ')M⁻¹; with few clusters residuals are too small, and rᵢ is
//! multiplied by (I − Hᵢ)^(−½) (Kauermann and Carroll) or (I − Hᵢ)⁻¹ (Mancl and DeRouen), Hᵢ = DᵢM⁻¹Dᵢ'Vᵢ⁻¹, or the j-th
//! score by (1 − min(¾, (Dᵢ'Vᵢ⁻¹DᵢM⁻¹)ⱼⱼ))^(−½) (Fay and Graubard). All need only columns × columns matrices per cluster.
//!
//! **Degrees of freedom** ([`Freedom`]): none (normal), J − p for J clusters, or Satterthwaite's with the working covariance as the truth (Bell and McCaffrey).
//!
//! References: Liang KY, Zeger SL. Biometrika 1986;73:13–22. Halekoh U, Højsgaard S, Yan J. J Stat Softw 2006;15(2). Kauermann G, Carroll RJ. JASA 2001;96:1387–1396.
//! Mancl LA, DeRouen TA. Biometrics 2001;57:126–134. Fay MP, Graubard BI. Biometrics 2001;57:1198–1206. Agrees with `geepack::geeglm` and `gee::gee`.

mod fitted;
mod moments;
mod small;
mod solve;
mod whiten;

pub use fitted::{FittedGee, Freedom, Variance};
pub use moments::Moments;
pub use whiten::Correlation;

use crate::design::Design;
use crate::fault::{Fault, Outcome, length};
use crate::glm::{Family, Glm};
use crate::linear::Clusters;
use crate::matrix::{invert_upper, times};
use solve::Equations;

/// Estimating equations that are yet to be solved.
#[derive(Clone, Copy, Debug)]
pub struct Gee<'a> {
    family: Family,
    correlation: Correlation,
    clusters: &'a Clusters,
    visits: Option<&'a [u32]>,
    weights: Option<&'a [f64]>,
    offset: Option<&'a [f64]>,
    moments: Moments,
}

impl<'a> Gee<'a> {
    /// A model of this family with a working correlation within clusters, and the moments of `geepack`.
    pub fn new(family: Family, correlation: Correlation, clusters: &'a Clusters) -> Self {
        Self {
            family,
            correlation,
            clusters,
            visits: None,
            weights: None,
            offset: None,
            moments: Moments::Geepack,
        }
    }

    /// The number of each row's visit, so that a visit that was missed leaves its gap (AR(1)) and its place (unstructured). Without it the rows of a cluster count as
    /// visits 1, 2, 3 … in their order.
    #[must_use]
    pub fn visits(mut self, visits: &'a [u32]) -> Self {
        self.visits = Some(visits);
        self
    }

    /// One weight per row, greater than zero: its variance is divided by it.
    #[must_use]
    pub fn weights(mut self, weights: &'a [f64]) -> Self {
        self.weights = Some(weights);
        self
    }

    /// A part of the linear predictor that is known.
    #[must_use]
    pub fn offset(mut self, offset: &'a [f64]) -> Self {
        self.offset = Some(offset);
        self
    }

    /// How scale and correlation are estimated.
    #[must_use]
    pub fn moments(mut self, moments: Moments) -> Self {
        self.moments = moments;
        self
    }

    /// Solves the equations for `outcome` (one value per row of the design).
    ///
    /// # Errors
    /// Those of [`Glm::fit`]; clusters or visits that do not fit; a visit twice in a cluster; a correlation that is not possible.
    pub fn fit(&self, design: &'a Design, outcome: &'a [f64]) -> Outcome<FittedGee<'a>> {
        length("the list of clusters", self.clusters.rows(), design.rows())?;
        if let Some(weights) = self.weights {
            crate::fault::positive("the list of weights", weights)?;
        }
        let mut start = Glm::new(self.family);
        if let Some(weights) = self.weights {
            start = start.weights(weights);
        }
        if let Some(offset) = self.offset {
            start = start.offset(offset);
        }
        let start = start.fit(design, outcome)?;
        if self.moments == Moments::LiangZeger && start.residual_df() <= 0.0 {
            return Err(Fault::TooFew {
                what: "rows",
                found: design.rows(),
                needed: design.names().len() + 1,
                purpose: "the scale".into(),
            });
        }
        let equations = Equations {
            family: self.family,
            correlation: self.correlation,
            moments: self.moments,
            matrix: design.matrix() * start.inverse_triangle(),
            outcome,
            weights: self.weights,
            offset: self.offset,
            clusters: whiten::in_order(self.clusters, self.visits)?,
        };
        let turn = start.inverse_triangle().clone();
        let turned = times(invert_upper(turn.as_ref()).as_ref(), start.coefficients());
        let solution = equations.solve(&turned)?;
        Ok(FittedGee::new(design, equations, turn, solution))
    }
}
