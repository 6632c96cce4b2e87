//! Repeated outcomes of patients who may leave: imputation under assumptions about what happened afterwards.

use faer::Mat;

use super::Strategy;
use super::conditional::Conditional;
use super::posterior::{Chain, means};
use crate::fault::{Fault, Outcome, finite, length};
use crate::linear::LeastSquares;
use crate::randomise::{Chance, Seed};

/// The outcomes of patients at visits, their arms and covariates.
#[derive(Clone, Debug)]
pub struct Trajectories {
    outcome: Vec<Vec<Option<f64>>>,
    /// Per patient, counted from 0; 0 is the reference arm.
    arms: Vec<usize>,
    names: Vec<String>,
    /// Patients × columns: intercept, an indicator per arm but the reference, covariates.
    columns: Vec<Vec<f64>>,
}

/// One imputed data set.
#[derive(Clone, Debug, PartialEq)]
pub struct FilledTrajectories {
    values: Vec<Vec<f64>>,
    /// How many visits after the last observed one; 0 where observed, or missing in between.
    since: Vec<Vec<usize>>,
}

impl FilledTrajectories {
    /// The outcomes of all patients at a visit, counted from 0.
    ///
    /// # Errors
    /// A visit that does not exist.
    pub fn visit(&self, visit: usize) -> Outcome<Vec<f64>> {
        let one = |own: &Vec<f64>| own.get(visit).copied();
        let values: Option<Vec<f64>> = self.values.iter().map(one).collect();
        values.ok_or_else(|| Fault::Refused {
            why: format!("there is no visit {visit}; visits are counted from 0"),
        })
    }

    /// The outcomes of every patient over visits.
    pub fn values(&self) -> &[Vec<f64>] {
        &self.values
    }

    /// The same data with something added to each value after a patient's last visit: a function of the patient (counted from 0) and of the number of visits since then.
    #[must_use]
    pub fn shifted(&self, delta: impl Fn(usize, usize) -> f64) -> Self {
        let mut own = self.clone();
        for (patient, visits) in own.values.iter_mut().enumerate() {
            for (value, since) in visits.iter_mut().zip(&self.since[patient]) {
                if *since > 0 {
                    *value += delta(patient, *since);
                }
            }
        }
        own
    }
}

/// Rounds of the chain before the first imputed data set, and between two of them.
const BEFORE: usize = 200;
const BETWEEN: usize = 50;

impl Trajectories {
    /// Outcomes as patients × visits, and the arm of every patient; the first of `levels` is the reference arm.
    ///
    /// # Errors
    /// No patients or visits, patients with different numbers of visits, values that are not finite, or an arm that `levels` does not list.
    pub fn new<S: AsRef<str>>(
        outcome: &[Vec<Option<f64>>],
        arms: &[S],
        levels: &[&str],
    ) -> Outcome<Self> {
        let visits = outcome.first().map_or(0, Vec::len);
        if visits == 0 {
            return Err(Fault::Empty {
                what: "the list of patients and visits".into(),
            });
        }
        length("the list of arms", arms.len(), outcome.len())?;
        for (row, own) in outcome.iter().enumerate() {
            length(&format!("patient {}", row + 1), own.len(), visits)?;
            let seen: Vec<f64> = own.iter().flatten().copied().collect();
            if let Some(wrong) = seen.iter().find(|value| !value.is_finite()) {
                return Err(Fault::NotFinite {
                    what: "the outcome".into(),
                    row: row + 1,
                    value: *wrong,
                });
            }
        }
        let mut variables = crate::design::Variables::new();
        variables.factor("arm", arms, levels)?;
        let code = |arm: &S| {
            levels
                .iter()
                .position(|own| *own == arm.as_ref())
                .unwrap_or(0)
        };
        let arms: Vec<usize> = arms.iter().map(code).collect();
        let mut own = Self {
            outcome: outcome.to_vec(),
            names: vec!["(Intercept)".into()],
            columns: vec![vec![1.0; arms.len()]],
            arms,
        };
        for (at, level) in levels.iter().enumerate().skip(1) {
            let indicator = own.arms.iter().map(|arm| f64::from(u8::from(*arm == at)));
            own.columns.push(indicator.collect());
            own.names.push(format!("arm{level}"));
        }
        Ok(own)
    }

    /// Adds a covariate without gaps, such as the baseline; its effect may differ between visits.
    ///
    /// # Errors
    /// Another number of values than patients, or values that are not finite.
    pub fn covariate(&mut self, name: &str, values: &[f64]) -> Outcome<&mut Self> {
        let what = format!("`{name}`");
        length(&what, values.len(), self.outcome.len())?;
        finite(&what, values)?;
        self.columns.push(values.to_vec());
        self.names.push(name.into());
        Ok(self)
    }

