//! How many patients make a confidence interval narrow enough.

use super::{Size, check_positive, check_ratio, solve, within};
use crate::distribution::{normal_quantile, t_quantile};
use crate::estimate::Level;
use crate::fault::Outcome;

/// Two arms whose difference of means has an interval of ± `half_width`: t·σ√(1/n₁ + 1/n₀), with the standard deviation as expected and n₁ + n₀ − 2 degrees of freedom.
///
/// # Errors
/// A width or standard deviation that is not greater than zero, a ratio outside 0.01 to 100, or more patients than there are people.
pub fn mean_difference_within(half_width: f64, sd: f64, ratio: f64, level: Level) -> Outcome<Size> {
    check_positive("the half-width of the interval", half_width)?;
    check_positive("the standard deviation", sd)?;
    check_ratio(ratio)?;
    let f = |arm0: f64| {
        let Size { arm1, arm0 } = Size::with_ratio(arm0, ratio);
        let reach = -t_quantile(level.tail(), arm1 + arm0 - 2.0);
        half_width.ln() - (reach * sd * (1.0 / arm1 + 1.0 / arm0).sqrt()).ln()
    };
    let z = normal_quantile(level.tail());
    let guess = (z * sd / half_width).powi(2) * (1.0 + 1.0 / ratio);
    // From three patients on; with fewer the t quantile has no meaning worth planning for.
    let arm0 = solve("this width", 3.0 / (1.0 + ratio), guess, f)?;
    Ok(Size::with_ratio(arm0, ratio))
}

/// One group whose share has Wilson's interval of ± `half_width` about its middle: z√(pq/n + z²/4n²)/(1 + z²/n).
///
/// # Errors
/// A share outside 0 to 1, a width outside 0 to ½, or more patients than there are people.
pub fn proportion_within(half_width: f64, p: f64, level: Level) -> Outcome<f64> {
    within("the share", p, 0.0, 1.0, "from 0 to 1")?;
    check_positive("the half-width of the interval", half_width)?;
    within(
        "the half-width of the interval",
        half_width,
        0.0,
        0.5,
        "at most 0.5",
    )?;
    let z = -normal_quantile(level.tail());
    let square = z * z;
    let f = |n: f64| {
        let root = (p * (1.0 - p) / n + square / (4.0 * n * n)).sqrt();
        half_width.ln() - (z * root / (1.0 + square / n)).ln()
    };
    solve("this width", 1.0, square * 0.25 / half_width.powi(2), f)
}

/// Two arms whose risk difference has a Wald interval of ± `half_width`: n₀ = z²(p₁q₁/r + p₀q₀)/width².
///
/// # Errors
/// A share outside 0 to 1 or both at an end of it, a width that is not greater than zero, or a ratio outside 0.01 to 100.
pub fn proportion_difference_within(
    half_width: f64,
    p1: f64,
    p0: f64,
    ratio: f64,
    level: Level,
) -> Outcome<Size> {
    within("the share of arm 1", p1, 0.0, 1.0, "from 0 to 1")?;
    within("the share of arm 0", p0, 0.0, 1.0, "from 0 to 1")?;
    check_positive("the half-width of the interval", half_width)?;
    check_ratio(ratio)?;
    let spread = p1 * (1.0 - p1) / ratio + p0 * (1.0 - p0);
    check_positive("the variance of the shares", spread)?;
    let z = normal_quantile(level.tail());
    Ok(Size::with_ratio(spread * (z / half_width).powi(2), ratio))
}
