//! Q within and between designs. A design is the set of treatments that a trial compares.

use std::collections::BTreeMap;

use super::analysis::Network;
use super::fit::{Fit, fit};
use super::trials::Trial;
use crate::distribution::chi_squared_upper;
use crate::fault::Outcome;

/// A Q statistic with its test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QTest {
    /// The statistic.
    pub q: f64,
    /// Its degrees of freedom.
    pub df: usize,
}

impl QTest {
    /// The p value; none without degrees of freedom.
    pub fn p(&self) -> Option<f64> {
        (self.df > 0).then(|| chi_squared_upper(self.q, self.df as f64))
    }
}

/// How much trials of one design differ.
#[derive(Clone, Debug, PartialEq)]
pub struct DesignQ {
    /// The treatments of the design, by name.
    pub treatments: Vec<String>,
    /// Q among its trials.
    pub test: QTest,
}

/// The parts of Q.
#[derive(Clone, Debug, PartialEq)]
pub struct Decomposition {
    /// The whole network.
    pub total: QTest,
    /// Trials of the same design: heterogeneity.
    pub within: QTest,
    /// Designs: inconsistency.
    pub between: QTest,
    /// Design by design.
    pub designs: Vec<DesignQ>,
    /// Inconsistency where trials of one design may differ by τ² too, that τ² being estimated within designs by moments.
    pub between_random: QTest,
    /// That τ².
    pub tau2_within: f64,
}

impl Network {
    /// Splits Q into heterogeneity within and inconsistency between designs.
    ///
    /// # Errors
    /// None that trials which passed [`super::Trials::new`] can cause.
    pub fn decompose(&self) -> Outcome<Decomposition> {
        let mut designs: BTreeMap<&[usize], Vec<&Trial>> = BTreeMap::new();
        for trial in &self.trials.trials {
            designs.entry(&trial.arms).or_default().push(trial);
        }
        let mut parts = Vec::new();
        for (arms, trials) in &designs {
            let own = self.within(arms, trials, 0.0)?;
            parts.push(DesignQ {
                treatments: arms
                    .iter()
                    .map(|arm| self.treatments()[*arm].clone())
                    .collect(),
                test: QTest {
                    q: own.q,
                    df: own.df,
                },
            });
        }
        let total = QTest {
            q: self.q(),
            df: self.df(),
        };
        let within = QTest {
            q: parts.iter().map(|part| part.test.q).sum(),
            df: parts.iter().map(|part| part.test.df).sum(),
        };
        let tau2_within = self.tau2_within(&designs)?;
        let mut q = self.at(tau2_within)?.q;
        for (arms, trials) in &designs {
            q -= self.within(arms, trials, tau2_within)?.q;
        }
        let df = total.df - within.df;
        Ok(Decomposition {
            between: QTest {
                q: (total.q - within.q).max(0.0),
                df,
            },
            between_random: QTest { q: q.max(0.0), df },
            total,
            within,
            designs: parts,
            tau2_within,
        })
    }

    /// The trials of a design with effects of their own.
    fn within(&self, arms: &[usize], trials: &[&Trial], tau2: f64) -> Outcome<Fit> {
        let column = |treatment: usize| {
            let at = arms.iter().position(|arm| *arm == treatment);
            at.and_then(|at| at.checked_sub(1))
        };
        let columns: Vec<Option<usize>> = (0..self.treatments().len()).map(column).collect();
        fit(trials, &columns, tau2)
    }

    fn at(&self, tau2: f64) -> Outcome<Fit> {
        let all: Vec<&Trial> = self.trials.trials.iter().collect();
        fit(
            &all,
            &super::fit::all_columns(self.treatments().len()),
            tau2,
        )
    }

    /// Moments of the model in which every design has effects of its own.
    fn tau2_within(&self, designs: &BTreeMap<&[usize], Vec<&Trial>>) -> Outcome<f64> {
        let (mut excess, mut trace) = (0.0, 0.0);
        for (arms, trials) in designs {
            let own = self.within(arms, trials, 0.0)?;
            if own.df > 0 {
                excess += own.q - own.df as f64;
                trace += own.trace();
            }
        }
        Ok(if trace > 0.0 {
            (excess / trace).max(0.0)
        } else {
            0.0
        })
    }
}
