//! The few matrix operations that several methods share, over `faer`.

use faer::{Mat, MatRef, Side, linalg::solvers::Solve as _};

use crate::fault::{Fault, Outcome};

/// A column of numbers as a matrix with one column.
pub(crate) fn column(values: &[f64]) -> Mat<f64> {
    Mat::from_fn(values.len(), 1, |i, _| values[i])
}

/// The numbers of one column.
pub(crate) fn values(matrix: MatRef<'_, f64>, column: usize) -> Vec<f64> {
    (0..matrix.nrows()).map(|i| matrix[(i, column)]).collect()
}

/// u'v.
pub(crate) fn dot(u: &[f64], v: &[f64]) -> f64 {
    u.iter().zip(v).map(|(a, b)| a * b).sum()
}

/// A·v.
pub(crate) fn times(a: MatRef<'_, f64>, v: &[f64]) -> Vec<f64> {
    values((a * column(v)).as_ref(), 0)
}

/// v'·A·v for a symmetric A.
pub(crate) fn quadratic(a: MatRef<'_, f64>, v: &[f64]) -> f64 {
    dot(v, &times(a, v))
}

/// The trace of A·B, both square.
pub(crate) fn trace_of_product(a: MatRef<'_, f64>, b: MatRef<'_, f64>) -> f64 {
    let mut sum = 0.0;
    for j in 0..a.ncols() {
        for i in 0..a.nrows() {
            sum += a[(i, j)] * b[(j, i)];
        }
    }
    sum
}

/// f(A) for a symmetric A: the function is applied to the eigenvalues.
pub(crate) fn symmetric_function(
    a: MatRef<'_, f64>,
    what: &str,
    f: impl Fn(f64) -> f64,
) -> Outcome<Mat<f64>> {
    let eigen = a
        .self_adjoint_eigen(Side::Lower)
        .map_err(|_| Fault::NotConverged {
            what: format!("the eigenvalues of {what}"),
            rounds: 30 * a.nrows(),
        })?;
    let (u, s) = (eigen.U(), eigen.S().column_vector());
    let scaled = Mat::from_fn(a.nrows(), a.ncols(), |i, j| u[(i, j)] * f(s[j]));
    Ok(scaled * u.transpose())
}

/// The inverse of a symmetric positive definite matrix.
pub(crate) fn inverse(a: MatRef<'_, f64>, what: &str) -> Outcome<Mat<f64>> {
    let factor = a
        .llt(Side::Lower)
        .map_err(|_| Fault::NotPositiveDefinite { what: what.into() })?;
    let mut inverse = factor.solve(Mat::<f64>::identity(a.nrows(), a.nrows()));
    symmetrize(&mut inverse);
    Ok(inverse)
}

/// The inverse of an upper triangular matrix, by back substitution.
pub(crate) fn invert_upper(r: MatRef<'_, f64>) -> Mat<f64> {
    let p = r.ncols();
    let mut inverse = Mat::<f64>::zeros(p, p);
    for j in 0..p {
        for i in (0..=j).rev() {
            let known: f64 = (i + 1..=j).map(|k| r[(i, k)] * inverse[(k, j)]).sum();
            inverse[(i, j)] = (f64::from(u8::from(i == j)) - known) / r[(i, i)];
        }
    }
    inverse
}

/// Makes both triangles the same.
pub(crate) fn symmetrize(a: &mut Mat<f64>) {
    for j in 0..a.ncols() {
        for i in 0..j {
            let mean = 0.5 * (a[(i, j)] + a[(j, i)]);
            a[(i, j)] = mean;
            a[(j, i)] = mean;
        }
    }
}
