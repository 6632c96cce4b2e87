//! Linear mixed models: random effects of groups, nested or crossed.
//!
//! V = Σᵣ Zᵣ(I ⊗ Gᵣ)Zᵣ' + σ²I. Minimised over Λᵣ (lower triangular, Gᵣ = ΛᵣΛᵣ') and ln σ, which have no bounds and reach a variance of zero
//! smoothly; Kenward and Roger's variance is taken in the entries of Gᵣ and σ², in which V is linear.
//!
//! Rows that share a group of any term belong to one block; nested groups make blocks of the outermost groups.

use std::collections::BTreeMap;

use faer::Mat;

use super::covariance::{At, Covariance};
use super::evaluation::evaluate;
use super::fitted::{Fitted, Likelihood};
use super::newton::minimize;
use crate::design::Design;
use crate::fault::{Fault, Outcome, finite, length};
use crate::linear::LeastSquares;

/// Correlated random effects of one kind of group.
#[derive(Clone, Debug)]
pub struct RandomTerm {
    name: String,
    effects: Vec<String>,
    /// The group of every row.
    group: Vec<usize>,
    groups: usize,
    /// Rows × effects.
    z: Mat<f64>,
}

impl RandomTerm {
    /// Random effects of the groups that `labels` name: one column of numbers per effect, a column of ones for a random intercept. Effects of one
    /// term are correlated; two terms with the same labels are not.
    ///
    /// # Errors
    /// No columns, lengths that differ, values that are not finite, or fewer than two groups.
    pub fn new<S: AsRef<str>>(
        name: &str,
        labels: &[S],
        effects: &[(&str, &[f64])],
    ) -> Outcome<Self> {
        if effects.is_empty() {
            return Err(Fault::Empty {
                what: format!("the list of random effects of `{name}`"),
            });
        }
        for (effect, values) in effects {
            length(
                &format!("the random effect `{effect}`"),
                values.len(),
                labels.len(),
            )?;
            finite(&format!("the random effect `{effect}`"), values)?;
        }
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        let mut group = Vec::with_capacity(labels.len());
        for label in labels {
            let next = known.len();
            group.push(*known.entry(label.as_ref()).or_insert(next));
        }
        if known.len() < 2 {
            return Err(Fault::TooFew {
                what: "groups",
                found: known.len(),
                needed: 2,
                purpose: format!("a random effect of `{name}`"),
            });
        }
        Ok(Self {
            name: name.into(),
            effects: effects.iter().map(|(effect, _)| (*effect).into()).collect(),
            group,
            groups: known.len(),
            z: Mat::from_fn(labels.len(), effects.len(), |i, j| effects[j].1[i]),
        })
    }

    /// A random intercept.
    ///
    /// # Errors
    /// Fewer than two groups.
    pub fn intercept<S: AsRef<str>>(name: &str, labels: &[S]) -> Outcome<Self> {
        Self::new(name, labels, &[("(Intercept)", &vec![1.0; labels.len()])])
    }

    fn width(&self) -> usize {
        self.effects.len()
    }
}

/// A variance or covariance of random effects.
#[derive(Clone, Debug, PartialEq)]
pub struct VarianceComponent {
    /// The term.
    pub term: String,
    /// The first effect.
    pub effect: String,
    /// The second effect; the same for a variance.
    pub other: String,
    /// Their covariance.
    pub value: f64,
}

/// A fitted linear mixed model.
#[derive(Clone, Debug)]
pub struct MixedModel {
    fitted: Fitted,
    components: Vec<VarianceComponent>,
    sigma: f64,
}

