//! What is assumed about patients after they have left.

/// How the outcomes after a patient's last observed visit are taken to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// As those of patients of the same arm with the same past who stayed.
    MissingAtRandom,
    /// From the next visit on, the mean of the reference arm; deviations from the own mean so far carry on through the covariance. Patients lose what the treatment had given them.
    JumpToReference,
    /// The own mean at the last visit, then the changes of the reference arm. Patients keep what they had and gain nothing more.
    CopyIncrements,
    /// The mean of the reference arm at all visits, as if never treated; a patient who did better than that is expected to stay better.
    CopyReference,
}

impl Strategy {
    /// The means over visits that a patient is drawn from, where the first `stayed` visits lead up to the last observed one.
    pub(super) fn means(self, own: &[f64], reference: &[f64], stayed: usize) -> Vec<f64> {
        let at = |visit: usize| match self {
            Self::MissingAtRandom => own[visit],
            Self::CopyReference => reference[visit],
            _ if visit < stayed => own[visit],
            Self::CopyIncrements if stayed > 0 => {
                own[stayed - 1] + reference[visit] - reference[stayed - 1]
            }
            // Whoever was never seen has no own past to start from.
            Self::JumpToReference | Self::CopyIncrements => reference[visit],
        };
        (0..own.len()).map(at).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Carpenter, Roger and Kenward 2013, section 4: the joint means for a patient seen at two of four visits.
    #[test]
    fn joint_means() {
        let (own, reference) = ([1.0, 2.0, 4.0, 8.0], [0.5, 0.0, -1.0, -3.0]);
        let means = |strategy: Strategy| strategy.means(&own, &reference, 2);
        assert_eq!(means(Strategy::MissingAtRandom), own);
        assert_eq!(means(Strategy::JumpToReference), [1.0, 2.0, -1.0, -3.0]);
        assert_eq!(means(Strategy::CopyIncrements), [1.0, 2.0, 1.0, -1.0]);
        assert_eq!(means(Strategy::CopyReference), reference);
        for strategy in [Strategy::JumpToReference, Strategy::CopyIncrements] {
            assert_eq!(strategy.means(&own, &reference, 0), reference);
            // In the reference arm all are the same.
            assert_eq!(strategy.means(&own, &own, 2), own);
        }
    }
}
