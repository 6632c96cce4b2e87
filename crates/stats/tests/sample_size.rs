//! Sample sizes: quadrature twins, closed forms, inverses, hostile input.

use cotreat_stats::distribution::{
    f_upper, noncentral_f, noncentral_t, normal_density, normal_lower, t_quantile, t_upper,
};
use cotreat_stats::sample_size::{
    Aim, ManyMeans, ProportionTest, RepeatedMeasures, Size, TwoMeans, TwoProportions, baseline,
    design_effect, design_effect_of, design_effect_unequal, mean_difference_within, one_arm_only,
    proportion_difference_within, proportion_within,
};
use cotreat_stats::{Level, Sides};
use proptest::prelude::*;

use crate::{near, near_relative};

fn aim(power: f64) -> Aim {
    Aim::new(0.05, Sides::Two, power).expect("an aim")
}

/// By mpmath with 30 digits: `quad(lambda s: f(s)*ncdf(t*s-delta))`.
#[test]
fn noncentral_t_by_another_quadrature() {
    let cases = [
        ([2.0, 10.0, 1.0], 0.8076115625303753, 0.1923884374696247),
        ([-1.0, 5.0, 2.0], 0.002316375654075119, 0.997683624345925),
        ([1.97, 350.0, 2.8], 0.2035199792929527, 0.7964800207070473),
        ([40.0, 12.0, 30.0], 0.8717091150949666, 0.1282908849050334),
        ([8.0, 3.5, 0.5], 0.9971392174308527, 0.002860782569147339),
        ([2.0, 500.0, 9.0], 1.404299525497301e-12, 0.9999999999985957),
    ];
    for ([t, df, delta], lower, upper) in cases {
        let own = noncentral_t(t, df, delta);
        near_relative(own.0, lower, 1e-12);
        near_relative(own.1, upper, 1e-12);
    }
}

/// By mpmath with 30 digits: the Poisson mixture of incomplete beta functions.
#[test]
fn noncentral_f_by_another_sum() {
    let cases = [
        (
            [3.0, 2.0, 57.4, 4.0],
            0.5782918301489018,
            0.4217081698510982,
        ),
        (
            [1.0, 5.0, 20.0, 30.0],
            0.0001818880777067961,
            0.9998181119222932,
        ),
        (
            [9.0, 3.0, 8.0, 0.7],
            0.9891607384721904,
            0.01083926152780958,
        ),
        (
            [2.6, 2.0, 192.0, 12.7],
            0.0729739603309367,
            0.9270260396690633,
        ),
    ];
    for ([f, df1, df2, lambda], lower, upper) in cases {
        let own = noncentral_f(f, df1, df2, lambda);
        near_relative(own.0, lower, 1e-12);
        near_relative(own.1, upper, 1e-12);
    }
}

#[test]
fn without_an_effect_they_are_the_central_ones() {
    for df in [0.7, 3.0, 40.0, 1e5] {
        for t in [-3.0, 0.0, 0.4, 9.0] {
            near_relative(noncentral_t(t, df, 0.0).1, t_upper(t, df), 1e-11);
        }
        near_relative(
            noncentral_f(2.3, 3.0, df, 0.0).1,
            f_upper(2.3, 3.0, df),
            1e-12,
        );
    }
    // T² of a non-central t is a non-central F with one degree of freedom.
    let (below, above) = (
        noncentral_t(-2.0, 17.0, 1.3).0,
        noncentral_t(2.0, 17.0, 1.3).1,
    );
    near_relative(noncentral_f(4.0, 1.0, 17.0, 1.69).1, below + above, 1e-11);
    assert!(noncentral_t(f64::NAN, 3.0, 1.0).0.is_nan());
    assert!(noncentral_t(1.0, 0.0, 1.0).1.is_nan());
    assert!(noncentral_f(1.0, 2.0, 3.0, -1.0).1.is_nan());
    assert_eq!(noncentral_f(0.0, 2.0, 3.0, 1.0), (0.0, 1.0));
}

