//! Lists and minimisation: reproducible, balanced, uniform, independent, open to audit.

use std::collections::BTreeMap;

use cotreat_stats::distribution::chi_squared_upper;
use cotreat_stats::randomise::{
    Arm, Chance, Coin, Factor, Imbalance, Minimisation, PermutedBlocks, Seed,
};
use proptest::prelude::*;

use crate::near;

fn seed(byte: u8) -> Seed {
    Seed::new([byte; 32])
}

fn arms(ratios: &[u32]) -> Vec<Arm> {
    let names = ["a", "b", "c", "d"];
    ratios
        .iter()
        .zip(names)
        .map(|(ratio, name)| Arm::new(name, *ratio))
        .collect()
}

fn blocks(ratios: &[u32], multiples: &[u32], list: &str, byte: u8) -> PermutedBlocks {
    PermutedBlocks::new(&arms(ratios), multiples, list, seed(byte)).expect("a list")
}

fn line(list: &PermutedBlocks, stratum: &str, count: usize) -> String {
    list.stratum(stratum)
        .take(count)
        .map(|own| list.arms()[own.arm].name.clone())
        .collect()
}

/// These lists were written down when the generator was frozen. A change of any letter would change trials that are under way.
#[test]
fn frozen_lists() {
    let list = blocks(&[1, 1], &[1, 2], "trial 1", 7);
    assert_eq!(line(&list, "site A", 24), FROZEN_TWO);
    let list = blocks(&[2, 1, 1], &[1], "trial 1", 7);
    assert_eq!(line(&list, "site A", 24), FROZEN_THREE);
}

/// By a second implementation of the generator and the lists in another language.
const FROZEN_TWO: &str = "abbaababbbaaabbaababbbaa";
const FROZEN_THREE: &str = "aacbcaabacabcbaaabcaabca";

#[test]
fn seeds_lists_and_strata_differ() {
    let own = line(&blocks(&[1, 1], &[1, 2], "trial 1", 7), "site A", 60);
    assert_eq!(
        own,
        line(&blocks(&[1, 1], &[1, 2], "trial 1", 7), "site A", 60)
    );
    assert_ne!(
        own,
        line(&blocks(&[1, 1], &[1, 2], "trial 1", 8), "site A", 60)
    );
    assert_ne!(
        own,
        line(&blocks(&[1, 1], &[1, 2], "trial 2", 7), "site A", 60)
    );
    assert_ne!(
        own,
        line(&blocks(&[1, 1], &[1, 2], "trial 1", 7), "site B", 60)
    );
    // Names that would be one if they were only put side by side.
    assert_ne!(
        line(&blocks(&[1, 1], &[1, 2], "a", 7), "/b", 60),
        line(&blocks(&[1, 1], &[1, 2], "a/", 7), "b", 60)
    );
    let zeros = |name: &str| Chance::new(&seed(1), name).bits();
    assert_ne!(zeros("a"), zeros("a\0"));
    assert_ne!(zeros(""), zeros("\0"));
    assert_eq!(format!("{:?}", seed(9)), "Seed(hidden)");
}

/// All 4!/(2!2!) = 6 orders of a block of four are equally likely: χ² over 100,000 blocks.
#[test]
fn block_orders_are_uniform() {
    let list = blocks(&[1, 1], &[2], "uniform", 3);
    let mut found: BTreeMap<Vec<usize>, f64> = BTreeMap::new();
    let lines: Vec<usize> = list
        .stratum("one")
        .take(400_000)
        .map(|own| own.arm)
        .collect();
    for block in lines.chunks(4) {
        *found.entry(block.to_vec()).or_default() += 1.0;
    }
    assert_eq!(found.len(), 6);
    let expected = 100_000.0 / 6.0;
    let statistic: f64 = found
        .values()
        .map(|count| (count - expected).powi(2) / expected)
        .sum();
    assert!(chi_squared_upper(statistic, 5.0) > 1e-4, "{statistic}");
}

/// Block sizes are equally likely as well.
#[test]
fn block_sizes_are_uniform() {
    let list = blocks(&[1, 1], &[1, 2, 3], "sizes", 3);
    let mut found = [0.0; 3];
    let firsts = list.stratum("one").filter(|own| own.place == 1);
    for own in firsts.take(30_000) {
        found[own.block_size / 2 - 1] += 1.0;
    }
    let statistic: f64 = found
        .iter()
        .map(|count| (count - 10_000.0_f64).powi(2) / 10_000.0)
        .sum();
    assert!(chi_squared_upper(statistic, 2.0) > 1e-4, "{found:?}");
}

