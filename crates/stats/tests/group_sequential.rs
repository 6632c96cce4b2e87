//! Group-sequential bounds: a slow twin, printed tables, identities, hostile input.

use cotreat_stats::distribution::{normal_density, normal_lower, normal_quantile, normal_upper};
use cotreat_stats::group_sequential::{Analyses, Boundaries, Futility, Rule, Spending, Stop};
use cotreat_stats::{Level, Sides};
use proptest::prelude::*;

use crate::near;

/// P(stop above), P(stop below) at each analysis as Armitage, McPherson and Rowe write them: the density of the score S = Z√t on an even grid between the bounds, Simpson's
/// rule from one analysis to the next. Bounds beyond ten standard deviations count as that.
fn slow_crossing(t: &[f64], lower: &[f64], upper: &[f64], drift: f64) -> (Vec<f64>, Vec<f64>) {
    const CELLS: usize = 1200;
    let (mut above, mut below) = (Vec::new(), Vec::new());
    let mut density: Vec<(f64, f64)> = Vec::new();
    let mut before = 0.0;
    for (k, now) in t.iter().enumerate() {
        let sd = (now - before).sqrt();
        let mean = drift * (now - before);
        let scores = [lower[k] * now.sqrt(), upper[k] * now.sqrt()];
        // Before the first analysis the score is zero for sure.
        let chance = |f: &dyn Fn(f64) -> f64| -> f64 {
            if density.is_empty() {
                return f(0.0);
            }
            density.iter().map(|(s, mass)| mass * f(*s)).sum()
        };
        above.push(chance(&|s| normal_upper((scores[1] - s - mean) / sd)));
        below.push(chance(&|s| normal_lower((scores[0] - s - mean) / sd)));
        let whole = now.sqrt();
        let from = scores[0].max(drift * now - 10.0 * whole);
        let to = scores[1].min(drift * now + 10.0 * whole);
        if from >= to {
            let rest = t.len() - k - 1;
            above.extend(vec![0.0; rest]);
            below.extend(vec![0.0; rest]);
            return (above, below);
        }
        let step = (to - from) / CELLS as f64;
        density = (0..=CELLS)
            .map(|i| {
                let s = from + step * i as f64;
                let simpson = match i {
                    0 | CELLS => 1.0,
                    i if i % 2 == 1 => 4.0,
                    _ => 2.0,
                };
                let value = chance(&|other| normal_density((s - other - mean) / sd) / sd);
                (s, value * simpson * step / 3.0)
            })
            .collect();
        before = *now;
    }
    (above, below)
}

const RULES: [Rule; 8] = [
    Rule::Pocock,
    Rule::OBrienFleming,
    Rule::WangTsiatis(0.25),
    Rule::HaybittlePeto(3.0),
    Rule::Spending(Spending::OBrienFleming),
    Rule::Spending(Spending::Pocock),
    Rule::Spending(Spending::KimDeMets(3.0)),
    Rule::Spending(Spending::HwangShihDeCani(-4.0)),
];

fn bounds(t: &[f64], alpha: f64, sides: Sides, rule: Rule) -> Boundaries {
    let analyses = Analyses::planned(t).expect("analyses");
    Boundaries::new(&analyses, alpha, sides, rule).expect("bounds")
}

/// The total error by the twin is α to 1e-8, for every rule, one- and two-sided, with uneven steps.
#[test]
fn every_rule_spends_the_error() {
    let t = [0.2, 0.35, 0.8, 1.0];
    for rule in RULES {
        for (sides, alpha) in [(Sides::One, 0.025), (Sides::Two, 0.1)] {
            let own = bounds(&t, alpha, sides, rule);
            let (above, below) = slow_crossing(&t, own.lower(), own.upper(), 0.0);
            let total: f64 = above.iter().chain(&below).sum();
            assert!((total - alpha).abs() < 1e-8, "{rule:?}, {sides:?}: {total}");
            near(own.alpha_spent()[3], alpha, 1e-12);
        }
    }
}