impl MixedModel {
    /// Fits `outcome` with fixed effects from the design and these random terms.
    ///
    /// # Errors
    /// Lengths that differ, no random term, as many random effects as rows, columns that say nothing new, or variances that the data do not tell
    /// apart.
    pub fn fit(
        design: &Design,
        outcome: &[f64],
        terms: &[RandomTerm],
        likelihood: Likelihood,
    ) -> Outcome<Self> {
        design.check_outcome(outcome)?;
        let ols = LeastSquares::fit(design.matrix().as_ref(), outcome, design.names())?;
        if ols.residual_sum_of_squares() <= 1e-26 * ols.fitted_sum_of_squares() {
            return Err(Fault::NoSpread {
                what: "the outcome about its fitted values".into(),
            });
        }
        let sd = (ols.residual_sum_of_squares() / ols.residual_df()).sqrt();
        let groups = Groups::new(terms, outcome.len())?;
        let (theta, own) = minimize(
            design.matrix(),
            outcome,
            &groups,
            groups.start(sd),
            likelihood,
        )?;
        let sigma = theta[theta.len() - 1].exp();
        let entries = Entries { of: &groups };
        let linear = evaluate(
            design.matrix(),
            outcome,
            &entries,
            &entries.from(&theta),
            likelihood,
        )?;
        Ok(Self {
            components: groups.components(&theta),
            sigma,
            fitted: Fitted {
                design: design.clone(),
                own,
                likelihood,
                singular: groups.is_singular(&theta, sigma),
                linear: Some(linear),
                rows: outcome.len(),
            },
        })
    }

    /// Coefficients, tests, comparisons.
    pub fn fitted(&self) -> &Fitted {
        &self.fitted
    }

    /// Variances and covariances of the random effects, term by term, the lower triangle by columns.
    pub fn components(&self) -> &[VarianceComponent] {
        &self.components
    }

    /// The residual standard deviation.
    pub fn sigma(&self) -> f64 {
        self.sigma
    }
}

/// Random terms, and the blocks they tie rows into.
#[derive(Debug)]
struct Groups {
    terms: Vec<RandomTerm>,
    blocks: Vec<Vec<usize>>,
}

impl Groups {
    fn new(terms: &[RandomTerm], rows: usize) -> Outcome<Self> {
        if terms.is_empty() {
            return Err(Fault::Empty {
                what: "the list of random terms".into(),
            });
        }
        for term in terms {
            length(
                &format!("the list of groups of `{}`", term.name),
                term.group.len(),
                rows,
            )?;
            if term.groups * term.width() >= rows {
                return Err(Fault::Refused {
                    why: format!(
                        "`{}` has {} groups with {} random effects each for {rows} rows; there must be fewer random effects than rows, else they cannot be told from the residual",
                        term.name,
                        term.groups,
                        term.width()
                    ),
                });
            }
        }
        Ok(Self {
            blocks: tied(terms, rows),
            terms: terms.to_vec(),
        })
    }

    /// Each random effect begins as large as the residual, in its own unit.
    fn start(&self, sd: f64) -> Vec<f64> {
        let mut theta = Vec::new();
        for term in &self.terms {
            for (a, b) in triangle(term.width()) {
                let squares: f64 = (0..term.z.nrows()).map(|i| term.z[(i, a)].powi(2)).sum();
                let size = (squares / term.z.nrows() as f64)
                    .sqrt()
                    .max(f64::MIN_POSITIVE);
                theta.push(if a == b { 0.7 * sd / size } else { 0.0 });
            }
        }
        theta.push((0.7 * sd).ln());
        theta
    }

    /// Λᵣ of every term.
    fn factors(&self, theta: &[f64]) -> Vec<Mat<f64>> {
        let mut next = theta.iter();
        let one = |term: &RandomTerm| {
            let mut factor = Mat::zeros(term.width(), term.width());
            for (a, b) in triangle(term.width()) {
                factor[(a, b)] = *next.next().unwrap_or(&0.0);
            }
            factor
        };
        self.terms.iter().map(one).collect()
    }

