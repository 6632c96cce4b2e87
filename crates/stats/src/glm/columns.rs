//! The columns of a model, walked through in blocks of rows that fit into the processor's cache.
//!
//! Columns are divided by their length, so that none overflows and none is small beside another. Cross-products are exact enough as long as every
//! column brings something of its own; where less than a hundredth of one is new, the same triangle comes from Householder QR, block upon block
//! (Golub and Van Loan, 5.2; "tall and skinny" QR), which squares nothing.

use std::ops::Range;

use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, MatRef, Par, Side};

use crate::fault::{Fault, Outcome, finite};
use crate::linear::refuse_dependent;
use crate::matrix::invert_upper;

/// Rows per block.
const BLOCK: usize = 512;
/// Columns of which less than this share of the length is new are left to QR.
const DOUBT: f64 = 1e-2;
/// Columns of which less than this share is new say nothing new (the tolerance of R's `lm`).
const TOLERANCE: f64 = 1e-7;

/// A matrix with its columns' lengths.
#[derive(Debug)]
pub(crate) struct Columns<'a> {
    matrix: &'a Mat<f64>,
    names: &'a [String],
    lengths: Vec<f64>,
    scale: Vec<f64>,
    block: Mat<f64>,
}

impl<'a> Columns<'a> {
    /// The columns of a matrix; `names` are for messages.
    pub(crate) fn new(matrix: &'a Mat<f64>, names: &'a [String]) -> Outcome<Self> {
        let mut lengths = Vec::with_capacity(names.len());
        for (j, name) in names.iter().enumerate() {
            let column = matrix.col_as_slice(j);
            let largest = column.iter().fold(0.0, |max: f64, v| max.max(v.abs()));
            let sum: f64 = column.iter().map(|v| v / largest).map(|v| v * v).sum();
            let length = if largest == 0.0 {
                0.0
            } else {
                largest * sum.sqrt()
            };
            if !length.is_finite() {
                finite(&format!("column `{name}`"), column)?;
                return Err(Fault::Refused {
                    why: format!(
                        "the numbers in column `{name}` are too large to compute with; take a larger unit"
                    ),
                });
            }
            lengths.push(length);
        }
        let scale = lengths
            .iter()
            .map(|length| 1.0 / length.max(f64::MIN_POSITIVE))
            .collect();
        Ok(Self {
            matrix,
            names,
            lengths,
            scale,
            block: Mat::zeros(BLOCK.min(matrix.nrows()), names.len()),
        })
    }

    /// How many columns there are.
    pub(crate) fn count(&self) -> usize {
        self.lengths.len()
    }