/// Jennison and Turnbull 2000, tables 2.1 and 2.3: two-sided α = 0.05.
#[test]
fn printed_constants() {
    let pocock = [2.178, 2.289, 2.361, 2.413];
    let fleming = [1.977, 2.004, 2.024, 2.040];
    for count in 2..=5 {
        let analyses = Analyses::equal(count).expect("analyses");
        let last = |rule| {
            let own = Boundaries::new(&analyses, 0.05, Sides::Two, rule).expect("bounds");
            own.upper()[count - 1]
        };
        near(last(Rule::Pocock), pocock[count - 2], 0.0005 / 2.0);
        near(last(Rule::OBrienFleming), fleming[count - 2], 0.0005 / 2.0);
    }
}

#[test]
fn one_analysis_is_the_fixed_test() {
    for rule in RULES {
        let own = bounds(&[1.0], 0.05, Sides::Two, rule);
        near(own.upper()[0], -normal_quantile(0.025), 1e-14);
        near(own.inflation(0.9).expect("a factor"), 1.0, 1e-12);
        near(
            own.expected_information(3.0).expect("information"),
            1.0,
            1e-15,
        );
    }
}

/// As printed by `gsDesign()` and `gsDesign(n.fix = 1000)` (gsDesign 3): power 0.9, α 0.025, spending of Hwang, Shih and DeCani with −4 above and −2 below, bounds below not binding.
#[test]
fn futility_as_printed() {
    let futility = Futility {
        stop: Stop::Spending {
            beta: 0.1,
            rule: Spending::HwangShihDeCani(-2.0),
        },
        binding: false,
    };
    let analyses = Analyses::equal(3).expect("analyses");
    let rule = Rule::Spending(Spending::HwangShihDeCani(-4.0));
    let own = Boundaries::with_futility(&analyses, 0.025, rule, &futility).expect("bounds");
    for (bound, printed) in own.upper().iter().zip([3.01, 2.55, 2.00]) {
        near(*bound, printed, 0.005);
    }
    for (bound, printed) in own.lower().iter().zip([-0.24, 0.94, 2.00]) {
        near(*bound, printed, 0.005);
    }
    let drift = own.planned_drift().expect("a drift");
    near(own.power(drift).expect("a power"), 0.9, 1e-10);
    let crossing = own.crossing(drift).expect("crossing");
    for (chance, printed) in crossing.above.iter().zip([0.1412, 0.4403, 0.3185]) {
        near(*chance, printed, 0.00005);
    }
    for (chance, printed) in crossing.below.iter().zip([0.0148, 0.0289, 0.0563]) {
        near(*chance, printed, 0.00005);
    }
    let null = own.crossing(0.0).expect("crossing");
    for (chance, printed) in null.above.iter().zip([0.0013, 0.0049, 0.0171]) {
        near(*chance, printed, 0.00005);
    }
    let inflation = own.inflation(0.9).expect("a factor");
    near(1000.0 * inflation, 1070.0, 0.5 / 1070.0);
    let expected = |drift| 1000.0 * inflation * own.expected_information(drift).expect("n");
    near(expected(0.0), 624.9, 0.05 / 624.9);
    near(expected(drift), 791.3, 0.05 / 791.3);
    // Bounds that do not bind spend all of α without being obeyed.
    near(own.alpha_spent()[2], 0.025, 1e-12);
}

#[test]
fn binding_futility_lowers_the_upper_bounds() {
    let analyses = Analyses::planned(&[0.3, 0.6, 1.0]).expect("analyses");
    let stops = [
        Stop::Bounds(vec![0.0, 0.6]),
        Stop::Spending {
            beta: 0.2,
            rule: Spending::OBrienFleming,
        },
    ];
    for stop in stops {
        for rule in [Rule::Spending(Spending::OBrienFleming), Rule::Pocock] {
            let laid = |binding| {
                let stop = stop.clone();
                Boundaries::with_futility(&analyses, 0.025, rule, &Futility { stop, binding })
            };
            let free = laid(false).expect("bounds");
            let Ok(bound) = laid(true) else {
                // Spending below that binds needs spending above.
                assert_eq!(rule, Rule::Pocock);
                continue;
            };
            assert!(bound.upper()[2] < free.upper()[2]);
            let (above, _) = slow_crossing(analyses.fractions(), bound.lower(), bound.upper(), 0.0);
            near(above.iter().sum(), 0.025, 1e-8);
            let open = vec![f64::NEG_INFINITY; 3];
            let (above, _) = slow_crossing(analyses.fractions(), &open, free.upper(), 0.0);
            near(above.iter().sum(), 0.025, 1e-8);
            if let Some(drift) = bound.planned_drift() {
                near(bound.power(drift).expect("a power"), 0.8, 1e-10);
            }
        }
    }
}

