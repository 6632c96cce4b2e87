//! The studentised range: the largest of k normal means minus the smallest, over an independent standard error with df degrees.
//!
//! With W(w) the chance that the range of k standard normals stays below w,
//!
//! 1 − W(w) = k ∫ φ(z) [Φ(z)ᵏ⁻¹ − (Φ(z) − Φ(z−w))ᵏ⁻¹] dz,
//! P(Q > q) = ∫ f(s) [1 − W(q·s)] ds, where s² is χ²(df)/df.
//!
//! All terms are positive, so that small p values keep their digits. Both integrands are analytic and die off fast; the
//! trapezoidal rule then converges faster than any power of its step.
//!
//! Reference: Tukey's test as in Copenhaver MD, Holland B. J Stat Comput Simul 1988;30:1–15, with another quadrature. R's `qtukey`
//! stops when two steps differ by 1e-4; this one goes on to machine precision.

use super::normal::{normal_density, normal_lower};
use super::saddle::ln_poisson;
use crate::roots::bisect_brent;

/// P(Q > q) for `groups` means and `df` degrees of freedom (infinite: the variance is known). NaN if `groups` < 2 or df ≤ 0.
pub fn studentized_range_upper(q: f64, groups: usize, df: f64) -> f64 {
    if groups < 2 || df.is_nan() || df <= 0.0 || q.is_nan() {
        return f64::NAN;
    }
    if q <= 0.0 {
        return 1.0;
    }
    if df > 1e8 {
        return range_upper(q, groups);
    }
    // u = ln s has density 2·Poisson-like: f(u) du = df · pois(df/2; df/2·e²ᵘ) du, up to the factor of the gamma density.
    let shape = 0.5 * df;
    let density = |u: f64| {
        let x = shape * (2.0 * u).exp();
        2.0 * shape * ln_poisson(shape, x).exp()
    };
    let step = 0.25 / (2.0 * df).sqrt().max(1.0);
    let term = |i: i32| {
        let u = f64::from(i) * step;
        density(u) * range_upper(q * u.exp(), groups)
    };
    let mut sum = term(0);
    for direction in [-1, 1] {
        let mut last = f64::INFINITY;
        for i in 1..100_000 {
            let value = term(direction * i);
            sum += value;
            // For large q the product still rises on the left of the density's peak.
            if value <= last && value < 1e-18 * sum {
                break;
            }
            last = value;
        }
    }
    (sum * step).min(1.0)
}

/// The q with P(Q > q) = `p`. NaN outside 0 < p < 1.
pub fn studentized_range_quantile(p: f64, groups: usize, df: f64) -> f64 {
    if !(p > 0.0 && p < 1.0) || groups < 2 || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    let at = |ln_q: f64| {
        p.ln()
            - studentized_range_upper(ln_q.exp(), groups, df)
                .max(1e-320)
                .ln()
    };
    bisect_brent(at, -40.0, 40.0, 1.0).exp()
}

/// 1 − W(w).
fn range_upper(w: f64, groups: usize) -> f64 {
    const STEP: f64 = 0.2;
    // Beyond ±9 the normal density is below 1e-18; the mass of the tail lies between 0 and w.
    let (from, to) = (-9.0, w.min(30.0) + 9.0);
    let count = ((to - from) / STEP) as usize + 1;
    let power = i32::try_from(groups - 2).unwrap_or(i32::MAX);
    let mut sum = 0.0;
    for i in 0..=count {
        let z = from + STEP * i as f64;
        let all = normal_lower(z);
        let beyond = normal_lower(z - w);
        let within = (all - beyond).max(0.0);
        // aᵐ − bᵐ = (a − b)·Σ aⁱ·bᵐ⁻¹⁻ⁱ, with a − b = Φ(z−w) known directly.
        let mut powers = 0.0;
        for i in 0..=power {
            powers += all.powi(i) * within.powi(power - i);
        }
        sum += normal_density(z) * beyond * powers;
    }
    (groups as f64 * sum * STEP).min(1.0)
}
