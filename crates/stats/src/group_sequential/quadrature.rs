//! Gauss–Legendre quadrature on panels.

use std::f64::consts::PI;

/// How many points a panel has.
const POINTS: usize = 20;

/// Nodes and weights for an integral from `from` to `to`, on equal panels not wider than `width`; none if the interval is empty.
pub(super) fn panels(from: f64, to: f64, width: f64) -> Vec<(f64, f64)> {
    if from >= to || (to - from).is_nan() {
        return Vec::new();
    }
    let rule = legendre();
    let count = ((to - from) / width).ceil().max(1.0) as usize;
    let half = 0.5 * (to - from) / count as f64;
    let mut nodes = Vec::with_capacity(count * POINTS);
    for panel in 0..count {
        let middle = from + half * (2 * panel + 1) as f64;
        nodes.extend(rule.iter().map(|(x, w)| (middle + half * x, half * w)));
    }
    nodes
}

/// The rule on −1 … 1, nodes increasing: roots of the Legendre polynomial by Newton's method, weights 2/((1 − x²)P'(x)²).
fn legendre() -> [(f64, f64); POINTS] {
    let n = POINTS as f64;
    std::array::from_fn(|at| {
        let mut x = -(PI * (at as f64 + 0.75) / (n + 0.5)).cos();
        let mut slope = 1.0;
        for _ in 0..8 {
            let (mut before, mut here) = (1.0, x);
            for degree in 2..=POINTS {
                let d = degree as f64;
                (before, here) = (here, ((2.0 * d - 1.0) * x * here - (d - 1.0) * before) / d);
            }
            slope = n * (x * here - before) / (x * x - 1.0);
            x -= here / slope;
        }
        (x, 2.0 / ((1.0 - x * x) * slope * slope))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rule with n points integrates polynomials up to degree 2n − 1 exactly.
    #[test]
    fn powers() {
        for degree in [0, 1, 2, 17, 38, 39] {
            let own: f64 = legendre().iter().map(|(x, w)| w * x.powi(degree)).sum();
            let exact = if degree % 2 == 0 {
                2.0 / f64::from(degree + 1)
            } else {
                0.0
            };
            assert!((own - exact).abs() < 1e-14, "x^{degree}: {own} for {exact}");
        }
    }

    #[test]
    fn empty_intervals_have_no_nodes() {
        assert!(panels(1.0, 1.0, 0.1).is_empty());
        assert!(panels(2.0, 1.0, 0.1).is_empty());
        assert!(panels(f64::NAN, 1.0, 0.1).is_empty());
    }
}
