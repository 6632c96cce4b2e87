//! The mixed model for repeated measures: one covariance matrix over visits, of which each patient shows the part they attended.
//!
//! Parametrisations (those of `mmrm`, because Kenward and Roger's variance with second derivatives depends on them):
//! - unstructured: V = LL', L = D·L̃, D = diag(exp θ), L̃ unit lower triangular;
//! - others: Vₐᵦ = exp(sₐ + sᵦ)·ρₐᵦ with ρ = φ/√(1 + φ²): AR(1) (one s, ρ^|a−b|), heterogeneous Toeplitz (s per visit, ρ per distance);
//!   compound symmetry (one s, one ρ) with ρ = (m/(1 + e^(−φ)) − 1)/(m − 1), which spans exactly the correlations that m visits can have.
//!
//! Reference: Mallinckrodt CH et al. Drug Inf J 2008;42:303–319.

use std::collections::{BTreeMap, BTreeSet};

use faer::Mat;

use super::covariance::{At, Covariance};
use super::fitted::{Fitted, Likelihood};
use super::newton::minimize;
use crate::design::Design;
use crate::fault::{Fault, Outcome, length};
use crate::linear::LeastSquares;

/// The structure of the covariance over visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Structure {
    /// Every variance and covariance of its own.
    Unstructured,
    /// One variance, one correlation.
    CompoundSymmetry,
    /// One variance, correlation ρ to the power of the distance in visits.
    Autoregressive,
    /// A variance per visit, a correlation per distance.
    HeterogeneousToeplitz,
}

/// A fitted model for repeated measures.
#[derive(Clone, Debug)]
pub struct Mmrm {
    fitted: Fitted,
    covariance: Mat<f64>,
}

impl Mmrm {
    /// Fits `outcome`; `patients` and `visits` name the patient and visit of every row, `order` lists the visits in time.
    ///
    /// # Errors
    /// Lengths that differ, a visit that `order` does not list, a patient with the same visit twice, a visit nobody attended, columns that
    /// say nothing new, or covariances that the data do not tell (for example of two visits that nobody attended both).
    pub fn fit<S: AsRef<str>, T: AsRef<str>>(
        design: &Design,
        outcome: &[f64],
        patients: &[S],
        visits: &[T],
        order: &[&str],
        structure: Structure,
        likelihood: Likelihood,
    ) -> Outcome<Self> {
        design.check_outcome(outcome)?;
        let ols = LeastSquares::fit(design.matrix().as_ref(), outcome, design.names())?;
        let sd = (ols.residual_sum_of_squares() / ols.residual_df()).sqrt();
        if ols.residual_sum_of_squares() <= 1e-26 * ols.fitted_sum_of_squares() {
            return Err(Fault::NoSpread {
                what: "the outcome about its fitted values".into(),
            });
        }
        let shape = Visits::new(patients, visits, order, structure)?;
        length("the list of patients", patients.len(), outcome.len())?;
        let start = shape.start(sd);
        let (theta, own) = minimize(design.matrix(), outcome, &shape, start, likelihood)?;
        Ok(Self {
            covariance: shape.matrix(&theta),
            fitted: Fitted {
                design: design.clone(),
                own,
                likelihood,
                singular: false,
                linear: None,
                rows: outcome.len(),
            },
        })
    }

    /// Coefficients, tests, comparisons.
    pub fn fitted(&self) -> &Fitted {
        &self.fitted
    }

    /// The estimated covariance over visits.
    pub fn visit_covariance(&self) -> &Mat<f64> {
        &self.covariance
    }
}

/// Which visit each row is, and how visits vary together.
#[derive(Debug)]
struct Visits {
    blocks: Vec<Vec<usize>>,
    /// The visit of every row.
    visit: Vec<usize>,
    count: usize,
    structure: Structure,
}

impl Visits {
    fn new<S: AsRef<str>, T: AsRef<str>>(
        patients: &[S],
        visits: &[T],
        order: &[&str],
        structure: Structure,
    ) -> Outcome<Self> {
        length("the list of visits", visits.len(), patients.len())?;
        let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut visit = Vec::with_capacity(visits.len());
        let mut seen = BTreeSet::new();
        for (row, (patient, name)) in patients.iter().zip(visits).enumerate() {
            let (patient, name) = (patient.as_ref(), name.as_ref());
            let at = order.iter().position(|own| *own == name);
            visit.push(at.ok_or_else(|| Fault::UnknownInRow {
                row: row + 1,
                kind: "visit in the list of visits".into(),
                name: name.into(),
                known: order.iter().map(|own| (*own).into()).collect(),
            })?);
            if !seen.insert((patient, name)) {
                return Err(Fault::Refused {
                    why: format!(
                        "patient `{patient}` has visit `{name}` twice (row {}); keep one row per patient and visit",
                        row + 1
                    ),
                });
            }
            rows.entry(patient).or_default().push(row);
        }
        if order.len() < 2 {
            return Err(Fault::TooFew {
                what: "visits",
                found: order.len(),
                needed: 2,
                purpose: "a model for repeated measures".into(),
            });
        }
        if let Some(missing) = (0..order.len()).find(|at| !visit.contains(at)) {
            return Err(Fault::Refused {
                why: format!(
                    "nobody has visit `{}`; leave it out of the list of visits",
                    order[missing]
                ),
            });
        }
        Ok(Self {
            blocks: rows.into_values().collect(),
            visit,
            count: order.len(),
            structure,
        })
    }

