//! Binomial and Poisson probabilities for real arguments in Loader's saddle-point form: large terms never meet, so none cancels.

use std::f64::consts::TAU;

/// ln Γ(n+1) − (n+½)·ln n + n − ½·ln 2π: what Stirling's formula leaves over. `n` ≥ 0.
pub(crate) fn stirling_error(n: f64) -> f64 {
    if n <= 0.0 {
        // The limit of the binomial and Poisson forms at zero is taken by their callers.
        return 0.0;
    }
    if n < 15.0 {
        return libm::lgamma(n + 1.0) - (n + 0.5) * n.ln() + n - 0.5 * TAU.ln();
    }
    let square = n * n;
    let series = 1.0 / 1680.0 - (1.0 / 1188.0) / square;
    let series = 1.0 / 1260.0 - series / square;
    let series = 1.0 / 360.0 - series / square;
    (1.0 / 12.0 - series / square) / n
}

/// x·ln(x/m) + m − x without cancellation where x ≈ m. Both > 0.
pub(super) fn deviance(x: f64, m: f64) -> f64 {
    if (x - m).abs() >= 0.1 * (x + m) {
        return x * (x / m).ln() + m - x;
    }
    let v = (x - m) / (x + m);
    let mut sum = (x - m) * v;
    let mut term = 2.0 * x * v;
    for odd in (3..1000).step_by(2) {
        term *= v * v;
        let next = sum + term / f64::from(odd);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// ln of Γ(a+b+1)/(Γ(a+1)Γ(b+1))·xᵃ·yᵇ, where y = 1 − x is given apart so that neither loses digits. `a`, `b` > 0.
pub(super) fn ln_binomial(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    let exponent = stirling_error(n)
        - stirling_error(a)
        - stirling_error(b)
        - deviance(a, n * x)
        - deviance(b, n * y);
    exponent + 0.5 * (n / (TAU * a) / b).ln()
}

/// ln of xᵃ·e⁻ˣ/Γ(a+1). `a`, `x` > 0.
pub(super) fn ln_poisson(a: f64, x: f64) -> f64 {
    -stirling_error(a) - deviance(a, x) - 0.5 * (TAU * a).ln()
}