/// The power of the t test as its definition has it: over the variance s², the normal probability that the difference passes t·s.
fn slow_power(difference: f64, sd: f64, arm1: f64, arm0: f64, critical: f64) -> f64 {
    let df = arm1 + arm0 - 2.0;
    let se = sd * (1.0 / arm1 + 1.0 / arm0).sqrt();
    // The density of v = s²/σ² is a gamma density; Simpson's rule over ±12 standard deviations.
    let spread = (2.0 / df).sqrt();
    let (from, to) = ((1.0 - 12.0 * spread).max(1e-9), 1.0 + 14.0 * spread);
    let cells = 4000;
    let step = (to - from) / f64::from(cells);
    let shape = 0.5 * df;
    let (mut sum, mut mass) = (0.0, 0.0);
    for i in 0..=cells {
        let v = from + step * f64::from(i);
        let simpson = if i == 0 || i == cells {
            1.0
        } else {
            f64::from(2 + 2 * (i % 2))
        };
        let weight = simpson * ((shape - 1.0) * v.ln() - shape * (v - 1.0)).exp();
        mass += weight;
        sum += weight * normal_lower(difference / se - critical * v.sqrt());
    }
    sum / mass
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn means_against_the_definition(
        difference in 0.2_f64..3.0,
        sd in 0.5_f64..4.0,
        ratio in 0.5_f64..3.0,
        power in 0.5_f64..0.99,
    ) {
        let aim = aim(power);
        let arms = TwoMeans::new(difference, sd).and_then(|arms| arms.ratio(ratio)).expect("arms");
        let size = arms.size(aim).expect("a size");
        near(arms.power(size, aim).expect("a power"), power, 1e-10);
        near_relative(size.arm1 / size.arm0, ratio, 1e-12);
        near_relative(arms.detectable(size, aim).expect("a difference"), difference, 1e-9);
        prop_assert!(arms.size_normal(aim).expect("a size").arm0 < size.arm0);
        if size.arm0 + size.arm1 > 12.0 {
            let critical = -t_quantile(0.025, size.arm1 + size.arm0 - 2.0);
            near(slow_power(difference, sd, size.arm1, size.arm0, critical), power, 1e-8);
        }
        // One patient more than rounded up never has less power.
        let [arm1, arm0] = size.whole();
        let more = Size { arm1: arm1 as f64 + 1.0, arm0: arm0 as f64 };
        prop_assert!(arms.power(more, aim).expect("a power") >= power);
    }

    #[test]
    fn proportions_there_and_back(
        p1 in 0.02_f64..0.98,
        p0 in 0.02_f64..0.98,
        ratio in 0.5_f64..3.0,
        power in 0.5_f64..0.99,
    ) {
        prop_assume!((p1 - p0).abs() > 0.02);
        let aim = aim(power);
        let arms = TwoProportions::new(p1, p0).and_then(|arms| arms.ratio(ratio)).expect("arms");
        let tests = [
            ProportionTest::Score,
            ProportionTest::Wald,
            ProportionTest::ScoreWithContinuity,
            ProportionTest::Arcsine,
        ];
        for test in tests {
            for aim in [aim, aim.either_way()] {
                let size = arms.size(test, aim).expect("a size");
                near(arms.power(size.arm0, test, aim).expect("a power"), power, 1e-9);
            }
        }
        // Fleiss, Levin and Paik, formula 4.14 and 4.19, as printed.
        let z = [1.959963984540054, cotreat_stats::distribution::normal_quantile(power)];
        let mean = (p0 + ratio * p1) / (1.0 + ratio);
        let root = z[0] * ((ratio + 1.0) * mean * (1.0 - mean)).sqrt()
            + z[1] * (ratio * p0 * (1.0 - p0) + p1 * (1.0 - p1)).sqrt();
        let plain = root * root / (ratio * (p1 - p0).powi(2));
        near_relative(arms.size(ProportionTest::Score, aim).expect("a size").arm0, plain, 1e-9);
        let inner = 1.0 + 2.0 * (ratio + 1.0) / (plain * ratio * (p1 - p0).abs());
        let corrected = 0.25 * plain * (1.0 + inner.sqrt()).powi(2);
        let own = arms.size(ProportionTest::ScoreWithContinuity, aim).expect("a size");
        near_relative(own.arm0, corrected, 1e-9);
    }

    #[test]
    fn widths_there_and_back(width in 0.01_f64..0.3, p in 0.0_f64..1.0, sd in 0.1_f64..5.0, ratio in 0.5_f64..2.0) {
        let level = Level::default();
        let Size { arm1, arm0 } = mean_difference_within(width, sd, ratio, level).expect("a size");
        if arm1 + arm0 > 3.001 {
            let reach = -t_quantile(0.025, arm1 + arm0 - 2.0);
            near_relative(reach * sd * (1.0 / arm1 + 1.0 / arm0).sqrt(), width, 1e-9);
        }
        let n = proportion_within(width, p, level).expect("a size");
        let z = 1.959963984540054_f64;
        let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n);
        if n > 1.0 {
            near_relative(half, width, 1e-9);
        } else {
            prop_assert!(half <= width * (1.0 + 1e-9));
        }
        let Size { arm1, arm0 } = proportion_difference_within(width, 0.3, 0.5, ratio, level).expect("a size");
        near_relative(z * (0.21 / arm1 + 0.25 / arm0).sqrt(), width, 1e-9);
    }
}

