//! Many comparisons at once: adjusted p values.
//!
//! With m p values in order p₍₁₎ ≤ … ≤ p₍ₘ₎:
//! - Bonferroni: m·p;
//! - Holm: max over j ≤ i of (m−j+1)·p₍ⱼ₎;
//! - Hochberg: min over j ≥ i of (m−j+1)·p₍ⱼ₎;
//! - Hommel: closed testing with Simes' test, computed from the sorted list;
//! - Benjamini–Hochberg: min over j ≥ i of (m/j)·p₍ⱼ₎; Benjamini–Yekutieli the same times Σ 1/j.
//!
//! All are cut at 1. Holm, Hochberg and Hommel control the family-wise error rate (the latter two need independence or positive
//! dependence); the last two control the false discovery rate.
//!
//! Tukey's method takes the largest difference among all means as the yardstick: p = P(Q > √2·|t|) with the studentised range of k means
//! and the model's degrees of freedom.
//!
//! References: Holm S. Scand J Stat 1979;6:65–70. Hochberg Y. Biometrika 1988;75:800–802. Hommel G. Biometrika 1988;75:383–386. Benjamini Y,
//! Hochberg Y. J R Stat Soc B 1995;57:289–300. Benjamini Y, Yekutieli D. Ann Stat 2001;29:1165–1188. Agrees with R's `p.adjust`.

use crate::distribution::studentized_range_upper;
use crate::fault::{Fault, Outcome};

/// How p values are adjusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjustment {
    /// Each times their number.
    Bonferroni,
    /// Step-down; always valid, never worse than Bonferroni.
    Holm,
    /// Step-up.
    Hochberg,
    /// Closed testing with Simes' test.
    Hommel,
    /// False discovery rate.
    BenjaminiHochberg,
    /// False discovery rate under any dependence.
    BenjaminiYekutieli,
}

/// The adjusted p values, in the order given.
///
/// # Errors
/// A p value outside 0 to 1.
pub fn adjust(p: &[f64], method: Adjustment) -> Outcome<Vec<f64>> {
    if let Some(at) = p.iter().position(|p| !(0.0..=1.0).contains(p)) {
        return Err(Fault::OutOfRange {
            what: format!("p value {}", at + 1),
            value: p[at],
            range: "between 0 and 1",
        });
    }
    let m = p.len() as f64;
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let sorted: Vec<f64> = order.iter().map(|at| p[*at]).collect();
    let stepped: Vec<f64> = match method {
        Adjustment::Bonferroni => sorted.iter().map(|p| p * m).collect(),
        Adjustment::Holm => running_max(&sorted, |i| m - i as f64),
        Adjustment::Hochberg => running_min(&sorted, |i| m - i as f64),
        Adjustment::Hommel => hommel(&sorted),
        Adjustment::BenjaminiHochberg => running_min(&sorted, |i| m / (i + 1) as f64),
        Adjustment::BenjaminiYekutieli => {
            let harmonic: f64 = (1..=p.len()).map(|i| 1.0 / i as f64).sum();
            running_min(&sorted, |i| harmonic * m / (i + 1) as f64)
        }
    };
    let mut adjusted = vec![0.0; p.len()];
    for (at, value) in order.iter().zip(stepped) {
        adjusted[*at] = value.min(1.0);
    }
    Ok(adjusted)
}

/// Tukey's p value for one of all pairwise differences among `means` means, from its t statistic.
///
/// # Errors
/// Fewer than two means, or degrees of freedom that are not greater than zero.
pub fn tukey(t: f64, means: usize, df: f64) -> Outcome<f64> {
    let p = studentized_range_upper(std::f64::consts::SQRT_2 * t.abs(), means, df);
    if p.is_nan() {
        return Err(Fault::Refused {
            why: format!(
                "Tukey's method needs a t statistic, at least two means and degrees of freedom above zero, not t = {t}, {means} means, df = {df}"
            ),
        });
    }
    Ok(p)
}

fn running_max(sorted: &[f64], factor: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut largest = 0.0_f64;
    let mut result = Vec::with_capacity(sorted.len());
    for (i, p) in sorted.iter().enumerate() {
        largest = largest.max(factor(i) * p);
        result.push(largest);
    }
    result
}

fn running_min(sorted: &[f64], factor: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut smallest = f64::INFINITY;
    let mut result = vec![0.0; sorted.len()];
    for (i, p) in sorted.iter().enumerate().rev() {
        smallest = smallest.min(factor(i) * p);
        result[i] = smallest;
    }
    result
}

/// Wright's form of Hommel's procedure (Biometrics 1992;48:1005–1013): for each size s of a family, Simes' bound, from m down to 2.
fn hommel(sorted: &[f64]) -> Vec<f64> {
    let m = sorted.len();
    let mut adjusted = sorted.to_vec();
    for size in (2..=m).rev() {
        let s = size as f64;
        let small = m - size + 1;
        // The family of this size that is hardest to reject holds the largest p values …
        let tail = (small..m).map(|i| s * sorted[i] / (i + size + 1 - m) as f64);
        let bound = tail.fold(f64::INFINITY, f64::min);
        for i in 0..m {
            let own = if i < small {
                // … and this one.
                bound.min(s * sorted[i])
            } else {
                bound
            };
            adjusted[i] = adjusted[i].max(own);
        }
    }
    adjusted
}
