//! The regularised incomplete beta function I_x(a, b).
//!
//! I_x(a, b) = xᵃ(1−x)ᵇ / (a·B(a, b)) · continued fraction (Abramowitz and Stegun 26.5.8), evaluated on the side where it settles
//! fast; the other side is its complement.

use super::saddle::ln_binomial;
use crate::roots::bisect_brent;

/// P(X ≤ x) for X ~ Beta(a, b), with `y` = 1 − x handed in apart: near 1 it carries the digits that x has lost. NaN if a or b is not
/// greater than zero.
pub fn beta_lower(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if !(a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite()) || x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 0.0;
    }
    if y <= 0.0 {
        return 1.0;
    }
    if x < (a + 1.0) / (a + b + 2.0) {
        by_fraction(a, b, x, y)
    } else {
        1.0 - by_fraction(b, a, y, x)
    }
}

/// P(X > x) for X ~ Beta(a, b), with `y` = 1 − x.
pub fn beta_upper(a: f64, b: f64, x: f64, y: f64) -> f64 {
    beta_lower(b, a, y, x)
}

/// The x with P(X ≤ x) = `p` for X ~ Beta(a, b). NaN outside 0 ≤ p ≤ 1.
pub fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    if !((0.0..=1.0).contains(&p) && a > 0.0 && b > 0.0) {
        return f64::NAN;
    }
    if p == 0.0 || p == 1.0 {
        return p;
    }
    // On the scale of ln(x / (1−x)) both ends are as fine as the middle.
    let at = |logit: f64| {
        let x = 1.0 / (1.0 + (-logit).exp());
        let y = 1.0 / (1.0 + logit.exp());
        if p <= 0.5 {
            beta_lower(a, b, x, y).ln() - p.ln()
        } else {
            (1.0 - p).ln() - beta_upper(a, b, x, y).ln()
        }
    };
    let logit = bisect_brent(at, -700.0, 700.0, 0.0);
    1.0 / (1.0 + (-logit).exp())
}

/// Lentz's form of the continued fraction, times what stands before it.
fn by_fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let before = (ln_binomial(a, b, x, y) + (b / (a + b)).ln()).exp();
    let nonzero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / nonzero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    // The number of terms grows as the square root of the larger parameter.
    let most = 200 + 20 * (a.max(b).sqrt() as usize).min(1_000_000);
    for m in 1..most {
        let m = m as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / nonzero(1.0 + even * d);
        c = nonzero(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / nonzero(1.0 + odd * d);
        c = nonzero(1.0 + odd / c);
        fraction *= d * c;
        if (d * c - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    before * fraction
}