/// Two arms by the F test are two arms by the t test with two sides.
#[test]
fn two_of_many_arms() {
    let aim = aim(0.9);
    let many = ManyMeans::new(&[0.0, 2.0], 5.0).expect("arms");
    let n = many.size(aim).expect("a size");
    let two = TwoMeans::new(2.0, 5.0).expect("arms");
    let either = two
        .power(Size { arm1: n, arm0: n }, aim.either_way())
        .expect("a power");
    near(either, 0.9, 1e-9);
    near(many.power(n, aim).expect("a power"), 0.9, 1e-9);
}

/// A margin with equal shares: Farrington and Manning's null proportions obey p₁ = p₀ − margin and maximise the expected likelihood, checked by trying others.
#[test]
fn farrington_and_manning() {
    let aim = Aim::new(0.025, Sides::One, 0.9).expect("an aim");
    let arms = TwoProportions::new(0.6, 0.65)
        .and_then(|a| a.not_worse_by(0.15))
        .expect("arms");
    let likelihood = |p0: f64| {
        let p1 = p0 - 0.15;
        0.6 * p1.ln() + 0.4 * (1.0 - p1).ln() + 0.65 * p0.ln() + 0.35 * (1.0 - p0).ln()
    };
    let best = (151_000..999_000)
        .map(|i| f64::from(i) * 1e-6)
        .max_by(|a, b| likelihood(*a).total_cmp(&likelihood(*b)))
        .expect("a share");
    let null = best * (1.0 - best) + (best - 0.15) * (1.15 - best);
    let own: f64 = 0.6 * 0.4 + 0.65 * 0.35;
    let z = [1.959963984540054, 1.2815515655446004];
    let expected = ((z[0] * null.sqrt() + z[1] * own.sqrt()) / 0.10).powi(2);
    let score = arms.size(ProportionTest::Score, aim).expect("a size");
    near_relative(score.arm0, expected, 1e-6);
    let wald = arms.size(ProportionTest::Wald, aim).expect("a size");
    near_relative(wald.arm0, (z[0] + z[1]).powi(2) * own / 0.01, 1e-12);
    let said = arms
        .size(ProportionTest::Arcsine, aim)
        .unwrap_err()
        .to_string();
    assert!(said.contains("no test `Arcsine` with a margin"), "{said}");
}

#[test]
fn factors_of_the_variance() {
    near(baseline(0.6).expect("a factor"), 0.64, 1e-15);
    near(design_effect(15.0, 0.02).expect("a factor"), 1.28, 1e-15);
    near(
        design_effect_unequal(10.0, 0.5, 0.1).expect("a factor"),
        2.15,
        1e-14,
    );
    // Sizes that do not differ, and sizes 5 and 15: Σm/Σ(m/(1 + (m−1)ρ)) = 20/(5/1.4 + 15/2.4).
    near(
        design_effect_of(&[12.0; 7], 0.1).expect("a factor"),
        2.1,
        1e-14,
    );
    let own = design_effect_of(&[5.0, 15.0], 0.1).expect("a factor");
    near(own, 20.0 / (5.0 / 1.4 + 15.0 / 2.4), 1e-14);
    // Weighting by what clusters tell is never worse than weighting patients alike.
    assert!(own < design_effect_unequal(10.0, 0.5, 0.1).expect("a factor"));
    // Two arms of n, one clustered: (D + 1)/2.
    near(one_arm_only(3.0, 1.0).expect("a factor"), 2.0, 1e-15);
    let visits = RepeatedMeasures::new(2, 3, 0.5).expect("visits");
    near(visits.unadjusted(), 2.0 / 3.0, 1e-15);
    near(visits.adjusted(), 2.0 / 3.0 - 0.5 / 1.5, 1e-15);
    near(
        visits.change().expect("a factor"),
        2.0 / 3.0 + 0.75 - 1.0,
        1e-15,
    );
    // The variance of the covariance analysis by least squares on the joint covariance: never above the other two.
    for correlation in [0.0, 0.3, 0.9] {
        let visits = RepeatedMeasures::new(1, 2, correlation).expect("visits");
        assert!(visits.adjusted() <= visits.unadjusted() + 1e-15);
        assert!(visits.adjusted() <= visits.change().expect("a factor") + 1e-15);
    }
    let never = RepeatedMeasures::new(0, 2, 0.4).expect("visits");
    near(never.adjusted(), never.unadjusted(), 1e-15);
    assert!(never.change().is_err());
}

