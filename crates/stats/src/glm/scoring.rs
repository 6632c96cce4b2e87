//! Newton's method on the likelihood of a generalised linear model.

use std::ops::Range;

use faer::{Mat, Side, linalg::solvers::Solve as _};

use super::columns::Columns;
use super::family::Family;
use super::separation::separated;
use crate::fault::{Fault, Outcome};
use crate::matrix::{column, dot, values};

/// Steps before the search is given up.
const ROUNDS: usize = 200;
/// From this round on, a predictor that still moves by more than [`RESTLESS`] makes separation likely; Newton's method is otherwise done by then.
const PATIENCE: usize = 8;
const RESTLESS: f64 = 0.05;
/// A step shorter than this many standard errors, squared, is the last.
const SETTLED: f64 = 1e-21;
/// The same where rounding keeps it longer.
const ROUNDED: f64 = 1e-14;

/// A likelihood of β: family, rows and columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Likelihood<'a> {
    pub(crate) family: Family,
    pub(crate) matrix: &'a Mat<f64>,
    pub(crate) names: &'a [String],
    pub(crate) outcome: &'a [f64],
    pub(crate) weights: Option<&'a [f64]>,
    pub(crate) offset: Option<&'a [f64]>,
}

/// Where the likelihood is largest.
#[derive(Clone, Debug)]
pub(crate) struct Maximum {
    pub(crate) coefficients: Vec<f64>,
    pub(crate) predictors: Vec<f64>,
    pub(crate) deviance: f64,
    /// R⁻¹ with (R⁻¹)(R⁻¹)' = (X'WX)⁻¹, expected information.
    pub(crate) inverse_triangle: Mat<f64>,
    /// Steps that were made.
    pub(crate) rounds: usize,
}

/// The likelihood at one β, in the coordinates of the divided columns.
struct Place {
    at: Vec<f64>,
    predictors: Vec<f64>,
    deviance: f64,
    score: Vec<f64>,
    information: Mat<f64>,
}

