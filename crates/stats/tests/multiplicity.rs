//! Adjusted p values.

use cotreat_stats::multiplicity::{Adjustment, adjust};
use proptest::prelude::*;

use crate::near;

/// R 4.2.2, `p.adjust`.
#[test]
fn as_p_adjust() {
    let p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205];
    let expected = [0.008, 0.056, 0.111, 0.111, 0.111, 0.12, 0.148, 0.205];
    for (own, expected) in adjust(&p, Adjustment::Hommel)
        .expect("p values")
        .iter()
        .zip(expected)
    {
        near(*own, expected, 1e-14);
    }
    let holm = adjust(&p, Adjustment::Holm).expect("p values");
    near(holm[2], 0.234, 1e-14);
}

/// Every closed family that holds hypothesis `i` must be rejected by Simes' test: all 2ᵐ families are tried.
fn slow_hommel(p: &[f64]) -> Vec<f64> {
    let simes = |family: &[usize]| {
        let mut own: Vec<f64> = family.iter().map(|i| p[*i]).collect();
        own.sort_by(f64::total_cmp);
        let size = own.len() as f64;
        let bounds = own
            .iter()
            .enumerate()
            .map(|(at, p)| size * p / (at + 1) as f64);
        bounds.fold(f64::INFINITY, f64::min)
    };
    let families = 1_u32..1 << p.len();
    let mut adjusted = vec![0.0_f64; p.len()];
    for family in families {
        let members: Vec<usize> = (0..p.len()).filter(|i| family >> i & 1 == 1).collect();
        let value = simes(&members);
        for i in members {
            adjusted[i] = adjusted[i].max(value);
        }
    }
    adjusted
}

/// The same with Bonferroni's test in each family gives Holm.
fn slow_holm(p: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![0.0_f64; p.len()];
    for family in 1_u32..1 << p.len() {
        let members: Vec<usize> = (0..p.len()).filter(|i| family >> i & 1 == 1).collect();
        let smallest = members.iter().map(|i| p[*i]).fold(f64::INFINITY, f64::min);
        for i in &members {
            adjusted[*i] = adjusted[*i].max((smallest * members.len() as f64).min(1.0));
        }
    }
    adjusted
}

proptest! {
    #[test]
    fn closed_testing_gives_the_same(p in proptest::collection::vec(0.0_f64..1.0, 1..8)) {
        for (method, slow) in [(Adjustment::Hommel, slow_hommel(&p)), (Adjustment::Holm, slow_holm(&p))] {
            for (own, slow) in adjust(&p, method).expect("p values").iter().zip(slow) {
                near(*own, slow, 1e-12);
            }
        }
    }
}