#[test]
fn rounding_up() {
    let size = Size {
        arm1: 220.0,
        arm0: 110.0,
    };
    // 220/0.8 is 275, and rounding of binary numbers must not make it 276.
    assert_eq!(size.with_dropout(0.2), Ok([275, 138]));
    assert_eq!(size.times(1.001).whole(), [221, 111]);
    assert_eq!(size.times(1.0 + 1e-13).whole(), [220, 110]);
    assert!(size.with_dropout(1.0).is_err());
    assert!(size.with_dropout(f64::NAN).is_err());
}

/// Very small and very large trials are answered, too.
#[test]
fn far_ends() {
    let tiny = TwoMeans::new(1e-4, 1.0)
        .expect("arms")
        .size(aim(0.8))
        .expect("a size");
    near_relative(tiny.arm0, 1.56977e9, 1e-4);
    let huge = TwoMeans::new(1e6, 1.0)
        .expect("arms")
        .size(aim(0.8))
        .expect("a size");
    assert!(huge.arm0 >= 1.0 && huge.arm0 < 2.0, "{huge:?}");
    let said = TwoMeans::new(1e-9, 1.0)
        .expect("arms")
        .size(aim(0.8))
        .unwrap_err()
        .to_string();
    assert!(said.contains("more than 10,000,000,000 patients"), "{said}");
    assert!(normal_density(0.0) > 0.0);
    let many = ManyMeans::new(&[0.0, 0.0, 1e-3], 1.0).expect("arms");
    assert!(many.size(aim(0.8)).expect("a size") > 1e6);
}

#[test]
fn hostile_input() {
    for (alpha, power) in [
        (f64::NAN, 0.8),
        (0.05, f64::NAN),
        (0.05, 1.0),
        (0.05, 0.01),
        (0.0, 0.8),
    ] {
        assert!(
            Aim::new(alpha, Sides::Two, power).is_err(),
            "{alpha} {power}"
        );
    }
    assert!(TwoMeans::new(f64::NAN, 1.0).is_err());
    assert!(TwoMeans::new(1.0, 0.0).is_err());
    assert!(TwoMeans::new(1.0, f64::INFINITY).is_err());
    let said = TwoMeans::new(0.0, 1.0)
        .expect("arms")
        .size(aim(0.8))
        .unwrap_err()
        .to_string();
    assert!(said.contains("give the difference that matters"), "{said}");
    let arms = TwoMeans::new(-2.0, 1.0).expect("arms");
    assert!(arms.not_worse_by(1.0).is_err());
    assert!(arms.not_worse_by(f64::NAN).is_err());
    assert!(arms.ratio(0.0).is_err());
    for size in [
        [0.0, 5.0],
        [1.0, 1.0],
        [f64::NAN, 5.0],
        [f64::INFINITY, 5.0],
    ] {
        let size = Size {
            arm1: size[0],
            arm0: size[1],
        };
        assert!(arms.power(size, aim(0.8)).is_err(), "{size:?}");
        assert!(arms.detectable(size, aim(0.8)).is_err(), "{size:?}");
    }
    assert!(TwoProportions::new(0.0, 0.5).is_err());
    assert!(TwoProportions::new(0.5, f64::NAN).is_err());
    let same = TwoProportions::new(0.5, 0.5).expect("arms");
    assert!(same.size(ProportionTest::Score, aim(0.8)).is_err());
    assert!(ManyMeans::new(&[], 1.0).is_err());
    assert!(ManyMeans::new(&[1.0], 1.0).is_err());
    assert!(ManyMeans::new(&[1.0, 1.0], 1.0).is_err());
    assert!(ManyMeans::new(&[1.0, f64::NAN], 1.0).is_err());
    assert!(baseline(1.0).is_err());
    assert!(design_effect(0.5, 0.1).is_err());
    assert!(design_effect(5.0, 1.5).is_err());
    assert!(design_effect_of(&[], 0.1).is_err());
    assert!(design_effect_of(&[4.0, f64::NAN], 0.1).is_err());
    assert!(RepeatedMeasures::new(1, 0, 0.5).is_err());
    assert!(RepeatedMeasures::new(1, 1, f64::NAN).is_err());
    let level = Level::default();
    assert!(mean_difference_within(0.0, 1.0, 1.0, level).is_err());
    assert!(proportion_within(0.1, 1.1, level).is_err());
    assert!(proportion_within(f64::NAN, 0.5, level).is_err());
    assert!(proportion_difference_within(0.1, 0.0, 1.0, 1.0, level).is_err());
}