/// The bounds of a trial that goes on are the first bounds of the whole one; what was not looked at before does not matter later.
#[test]
fn spending_does_not_look_ahead() {
    let rule = Rule::Spending(Spending::Pocock);
    let whole = bounds(&[0.25, 0.5, 1.0], 0.05, Sides::Two, rule);
    let so_far = Analyses::so_far(&[0.25, 0.5]).expect("analyses");
    let own = Boundaries::new(&so_far, 0.05, Sides::Two, rule).expect("bounds");
    assert_eq!(own.upper(), &whole.upper()[..2]);
    // A trial that ended early or late spends all the same.
    for end in [0.9, 1.1] {
        let ended = bounds(&[0.25, 0.5, end], 0.05, Sides::Two, rule);
        near(ended.alpha_spent()[2], 0.05, 1e-12);
    }
    // A look at a hundredth of the information spends next to nothing, and never a NaN.
    let early = bounds(
        &[0.001, 1.0],
        0.05,
        Sides::Two,
        Rule::Spending(Spending::OBrienFleming),
    );
    assert_eq!(early.upper()[0], f64::INFINITY);
    near(early.upper()[1], -normal_quantile(0.025), 1e-12);
}

#[test]
fn conditional_and_predictive_power_in_closed_form() {
    let own = bounds(&[0.4, 1.0], 0.025, Sides::One, Rule::OBrienFleming);
    let (t, critical) = (0.4_f64, own.upper()[1]);
    for z in [-1.0, 0.5, 2.0] {
        for drift in [0.0, 2.8] {
            let score = z * t.sqrt() + drift * (1.0 - t) - critical;
            let exact = normal_lower(score / (1.0 - t).sqrt());
            near(
                own.conditional_power(1, z, drift).expect("a power"),
                exact,
                1e-13,
            );
        }
        let trend = own.conditional_power_of_trend(1, z).expect("a power");
        let given = own.conditional_power(1, z, z / t.sqrt()).expect("a power");
        near(trend, given, 1e-15);
        let exact = normal_lower((z / t.sqrt() - critical) / (1.0 / t - 1.0).sqrt());
        near(own.predictive_power(1, z).expect("a power"), exact, 1e-12);
    }
    // Averaged over the interim Z of trials that go on, the conditional power is the power that is left.
    let drift = 2.5;
    let step = 0.001;
    let mean: f64 = (-10_000..10_000)
        .map(|i| {
            let z = f64::from(i) * step + 0.5 * step;
            if z >= own.upper()[0] {
                return 0.0;
            }
            let density = normal_density(z - drift * t.sqrt());
            step * density * own.conditional_power(1, z, drift).expect("a power")
        })
        .sum();
    let crossing = own.crossing(drift).expect("crossing");
    near(mean, crossing.above[1], 1e-4);
}

