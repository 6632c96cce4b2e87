//! Roots and minima of functions of one variable, without derivatives.
//!
//! Reference: Brent RP. Algorithms for Minimization Without Derivatives. 1973, chapters 4 and 5.

/// The root of an increasing function in [`low`, `high`], started at `guess`: brackets by doubling steps, then Brent's method to
/// machine precision. Where the function has one sign only, the nearer end.
pub(crate) fn bisect_brent(f: impl Fn(f64) -> f64, low: f64, high: f64, guess: f64) -> f64 {
    let start = guess.clamp(low, high);
    let value = f(start);
    if value == 0.0 {
        return start;
    }
    let upwards = value < 0.0;
    let (mut inner, mut inner_value, mut step) = (start, value, 0.5);
    loop {
        let outer = if upwards {
            (inner + step).min(high)
        } else {
            (inner - step).max(low)
        };
        let outer_value = f(outer);
        if (outer_value > 0.0) == upwards || outer_value == 0.0 {
            return brent(&f, (inner, inner_value), (outer, outer_value));
        }
        if outer == low || outer == high {
            return outer;
        }
        (inner, inner_value) = (outer, outer_value);
        step *= 2.0;
    }
}

/// The root between two points whose values differ in sign.
pub(crate) fn brent(f: impl Fn(f64) -> f64, one: (f64, f64), other: (f64, f64)) -> f64 {
    let ((mut a, mut fa), (mut b, mut fb)) = (one, other);
    if fa.abs() < fb.abs() {
        (a, fa, b, fb) = (b, fb, a, fa);
    }
    let (mut c, mut fc) = (a, fa);
    let (mut step, mut before) = (b - a, b - a);
    for _ in 0..200 {
        if fb == 0.0 {
            return b;
        }
        if (fb > 0.0) == (fc > 0.0) {
            (c, fc) = (a, fa);
            (step, before) = (b - a, b - a);
        }
        if fc.abs() < fb.abs() {
            (a, fa) = (b, fb);
            (b, fb) = (c, fc);
            (c, fc) = (a, fa);
        }
        let tolerance = 2.0 * f64::EPSILON * b.abs() + f64::MIN_POSITIVE;
        let middle = 0.5 * (c - b);
        if middle.abs() <= tolerance {
            return b;
        }
        (step, before) = next_step((a, fa), (b, fb), (c, fc), middle, tolerance, (step, before));
        (a, fa) = (b, fb);
        b += if step.abs() > tolerance {
            step
        } else {
            tolerance.copysign(middle)
        };
        fb = f(b);
    }
    b
}

/// Inverse quadratic interpolation where it shrinks the bracket fast enough, else halving.
fn next_step(
    (a, fa): (f64, f64),
    (b, fb): (f64, f64),
    (c, fc): (f64, f64),
    middle: f64,
    tolerance: f64,
    (step, before): (f64, f64),
) -> (f64, f64) {
    if before.abs() < tolerance || fa.abs() <= fb.abs() {
        return (middle, middle);
    }
    let ratio = fb / fa;
    let (mut p, mut q) = if a == c {
        (2.0 * middle * ratio, 1.0 - ratio)
    } else {
        let (u, v) = (fa / fc, fb / fc);
        (
            ratio * (2.0 * middle * u * (u - v) - (b - a) * (v - 1.0)),
            (u - 1.0) * (v - 1.0) * (ratio - 1.0),
        )
    };
    if p > 0.0 {
        q = -q;
    }
    p = p.abs();
    if 2.0 * p < (3.0 * middle * q - (tolerance * q).abs()).min((before * q).abs()) {
        (p / q, step)
    } else {
        (middle, middle)
    }
}
