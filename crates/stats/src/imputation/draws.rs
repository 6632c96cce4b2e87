//! Draws from distributions out of a frozen stream: each takes one uniform number through a quantile.

use faer::{Mat, MatRef};

use crate::distribution::{chi_squared_quantile, normal_quantile};
use crate::randomise::Chance;

/// A number in 0 < u < 1, both ends left out, symmetric about ½.
pub(super) fn inside(chance: &mut Chance) -> f64 {
    ((chance.bits() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
}

/// A standard normal number.
pub(super) fn normal(chance: &mut Chance) -> f64 {
    normal_quantile(inside(chance))
}

/// Several of them.
pub(super) fn normals(chance: &mut Chance, count: usize) -> Vec<f64> {
    (0..count).map(|_| normal(chance)).collect()
}

/// A χ² number with these degrees of freedom.
pub(super) fn chi_squared(chance: &mut Chance, df: f64) -> f64 {
    chi_squared_quantile(inside(chance), df)
}

/// A matrix F with FF' ~ inverse Wishart(S, df), where S = CC' for the lower triangle C, size × size.
///
/// Bartlett: A is lower triangular with √χ²(df − i) on the diagonal (i = 0, 1 …) and normal numbers below it; AA' ~ Wishart(I, df), and F = C·A⁻ᵀ.
pub(super) fn inverse_wishart_factor(
    chance: &mut Chance,
    triangle: MatRef<'_, f64>,
    df: f64,
) -> Mat<f64> {
    let size = triangle.nrows();
    let mut a = Mat::<f64>::zeros(size, size);
    for i in 0..size {
        for j in 0..i {
            a[(i, j)] = normal(chance);
        }
        a[(i, i)] = chi_squared(chance, df - i as f64).sqrt();
    }
    // F·A' = C, row by row: A' is upper triangular.
    let mut f = Mat::<f64>::zeros(size, size);
    for row in 0..size {
        for j in 0..size {
            let known: f64 = (0..j).map(|k| f[(row, k)] * a[(j, k)]).sum();
            f[(row, j)] = (triangle[(row, j)] - known) / a[(j, j)];
        }
    }
    f
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::randomise::Seed;

    fn stream() -> Chance {
        Chance::new(&Seed::new([5; 32]), "draws")
    }

    /// The moments of 20,000 draws, within five standard errors.
    #[test]
    fn moments() {
        let mut chance = stream();
        let n = 20_000;
        let list = normals(&mut chance, n);
        let power = |k| list.iter().map(|z: &f64| z.powi(k)).sum::<f64>() / n as f64;
        let close = |own: f64, exact: f64, variance: f64| {
            assert!(
                (own - exact).abs() < 5.0 * (variance / n as f64).sqrt(),
                "{own} for {exact}"
            );
        };
        close(power(1), 0.0, 1.0);
        close(power(2), 1.0, 2.0);
        close(power(4), 3.0, 96.0);
        let chi: Vec<f64> = (0..n).map(|_| chi_squared(&mut chance, 7.0)).collect();
        let mean = chi.iter().sum::<f64>() / n as f64;
        close(mean, 7.0, 14.0);
    }

    /// E Σ = S/(df − size − 1) for Σ ~ inverse Wishart(S, df).
    #[test]
    fn inverse_wishart_mean() {
        let mut chance = stream();
        let triangle = Mat::from_fn(3, 3, |i, j| match i >= j {
            true => [[2.0, 0.0, 0.0], [1.0, 1.5, 0.0], [-0.5, 0.7, 1.0]][i][j],
            false => 0.0,
        });
        let (n, df) = (20_000, 24.0);
        let mut sum = Mat::<f64>::zeros(3, 3);
        for _ in 0..n {
            let f = inverse_wishart_factor(&mut chance, triangle.as_ref(), df);
            sum += &f * f.transpose();
        }
        let s = &triangle * triangle.transpose();
        for i in 0..3 {
            for j in 0..3 {
                let (own, exact) = (sum[(i, j)] / n as f64, s[(i, j)] / (df - 4.0));
                // The variance of an entry is at most about twice the product of its variances over df.
                let error = (3.0 * exact.abs().max(0.1).powi(2) / 20.0 / n as f64).sqrt();
                assert!(
                    (own - exact).abs() < 6.0 * error,
                    "({i}, {j}): {own} for {exact}"
                );
            }
        }
    }
}
