//! The F distribution: df1·F / (df1·F + df2) is beta distributed.

use super::beta::beta_upper;

/// P(F > f) with `df1` and `df2` degrees of freedom, both real and greater than zero; `df2` may be infinite.
pub fn f_upper(f: f64, df1: f64, df2: f64) -> f64 {
    if f.is_nan() || [df1, df2].iter().any(|df| df.is_nan() || *df <= 0.0) {
        return f64::NAN;
    }
    if df2 == f64::INFINITY {
        return super::chi_squared_upper(df1 * f, df1);
    }
    if f == f64::INFINITY {
        return 0.0;
    }
    let whole = df1 * f + df2;
    beta_upper(0.5 * df1, 0.5 * df2, df1 * f / whole, df2 / whole)
}
