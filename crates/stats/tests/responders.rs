//! Two proportions and standardised differences: printed examples, closed forms, slow twins, edges.

use cotreat_stats::effect_size::{Group, hedges, small_sample_factor};
use cotreat_stats::responders::{Method, NumberNeeded, TwoByTwo};
use cotreat_stats::{Interval, Level};
use proptest::prelude::*;

use crate::{near, near_relative};

fn table(e1: u64, n1: u64, e0: u64, n0: u64) -> TwoByTwo {
    TwoByTwo::new(e1, n1, e0, n0).expect("a table")
}

#[track_caller]
fn ends(interval: Interval, lower: f64, upper: f64, tolerance: f64) {
    near(interval.lower, lower, tolerance);
    near(interval.upper, upper, tolerance);
}

/// Newcombe RG. Stat Med 1998;17:873–890, Table II, columns a (56/70 − 48/80), d (5/56 − 0/29) and f (10/10 − 0/20), printed with
/// four digits: method 5 (Mee), 6 (Miettinen and Nurminen), 10 (Newcombe).
#[test]
fn newcombe_table_two() {
    let level = Level::default();
    let of = |own: TwoByTwo, method| {
        own.risk_difference(method, level)
            .expect("a difference")
            .interval
    };
    let a = table(56, 70, 48, 80);
    ends(of(a, Method::Wald), 0.0575, 0.3425, 6e-5);
    ends(of(a, Method::Score), 0.0533, 0.3377, 6e-5);
    ends(of(a, Method::MiettinenNurminen), 0.0528, 0.3382, 6e-5);
    ends(of(a, Method::Newcombe), 0.0524, 0.3339, 6e-5);
    let d = table(5, 56, 0, 29);
    ends(of(d, Method::Score), -0.0313, 0.1926, 6e-5);
    ends(of(d, Method::MiettinenNurminen), -0.0326, 0.1933, 6e-5);
    ends(of(d, Method::Newcombe), -0.0381, 0.1926, 6e-5);
    let f = table(10, 10, 0, 20);
    ends(of(f, Method::MiettinenNurminen), 0.7156, 1.0, 6e-5);
    ends(of(f, Method::Newcombe), 0.6791, 1.0, 6e-5);
}

/// Roots of the exact polynomials with 25 digits (mpmath) for 62/161 and 27/140.
#[test]
fn conditional_odds_ratio_with_25_digits() {
    let own = table(62, 161, 27, 140)
        .odds_ratio(Method::Exact, Level::default())
        .expect("an odds ratio");
    near_relative(own.value, 2.612_631_077_827_661_6, 1e-12);
    near_relative(own.interval.lower, 1.504_970_773_006_299_6, 1e-12);
    near_relative(own.interval.upper, 4.623_169_080_970_733, 1e-12);
}

/// Fisher's tea: 3 of 4 against 1 of 4 gives 34/70.
#[test]
fn the_lady_tasting_tea() {
    near_relative(table(3, 4, 1, 4).fisher().p, 34.0 / 70.0, 1e-14);
}

