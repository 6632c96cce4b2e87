//! Working correlations, and clusters freed of them: rows multiplied by L with R⁻¹ = L'L.

use faer::{Mat, Side};

use crate::fault::{Fault, Outcome, length};
use crate::linear::Clusters;

/// How the rows of a cluster are taken to be correlated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correlation {
    /// Not at all.
    Independence,
    /// All pairs alike.
    Exchangeable,
    /// α to the power of the distance between visits.
    Ar1,
    /// A correlation for each pair of visits.
    Unstructured,
}

/// A cluster's rows in the order of their visits.
#[derive(Clone, Debug)]
pub(super) struct Ordered {
    pub(super) rows: Vec<usize>,
    pub(super) visits: Vec<u32>,
}

/// α: one number, or one per pair of visits.
#[derive(Clone, Debug)]
pub(super) enum Alpha {
    None,
    One(f64),
    /// Visits in ascending order, and their correlation matrix.
    Pairs(Vec<u32>, Mat<f64>),
}

/// Every cluster with its rows in the order of visits; without visits, in the order of rows.
pub(super) fn in_order(clusters: &Clusters, visits: Option<&[u32]>) -> Outcome<Vec<Ordered>> {
    if let Some(visits) = visits {
        length("the list of visits", visits.len(), clusters.rows())?;
    }
    let order = |members: &Vec<usize>| {
        let mut rows = members.clone();
        let Some(visits) = visits else {
            let visits = (1..).take(rows.len()).collect();
            return Ok(Ordered { rows, visits });
        };
        rows.sort_by_key(|row| visits[*row]);
        if let Some(pair) = rows
            .windows(2)
            .find(|pair| visits[pair[0]] == visits[pair[1]])
        {
            return Err(Fault::Refused {
                why: format!(
                    "rows {} and {} are the same visit ({}) of one cluster; each visit counts once",
                    pair[0] + 1,
                    pair[1] + 1,
                    visits[pair[0]]
                ),
            });
        }
        let visits = rows.iter().map(|row| visits[*row]).collect();
        Ok(Ordered { rows, visits })
    };
    clusters.members().iter().map(order).collect()
}

/// Multiplies the rows of a cluster, `rows` of `block` from `from` on, by L.
///
/// # Errors
/// A correlation that is not possible in this cluster.
pub(super) fn whiten(
    correlation: Correlation,
    alpha: &Alpha,
    visits: &[u32],
    from: usize,
    block: &mut Mat<f64>,
) -> Outcome<()> {
    let count = visits.len();
    match (correlation, alpha) {
        (Correlation::Exchangeable, Alpha::One(alpha)) if count > 1 => {
            let n = count as f64;
            let (apart, together) = (1.0 - alpha, 1.0 + (n - 1.0) * alpha);
            if !(apart > 0.0 && together > 0.0) {
                return Err(impossible(*alpha, count));
            }
            // The mean direction and all others are scaled each by its own root.
            let (root, share) = (1.0 / apart.sqrt(), 1.0 - (apart / together).sqrt());
            for column in columns(block, from, count) {
                let less = share * column.iter().sum::<f64>() / n;
                for value in column.iter_mut() {
                    *value = (*value - less) * root;
                }
            }
        }
        (Correlation::Ar1, Alpha::One(alpha)) if count > 1 => {
            if alpha.abs() >= 1.0 {
                return Err(impossible(*alpha, count));
            }
            let power =
                |k: usize| alpha.powi((visits[k] - visits[k - 1]).min(i32::MAX as u32) as i32);
            let powers: Vec<f64> = (1..count).map(power).collect();
            for column in columns(block, from, count) {
                for k in (1..count).rev() {
                    let power = powers[k - 1];
                    column[k] = (column[k] - power * column[k - 1]) / (1.0 - power * power).sqrt();
                }
            }
        }
        (Correlation::Unstructured, Alpha::Pairs(all, matrix)) if count > 1 => {
            let place = |visit: &u32| all.binary_search(visit).unwrap_or(0);
            let at: Vec<usize> = visits.iter().map(place).collect();
            let part = Mat::from_fn(count, count, |i, j| matrix[(at[i], at[j])]);
            let factor = part
                .llt(Side::Lower)
                .map_err(|_| Fault::NotPositiveDefinite {
                    what: "the working correlation, estimated for each pair of visits,".into(),
                })?;
            let lower = factor.L();
            for column in columns(block, from, count) {
                for i in 0..count {
                    let known: f64 = (0..i).map(|k| lower[(i, k)] * column[k]).sum();
                    column[i] = (column[i] - known) / lower[(i, i)];
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// The cluster's part of every column.
fn columns(block: &mut Mat<f64>, from: usize, count: usize) -> impl Iterator<Item = &mut [f64]> {
    let whole = block.as_mut().subrows_mut(from, count);
    whole.col_iter_mut().filter_map(|column| {
        column
            .try_as_col_major_mut()
            .map(|column| column.as_slice_mut())
    })
}

fn impossible(alpha: f64, count: usize) -> Fault {
    Fault::Refused {
        why: format!(
            "the estimated working correlation is {alpha:.3}, which {count} rows of a cluster cannot have; take another working correlation, or independence"
        ),
    }
}
