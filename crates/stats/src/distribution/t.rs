//! Student's t distribution: df / (df + t²) is beta distributed. `df` is real and greater than zero; infinite means normal.

use super::beta::beta_lower;
use super::normal::{normal_quantile, normal_two_sided};
use crate::roots::bisect_brent;

/// P(|T| > |t|): the two-sided p value.
pub fn t_two_sided(t: f64, df: f64) -> f64 {
    if df == f64::INFINITY {
        return normal_two_sided(t);
    }
    if t.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if t.is_infinite() {
        return 0.0;
    }
    // Scaled so that t² cannot overflow.
    let ratio = t / df.sqrt();
    let (x, y) = if ratio.abs() > 1.0 {
        let inverse = 1.0 / ratio;
        let x = inverse * inverse / (1.0 + inverse * inverse);
        (x, 1.0 / (1.0 + inverse * inverse))
    } else {
        let square = ratio * ratio;
        (1.0 / (1.0 + square), square / (1.0 + square))
    };
    beta_lower(0.5 * df, 0.5, x, y)
}

/// P(T > t).
pub fn t_upper(t: f64, df: f64) -> f64 {
    let half = 0.5 * t_two_sided(t, df);
    if t < 0.0 { 1.0 - half } else { half }
}

/// The t with P(T ≤ t) = `p`. NaN outside 0 ≤ p ≤ 1.
pub fn t_quantile(p: f64, df: f64) -> f64 {
    if df == f64::INFINITY {
        return normal_quantile(p);
    }
    if !(0.0..=1.0).contains(&p) || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if p == 0.0 || p == 1.0 {
        return if p == 0.0 {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        };
    }
    if p == 0.5 {
        return 0.0;
    }
    let tail = p.min(1.0 - p);
    let at = |ln_t: f64| tail.ln() - (0.5 * t_two_sided(ln_t.exp(), df)).max(1e-320).ln();
    let t = bisect_brent(at, -80.0, 700.0, 0.7).exp();
    if p < 0.5 { -t } else { t }
}