#[test]
fn zero_cells_have_score_intervals_and_no_wald() {
    let level = Level::default();
    let own = table(0, 20, 5, 20);
    let why = own
        .risk_ratio(Method::Wald, level)
        .expect_err("no logarithm of zero")
        .to_string();
    assert!(why.contains("take the score interval"), "{why}");
    for method in [Method::MiettinenNurminen, Method::Score] {
        let ratio = own.risk_ratio(method, level).expect("a ratio");
        assert_eq!((ratio.value, ratio.interval.lower), (0.0, 0.0));
        assert!(ratio.interval.upper > 0.0 && ratio.interval.upper < 1.0);
        let odds = own.odds_ratio(method, level).expect("an odds ratio");
        assert_eq!(odds.interval.lower, 0.0);
        let turned = table(5, 20, 0, 20)
            .risk_ratio(method, level)
            .expect("a ratio");
        assert_eq!(
            (turned.value, turned.interval.upper),
            (f64::INFINITY, f64::INFINITY)
        );
        near_relative(turned.interval.lower, 1.0 / ratio.interval.upper, 1e-9);
    }
    // As many responders as people in an arm: at an odds ratio near zero two large terms would cancel.
    let level_numbers = table(10, 11, 1, 11).odds_ratio(Method::MiettinenNurminen, level);
    assert!(level_numbers.expect("an odds ratio").interval.lower > 1.0);
    let exact = own.odds_ratio(Method::Exact, level).expect("an odds ratio");
    assert_eq!((exact.value, exact.interval.lower), (0.0, 0.0));
    let proportion = own.arm1();
    // The rule of three, exactly: 1 − 0.025^(1/20).
    ends(
        proportion.exact(level),
        0.0,
        1.0 - 0.025_f64.powf(0.05),
        1e-13,
    );
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let why = |outcome: Result<TwoByTwo, cotreat_stats::Fault>| {
        outcome.expect_err("a refusal").to_string()
    };
    assert_eq!(why(TwoByTwo::new(0, 0, 1, 2)), "arm 1 is empty");
    assert!(why(TwoByTwo::new(3, 2, 1, 2)).starts_with("arm 1 has 3 responders among 2 people"));
    let nobody = table(0, 10, 0, 10);
    let level = Level::default();
    assert!(nobody.chi_squared_p(false).is_err());
    assert!(nobody.risk_ratio(Method::Score, level).is_err());
    assert!(nobody.odds_ratio(Method::Exact, level).is_err());
    assert!(nobody.risk_difference(Method::Exact, level).is_err());
    let difference = nobody
        .risk_difference(Method::MiettinenNurminen, level)
        .expect("an interval");
    assert!(difference.interval.lower < 0.0 && difference.interval.upper > 0.0);
    let one = table(1, 1, 0, 1)
        .risk_difference(Method::MiettinenNurminen, level)
        .expect("an interval");
    assert_eq!(one.interval.upper, 1.0);
}

/// Altman DG. BMJ 1998;317:1309–1312: where the interval of the difference holds zero, that of the number needed runs through infinity.
#[test]
fn numbers_needed_run_through_infinity() {
    let level = Level::default();
    let clear = table(62, 161, 27, 140)
        .number_needed(Method::Newcombe, level)
        .expect("a number");
    assert!(
        matches!(clear, NumberNeeded::Bounded { value, interval } if interval.lower < value && value < interval.upper)
    );
    let open = table(10, 50, 8, 50)
        .number_needed(Method::Newcombe, level)
        .expect("a number");
    assert!(
        matches!(open, NumberNeeded::ThroughInfinity { value, harm, benefit } if value > 0.0 && harm > 0.0 && benefit > 0.0)
    );
    let none = table(10, 50, 10, 50)
        .number_needed(Method::Wald, level)
        .expect("a number");
    assert!(matches!(none, NumberNeeded::ThroughInfinity { value, .. } if value == f64::INFINITY));
}

/// J(2) = Γ(1)/Γ(½) = 1/√π; J(4) = Γ(2)/(√2·Γ(3/2)) = √(2/π).
#[test]
fn the_exact_factor() {
    near_relative(
        small_sample_factor(2.0),
        std::f64::consts::PI.sqrt().recip(),
        1e-14,
    );
    near_relative(
        small_sample_factor(4.0),
        (2.0 / std::f64::consts::PI).sqrt(),
        1e-14,
    );
    let large = 1e9;
    near_relative(
        1.0 - small_sample_factor(large),
        3.0 / (4.0 * large - 1.0),
        1e-6,
    );
}

#[test]
fn effect_sizes_that_do_not_exist() {
    let group = |values: &[f64]| Group::of(values).expect("a group");
    assert!(Group::of(&[]).is_err());
    assert!(Group::of(&[1.0, f64::NAN]).is_err());
    let level = Level::default();
    assert!(
        hedges(group(&[1.0]), group(&[2.0, 3.0]), level)
            .expect_err("too few")
            .to_string()
            .contains("at least 4 people")
    );
    assert!(
        hedges(group(&[1.0, 1.0]), group(&[2.0, 2.0]), level)
            .expect_err("no spread")
            .to_string()
            .contains("does not vary")
    );
    let own = hedges(group(&[1.0, 3.0]), group(&[2.0, 4.0]), level).expect("an effect size");
    near_relative(own.d, -1.0 / 2.0_f64.sqrt(), 1e-14);
}

