//! Least squares by Householder QR, with the rank looked at column by column.

use faer::{Mat, MatRef};

use crate::fault::{Fault, Outcome, finite, length};
use crate::matrix::{dot, times, values};

/// A column whose part outside the span of the columns before it is shorter than this share of its length says nothing new.
const TOLERANCE: f64 = 1e-7;

/// A least squares fit: min |y − Xβ|².
#[derive(Clone, Debug)]
pub struct LeastSquares {
    coefficients: Vec<f64>,
    residuals: Vec<f64>,
    fitted_sum_of_squares: f64,
    /// Rows × columns, orthonormal columns.
    q: Mat<f64>,
    /// Columns × columns: X = QR, so R⁻¹ turns the orthonormal columns back.
    r_inverse: Mat<f64>,
}

impl LeastSquares {
    /// Fits `y` (rows) on `x` (rows × columns); `names` are the columns', for messages.
    ///
    /// # Errors
    /// Lengths that differ, values that are not finite, not more rows than columns, or columns that say nothing new.
    pub fn fit(x: MatRef<'_, f64>, y: &[f64], names: &[String]) -> Outcome<Self> {
        let (n, p) = (x.nrows(), x.ncols());
        length("the outcome", y.len(), n)?;
        length("the list of column names", names.len(), p)?;
        finite("the outcome", y)?;
        if n <= p {
            return Err(Fault::TooFew {
                what: "rows",
                found: n,
                needed: p + 1,
                purpose: format!("a linear model with {p} columns"),
            });
        }
        let lengths = lengths(x, names)?;
        // Divided by its length, no column can overflow, and its diagonal of R is the share that is new.
        let scaled = Mat::from_fn(n, p, |i, j| x[(i, j)] / lengths[j].max(f64::MIN_POSITIVE));
        let qr = scaled.qr();
        if (0..p).any(|j| !is_new(qr.thin_R(), j)) {
            refuse_dependent(scaled.as_ref(), &lengths, names)?;
        }
        let q = qr.compute_thin_Q();
        let r_inverse = invert_upper(qr.thin_R(), &lengths);
        let scores = times(q.transpose(), y);
        let coefficients = times(r_inverse.as_ref(), &scores);
        let fitted = times(q.as_ref(), &scores);
        let residuals: Vec<f64> = y.iter().zip(&fitted).map(|(y, f)| y - f).collect();
        finite("the list of coefficients", &coefficients)?;
        Ok(Self {
            coefficients,
            residuals,
            fitted_sum_of_squares: dot(&fitted, &fitted),
            q,
            r_inverse,
        })
    }

    /// β̂.
    pub fn coefficients(&self) -> &[f64] {
        &self.coefficients
    }

    /// y − Xβ̂.
    pub fn residuals(&self) -> &[f64] {
        &self.residuals
    }

    /// n − p.
    pub fn residual_df(&self) -> f64 {
        (self.q.nrows() - self.q.ncols()) as f64
    }

    /// |y − Xβ̂|².
    pub fn residual_sum_of_squares(&self) -> f64 {
        dot(&self.residuals, &self.residuals)
    }

    /// |Xβ̂|².
    pub fn fitted_sum_of_squares(&self) -> f64 {
        self.fitted_sum_of_squares
    }

    /// (X'X)⁻¹.
    pub fn inverse_cross_product(&self) -> Mat<f64> {
        &self.r_inverse * self.r_inverse.transpose()
    }

    /// ln |X'X|.
    pub fn log_determinant(&self) -> f64 {
        let diagonal = (0..self.r_inverse.ncols()).map(|i| self.r_inverse[(i, i)].abs().ln());
        -2.0 * diagonal.sum::<f64>()
    }

    /// The diagonal of QQ': how much each row determines its own fitted value.
    pub fn leverages(&self) -> Vec<f64> {
        (0..self.q.nrows())
            .map(|i| (0..self.q.ncols()).map(|j| self.q[(i, j)].powi(2)).sum())
            .collect()
    }

