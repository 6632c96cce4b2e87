//! The regularised incomplete gamma functions P(a, x) and Q(a, x): a series below a + 1, a continued fraction above
//! (Abramowitz and Stegun 6.5.29, 6.5.31).

use super::saddle::ln_poisson;

/// P(a, x): the lower part. NaN if `a` is not greater than zero.
pub(super) fn lower(a: f64, x: f64) -> f64 {
    if !(a > 0.0 && a.is_finite()) || x.is_nan() {
        f64::NAN
    } else if x <= 0.0 {
        0.0
    } else if x == f64::INFINITY {
        1.0
    } else if x < a + 1.0 {
        series(a, x)
    } else {
        1.0 - fraction(a, x)
    }
}

/// Q(a, x) = 1 − P(a, x), computed directly.
pub(super) fn upper(a: f64, x: f64) -> f64 {
    if !(a > 0.0 && a.is_finite()) || x.is_nan() {
        f64::NAN
    } else if x <= 0.0 {
        1.0
    } else if x == f64::INFINITY {
        0.0
    } else if x < a + 1.0 {
        1.0 - series(a, x)
    } else {
        fraction(a, x)
    }
}

/// How many terms are worth waiting for.
fn most(a: f64) -> usize {
    500 + 30 * (a.sqrt() as usize).min(1_000_000)
}

fn series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..most(a) {
        term *= x / (a + k as f64);
        sum += term;
        if term < sum * (0.5 * f64::EPSILON) {
            break;
        }
    }
    ln_poisson(a, x).exp() * sum
}

fn fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let nonzero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / nonzero(b);
    let mut value = d;
    for k in 1..most(a) {
        let k = k as f64;
        let numerator = -k * (k - a);
        b += 2.0;
        d = 1.0 / nonzero(numerator * d + b);
        c = nonzero(b + numerator / c);
        value *= d * c;
        if (d * c - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    // xᵃ·e⁻ˣ/Γ(a) = a · xᵃ·e⁻ˣ/Γ(a+1)
    a * ln_poisson(a, x).exp() * value
}