    /// The blocks of rows, in order.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = Range<usize>> + use<> {
        let rows = self.matrix.nrows();
        (0..rows)
            .step_by(BLOCK)
            .map(move |from| from..(from + BLOCK).min(rows))
    }

    /// From coordinates of the divided columns to those of the columns as they are.
    pub(crate) fn unscaled(&self, scaled: &[f64]) -> Vec<f64> {
        scaled.iter().zip(&self.scale).map(|(b, s)| b * s).collect()
    }

    /// The other way.
    pub(crate) fn scaled(&self, plain: &[f64]) -> Vec<f64> {
        plain
            .iter()
            .zip(&self.lengths)
            .map(|(b, l)| b * l)
            .collect()
    }

    /// Adds X·γ to the block's predictors, γ in the coordinates of the divided columns.
    pub(crate) fn add_products(&self, rows: Range<usize>, scaled: &[f64], sum: &mut [f64]) {
        for (j, (coefficient, scale)) in scaled.iter().zip(&self.scale).enumerate() {
            let factor = coefficient * scale;
            if factor != 0.0 {
                let column = &self.matrix.col_as_slice(j)[rows.clone()];
                for (sum, x) in sum.iter_mut().zip(column) {
                    *sum += factor * x;
                }
            }
        }
    }

    /// Adds the block's X'u.
    pub(crate) fn add_scores(&self, rows: Range<usize>, u: &[f64], sum: &mut [f64]) {
        for (j, sum) in sum.iter_mut().enumerate() {
            let column = &self.matrix.col_as_slice(j)[rows.clone()];
            *sum += self.scale[j] * fast_dot(column, u);
        }
    }

    /// Adds the block's X'diag(r²)X.
    pub(crate) fn add_cross_products(&mut self, rows: Range<usize>, r: &[f64], sum: &mut Mat<f64>) {
        let count = rows.len();
        for j in 0..self.count() {
            let (column, scale) = (&self.matrix.col_as_slice(j)[rows.clone()], self.scale[j]);
            let own = self.block.col_as_slice_mut(j);
            for ((own, x), r) in own.iter_mut().zip(column).zip(r) {
                *own = x * scale * r;
            }
        }
        let block = self.block.as_ref().subrows(0, count);
        matmul(sum, Accum::Add, block.transpose(), block, 1.0, Par::Seq);
    }

    /// R⁻¹ of diag(r)·X = QR, for the columns as they are; r² are the weights of rows, `cross` is X'diag(r²)X where it is known already.
    ///
    /// # Errors
    /// Columns that say nothing new.
    pub(crate) fn inverse_triangle(
        &mut self,
        r: &[f64],
        cross: Option<&Mat<f64>>,
    ) -> Outcome<Mat<f64>> {
        let own;
        let cross = match cross {
            Some(cross) => cross,
            None => {
                let mut sum = Mat::zeros(self.count(), self.count());
                for rows in self.blocks() {
                    self.add_cross_products(rows.clone(), &r[rows], &mut sum);
                }
                own = sum;
                &own
            }
        };
        let triangle = match independent(cross.as_ref()) {
            Some(triangle) => triangle,
            None => self.triangle(r)?,
        };
        let inverse = invert_upper(triangle.as_ref());
        Ok(Mat::from_fn(self.count(), self.count(), |i, j| {
            self.scale[i] * inverse[(i, j)]
        }))
    }

    /// The triangle by QR, each block set under the triangle of the blocks before.
    fn triangle(&self, r: &[f64]) -> Outcome<Mat<f64>> {
        let p = self.count();
        let step = BLOCK.max(2 * p);
        let mut triangle = Mat::<f64>::zeros(0, p);
        let mut from = 0;
        while from < self.matrix.nrows() {
            let count = step.min(self.matrix.nrows() - from);
            let above = triangle.nrows();
            let stacked = Mat::from_fn(above + count, p, |i, j| {
                if i < above {
                    triangle[(i, j)]
                } else {
                    let row = from + i - above;
                    self.matrix[(row, j)] * self.scale[j] * r[row]
                }
            });
            triangle = stacked.qr().thin_R().to_owned();
            from += count;
        }
        self.refuse_dependent(&triangle)?;
        Ok(triangle)
    }

    /// Names columns that follow from others, judged on the triangle, whose columns depend on each other as the weighted ones do.
    fn refuse_dependent(&self, triangle: &Mat<f64>) -> Outcome<()> {
        let p = self.count();
        let lengths: Vec<f64> = (0..p)
            .map(|j| {
                (0..triangle.nrows())
                    .map(|i| triangle[(i, j)].powi(2))
                    .sum::<f64>()
                    .sqrt()
            })
            .collect();
        let unit = Mat::from_fn(triangle.nrows(), p, |i, j| {
            triangle[(i, j)] / lengths[j].max(f64::MIN_POSITIVE)
        });
        let new = |j: usize| j < triangle.nrows() && unit[(j, j)].abs() >= TOLERANCE;
        if (0..p).all(new) {
            return Ok(());
        }
        refuse_dependent(unit.as_ref(), &lengths, self.names)?;
        Err(Fault::NotPositiveDefinite {
            what: "the weighted cross-product of the columns".into(),
        })
    }
}

/// The triangle of a cross-product by Cholesky's method, where every column brings enough of its own.
fn independent(cross: MatRef<'_, f64>) -> Option<Mat<f64>> {
    let factor = cross.llt(Side::Lower).ok()?;
    let lower = factor.L();
    let clear = |j: usize| lower[(j, j)] > DOUBT * cross[(j, j)].sqrt();
    (0..cross.ncols())
        .all(clear)
        .then(|| lower.transpose().to_owned())
}

/// u'v in eight sums side by side, which a processor can do at once.
fn fast_dot(u: &[f64], v: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (u_chunks, v_chunks) = (u.chunks_exact(8), v.chunks_exact(8));
    let rest: f64 = u_chunks
        .remainder()
        .iter()
        .zip(v_chunks.remainder())
        .map(|(a, b)| a * b)
        .sum();
    for (u, v) in u_chunks.zip(v_chunks) {
        for (sum, (a, b)) in sums.iter_mut().zip(u.iter().zip(v)) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f64>() + rest
}
