//! Direct against indirect evidence.

use super::analysis::Network;
use crate::estimate::{Estimate, Level, Reference};
use crate::fault::Outcome;

/// One comparison, split.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// The treatment whose effect is counted.
    pub treatment: String,
    /// The treatment it is compared with.
    pub against: String,
    /// How many trials compare them directly.
    pub trials: usize,
    /// The share of direct evidence, s²_network/s²_direct.
    pub direct_share: f64,
    /// From trials that compare them; none if there is no such trial.
    pub direct: Option<Estimate>,
    /// From all the rest; none if there is nothing but direct evidence.
    pub indirect: Option<Estimate>,
    /// Direct minus indirect, where both exist.
    pub difference: Option<Estimate>,
}

impl Network {
    /// Every pair of treatments, the earlier minus the later by name, with heterogeneity as the network has it.
    ///
    /// # Errors
    /// Estimates that are not finite.
    pub fn split(&self, level: Level) -> Outcome<Vec<Split>> {
        let n = self.treatments().len();
        let pairs = (0..n).flat_map(|one| (one + 1..n).map(move |other| (one, other)));
        pairs
            .map(|(one, other)| self.split_one(one, other, level))
            .collect()
    }

    fn split_one(&self, one: usize, other: usize, level: Level) -> Outcome<Split> {
        let normal = |value: f64, se: f64| Estimate::new(value, se, Reference::Normal, level);
        let (mut weight, mut sum, mut trials) = (0.0, 0.0, 0);
        for trial in &self.trials.trials {
            let place = |treatment: usize| trial.arms.iter().position(|arm| *arm == treatment);
            if let (Some(a), Some(b)) = (place(one), place(other)) {
                let own = 1.0 / (trial.variances[(a, b)] + self.tau2);
                weight += own;
                sum += own * trial.effects[(b, a)];
                trials += 1;
            }
        }
        let (value, se) = self.difference(one, other);
        let network = 1.0 / (se * se);
        let direct_share = (weight / network).min(1.0);
        let direct = (trials > 0)
            .then(|| normal(sum / weight, weight.sqrt().recip()))
            .transpose()?;
        // Up to rounding, nothing is left beside the direct evidence.
        let rest = network - weight;
        let indirect = (direct_share < 1.0 - 1e-9)
            .then(|| normal((value * network - sum) / rest, rest.sqrt().recip()))
            .transpose()?;
        let difference = match (&direct, &indirect) {
            (Some(a), Some(b)) => Some(normal(a.value - b.value, a.se.hypot(b.se))?),
            _ => None,
        };
        Ok(Split {
            treatment: self.treatments()[one].clone(),
            against: self.treatments()[other].clone(),
            trials,
            direct_share,
            direct,
            indirect,
            difference,
        })
    }
}