fn rule(ratios: &[u32], measure: Imbalance, coin: Coin, byte: u8) -> Minimisation {
    let factor = |name: &str, levels| Factor {
        name: name.into(),
        levels,
        weight: 1.0,
    };
    let factors = [factor("sex", 2), factor("age", 3)];
    Minimisation::new(&arms(ratios), &factors, measure, coin, "trial", seed(byte)).expect("a rule")
}

/// Patients with made-up levels.
fn patients(count: usize) -> Vec<Vec<usize>> {
    let mut chance = Chance::new(&seed(200), "patients");
    (0..count)
        .map(|_| vec![chance.below(2) as usize, chance.below(3) as usize])
        .collect()
}

#[test]
fn a_certain_coin_takes_the_preferred_arm() {
    for measure in [
        Imbalance::Range,
        Imbalance::Variance,
        Imbalance::StandardDeviation,
        Imbalance::MarginalSum,
    ] {
        let decisions = rule(&[1, 1], measure, Coin::Simple(1.0), 5)
            .replay(&patients(300))
            .expect("decisions");
        assert!(decisions.iter().all(|own| own.preferred.contains(&own.arm)));
        let first = decisions.iter().filter(|own| own.arm == 0).count();
        assert!((148..=152).contains(&first), "{first} of 300");
    }
}

/// Draws have the stated probabilities: within four standard errors over 100,000 patients with the same counts.
#[test]
fn draws_follow_the_probabilities() {
    let rule = rule(&[1, 1, 1], Imbalance::Range, Coin::Simple(0.8), 6);
    let mut counts = rule.no_patients();
    rule.add(&mut counts, &[0, 0], 0).expect("a patient");
    rule.add(&mut counts, &[0, 0], 1).expect("a patient");
    let mut found = [0.0; 3];
    for number in 1..=100_000 {
        found[rule
            .decide(&counts, &[0, 0], number)
            .expect("a decision")
            .arm] += 1e-5;
    }
    for (found, p) in found.iter().zip([0.1, 0.1, 0.8]) {
        let se = (p * (1.0_f64 - p) / 1e5).sqrt();
        assert!(
            (found - p).abs() < 4.0 * se,
            "{found} where {p} is expected"
        );
    }
}

/// Han, Enas and McEntegart's probabilities: 2:1:1 with 0.8 for the arms of ratio one. q = 0.2/0.75, the larger arm gets 1 − q/2. If arms are
/// preferred as their ratios say, the allocation keeps the ratio; the simple coin does not.
#[test]
fn unequal_ratios_are_kept() {
    let ratio = [0.5, 0.25, 0.25];
    let vectors = |coin| -> Vec<Vec<f64>> {
        let rule = rule(&[2, 1, 1], Imbalance::MarginalSum, coin, 6);
        (0..3)
            .map(|preferred| {
                let mut counts = rule.no_patients();
                for arm in (0..3).filter(|arm| *arm != preferred) {
                    for _ in 0..10 {
                        rule.add(&mut counts, &[0, 0], arm).expect("a patient");
                    }
                }
                let decision = rule.decide(&counts, &[0, 0], 1).expect("a decision");
                assert_eq!(decision.preferred, [preferred]);
                decision.probabilities
            })
            .collect()
    };
    let kept = vectors(Coin::KeepsRatio(0.8));
    near(kept[1][1], 0.8, 1e-15);
    near(kept[0][0], 1.0 - 0.2 / 0.75 / 2.0, 1e-15);
    let marginal = |vectors: &[Vec<f64>], arm: usize| -> f64 {
        vectors
            .iter()
            .zip(ratio)
            .map(|(vector, share)| share * vector[arm])
            .sum()
    };
    for (arm, share) in ratio.iter().enumerate() {
        near(marginal(&kept, arm), *share, 1e-15);
    }
    let simple = vectors(Coin::Simple(0.8));
    assert!((marginal(&simple, 0) - 0.5).abs() > 0.01);
    // And in a trial: 4,000 patients, the share of the larger arm within two percent of a half.
    let decisions = rule(&[2, 1, 1], Imbalance::Range, Coin::KeepsRatio(0.8), 9)
        .replay(&patients(4000))
        .expect("decisions");
    let first = decisions.iter().filter(|own| own.arm == 0).count() as f64 / 4000.0;
    near(first, 0.5, 0.02);
}

