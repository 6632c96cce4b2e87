//! Drawing the missing values of one variable given the others.

use faer::Mat;

use super::draws::{chi_squared, inside, normals};
use crate::design::Design;
use crate::fault::{Fault, Outcome};
use crate::glm::{Family, Glm, Variance};
use crate::linear::LeastSquares;
use crate::matrix::{dot, times, values};
use crate::randomise::Chance;

/// How missing values of a variable are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Normal about a regression.
    Normal,
    /// The observed value of one of this many donors with like predictions, usually 5: no value that nobody has.
    MeanMatching(usize),
    /// 0 or 1 by logistic regression.
    Logistic,
}

/// Observed values with their predictors, and the predictors of the rows to be filled. Predictors are rows × columns, without intercept.
pub(super) struct Task<'a> {
    pub(super) names: &'a [String],
    pub(super) observed: &'a [f64],
    pub(super) at_observed: &'a Mat<f64>,
    pub(super) at_missing: &'a Mat<f64>,
}

impl Task<'_> {
    /// One value per row to be filled.
    pub(super) fn draw(&self, method: Method, chance: &mut Chance) -> Outcome<Vec<f64>> {
        match method {
            Method::Normal => {
                let drawn = self.linear(chance)?;
                let noise = normals(chance, drawn.at_missing.len());
                let filled = drawn.at_missing.iter().zip(noise);
                Ok(filled.map(|(mean, e)| mean + drawn.sigma * e).collect())
            }
            Method::MeanMatching(donors) => {
                let drawn = self.linear(chance)?;
                let pool = Donors::new(&drawn.at_observed, self.observed, chance);
                let pick = |mean: &f64| pool.pick(*mean, donors, chance);
                Ok(drawn.at_missing.iter().map(pick).collect())
            }
            Method::Logistic => self.logistic(chance),
        }
    }

    /// Predictions of a linear regression: at β̂ for observed rows, at a draw β* for the others.
    fn linear(&self, chance: &mut Chance) -> Outcome<Linear> {
        let x = with_intercept(self.at_observed);
        let mut names = vec!["(Intercept)".to_owned()];
        names.extend_from_slice(self.names);
        let fit = LeastSquares::fit(x.as_ref(), self.observed, &names)?;
        let sigma = (fit.residual_sum_of_squares() / chi_squared(chance, fit.residual_df())).sqrt();
        let apart = times(fit.root().as_ref(), &normals(chance, x.ncols()));
        let drawn = fit.coefficients().iter().zip(apart);
        let drawn: Vec<f64> = drawn.map(|(b, z)| b + sigma * z).collect();
        Ok(Linear {
            at_observed: times(x.as_ref(), fit.coefficients()),
            at_missing: times(with_intercept(self.at_missing).as_ref(), &drawn),
            sigma,
        })
    }

    /// Draws of 0 and 1. Predictors are standardised, so that pseudo-observations lie half a unit from the middle.
    fn logistic(&self, chance: &mut Chance) -> Outcome<Vec<f64>> {
        if let Some(at) = self.observed.iter().position(|y| *y != 0.0 && *y != 1.0) {
            return Err(Fault::Refused {
                why: format!(
                    "observed value {} is {}; a variable imputed by logistic regression is 0 or 1",
                    at + 1,
                    self.observed[at]
                ),
            });
        }
        let columns = self.at_observed.ncols();
        let scales: Vec<(f64, f64)> = (0..columns)
            .map(|j| mean_and_sd(&values(self.at_observed.as_ref(), j)))
            .collect();
        let standard = |x: &Mat<f64>| {
            Mat::from_fn(x.nrows(), columns, |i, j| {
                // A predictor that does not vary among observed rows says nothing.
                let (mean, sd) = scales[j];
                if sd > 0.0 {
                    (x[(i, j)] - mean) / sd
                } else {
                    0.0
                }
            })
        };
        let kept: Vec<usize> = (0..columns).filter(|j| scales[*j].1 > 0.0).collect();
        let seen = standard(self.at_observed);
        let rows = self.observed.len();
        // Two places and two outcomes for each predictor; weights add up to their number plus one.
        let pseudo = 4 * kept.len();
        let weight = (kept.len() + 1) as f64 / pseudo.max(1) as f64;
        let mut listed: Vec<(&str, Vec<f64>)> = vec![("(Intercept)", vec![1.0; rows + pseudo])];
        for (place, j) in kept.iter().enumerate() {
            let mut column = values(seen.as_ref(), *j);
            column.extend((0..pseudo).map(|at| match at / 4 == place {
                true => [0.5, -0.5][at % 2],
                false => 0.0,
            }));
            listed.push((&self.names[*j], column));
        }
        let mut outcome = self.observed.to_vec();
        outcome.extend((0..pseudo).map(|at| [0.0, 0.0, 1.0, 1.0][at % 4]));
        let mut weights = vec![1.0; rows];
        weights.extend(vec![weight; pseudo]);
        let columns: Vec<(&str, &[f64])> = listed.iter().map(|(n, v)| (*n, v.as_slice())).collect();
        let design = Design::from_columns(&columns)?;
        let fit = Glm::new(Family::Logistic)
            .weights(&weights)
            .fit(&design, &outcome)?;
        let covariance = fit.covariance(Variance::Model)?;
        let factor = lower_triangle(&covariance, "the covariance of a logistic regression")?;
        let apart = times(factor.as_ref(), &normals(chance, columns.len()));
        let drawn: Vec<f64> = fit
            .coefficients()
            .iter()
            .zip(apart)
            .map(|(b, z)| b + z)
            .collect();
        let to_fill = standard(self.at_missing);
        let one = |row: usize| {
            let slopes = kept.iter().zip(&drawn[1..]);
            let eta = drawn[0] + slopes.map(|(j, b)| b * to_fill[(row, *j)]).sum::<f64>();
            f64::from(u8::from(inside(chance) < 1.0 / (1.0 + (-eta).exp())))
        };
        Ok((0..to_fill.nrows()).map(one).collect())
    }
}