/// At the bound itself the p value is the error spent so far; with one analysis it is the ordinary one.
#[test]
fn what_is_reported_after_stopping() {
    let level = Level::default();
    let own = bounds(&[0.3, 0.7, 1.0], 0.05, Sides::Two, Rule::OBrienFleming);
    for k in 1..=3 {
        let stopped = own.stopped(k, own.upper()[k - 1], level).expect("a result");
        near(stopped.p, own.alpha_spent()[k - 1], 1e-10);
        let mirrored = own.stopped(k, own.lower()[k - 1], level).expect("a result");
        near(mirrored.p, stopped.p, 1e-10);
        near(mirrored.drift, -stopped.drift, 1e-9);
        near(mirrored.interval.lower, -stopped.interval.upper, 1e-9);
    }
    // p = α at the last bound goes with an interval that just touches zero.
    let last = own.stopped(3, own.upper()[2], level).expect("a result");
    near(last.interval.lower, 0.0, 1e-9);
    let fixed = bounds(&[1.0], 0.05, Sides::Two, Rule::Pocock);
    let plain = fixed.stopped(1, 2.2, level).expect("a result");
    near(plain.p, 2.0 * normal_upper(2.2), 1e-14);
    near(plain.drift, 2.2, 1e-12);
    near(plain.interval.upper, 2.2 - normal_quantile(0.025), 1e-12);
    // At the first look nothing came before; at a later one the estimate is drawn in.
    let first = own.stopped(1, 4.0, level).expect("a result");
    near(first.drift, 4.0 / 0.3_f64.sqrt(), 1e-9);
    let second = own.stopped(2, 3.0, level).expect("a result");
    assert!(second.drift < 3.0 / 0.7_f64.sqrt());
    let said = own
        .stopped(1, 1.0, level)
        .map_err(|fault| fault.to_string());
    assert!(said.is_err_and(|why| why.contains("the trial goes on")));
}

/// Repeated trials, drawn from a frozen stream: the median-unbiased estimate lies below the truth in half of them, and the interval covers it in 95 %.
#[test]
fn the_estimate_is_median_unbiased() {
    use cotreat_stats::randomise::{Chance, Seed};
    let own = bounds(&[0.5, 1.0], 0.05, Sides::Two, Rule::Pocock);
    let mut chance = Chance::new(&Seed::new([3; 32]), "trials");
    let mut normal =
        || normal_quantile((chance.bits() >> 11) as f64 / 2_f64.powi(53) + 2_f64.powi(-54));
    let (drift, trials) = (2.0, 1000);
    let (mut below, mut covered) = (0, 0);
    for _ in 0..trials {
        let s1 = 0.5 * drift + 0.5_f64.sqrt() * normal();
        let z1 = s1 / 0.5_f64.sqrt();
        let z2 = s1 + 0.5 * drift + 0.5_f64.sqrt() * normal();
        let stopped = if z1.abs() >= own.upper()[0] {
            own.stopped(1, z1, Level::default())
        } else {
            own.stopped(2, z2, Level::default())
        };
        let stopped = stopped.expect("a result");
        below += usize::from(stopped.drift < drift);
        covered += usize::from(stopped.interval.lower < drift && drift < stopped.interval.upper);
    }
    // Four standard errors of 1,000 trials.
    assert!((437..=563).contains(&below), "{below} below");
    assert!((922..=978).contains(&covered), "{covered} covered");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    /// Against the twin: crossing under any drift, any steps.
    #[test]
    fn crossing_as_by_the_twin(
        steps in proptest::collection::vec(0.05_f64..1.0, 2..5),
        drift in -1.0_f64..4.0,
        rule in 0_usize..8,
        two in any::<bool>(),
    ) {
        let whole: f64 = steps.iter().sum();
        let mut sum = 0.0;
        let t: Vec<f64> = steps.iter().map(|s| { sum += s; sum / whole }).collect();
        let sides = if two { Sides::Two } else { Sides::One };
        let own = bounds(&t, 0.05, sides, RULES[rule]);
        let crossing = own.crossing(drift).expect("crossing");
        let (above, below) = slow_crossing(&t, own.lower(), own.upper(), drift);
        for k in 0..t.len() {
            near(crossing.above[k], above[k], 1e-9);
            near(crossing.below[k], below[k], 1e-9);
        }
    }

    /// Power grows with the drift, the drift is found again, and no trial needs less information than one without looks.
    #[test]
    fn power_and_drift(drift in 1.0_f64..5.0, rule in 0_usize..8, count in 2_usize..5) {
        let analyses = Analyses::equal(count).expect("analyses");
        let own = Boundaries::new(&analyses, 0.025, Sides::One, RULES[rule]).expect("bounds");
        let power = own.power(drift).expect("a power");
        prop_assert!(own.power(drift + 0.1).expect("a power") > power);
        near(own.drift(power).expect("a drift"), drift, 1e-7);
        prop_assert!(own.inflation(power).expect("a factor") >= 1.0 - 1e-9);
        prop_assert!(own.expected_information(drift).expect("information") <= 1.0);
    }
}