/// Miettinen and Nurminen's closed form of the restricted estimate: the root of a cubic by cosines.
fn cubic(x1: f64, n1: f64, x0: f64, n0: f64, delta: f64) -> f64 {
    let (n, s) = (n1 + n0, x1 + x0);
    let l3 = n;
    let l2 = (n1 + 2.0 * n0) * delta - n - s;
    let l1 = (n0 * delta - n - 2.0 * x0) * delta + s;
    let l0 = x0 * delta * (1.0 - delta);
    let q = (l2 / (3.0 * l3)).powi(3) - l1 * l2 / (6.0 * l3 * l3) + l0 / (2.0 * l3);
    let p = ((l2 / (3.0 * l3)).powi(2) - l1 / (3.0 * l3))
        .max(0.0)
        .sqrt()
        .copysign(q);
    let a = (std::f64::consts::PI + (q / p.powi(3)).clamp(-1.0, 1.0).acos()) / 3.0;
    2.0 * p * a.cos() - l2 / (3.0 * l3)
}

proptest! {
    /// At both ends of the interval the score statistic, with the closed form, is the critical value.
    #[test]
    fn score_ends_solve_the_published_equation(n1 in 5_u64..200, n0 in 5_u64..200, a in 0.1_f64..0.9, b in 0.1_f64..0.9) {
        let (x1, x0) = ((a * n1 as f64) as u64 + 1, (b * n0 as f64) as u64 + 1);
        prop_assume!(x1 < n1 && x0 < n0);
        let own = table(x1, n1, x0, n0).risk_difference(Method::MiettinenNurminen, Level::default()).expect("an interval");
        let (x1, n1, x0, n0) = (x1 as f64, n1 as f64, x0 as f64, n0 as f64);
        for end in [own.interval.lower, own.interval.upper] {
            let p0 = cubic(x1, n1, x0, n0, end);
            let p1 = p0 + end;
            let variance = (p1 * (1.0 - p1) / n1 + p0 * (1.0 - p0) / n0) * (n1 + n0) / (n1 + n0 - 1.0);
            near((own.value - end).abs() / variance.sqrt(), 1.959_963_984_540_054, 1e-5);
        }
    }

    /// Exchanging the arms turns every interval round.
    #[test]
    fn arms_exchange(e1 in 0_u64..40, e0 in 0_u64..40, more1 in 1_u64..30, more0 in 1_u64..30) {
        let one = table(e1, e1 + more1, e0, e0 + more0);
        let other = table(e0, e0 + more0, e1, e1 + more1);
        let level = Level::default();
        for method in [Method::Wald, Method::Newcombe, Method::MiettinenNurminen, Method::Score] {
            let (a, b) = (one.risk_difference(method, level).expect("a"), other.risk_difference(method, level).expect("b"));
            near(a.interval.lower, -b.interval.upper, 1e-10);
        }
        if e1 > 0 && e0 > 0 {
            for method in [Method::Wald, Method::MiettinenNurminen, Method::Score, Method::Exact] {
                let (a, b) = (one.odds_ratio(method, level).expect("a"), other.odds_ratio(method, level).expect("b"));
                near_relative(a.interval.lower, 1.0 / b.interval.upper, 1e-8);
                near_relative(a.value, 1.0 / b.value, 1e-8);
            }
            for method in [Method::Wald, Method::MiettinenNurminen, Method::Score] {
                let (a, b) = (one.risk_ratio(method, level).expect("a"), other.risk_ratio(method, level).expect("b"));
                near_relative(a.interval.lower, 1.0 / b.interval.upper, 1e-8);
            }
        }
    }

    /// An exact interval covers: at its ends the tails are 2.5 %, added up term by term.
    #[test]
    fn exact_proportions(n in 2_u64..80, share in 0.0_f64..1.0) {
        let x = ((n - 1) as f64 * share) as u64 + 1;
        let own = table(x, n, 1, 2).arm1().exact(Level::default());
        let mut term = (1.0 - own.lower).powi(n as i32);
        let mut below = term;
        for k in 1..x {
            term *= (n - k + 1) as f64 / k as f64 * own.lower / (1.0 - own.lower);
            below += term;
        }
        near(1.0 - below, 0.025, 1e-9);
    }
}
