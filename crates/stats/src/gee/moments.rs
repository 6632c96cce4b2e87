//! Scale and correlation from residuals.

use faer::Mat;

use super::solve::Equations;
use super::whiten::{Alpha, Correlation};
use crate::fault::{Fault, Outcome};

/// By which sums scale and correlation are estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moments {
    /// Divided by rows and by pairs; AR(1) from all pairs (`geepack`).
    Geepack,
    /// Divided by rows and by pairs less the number of columns; AR(1) from neighbouring visits (Liang and Zeger, `gee`).
    LiangZeger,
}

/// φ from the residuals √w·e.
pub(super) fn scale(equations: &Equations<'_>, residuals: &[f64]) -> Outcome<f64> {
    let sum: f64 = residuals.iter().map(|e| e * e).sum();
    let total: f64 = (0..residuals.len()).map(|row| equations.weight(row)).sum();
    let scale = sum / (total - equations.less());
    // What rounding leaves is no scale.
    let size: f64 = equations.outcome.iter().map(|y| y * y).sum();
    if scale > 0.0 && scale.is_finite() && sum > 1e-26 * size {
        Ok(scale)
    } else {
        Err(Fault::NoSpread {
            what: "the outcome about its fitted means".into(),
        })
    }
}

/// α from the same.
pub(super) fn correlation(
    equations: &Equations<'_>,
    residuals: &[f64],
    scale: f64,
) -> Outcome<Alpha> {
    // A pair counts with the product of its weights: w·e of one row times w·e of the other.
    let rooted = |row: usize| equations.weight(row).sqrt() * residuals[row];
    let weighted: Vec<f64> = (0..residuals.len()).map(rooted).collect();
    match equations.correlation {
        Correlation::Independence => Ok(Alpha::None),
        Correlation::Exchangeable => {
            let (mut sum, mut pairs) = (0.0, 0.0);
            for cluster in &equations.clusters {
                sum += pairs_of(cluster.rows.iter().map(|row| weighted[*row]));
                pairs += pairs_of(cluster.rows.iter().map(|row| equations.weight(*row)));
            }
            mean(sum / scale, pairs, equations.less()).map(Alpha::One)
        }
        Correlation::Ar1 => by_distance(equations, &weighted, scale).map(Alpha::One),
        Correlation::Unstructured => by_pair(equations, &weighted, scale),
    }
}

/// The sum of products over all pairs of a list.
fn pairs_of(list: impl Iterator<Item = f64> + Clone) -> f64 {
    let squares: f64 = list.clone().map(|v| v * v).sum();
    0.5 * (list.sum::<f64>().powi(2) - squares)
}

/// A mean of products.
fn mean(sum: f64, pairs: f64, less: f64) -> Outcome<f64> {
    if pairs > less {
        return Ok(sum / (pairs - less));
    }
    Err(Fault::TooFew {
        what: "pairs of rows within clusters",
        found: pairs as usize,
        needed: less as usize + 1,
        purpose: "a working correlation".into(),
    })
}

/// AR(1): sums of products and numbers of pairs at each distance, then one equation in α.
fn by_distance(equations: &Equations<'_>, weighted: &[f64], scale: f64) -> Outcome<f64> {
    let mut at: std::collections::BTreeMap<u32, (f64, f64)> = std::collections::BTreeMap::new();
    let neighbours = equations.moments == Moments::LiangZeger;
    for cluster in &equations.clusters {
        let n = cluster.rows.len();
        for j in 0..n {
            for k in j + 1..n {
                let distance = cluster.visits[k] - cluster.visits[j];
                if neighbours && distance > 1 {
                    break;
                }
                let own = at.entry(distance).or_default();
                own.0 += weighted[cluster.rows[j]] * weighted[cluster.rows[k]] / scale;
                own.1 += equations.weight(cluster.rows[j]) * equations.weight(cluster.rows[k]);
            }
        }
    }
    let near = at.get(&1).copied().unwrap_or((0.0, 0.0));
    let mut alpha = mean(near.0, near.1, equations.less())?;
    if neighbours {
        return Ok(alpha);
    }
    // Gauss and Newton's steps; the start may lie outside what a correlation can be.
    alpha = alpha.clamp(-0.99, 0.99);
    for _ in 0..500 {
        let (mut right, mut left) = (0.0, 0.0);
        for (distance, (sum, pairs)) in &at {
            let l = (*distance).min(10_000) as i32;
            let slope = f64::from(l) * alpha.powi(l - 1);
            right += slope * (sum - pairs * alpha.powi(l));
            left += pairs * slope * slope;
        }
        let next = (alpha + right / left).clamp(-0.9999, 0.9999);
        let step = (next - alpha).abs();
        alpha = next;
        if step <= 1e-15 {
            break;
        }
    }
    Ok(alpha)
}

/// Unstructured: the mean product for each pair of visits that some cluster has.
fn by_pair(equations: &Equations<'_>, weighted: &[f64], scale: f64) -> Outcome<Alpha> {
    let all = equations.all_visits();
    let size = all.len();
    let (mut sums, mut pairs) = (Mat::<f64>::zeros(size, size), Mat::<f64>::zeros(size, size));
    for cluster in &equations.clusters {
        let place = |visit: &u32| all.binary_search(visit).unwrap_or(0);
        let at: Vec<usize> = cluster.visits.iter().map(place).collect();
        for j in 0..at.len() {
            for k in 0..j {
                sums[(at[j], at[k])] +=
                    weighted[cluster.rows[j]] * weighted[cluster.rows[k]] / scale;
                pairs[(at[j], at[k])] +=
                    equations.weight(cluster.rows[j]) * equations.weight(cluster.rows[k]);
            }
        }
    }
    let mut matrix = Mat::<f64>::identity(size, size);
    for j in 0..size {
        for k in 0..j {
            // A pair that nobody has enters no cluster's correlation.
            if pairs[(j, k)] > 0.0 {
                let alpha = mean(sums[(j, k)], pairs[(j, k)], equations.less())?;
                matrix[(j, k)] = alpha;
                matrix[(k, j)] = alpha;
            }
        }
    }
    Ok(Alpha::Pairs(all, matrix))
}