#[test]
fn hostile_input() {
    let said =
        |outcome: cotreat_stats::Outcome<Analyses>| outcome.map(|_| ()).unwrap_err().to_string();
    assert_eq!(
        said(Analyses::planned(&[])),
        "the list of information fractions is empty"
    );
    assert_eq!(
        said(Analyses::equal(0)),
        "the list of information fractions is empty"
    );
    assert!(said(Analyses::equal(10_000)).contains("may have 50 analyses"));
    assert!(said(Analyses::planned(&[0.5, f64::NAN])).contains("row 2: the value is NaN"));
    assert!(
        said(Analyses::planned(&[0.5, 0.5]))
            .contains("the information fraction of analysis 2 is 0.5")
    );
    for wrong in [
        [-1.0, 1.0],
        [0.0, 1.0],
        [1.0, 0.5],
        [0.5, 0.500001],
        [-2.0, -1.0],
    ] {
        assert!(Analyses::planned(&wrong).is_err(), "{wrong:?}");
    }
    assert!(said(Analyses::so_far(&[0.5, 1.0])).contains("is finished"));
    let two = Analyses::equal(2).expect("analyses");
    let refused = |alpha, sides, rule| {
        Boundaries::new(&two, alpha, sides, rule)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        refused(f64::NAN, Sides::Two, Rule::Pocock),
        "the type I error is NaN; it must be between 0 and 1"
    );
    assert!(refused(0.6, Sides::One, Rule::Pocock).contains("0.5 for a one-sided test"));
    assert!(refused(0.05, Sides::Two, Rule::WangTsiatis(f64::INFINITY)).contains("shape"));
    assert!(refused(0.05, Sides::Two, Rule::HaybittlePeto(1.0)).contains("take a higher bound"));
    assert!(refused(0.05, Sides::Two, Rule::Spending(Spending::KimDeMets(0.0))).contains("power"));
    assert!(
        refused(
            0.05,
            Sides::Two,
            Rule::Spending(Spending::HwangShihDeCani(f64::NAN))
        )
        .contains("parameter")
    );
    let so_far = Analyses::so_far(&[0.5]).expect("analyses");
    let early = Boundaries::new(&so_far, 0.05, Sides::Two, Rule::Pocock);
    assert!(
        early
            .unwrap_err()
            .to_string()
            .contains("only a spending function")
    );
    let futility = |bounds: &[f64], binding| {
        let stop = Stop::Bounds(bounds.to_vec());
        Boundaries::with_futility(&two, 0.025, Rule::Pocock, &Futility { stop, binding })
            .map(|_| ())
            .map_err(|fault| fault.to_string())
    };
    assert!(
        futility(&[], true)
            .unwrap_err()
            .contains("has length 0 where 1 is needed")
    );
    assert!(futility(&[f64::NAN], true).unwrap_err().contains("NaN"));
    assert!(
        futility(&[5.0], false)
            .unwrap_err()
            .contains("every trial would stop there")
    );
    assert!(futility(&[5.0], true).is_err());
    assert!(futility(&[-50.0], true).is_ok());
    let own = Boundaries::new(&two, 0.05, Sides::Two, Rule::Pocock).expect("bounds");
    assert!(own.power(f64::NAN).is_err());
    assert!(own.drift(1.0).is_err());
    assert!(own.drift(0.01).is_err());
    assert!(own.conditional_power(2, 1.0, 1.0).is_err());
    assert!(own.conditional_power(0, 1.0, 1.0).is_err());
    assert!(own.conditional_power(1, f64::NAN, 1.0).is_err());
    assert!(own.predictive_power(1, f64::INFINITY).is_err());
    assert!(own.stopped(3, 2.5, Level::default()).is_err());
    assert!(own.stopped(2, f64::NAN, Level::default()).is_err());
}