    /// How many scale parameters there are; correlations or triangle entries follow them.
    fn scales(&self) -> usize {
        match self.structure {
            Structure::Unstructured | Structure::HeterogeneousToeplitz => self.count,
            Structure::CompoundSymmetry | Structure::Autoregressive => 1,
        }
    }

    /// Independence with one standard deviation; correlations begin a little above zero.
    fn start(&self, sd: f64) -> Vec<f64> {
        let rest = self.parameters() - self.scales();
        let first = if self.structure == Structure::Unstructured {
            0.0
        } else {
            0.3
        };
        let mut theta = vec![sd.ln(); self.scales()];
        theta.extend((0..rest).map(|at| first / (at + 1) as f64));
        theta
    }

    fn matrix(&self, theta: &[f64]) -> Mat<f64> {
        let shared = Shared::new(self, theta);
        shared.value
    }

    /// The parameter of the triangle entry (row, column), row > column.
    fn entry(&self, row: usize, column: usize) -> usize {
        self.count + row * (row - 1) / 2 + column
    }
}

impl Covariance for Visits {
    fn blocks(&self) -> &[Vec<usize>] {
        &self.blocks
    }

    fn parameters(&self) -> usize {
        let m = self.count;
        match self.structure {
            Structure::Unstructured => m * (m + 1) / 2,
            Structure::CompoundSymmetry | Structure::Autoregressive => 2,
            Structure::HeterogeneousToeplitz => 2 * m - 1,
        }
    }

    fn at(&self, theta: &[f64]) -> Box<dyn At + '_> {
        Box::new(Shared::new(self, theta))
    }
}

/// The full matrix over visits with all its derivatives.
struct Shared<'a> {
    of: &'a Visits,
    value: Mat<f64>,
    first: Vec<Mat<f64>>,
    /// For j ≤ k.
    second: Vec<Vec<Mat<f64>>>,
}

impl<'a> Shared<'a> {
    fn new(of: &'a Visits, theta: &[f64]) -> Self {
        match of.structure {
            Structure::Unstructured => Self::unstructured(of, theta),
            _ => Self::correlated(of, theta),
        }
    }

    fn unstructured(of: &'a Visits, theta: &[f64]) -> Self {
        let (m, count) = (of.count, of.parameters());
        let triangle = Mat::from_fn(m, m, |i, j| match i.cmp(&j) {
            std::cmp::Ordering::Less => 0.0,
            std::cmp::Ordering::Equal => theta[i].exp(),
            std::cmp::Ordering::Greater => theta[i].exp() * theta[of.entry(i, j)],
        });
        // ∂L/∂θ: a log scale repeats its row, an entry leaves exp of its row's scale.
        let row_of = |j: usize| -> (usize, Option<usize>) {
            if j < m {
                return (j, None);
            }
            let mut row = 1;
            while of.entry(row, row - 1) < j {
                row += 1;
            }
            (row, Some(j - of.entry(row, 0)))
        };
        let first_triangle = |j: usize| {
            let (row, column) = row_of(j);
            Mat::from_fn(m, m, |a, b| match column {
                _ if a != row => 0.0,
                None => triangle[(a, b)],
                Some(own) if own == b => theta[row].exp(),
                Some(_) => 0.0,
            })
        };
        let firsts: Vec<Mat<f64>> = (0..count).map(first_triangle).collect();
        // ∂²L: within a row, a scale with itself or with an entry repeats the first derivative.
        let second_triangle = |j: usize, k: usize| {
            let ((row_j, column_j), (row_k, column_k)) = (row_of(j), row_of(k));
            (row_j == row_k && (column_j.is_none() || column_k.is_none())).then(|| {
                if column_j.is_some() {
                    firsts[j].clone()
                } else {
                    firsts[k].clone()
                }
            })
        };
        let both = |left: &Mat<f64>, right: &Mat<f64>| {
            let product = left * right.transpose();
            &product + product.transpose()
        };
        let first = firsts.iter().map(|d| both(d, &triangle)).collect();
        let second = (0..count)
            .map(|j| {
                let one = |k: usize| {
                    let mut sum = both(&firsts[j], &firsts[k]);
                    if let Some(dd) = second_triangle(j, k) {
                        sum += both(&dd, &triangle);
                    }
                    sum
                };
                (0..count).map(one).collect()
            })
            .collect();
        Self {
            of,
            value: &triangle * triangle.transpose(),
            first,
            second,
        }
    }

