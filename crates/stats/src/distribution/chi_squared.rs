//! The chi-squared distribution: a gamma distribution with shape df/2 and scale 2. `df` is real and greater than zero.

use super::gamma;
use crate::roots::bisect_brent;

/// P(X ≤ x).
pub fn chi_squared_lower(x: f64, df: f64) -> f64 {
    gamma::lower(0.5 * df, 0.5 * x)
}

/// P(X > x): the p value of a Q or Wald statistic.
pub fn chi_squared_upper(x: f64, df: f64) -> f64 {
    gamma::upper(0.5 * df, 0.5 * x)
}

/// The x with P(X ≤ x) = `p`. NaN outside 0 ≤ p ≤ 1.
pub fn chi_squared_quantile(p: f64, df: f64) -> f64 {
    if !((0.0..=1.0).contains(&p) && df > 0.0 && df.is_finite()) {
        return f64::NAN;
    }
    if p == 0.0 {
        return 0.0;
    }
    if p == 1.0 {
        return f64::INFINITY;
    }
    let at = |ln_x: f64| {
        let x = ln_x.exp();
        if p <= 0.5 {
            chi_squared_lower(x, df).max(f64::MIN_POSITIVE).ln() - p.ln()
        } else {
            (1.0 - p).ln() - chi_squared_upper(x, df).max(f64::MIN_POSITIVE).ln()
        }
    };
    bisect_brent(at, -700.0, 700.0, df.ln()).exp()
}
