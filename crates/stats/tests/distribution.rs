//! Identities between distributions, and values that are known in closed form or by quadrature.

use cotreat_stats::distribution::*;
use proptest::prelude::*;

use crate::{near, near_relative};

#[test]
fn closed_forms() {
    // Two degrees of freedom: an exponential distribution.
    for x in [0.01, 1.0, 10.0, 300.0, 1000.0] {
        near_relative(chi_squared_upper(x, 2.0), (-0.5 * x).exp(), 1e-13);
    }
    // One degree of freedom: Cauchy; two: an algebraic tail.
    for t in [0.1, 1.0, 12.706_204_736_174_7, 1e4_f64] {
        let cauchy = 2.0 / std::f64::consts::PI * (1.0 / t).atan();
        near_relative(t_two_sided(t, 1.0), cauchy, 1e-13);
        let root = (2.0 + t * t).sqrt();
        near_relative(t_two_sided(t, 2.0), 2.0 / (root * (root + t)), 1e-12);
    }
    // Beta(1, b) and Beta(a, 1).
    near_relative(beta_lower(3.0, 1.0, 0.2, 0.8), 0.008, 1e-14);
    near_relative(beta_upper(1.0, 5.0, 0.2, 0.8), 0.8_f64.powi(5), 1e-14);
}

/// Values from R 4.2.2 (`pt`, `pchisq`, `qnorm`, `qt`).
#[test]
fn far_tails_keep_their_digits() {
    near_relative(t_two_sided(40.0, 400.0), 7.158_517_712_299_84e-142, 1e-12);
    near_relative(
        chi_squared_upper(300.0, 10.0),
        1.554_674_754_380_32e-58,
        1e-12,
    );
    near_relative(normal_quantile(0.025), -1.959_963_984_540_05, 1e-14);
    near_relative(t_quantile(0.975, 7.3), -t_quantile(0.025, 7.3), 1e-13);
    near_relative(normal_upper(normal_quantile(1.0 - 1e-9)), 1e-9, 1e-6);
    near_relative(normal_lower(normal_quantile(1e-300)), 1e-300, 1e-11);
}

/// By quadrature with 18 digits of the double integral (mpmath): 1 − 0.904274275719699057.
#[test]
fn studentized_range_by_quadrature() {
    near_relative(
        studentized_range_upper(3.0, 3, 50.0),
        1.0 - 0.904_274_275_719_699_1,
        1e-13,
    );
}

#[test]
fn two_means_make_a_t_test() {
    for df in [1.0, 3.5, 20.0, 400.0, 1e6] {
        for t in [0.3, 2.0, 6.0] {
            let range = studentized_range_upper(t * std::f64::consts::SQRT_2, 2, df);
            near_relative(range, t_two_sided(t, df), 1e-10);
        }
    }
}

#[test]
fn nonsense_gives_nan_and_never_a_panic() {
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 0.0] {
        for p in [f64::NAN, -0.1, 0.0, 0.3, 1.0, 1.1] {
            let _ = (
                t_quantile(p, odd),
                chi_squared_quantile(p, odd),
                beta_quantile(odd, 1.0, p),
            );
            let _ = (
                t_two_sided(p, odd),
                t_two_sided(odd, p),
                f_upper(p, odd, 2.0),
            );
            let _ = (
                chi_squared_upper(odd, p),
                chi_squared_lower(p, odd),
                normal_quantile(p),
            );
            let _ = studentized_range_quantile(p, 3, odd);
        }
        let _ = (normal_quantile(odd), studentized_range_upper(odd, 3, 5.0));
    }
    assert!(t_two_sided(1.0, -1.0).is_nan());
    assert!(chi_squared_upper(1.0, f64::NAN).is_nan());
}

proptest! {
    #[test]
    fn quantiles_undo_tails(p in 1e-6_f64..0.999_999, df in 0.6_f64..5000.0) {
        near(1.0 - t_upper(t_quantile(p, df), df), p, 1e-12);
        near(chi_squared_lower(chi_squared_quantile(p, df), df), p, 1e-12);
        let x = beta_quantile(0.5 * df, 3.0, p);
        near(beta_lower(0.5 * df, 3.0, x, 1.0 - x), p, 1e-9);
    }

    #[test]
    fn both_sides_make_one(x in 0.01_f64..200.0, df in 0.5_f64..300.0) {
        near(chi_squared_lower(x, df) + chi_squared_upper(x, df), 1.0, 1e-13);
    }

    #[test]
    fn t_squared_is_f(t in 0.01_f64..30.0, df in 0.5_f64..3000.0) {
        near_relative(f_upper(t * t, 1.0, df), t_two_sided(t, df), 1e-11);
    }

    /// The chance of at most k events in n trials, added one by one.
    #[test]
    fn beta_sums_the_binomial(n in 1_u32..60, share in 0.0_f64..1.0, p in 0.01_f64..0.99) {
        let k = (f64::from(n) * share) as u32;
        let mut term = (1.0 - p).powi(n as i32);
        let mut sum = term;
        for i in 1..=k {
            term *= f64::from(n - i + 1) / f64::from(i) * p / (1.0 - p);
            sum += term;
        }
        let own = if k == n { 1.0 } else { beta_lower(f64::from(n - k), f64::from(k + 1), 1.0 - p, p) };
        near(own, sum, 1e-11);
    }
}
