//! Some coordinates of a normal vector given others: mean μ_T + Σ_TO Σ_OO⁻¹(y_O − μ_O), covariance Σ_TT − Σ_TO Σ_OO⁻¹ Σ_OT.

use faer::Mat;

use super::draws::normals;
use super::regression::lower_triangle;
use crate::fault::Outcome;
use crate::matrix::{inverse, symmetrize};
use crate::randomise::Chance;

/// The law of coordinates `of` given coordinates `given`.
pub(super) struct Conditional {
    of: Vec<usize>,
    given: Vec<usize>,
    slopes: Mat<f64>,
    triangle: Mat<f64>,
}

impl Conditional {
    pub(super) fn new(sigma: &Mat<f64>, of: &[usize], given: &[usize]) -> Outcome<Self> {
        let part = |rows: &[usize], columns: &[usize]| {
            Mat::from_fn(rows.len(), columns.len(), |i, j| {
                sigma[(rows[i], columns[j])]
            })
        };
        let what = "the covariance over visits";
        let slopes = if given.is_empty() {
            Mat::zeros(of.len(), 0)
        } else {
            part(of, given) * inverse(part(given, given).as_ref(), what)?
        };
        let mut left = part(of, of) - &slopes * part(given, of);
        symmetrize(&mut left);
        Ok(Self {
            triangle: lower_triangle(&left, what)?,
            of: of.to_vec(),
            given: given.to_vec(),
            slopes,
        })
    }

    /// The expected values of the coordinates, in their order.
    pub(super) fn expected(&self, means: &[f64], values: &[f64]) -> Vec<f64> {
        let apart: Vec<f64> = self.given.iter().map(|g| values[*g] - means[*g]).collect();
        let one = |(row, of): (usize, &usize)| {
            let moved = apart.iter().enumerate();
            means[*of]
                + moved
                    .map(|(j, own)| self.slopes[(row, j)] * own)
                    .sum::<f64>()
        };
        self.of.iter().enumerate().map(one).collect()
    }

    /// Replaces the coordinates in `values` by a draw.
    pub(super) fn draw(&self, means: &[f64], values: &mut [f64], chance: &mut Chance) {
        let expected = self.expected(means, values);
        let noise = normals(chance, self.of.len());
        for (row, of) in self.of.iter().enumerate() {
            let added: f64 = (0..=row).map(|j| self.triangle[(row, j)] * noise[j]).sum();
            values[*of] = expected[row] + added;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: Σ = [[4, 2, 1], [2, 3, 0.5], [1, 0.5, 2]]; the third given the first two has slopes (1, 0.5)·Σ₁₁⁻¹ = (2, 0)/8.
    #[test]
    fn a_small_case() {
        let rows = [[4.0, 2.0, 1.0], [2.0, 3.0, 0.5], [1.0, 0.5, 2.0]];
        let sigma = Mat::from_fn(3, 3, |i, j| rows[i][j]);
        let own = Conditional::new(&sigma, &[2], &[0, 1]).expect("a law");
        let expected = own.expected(&[1.0, 1.0, 1.0], &[3.0, 9.0, f64::NAN]);
        assert!((expected[0] - 1.5).abs() < 1e-14);
        assert!((own.triangle[(0, 0)].powi(2) - 1.75).abs() < 1e-14);
        let alone = Conditional::new(&sigma, &[0, 2], &[]).expect("a law");
        assert_eq!(alone.expected(&[1.0, 2.0, 3.0], &[0.0; 3]), [1.0, 3.0]);
    }
}