struct Linear {
    at_observed: Vec<f64>,
    at_missing: Vec<f64>,
    sigma: f64,
}

fn with_intercept(x: &Mat<f64>) -> Mat<f64> {
    Mat::from_fn(x.nrows(), x.ncols() + 1, |i, j| match j {
        0 => 1.0,
        _ => x[(i, j - 1)],
    })
}

fn mean_and_sd(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let apart: Vec<f64> = values.iter().map(|v| v - mean).collect();
    let sd = (dot(&apart, &apart) / (n - 1.0).max(1.0)).sqrt();
    // Rounding of a constant is no spread.
    if sd <= 1e-12 * mean.abs() {
        (mean, 0.0)
    } else {
        (mean, sd)
    }
}

/// C with CC' = A.
pub(super) fn lower_triangle(a: &Mat<f64>, what: &str) -> Outcome<Mat<f64>> {
    let factor = a
        .llt(faer::Side::Lower)
        .map_err(|_| Fault::NotPositiveDefinite { what: what.into() })?;
    Ok(factor.L().to_owned())
}

/// Observed values in the order of their predictions.
struct Donors {
    sorted: Vec<(f64, f64)>,
}

impl Donors {
    /// Rows with the same prediction are put in a random order, so that none of them is preferred.
    fn new(predicted: &[f64], observed: &[f64], chance: &mut Chance) -> Self {
        let mut sorted: Vec<(f64, f64)> = predicted
            .iter()
            .copied()
            .zip(observed.iter().copied())
            .collect();
        chance.shuffle(&mut sorted);
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self { sorted }
    }

    /// The value of one of the `count` rows whose predictions lie nearest to `mean`, all equally likely.
    fn pick(&self, mean: f64, count: usize, chance: &mut Chance) -> f64 {
        let count = count.clamp(1, self.sorted.len());
        let first = self.nearest(mean, count);
        self.sorted[first + chance.below(count as u64) as usize].1
    }

    /// Where the window of the `count` nearest begins: it grows from the place of `mean` to the nearer side.
    fn nearest(&self, mean: f64, count: usize) -> usize {
        let mut first = self.sorted.partition_point(|(own, _)| *own < mean);
        let mut end = first;
        while end - first < count {
            let below = first.checked_sub(1).map(|at| mean - self.sorted[at].0);
            let above = self.sorted.get(end).map(|(own, _)| own - mean);
            match (below, above) {
                (Some(below), Some(above)) if below <= above => first -= 1,
                (Some(_), None) => first -= 1,
                _ => end += 1,
            }
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::super::draws::normal;
    use super::*;
    use crate::randomise::Seed;

    /// Against sorting all distances.
    #[test]
    fn the_nearest_donors() {
        let mut chance = Chance::new(&Seed::new([1; 32]), "donors");
        for round in 0..200 {
            let n = 1 + round % 17;
            let predicted: Vec<f64> = (0..n)
                .map(|_| (4.0 * normal(&mut chance)).round())
                .collect();
            let observed: Vec<f64> = (0..n).map(|at| at as f64).collect();
            let pool = Donors::new(&predicted, &observed, &mut chance);
            let mean = 3.0 * normal(&mut chance);
            let count = (1 + round % 5).min(n);
            let first = pool.nearest(mean, count);
            let mut own: Vec<f64> = pool.sorted[first..first + count]
                .iter()
                .map(|(p, _)| (p - mean).abs())
                .collect();
            own.sort_by(f64::total_cmp);
            let mut all: Vec<f64> = predicted.iter().map(|p| (p - mean).abs()).collect();
            all.sort_by(f64::total_cmp);
            assert_eq!(own, all[..count], "round {round}");
        }
    }
}