    fn components(&self, theta: &[f64]) -> Vec<VarianceComponent> {
        let mut components = Vec::new();
        for (term, factor) in self.terms.iter().zip(self.factors(theta)) {
            let g = &factor * factor.transpose();
            for (a, b) in triangle(term.width()) {
                components.push(VarianceComponent {
                    term: term.name.clone(),
                    effect: term.effects[b].clone(),
                    other: term.effects[a].clone(),
                    value: g[(a, b)],
                });
            }
        }
        components
    }

    /// A diagonal entry of Λ below 1e-4 residual standard deviations, per unit of the effect, as `lme4` asks.
    fn is_singular(&self, theta: &[f64], sigma: f64) -> bool {
        let small =
            |factor: &Mat<f64>| (0..factor.ncols()).any(|i| factor[(i, i)].abs() < 1e-4 * sigma);
        self.factors(theta).iter().any(small)
    }

    /// The term and entry of every parameter but the last, which is the residual's.
    fn places(&self) -> Vec<(usize, usize, usize)> {
        let of = |(at, term): (usize, &RandomTerm)| {
            triangle(term.width())
                .into_iter()
                .map(move |(a, b)| (at, a, b))
        };
        self.terms.iter().enumerate().flat_map(of).collect()
    }

    /// Σ z'Mz over rows of a block that share a group of the term.
    fn spread(&self, block: usize, term: usize, middle: &Mat<f64>) -> Mat<f64> {
        let (rows, term) = (&self.blocks[block], &self.terms[term]);
        Mat::from_fn(rows.len(), rows.len(), |i, j| {
            let (i, j) = (rows[i], rows[j]);
            if term.group[i] != term.group[j] {
                return 0.0;
            }
            let mut sum = 0.0;
            for a in 0..term.width() {
                for b in 0..term.width() {
                    sum += term.z[(i, a)] * middle[(a, b)] * term.z[(j, b)];
                }
            }
            sum
        })
    }

    fn unit(&self, block: usize, size: f64) -> Mat<f64> {
        let rows = self.blocks[block].len();
        Mat::from_fn(rows, rows, |i, j| if i == j { size } else { 0.0 })
    }
}

/// Rows and columns of a lower triangle, column by column.
fn triangle(width: usize) -> Vec<(usize, usize)> {
    (0..width)
        .flat_map(|b| (b..width).map(move |a| (a, b)))
        .collect()
}

/// Rows that share a group of any term, directly or through others.
fn tied(terms: &[RandomTerm], rows: usize) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..rows).collect();
    fn root(parent: &mut [usize], mut row: usize) -> usize {
        while parent[row] != row {
            parent[row] = parent[parent[row]];
            row = parent[row];
        }
        row
    }
    for term in terms {
        let mut first: Vec<Option<usize>> = vec![None; term.groups];
        for row in 0..rows {
            match first[term.group[row]] {
                None => first[term.group[row]] = Some(row),
                Some(other) => {
                    let (one, other) = (root(&mut parent, row), root(&mut parent, other));
                    parent[one.max(other)] = one.min(other);
                }
            }
        }
    }
    let mut blocks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for row in 0..rows {
        let own = root(&mut parent, row);
        blocks.entry(own).or_default().push(row);
    }
    blocks.into_values().collect()
}

impl Covariance for Groups {
    fn blocks(&self) -> &[Vec<usize>] {
        &self.blocks
    }

    fn parameters(&self) -> usize {
        self.places().len() + 1
    }

    fn at(&self, theta: &[f64]) -> Box<dyn At + '_> {
        Box::new(AtFactors {
            of: self,
            factors: self.factors(theta),
            places: self.places(),
            variance: (2.0 * theta[theta.len() - 1]).exp(),
        })
    }
}

/// In the entries of Λ and ln σ.
struct AtFactors<'a> {
    of: &'a Groups,
    factors: Vec<Mat<f64>>,
    places: Vec<(usize, usize, usize)>,
    variance: f64,
}

/// A matrix with a single one.
fn single(width: usize, a: usize, b: usize) -> Mat<f64> {
    Mat::from_fn(width, width, |i, j| f64::from(u8::from(i == a && j == b)))
}