    fn correlated(of: &'a Visits, theta: &[f64]) -> Self {
        let (m, count, scales) = (of.count, of.parameters(), of.scales());
        let scale = |visit: usize| if scales == 1 { 0 } else { visit };
        // How often a scale parameter enters an entry: 0, 1 or 2.
        let times = |j: usize, a: usize, b: usize| {
            f64::from(u8::from(scale(a) == j)) + f64::from(u8::from(scale(b) == j))
        };
        // ρ of an entry with its first two derivatives in φ, and which φ that is; none on the diagonal.
        let rho = |a: usize, b: usize| -> Option<(usize, [f64; 3])> {
            let distance = a.abs_diff(b);
            if distance == 0 {
                return None;
            }
            Some(match of.structure {
                Structure::Autoregressive => (scales, correlation(theta[scales], distance)),
                Structure::HeterogeneousToeplitz => {
                    let at = scales + distance - 1;
                    (at, correlation(theta[at], 1))
                }
                _ => (scales, common_correlation(theta[scales], m)),
            })
        };
        let entry = |a: usize, b: usize, order: usize| {
            let outer = (theta[scale(a)] + theta[scale(b)]).exp();
            match rho(a, b) {
                None if order == 0 => outer,
                None => 0.0,
                Some((_, values)) => outer * values[order],
            }
        };
        let enters = |j: usize, a: usize, b: usize| rho(a, b).is_some_and(|(at, _)| at == j);
        let first = (0..count).map(|j| {
            Mat::from_fn(m, m, |a, b| match j < scales {
                true => times(j, a, b) * entry(a, b, 0),
                false if enters(j, a, b) => entry(a, b, 1),
                false => 0.0,
            })
        });
        let second = (0..count).map(|j| {
            let one = |k: usize| {
                Mat::from_fn(m, m, |a, b| match (j < scales, k < scales) {
                    (true, true) => times(j, a, b) * times(k, a, b) * entry(a, b, 0),
                    (true, false) if enters(k, a, b) => times(j, a, b) * entry(a, b, 1),
                    (false, true) if enters(j, a, b) => times(k, a, b) * entry(a, b, 1),
                    (false, false) if enters(j, a, b) && enters(k, a, b) => entry(a, b, 2),
                    _ => 0.0,
                })
            };
            (0..count).map(one).collect()
        });
        Self {
            of,
            value: Mat::from_fn(m, m, |a, b| entry(a, b, 0)),
            first: first.collect(),
            second: second.collect(),
        }
    }

    fn part(&self, of: &Mat<f64>, block: usize) -> Mat<f64> {
        let rows = &self.of.blocks[block];
        Mat::from_fn(rows.len(), rows.len(), |i, j| {
            of[(self.of.visit[rows[i]], self.of.visit[rows[j]])]
        })
    }
}

impl At for Shared<'_> {
    fn value(&self, block: usize) -> Mat<f64> {
        self.part(&self.value, block)
    }

    fn first(&self, block: usize, j: usize) -> Mat<f64> {
        self.part(&self.first[j], block)
    }

    fn second(&self, block: usize, j: usize, k: usize) -> Option<Mat<f64>> {
        Some(self.part(&self.second[j][k], block))
    }
}

/// ρᵈ with ρ = φ/√(1 + φ²), and its first and second derivative in φ. ρ' = (1 + φ²)^(−3/2), ρ'' = −3φ(1 + φ²)^(−5/2).
fn correlation(phi: f64, distance: usize) -> [f64; 3] {
    let square = 1.0 + phi * phi;
    let rho = phi / square.sqrt();
    let (first, second) = (square.powf(-1.5), -3.0 * phi * square.powf(-2.5));
    let power = distance as f64;
    let d = distance as i32;
    let one = power * rho.powi(d - 1);
    let two = if d > 1 {
        power * (power - 1.0) * rho.powi(d - 2)
    } else {
        0.0
    };
    [rho.powi(d), one * first, two * first * first + one * second]
}

/// ρ = (m·s − 1)/(m − 1) with the logistic s of φ, and its first and second derivative.
fn common_correlation(phi: f64, visits: usize) -> [f64; 3] {
    let m = visits as f64;
    let s = 1.0 / (1.0 + (-phi).exp());
    let first = m / (m - 1.0) * s * (1.0 - s);
    [(m * s - 1.0) / (m - 1.0), first, first * (1.0 - 2.0 * s)]
}

/// Hands a structure to a test.
#[cfg(test)]
pub(super) fn shape_for_tests(
    patients: &[String],
    visits: &[String],
    order: &[&str],
    structure: Structure,
) -> impl Covariance {
    Visits::new(patients, visits, order, structure).expect("visits")
}