impl Likelihood<'_> {
    /// The maximum, from a start if one is at hand.
    ///
    /// # Errors
    /// Columns that say nothing new, no finite estimate, an estimate at the edge.
    pub(crate) fn maximise(&self, start: Option<&[f64]>) -> Outcome<Maximum> {
        let mut columns = Columns::new(self.matrix, self.names)?;
        let mut now = self.start(&mut columns, start)?;
        if columns.count() == 0 {
            return self.maximum(&mut columns, now, 0);
        }
        let mut last = None;
        for round in 1..=ROUNDS {
            let Some(step) = solve(&now) else {
                return Err(self.no_step(&columns, &now, last.as_deref()));
            };
            let decrement = dot(&step, &now.score);
            let Some((next, share)) = self.advance(&mut columns, &now, &step) else {
                if decrement < ROUNDED {
                    return self.maximum(&mut columns, now, round);
                }
                return Err(self.edge(&now));
            };
            let moved = furthest(&now.predictors, &next.predictors);
            let size = next
                .predictors
                .iter()
                .fold(1.0, |max: f64, eta| max.max(eta.abs()));
            now = next;
            let still = moved <= 1e-7 * size;
            if still && (decrement < SETTLED || (decrement < ROUNDED && moved <= 1e-13 * size)) {
                return self.maximum(&mut columns, now, round);
            }
            if round >= PATIENCE && moved > RESTLESS {
                for direction in [&now.at, &step] {
                    if let Some(fault) = separated(self, &columns, direction) {
                        return Err(fault);
                    }
                }
            }
            // At the edge of possible means the steps shrink to nothing while the likelihood would still grow.
            if share < 1e-5 && decrement > 1e-6 {
                return Err(self.edge(&now));
            }
            last = Some(step);
        }
        Err(Fault::NotConverged {
            what: format!("the estimate of {}", self.family.name()),
            rounds: ROUNDS,
        })
    }

    /// The start: given, or the same mean in every row as far as the columns allow it.
    fn start(&self, columns: &mut Columns<'_>, given: Option<&[f64]>) -> Outcome<Place> {
        let given = given.map(|plain| columns.scaled(plain));
        if let Some(place) = given.and_then(|at| self.at(columns, at)) {
            return Ok(place);
        }
        let (mut sum, mut total) = (0.0, 0.0);
        for (row, y) in self.outcome.iter().enumerate() {
            let weight = self.weight(row);
            sum += weight * y;
            total += weight;
        }
        let eta = self.constant(sum / total)?;
        let roots: Vec<f64> = (0..self.outcome.len())
            .map(|row| self.weight(row).sqrt())
            .collect();
        // Columns that follow from others are found here.
        let triangle = columns.inverse_triangle(&roots, None)?;
        let mut right = vec![0.0; columns.count()];
        for rows in columns.blocks() {
            let target: Vec<f64> = rows
                .clone()
                .map(|row| self.weight(row) * (eta - self.known(row)))
                .collect();
            columns.add_scores(rows, &target, &mut right);
        }
        let right = column(&columns.scaled(&right));
        let solved = &triangle * (triangle.transpose() * right);
        let at = columns.scaled(&values(solved.as_ref(), 0));
        self.at(columns, at).ok_or_else(|| Fault::Refused {
            why: format!(
                "{} finds no coefficients that give every row a possible mean to start with; it needs an intercept, and an offset that leaves room",
                self.family.name()
            ),
        })
    }

    /// The predictor that stands for one mean in all rows.
    fn constant(&self, mean: f64) -> Outcome<f64> {
        let binomial = matches!(
            self.family,
            Family::Logistic | Family::LogBinomial | Family::IdentityBinomial
        );
        let same = self.family != Family::Linear && (mean == 0.0 || (binomial && mean == 1.0));
        let all_one = self.family == Family::ModifiedPoisson && mean == 1.0;
        if same || all_one {
            return Err(Fault::Separated {
                columns: Vec::new(),
                value: None,
                rows: self.outcome.len(),
                outcome: Some(mean),
            });
        }
        self.family.predictor(mean)
    }

    /// The likelihood and its derivatives at one β, in one walk through the rows; none where a mean is impossible.
    fn at(&self, columns: &mut Columns<'_>, at: Vec<f64>) -> Option<Place> {
        let (n, p) = (self.outcome.len(), columns.count());
        let mut place = Place {
            at,
            predictors: (0..n).map(|row| self.known(row)).collect(),
            deviance: 0.0,
            score: vec![0.0; p],
            information: Mat::zeros(p, p),
        };
        let (mut scores, mut roots) = (Vec::new(), Vec::new());
        for rows in columns.blocks() {
            let predictors = &mut place.predictors[rows.clone()];
            columns.add_products(rows.clone(), &place.at, predictors);
            place.deviance += self.block(rows.clone(), predictors, &mut scores, &mut roots)?;
            columns.add_scores(rows.clone(), &scores, &mut place.score);
            columns.add_cross_products(rows, &roots, &mut place.information);
        }
        place.deviance.is_finite().then_some(place)
    }

    /// Scores and roots of the information of a block of rows; their deviance.
    fn block(
        &self,
        rows: Range<usize>,
        predictors: &[f64],
        scores: &mut Vec<f64>,
        roots: &mut Vec<f64>,
    ) -> Option<f64> {
        scores.clear();
        roots.clear();
        let mut deviance = 0.0;
        for (row, eta) in rows.zip(predictors) {
            let weight = self.weight(row);
            if weight == 0.0 {
                scores.push(0.0);
                roots.push(0.0);
                continue;
            }
            let own = self.family.row(self.outcome[row], *eta)?;
            scores.push(weight * own.score);
            roots.push((weight * own.observed).sqrt());
            deviance += weight * own.deviance;
        }
        Some(deviance)
    }

    /// The next place: the whole step, or as much of it as keeps every mean possible and the deviance from growing.
    fn advance(
        &self,
        columns: &mut Columns<'_>,
        now: &Place,
        step: &[f64],
    ) -> Option<(Place, f64)> {
        let mut share = 1.0;
        let allowed = now.deviance + 1e-10 * (1.0 + now.deviance.abs());
        while share > 1e-9 {
            let at = now
                .at
                .iter()
                .zip(step)
                .map(|(at, step)| at + share * step)
                .collect();
            match self.at(columns, at) {
                Some(place) if place.deviance <= allowed => return Some((place, share)),
                _ => share *= 0.5,
            }
        }
        None
    }

    /// The maximum with its expected information.
    fn maximum(&self, columns: &mut Columns<'_>, place: Place, rounds: usize) -> Outcome<Maximum> {
        let expected = |row: usize| {
            let own = self.family.row(self.outcome[row], place.predictors[row]);
            own.map_or(0.0, |own| (self.weight(row) * own.expected).sqrt())
        };
        let roots: Vec<f64> = (0..self.outcome.len()).map(expected).collect();
        Ok(Maximum {
            coefficients: columns.unscaled(&place.at),
            inverse_triangle: columns.inverse_triangle(&roots, None)?,
            predictors: place.predictors,
            deviance: place.deviance,
            rounds,
        })
    }

    /// Why there is no step: some rows have no doubt left, or the information is singular.
    fn no_step(&self, columns: &Columns<'_>, now: &Place, last: Option<&[f64]>) -> Fault {
        let directions = [Some(now.at.as_slice()), last];
        let found = directions
            .into_iter()
            .flatten()
            .find_map(|direction| separated(self, columns, direction));
        found.unwrap_or_else(|| Fault::NotPositiveDefinite {
            what: format!("the information of {}", self.family.name()),
        })
    }

    /// The estimate lies where a mean reaches the end of its range.
    fn edge(&self, now: &Place) -> Fault {
        let mean = |row: &usize| self.family.mean(now.predictors[*row]);
        let rows = (0..self.outcome.len()).filter(|row| self.weight(*row) > 0.0);
        let nearest = |row: &usize| {
            if self.family == Family::LogBinomial {
                1.0 - mean(row)
            } else {
                mean(row).min(1.0 - mean(row))
            }
        };
        let row = rows
            .min_by(|a, b| nearest(a).total_cmp(&nearest(b)))
            .unwrap_or(0);
        Fault::Refused {
            why: format!(
                "the best fit of {} lies at the edge: it gives row {} a risk of {:.0}, where no standard error exists; take modified Poisson regression, or standardise a logistic model",
                self.family.name(),
                row + 1,
                mean(&row)
            ),
        }
    }

    /// The weight of a row.
    pub(crate) fn weight(&self, row: usize) -> f64 {
        self.weights.map_or(1.0, |weights| weights[row])
    }

    /// The offset of a row.
    pub(crate) fn known(&self, row: usize) -> f64 {
        self.offset.map_or(0.0, |offset| offset[row])
    }
}

/// Newton's step; none where the information is singular.
fn solve(place: &Place) -> Option<Vec<f64>> {
    let factor = place.information.llt(Side::Lower).ok()?;
    let step = values(factor.solve(column(&place.score)).as_ref(), 0);
    step.iter().all(|step| step.is_finite()).then_some(step)
}

/// The largest change of a predictor.
fn furthest(before: &[f64], after: &[f64]) -> f64 {
    let pairs = before.iter().zip(after);
    pairs.fold(0.0, |max: f64, (a, b)| max.max((a - b).abs()))
}