impl At for AtFactors<'_> {
    fn value(&self, block: usize) -> Mat<f64> {
        let mut sum = self.of.unit(block, self.variance);
        for (term, factor) in self.factors.iter().enumerate() {
            sum += self.of.spread(block, term, &(factor * factor.transpose()));
        }
        sum
    }

    fn first(&self, block: usize, j: usize) -> Mat<f64> {
        let Some((term, a, b)) = self.places.get(j).copied() else {
            return self.of.unit(block, 2.0 * self.variance);
        };
        let half = single(self.of.terms[term].width(), a, b) * self.factors[term].transpose();
        self.of.spread(block, term, &(&half + half.transpose()))
    }

    fn second(&self, block: usize, j: usize, k: usize) -> Option<Mat<f64>> {
        match (self.places.get(j), self.places.get(k)) {
            (None, None) => Some(self.of.unit(block, 4.0 * self.variance)),
            (Some((one, a, b)), Some((other, c, d))) if one == other && b == d => {
                let width = self.of.terms[*one].width();
                let half = single(width, *a, *c);
                Some(self.of.spread(block, *one, &(&half + half.transpose())))
            }
            _ => None,
        }
    }
}

/// In the entries of G and σ².
#[derive(Debug)]
struct Entries<'a> {
    of: &'a Groups,
}

impl Entries<'_> {
    fn from(&self, theta: &[f64]) -> Vec<f64> {
        let mut entries = Vec::new();
        for (term, factor) in self.of.terms.iter().zip(self.of.factors(theta)) {
            let g = &factor * factor.transpose();
            entries.extend(triangle(term.width()).into_iter().map(|(a, b)| g[(a, b)]));
        }
        entries.push((2.0 * theta[theta.len() - 1]).exp());
        entries
    }
}

impl Covariance for Entries<'_> {
    fn blocks(&self) -> &[Vec<usize>] {
        &self.of.blocks
    }

    fn parameters(&self) -> usize {
        self.of.parameters()
    }

    fn at(&self, theta: &[f64]) -> Box<dyn At + '_> {
        Box::new(AtEntries {
            of: self.of,
            places: self.of.places(),
            theta: theta.to_vec(),
        })
    }
}

struct AtEntries<'a> {
    of: &'a Groups,
    places: Vec<(usize, usize, usize)>,
    theta: Vec<f64>,
}

impl AtEntries<'_> {
    /// ∂G/∂entry, both triangles.
    fn symmetric(&self, j: usize) -> (usize, Mat<f64>) {
        let (term, a, b) = self.places[j];
        let own = single(self.of.terms[term].width(), a, b);
        let both = if a == b { own } else { &own + own.transpose() };
        (term, both)
    }
}

impl At for AtEntries<'_> {
    fn value(&self, block: usize) -> Mat<f64> {
        let mut sum = self.of.unit(block, self.theta[self.places.len()]);
        for j in 0..self.places.len() {
            let (term, own) = self.symmetric(j);
            let scaled = Mat::from_fn(own.nrows(), own.ncols(), |a, b| self.theta[j] * own[(a, b)]);
            sum += self.of.spread(block, term, &scaled);
        }
        sum
    }

    fn first(&self, block: usize, j: usize) -> Mat<f64> {
        if j == self.places.len() {
            return self.of.unit(block, 1.0);
        }
        let (term, own) = self.symmetric(j);
        self.of.spread(block, term, &own)
    }

    fn second(&self, _: usize, _: usize, _: usize) -> Option<Mat<f64>> {
        None
    }
}

/// Hands both parametrisations to a test.
#[cfg(test)]
pub(super) fn for_tests(
    terms: &[RandomTerm],
    rows: usize,
    factors: impl Fn(&dyn Covariance),
    entries: impl Fn(&dyn Covariance),
) {
    let groups = Groups::new(terms, rows).expect("groups");
    factors(&groups);
    entries(&Entries { of: &groups });
}