    /// Orthonormal columns that span the design.
    pub(crate) fn q(&self) -> &Mat<f64> {
        &self.q
    }

    /// R⁻¹ with a positive diagonal, the one root of (X'X)⁻¹ = R⁻¹R⁻ᵀ that does not depend on how the signs of Q fell.
    pub(crate) fn root(&self) -> Mat<f64> {
        let own = &self.r_inverse;
        Mat::from_fn(own.nrows(), own.ncols(), |i, j| {
            own[(i, j)] * own[(j, j)].signum()
        })
    }

    /// R⁻¹.
    pub(crate) fn r_inverse(&self) -> &Mat<f64> {
        &self.r_inverse
    }

    /// R⁻¹·M·R⁻ᵀ: from the coordinates of Q to those of β.
    pub(super) fn to_coefficients(&self, middle: MatRef<'_, f64>) -> Mat<f64> {
        &self.r_inverse * middle * self.r_inverse.transpose()
    }
}

/// The Euclidean length of each column.
fn lengths(x: MatRef<'_, f64>, names: &[String]) -> Outcome<Vec<f64>> {
    let mut lengths = Vec::with_capacity(x.ncols());
    for (j, name) in names.iter().enumerate() {
        let column = values(x, j);
        finite(&format!("column `{name}`"), &column)?;
        let largest = column.iter().fold(0.0, |max: f64, v| max.max(v.abs()));
        let length = if largest == 0.0 {
            0.0
        } else {
            let squares: f64 = column.iter().map(|v| (v / largest).powi(2)).sum();
            largest * squares.sqrt()
        };
        lengths.push(length);
    }
    Ok(lengths)
}

/// Whether a column of unit length brings something that the columns before it do not hold.
fn is_new(r: MatRef<'_, f64>, j: usize) -> bool {
    r[(j, j)].abs() >= TOLERANCE
}

/// Names every column of zeros and every column that follows from those before it; `scaled` holds columns of unit length or zeros.
pub(crate) fn refuse_dependent(
    scaled: MatRef<'_, f64>,
    lengths: &[f64],
    names: &[String],
) -> Outcome<()> {
    let all = 0..scaled.ncols();
    let zero: Vec<usize> = all.clone().filter(|j| lengths[*j] == 0.0).collect();
    let mut kept: Vec<usize> = all.filter(|j| lengths[*j] > 0.0).collect();
    let mut follows = Vec::new();
    // The first short diagonal is certain; what stands behind it is judged again without it.
    loop {
        let part = Mat::from_fn(scaled.nrows(), kept.len(), |i, j| scaled[(i, kept[j])]);
        let qr = part.qr();
        match (0..kept.len()).find(|j| !is_new(qr.thin_R(), *j)) {
            Some(at) if follows.len() < 20 => follows.push(kept.remove(at)),
            Some(at) => {
                follows.push(kept.remove(at));
                break;
            }
            None => break,
        }
    }
    if zero.is_empty() && follows.is_empty() {
        return Ok(());
    }
    let named = |columns: &[usize]| columns.iter().map(|j| names[*j].clone()).collect();
    Err(Fault::Dependent {
        zero: named(&zero),
        follows: named(&follows),
    })
}

/// R⁻¹ for X = (QR)·diag(lengths), by back substitution.
fn invert_upper(r: MatRef<'_, f64>, lengths: &[f64]) -> Mat<f64> {
    let p = r.ncols();
    let mut inverse = Mat::<f64>::zeros(p, p);
    for j in 0..p {
        for i in (0..=j).rev() {
            let known: f64 = (i + 1..=j).map(|k| r[(i, k)] * inverse[(k, j)]).sum();
            let unit = f64::from(u8::from(i == j));
            inverse[(i, j)] = (unit - known) / r[(i, i)];
        }
    }
    Mat::from_fn(p, p, |i, j| inverse[(i, j)] / lengths[i])
}
