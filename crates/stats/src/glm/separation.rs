//! Separation: columns that leave no doubt about the outcome of some rows, so that a coefficient has no finite estimate.
//!
//! A direction d proves it if moving along it makes no row less likely and some row more likely for ever: for shares x'd ≥ 0 where the outcome is 1 and
//! x'd ≤ 0 where it is 0, for counts x'd ≤ 0 where the outcome is 0 and x'd = 0 elsewhere, and x'd ≠ 0 somewhere (Albert and Anderson 1984).
//! Newton's steps run along such a direction when there is one; it is checked here and put in words.

use super::columns::Columns;
use super::family::Family;
use super::scoring::Likelihood;
use crate::fault::Fault;

/// The sentence for a direction (in the coordinates of the divided columns) that proves separation.
pub(crate) fn separated(
    likelihood: &Likelihood<'_>,
    columns: &Columns<'_>,
    direction: &[f64],
) -> Option<Fault> {
    if likelihood.family == Family::Linear {
        return None;
    }
    let mut along = vec![0.0; likelihood.outcome.len()];
    for rows in columns.blocks() {
        columns.add_products(rows.clone(), direction, &mut along[rows]);
    }
    let counted = |row: &usize| likelihood.weight(*row) > 0.0;
    let rows: Vec<usize> = (0..along.len()).filter(counted).collect();
    let largest = rows
        .iter()
        .fold(0.0, |max: f64, row| max.max(along[*row].abs()));
    let nothing = 1e-7 * largest;
    let harmless = |row: &usize| {
        let (y, moved) = (likelihood.outcome[*row], along[*row]);
        let up = likelihood.family == Family::Logistic && y == 1.0;
        let down = y == 0.0;
        moved.abs() <= nothing || (up && moved > 0.0) || (down && moved < 0.0)
    };
    if largest == 0.0 || !rows.iter().all(harmless) {
        return None;
    }
    let sure: Vec<usize> = rows
        .iter()
        .copied()
        .filter(|row| along[*row].abs() > nothing)
        .collect();
    Some(in_words(likelihood, direction, &rows, &sure))
}

/// One column that says it all, if there is one; else the columns that the direction needs.
fn in_words(
    likelihood: &Likelihood<'_>,
    direction: &[f64],
    rows: &[usize],
    sure: &[usize],
) -> Fault {
    let largest = direction.iter().fold(0.0, |max: f64, d| max.max(d.abs()));
    let used: Vec<usize> = (0..direction.len())
        .filter(|j| direction[*j].abs() > 1e-6 * largest)
        .collect();
    for column in &used {
        if let Some((value, outcome, count)) = one_column(likelihood, *column, rows) {
            return Fault::Separated {
                columns: vec![likelihood.names[*column].clone()],
                value: Some(value),
                rows: count,
                outcome: Some(outcome),
            };
        }
    }
    let first = sure.first().map_or(0.0, |row| likelihood.outcome[*row]);
    let alike = sure.iter().all(|row| likelihood.outcome[*row] == first);
    let varies = |column: &usize| {
        let values = likelihood.matrix.col_as_slice(*column);
        rows.iter().any(|row| values[*row] != values[rows[0]])
    };
    let varying = used.into_iter().filter(varies);
    Fault::Separated {
        columns: varying
            .map(|column| likelihood.names[column].clone())
            .collect(),
        value: None,
        rows: sure.len(),
        outcome: alike.then_some(first),
    }
}

/// A column with two values, one of which goes with one outcome only: value, outcome and number of rows.
fn one_column(
    likelihood: &Likelihood<'_>,
    column: usize,
    rows: &[usize],
) -> Option<(f64, f64, usize)> {
    let column = likelihood.matrix.col_as_slice(column);
    let first = column[*rows.first()?];
    let second = rows
        .iter()
        .map(|row| column[*row])
        .find(|value| *value != first)?;
    if rows
        .iter()
        .any(|row| column[*row] != first && column[*row] != second)
    {
        return None;
    }
    [first.max(second), first.min(second)]
        .into_iter()
        .find_map(|value| {
            let mut own = rows
                .iter()
                .filter(|row| column[**row] == value)
                .map(|row| likelihood.outcome[*row]);
            let outcome = own.next()?;
            let certain =
                outcome == 0.0 || (outcome == 1.0 && likelihood.family == Family::Logistic);
            let count = own.clone().count() + 1;
            (certain && own.all(|y| y == outcome)).then_some((value, outcome, count))
        })
}