#[test]
fn what_cannot_be_randomised_is_refused() {
    let why = |ratios: &[u32], multiples: &[u32]| {
        PermutedBlocks::new(&arms(ratios), multiples, "x", seed(1))
            .expect_err("a refusal")
            .to_string()
    };
    assert_eq!(
        why(&[1], &[1]),
        "a randomised trial needs at least 2 arms; there are 1"
    );
    assert_eq!(
        why(&[1, 0], &[1]),
        "the ratio of `b` is 0; it must be from 1 to 1000"
    );
    assert_eq!(why(&[1, 1], &[]), "the list of block multiples is empty");
    assert_eq!(
        why(&[1, 1], &[0]),
        "a block multiple is 0; it must be from 1 to 1000"
    );
    let twice = [Arm::new("a", 1), Arm::new("a", 1)];
    assert!(PermutedBlocks::new(&twice, &[1], "x", seed(1)).is_err());
    assert!(blocks(&[1, 1], &[1], "x", 1).allocation("s", 0).is_err());
    let rule = rule(&[1, 1], Imbalance::Range, Coin::Simple(0.8), 1);
    let mut counts = rule.no_patients();
    assert_eq!(
        rule.decide(&counts, &[0], 1)
            .expect_err("too few")
            .to_string(),
        "the patient's list of levels has length 1 where 2 is needed"
    );
    assert_eq!(
        rule.decide(&counts, &[0, 3], 1)
            .expect_err("no level")
            .to_string(),
        "`age` has no level 3; levels are counted from 0 to 2"
    );
    assert!(
        rule.add(&mut counts, &[0, 0], 2)
            .expect_err("no arm")
            .to_string()
            .starts_with("there is no arm 2")
    );
    let factor = Factor {
        name: "sex".into(),
        levels: 2,
        weight: f64::NAN,
    };
    let of = |factors: &[Factor], coin| {
        Minimisation::new(
            &arms(&[1, 1]),
            factors,
            Imbalance::Range,
            coin,
            "x",
            seed(1),
        )
    };
    assert!(of(&[factor], Coin::Simple(0.8)).is_err());
    assert!(of(&[], Coin::Simple(0.8)).is_err());
    let fine = Factor {
        name: "sex".into(),
        levels: 2,
        weight: 1.0,
    };
    assert!(of(std::slice::from_ref(&fine), Coin::Simple(0.4)).is_err());
    assert!(of(std::slice::from_ref(&fine), Coin::KeepsRatio(f64::NAN)).is_err());
    let single = Factor { levels: 1, ..fine };
    assert!(of(&[single], Coin::Simple(0.8)).is_err());
}

proptest! {
    /// Every whole block holds each arm as often as its ratio says, and a line can be found again by its place alone.
    #[test]
    fn blocks_balance(byte in any::<u8>(), a in 1_u32..4, b in 1_u32..4, place in 1_usize..200) {
        let list = blocks(&[a, b], &[1, 2, 3], "balance", byte);
        let lines: Vec<_> = list.stratum("s").take(400).collect();
        for block in lines.chunk_by(|one, other| one.block == other.block) {
            if block.len() == block[0].block_size {
                let first = block.iter().filter(|own| own.arm == 0).count();
                prop_assert_eq!(first * (a + b) as usize, block.len() * a as usize);
            }
        }
        prop_assert_eq!(list.allocation("s", place).expect("a line"), lines[place - 1]);
    }

    /// Deciding one by one from a log gives what the replay gave.
    #[test]
    fn the_log_reproduces_each_allocation(byte in any::<u8>(), count in 1_usize..60) {
        let rule = rule(&[2, 1], Imbalance::Variance, Coin::KeepsRatio(0.85), byte);
        let patients = patients(count);
        let decisions = rule.replay(&patients).expect("decisions");
        let mut counts = rule.no_patients();
        for (at, (levels, decision)) in patients.iter().zip(&decisions).enumerate() {
            prop_assert_eq!(&rule.decide(&counts, levels, at + 1).expect("a decision"), decision);
            near(decision.probabilities.iter().sum(), 1.0, 1e-12);
            rule.add(&mut counts, levels, decision.arm).expect("a patient");
        }
    }
}
