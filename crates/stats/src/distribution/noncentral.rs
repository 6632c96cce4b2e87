//! Distributions of t and F statistics where there is an effect: what power is made of.
//!
//! T = (Z + δ)/S with S² ~ χ²(df)/df: P(T ≤ t) = ∫ f(s) Φ(ts − δ) ds, by the trapezoidal rule in ln s, all terms positive.
//! F: a Poisson mixture over j (mean λ/2) of central ones, P(F ≤ f) = Σ pois(j) I_x(df₁/2 + j, df₂/2) with x = df₁f/(df₁f + df₂), summed outwards from the
//! likeliest j.
//!
//! Both tails are summed apart, so that small ones keep their digits, down to 1e-19. Reference: Johnson NL, Kotz S, Balakrishnan N. Continuous Univariate Distributions 2. 1995,
//! chapters 30 and 31.

use super::beta::{beta_lower, beta_upper};
use super::normal::{normal_lower, normal_upper};
use super::saddle::ln_poisson;

/// P(T ≤ t) and P(T > t) for df degrees of freedom (infinite: normal) and non-centrality δ. NaN if df is not greater than zero.
pub fn noncentral_t(t: f64, df: f64, delta: f64) -> (f64, f64) {
    if t.is_nan() || delta.is_nan() || df.is_nan() || df <= 0.0 {
        return (f64::NAN, f64::NAN);
    }
    if df > 1e9 || t.is_infinite() {
        return (normal_lower(t - delta), normal_upper(t - delta));
    }
    let shape = 0.5 * df;
    let density = |u: f64| 2.0 * shape * ln_poisson(shape, shape * (2.0 * u).exp()).exp();
    // Narrow enough for the density of ln s, and for the normal curve where t·s passes δ.
    let step = 0.25 / (2.0 * df + delta * delta + 16.0).sqrt();
    let (mut lower, mut upper) = (0.0, 0.0);
    let mut add = |i: i32| {
        let u = f64::from(i) * step;
        let (weight, at) = (density(u), t * u.exp() - delta);
        let terms = (weight * normal_lower(at), weight * normal_upper(at));
        lower += terms.0;
        upper += terms.1;
        terms
    };
    let mut largest = add(0);
    for direction in [-1, 1] {
        let mut last = (f64::INFINITY, f64::INFINITY);
        for i in 1..10_000_000 {
            let terms = add(direction * i);
            largest = (largest.0.max(terms.0), largest.1.max(terms.1));
            // A term may still rise on its way to where its tail has its mass.
            let fallen = terms.0 <= last.0 && terms.1 <= last.1;
            if fallen && terms.0 <= 1e-19 * largest.0 && terms.1 <= 1e-19 * largest.1 {
                break;
            }
            last = terms;
        }
    }
    ((lower * step).min(1.0), (upper * step).min(1.0))
}

/// P(F ≤ f) and P(F > f) for df₁ and df₂ degrees of freedom and non-centrality λ. NaN if one of the first two is not greater than zero, or λ negative.
pub fn noncentral_f(f: f64, df1: f64, df2: f64, lambda: f64) -> (f64, f64) {
    let valid = df1 > 0.0 && df2 > 0.0 && df1.is_finite() && df2.is_finite();
    if !valid || f.is_nan() || !(0.0..=1e12).contains(&lambda) {
        return (f64::NAN, f64::NAN);
    }
    if f <= 0.0 {
        return (0.0, 1.0);
    }
    let whole = df1 * f + df2;
    let (x, y) = (df1 * f / whole, df2 / whole);
    let mean = 0.5 * lambda;
    let weight = |j: f64| match (j, mean) {
        (_, 0.0) => f64::from(u8::from(j == 0.0)),
        (0.0, _) => (-mean).exp(),
        _ => ln_poisson(j, mean).exp(),
    };
    let (mut lower, mut upper) = (0.0, 0.0);
    let mut add = |j: f64| {
        let (a, b) = (0.5 * df1 + j, 0.5 * df2);
        let terms = (
            weight(j) * beta_lower(a, b, x, y),
            weight(j) * beta_upper(a, b, x, y),
        );
        lower += terms.0;
        upper += terms.1;
        terms
    };
    let mode = mean.floor();
    let mut largest = add(mode);
    for direction in [-1.0, 1.0] {
        let mut j = mode + direction;
        let mut last = (f64::INFINITY, f64::INFINITY);
        while j >= 0.0 {
            let terms = add(j);
            largest = (largest.0.max(terms.0), largest.1.max(terms.1));
            let fallen = terms.0 <= last.0 && terms.1 <= last.1;
            if fallen && terms.0 <= 1e-18 * largest.0 && terms.1 <= 1e-18 * largest.1 {
                break;
            }
            last = terms;
            j += direction;
        }
    }
    (lower.min(1.0), upper.min(1.0))
}
