//! How unequal counts are.

/// The measure of imbalance among arms, on counts divided by the arms' ratios.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imbalance {
    /// Largest minus smallest.
    Range,
    /// Σ(count − mean)²/(arms − 1).
    Variance,
    /// Its square root.
    StandardDeviation,
    /// The candidate arm's own count (Taves; the simplest rule).
    MarginalSum,
}

impl Imbalance {
    /// The imbalance of these shares if the patient went to arm `candidate`, whose share counts them already.
    pub(super) fn of(self, shares: &[f64], candidate: usize) -> f64 {
        let arms = shares.len() as f64;
        match self {
            Self::Range => {
                let largest = shares.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                largest - shares.iter().copied().fold(f64::INFINITY, f64::min)
            }
            Self::Variance => {
                let mean = shares.iter().sum::<f64>() / arms;
                shares.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / (arms - 1.0)
            }
            Self::StandardDeviation => Self::Variance.of(shares, candidate).sqrt(),
            Self::MarginalSum => shares[candidate],
        }
    }
}