    /// Imputes `sets` times, with a strategy per patient (it matters for patients who left, in arms other than the reference). `list` names the analysis; another name gives other draws.
    /// Analyses with other strategies and the same name share the draws of parameters; a set does not depend on how many follow it.
    ///
    /// # Errors
    /// A number of strategies other than patients, a visit at which an arm or covariate cannot be told (for example because nobody of the arm came), or fewer patients than
    /// columns and visits need.
    pub fn impute(
        &self,
        strategies: &[Strategy],
        sets: usize,
        seed: &Seed,
        list: &str,
    ) -> Outcome<Vec<FilledTrajectories>> {
        let (patients, visits) = (self.outcome.len(), self.outcome[0].len());
        length("the list of strategies", strategies.len(), patients)?;
        let x = Mat::from_fn(patients, self.columns.len(), |i, j| self.columns[j][i]);
        let start = self.start()?;
        if patients < self.columns.len() + visits + 1 {
            return Err(Fault::TooFew {
                what: "patients",
                found: patients,
                needed: self.columns.len() + visits + 1,
                purpose: format!(
                    "a model of {visits} visits by {} columns",
                    self.columns.len()
                ),
            });
        }
        let stream =
            |part: &str| Chance::new(seed, &format!("trajectories/{}:{list}/{part}", list.len()));
        let mut chain = Chain::new(&x, &self.names, &self.outcome, start)?;
        let mut chance = stream("chain");
        for _ in 0..BEFORE {
            chain.advance(&mut chance)?;
        }
        let mut filled = Vec::with_capacity(sets);
        for set in 0..sets {
            for _ in 0..BETWEEN {
                chain.advance(&mut chance)?;
            }
            filled.push(self.finish(&x, &chain, strategies, &mut stream(&set.to_string()))?);
        }
        Ok(filled)
    }

    /// Values after the last visit anew, under the strategies.
    fn finish(
        &self,
        x: &Mat<f64>,
        chain: &Chain<'_>,
        strategies: &[Strategy],
        chance: &mut Chance,
    ) -> Outcome<FilledTrajectories> {
        let visits = self.outcome[0].len();
        // The law of later visits given the first ones, by how many those are.
        let laws: Vec<Conditional> = (0..visits)
            .map(|stayed| {
                let all: Vec<usize> = (0..visits).collect();
                Conditional::new(&chain.sigma, &all[stayed..], &all[..stayed])
            })
            .collect::<Outcome<_>>()?;
        let mut values = chain.y.clone();
        let mut since = vec![vec![0; visits]; values.len()];
        for (patient, own) in values.iter_mut().enumerate() {
            let stayed = self.stayed(patient);
            if stayed == visits {
                continue;
            }
            let mine = means(x, patient, &chain.coefficients);
            let reference = self.in_reference(x, patient, &chain.coefficients);
            let joint = strategies[patient].means(&mine, &reference, stayed);
            laws[stayed].draw(&joint, own, chance);
            for (at, steps) in since[patient].iter_mut().enumerate().skip(stayed) {
                *steps = at + 1 - stayed;
            }
        }
        Ok(FilledTrajectories { values, since })
    }

    /// The means that a patient would have in the reference arm.
    fn in_reference(&self, x: &Mat<f64>, patient: usize, coefficients: &Mat<f64>) -> Vec<f64> {
        let mut own = means(x, patient, coefficients);
        let arm = self.arms[patient];
        if arm > 0 {
            // The arm's indicator is its column after the intercept.
            for (visit, mean) in own.iter_mut().enumerate() {
                *mean -= coefficients[(arm, visit)];
            }
        }
        own
    }

    /// How many visits lead up to the last observed one.
    fn stayed(&self, patient: usize) -> usize {
        let own = &self.outcome[patient];
        own.iter().rposition(Option::is_some).map_or(0, |at| at + 1)
    }

    /// Gaps filled by a regression of the patients who came; it also tells whether there are enough of them.
    fn start(&self) -> Outcome<Vec<Vec<f64>>> {
        let visits = self.outcome[0].len();
        let mut start = vec![vec![0.0; visits]; self.outcome.len()];
        for visit in 0..visits {
            let came: Vec<usize> = (0..self.outcome.len())
                .filter(|patient| self.outcome[*patient][visit].is_some())
                .collect();
            let x = Mat::from_fn(came.len(), self.columns.len(), |i, j| {
                self.columns[j][came[i]]
            });
            let y: Vec<f64> = came
                .iter()
                .filter_map(|at| self.outcome[*at][visit])
                .collect();
            let fit = LeastSquares::fit(x.as_ref(), &y, &self.names);
            let fit = fit.map_err(|fault| Fault::Refused {
                why: format!(
                    "visit {} cannot be modelled from the patients who came: {fault}",
                    visit + 1
                ),
            })?;
            for (patient, own) in start.iter_mut().enumerate() {
                let terms = self.columns.iter().zip(fit.coefficients());
                let mean: f64 = terms.map(|(column, b)| column[patient] * b).sum();
                own[visit] = self.outcome[patient][visit].unwrap_or(mean);
            }
        }
        Ok(start)
    }
}
