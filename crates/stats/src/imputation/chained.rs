//! Chained equations: each incomplete variable in turn given all the others.

use std::collections::BTreeMap;

use faer::Mat;

use super::regression::{Method, Task};
use crate::fault::{Fault, Outcome, finite, length};
use crate::randomise::{Chance, Seed};

/// A data set with gaps, and how each is to be filled.
#[derive(Clone, Debug, Default)]
pub struct Chained {
    variables: Vec<Variable>,
}

#[derive(Clone, Debug)]
struct Variable {
    name: String,
    values: Vec<Option<f64>>,
    method: Option<Method>,
    /// The names of its predictors; none means all others.
    predictors: Option<Vec<String>>,
}

/// One imputed data set.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    names: Vec<String>,
    columns: Vec<Vec<f64>>,
    /// Per incomplete variable, the mean of its imputed values after each round. It should wander without trend.
    pub traces: BTreeMap<String, Vec<f64>>,
}

impl Filled {
    /// The values of a variable, observed and imputed.
    ///
    /// # Errors
    /// A name that nobody introduced.
    pub fn values(&self, name: &str) -> Outcome<&[f64]> {
        let at = self.names.iter().position(|own| own == name);
        let at = at.ok_or_else(|| unknown(name, &self.names))?;
        Ok(&self.columns[at])
    }
}

impl Chained {
    /// No variables yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a variable without gaps, for example the arm as 0 and 1; a factor with more levels as several indicators.
    ///
    /// # Errors
    /// A name given twice, another length than the variables before, or a value that is not finite.
    pub fn complete(&mut self, name: &str, values: &[f64]) -> Outcome<&mut Self> {
        finite(&format!("`{name}`"), values)?;
        self.add(Variable {
            name: name.into(),
            values: values.iter().copied().map(Some).collect(),
            method: None,
            predictors: None,
        })
    }

    /// Adds a variable with gaps.
    ///
    /// # Errors
    /// Those of [`Chained::complete`], no observed value, no donor to be drawn from, or a value other than 0 and 1 for logistic regression.
    pub fn incomplete(
        &mut self,
        name: &str,
        values: &[Option<f64>],
        method: Method,
    ) -> Outcome<&mut Self> {
        for (row, value) in values.iter().enumerate() {
            let Some(value) = value else { continue };
            if !value.is_finite() {
                return Err(Fault::NotFinite {
                    what: format!("`{name}`"),
                    row: row + 1,
                    value: *value,
                });
            }
            if method == Method::Logistic && *value != 0.0 && *value != 1.0 {
                return Err(Fault::OutOfRange {
                    what: format!("`{name}`, row {}", row + 1),
                    value: *value,
                    range: "0 or 1 for logistic regression",
                });
            }
        }
        if values.iter().all(Option::is_none) {
            return Err(Fault::Refused {
                why: format!("`{name}` has no observed value to learn from"),
            });
        }
        if method == Method::MeanMatching(0) {
            return Err(Fault::Refused {
                why: format!("`{name}` is to be drawn from no donors; 5 are usual"),
            });
        }
        self.add(Variable {
            name: name.into(),
            values: values.to_vec(),
            method: Some(method),
            predictors: None,
        })
    }

    /// Lets an incomplete variable be predicted by these variables only, instead of by all others.
    ///
    /// # Errors
    /// Names that nobody introduced, or a variable that is to predict itself.
    pub fn predicted_by(&mut self, name: &str, predictors: &[&str]) -> Outcome<&mut Self> {
        let names = self.names();
        let at = names.iter().position(|own| own == name);
        let at = at.ok_or_else(|| unknown(name, &names))?;
        for own in predictors {
            if !names.iter().any(|known| known == own) {
                return Err(unknown(own, &names));
            }
            if *own == name {
                return Err(Fault::Refused {
                    why: format!("`{name}` cannot predict itself"),
                });
            }
        }
        self.variables[at].predictors = Some(predictors.iter().map(|own| (*own).into()).collect());
        Ok(self)
    }

    /// Imputes `sets` times with `rounds` rounds each, usually 10 to 20. `list` names the analysis; another name gives other draws. A set does not depend on how many others there are.
    ///
    /// # Errors
    /// No rows, no rounds, or a variable that cannot be regressed on its predictors; the sentence says which and why.
    pub fn impute(
        &self,
        sets: usize,
        rounds: usize,
        seed: &Seed,
        list: &str,
    ) -> Outcome<Vec<Filled>> {
        let rows = self.variables.first().map_or(0, |own| own.values.len());
        if rows == 0 {
            return Err(Fault::Empty {
                what: "the data set".into(),
            });
        }
        if rounds == 0 {
            return Err(Fault::TooFew {
                what: "rounds",
                found: 0,
                needed: 1,
                purpose: "imputation".into(),
            });
        }
        let one = |set| {
            let name = format!("imputation/{}:{list}/{set}", list.len());
            self.one_set(rounds, &mut Chance::new(seed, &name))
        };
        (0..sets).map(one).collect()
    }

    fn one_set(&self, rounds: usize, chance: &mut Chance) -> Outcome<Filled> {
        let mut columns: Vec<Vec<f64>> =
            self.variables.iter().map(|own| own.start(chance)).collect();
        // Variables with few gaps first: their imputations help the others.
        let mut order: Vec<usize> = (0..self.variables.len())
            .filter(|at| self.variables[*at].gaps() > 0)
            .collect();
        order.sort_by_key(|at| self.variables[*at].gaps());
        let mut traces: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for _ in 0..rounds {
            for at in &order {
                let own = &self.variables[*at];
                let drawn = self.redraw(*at, &columns, chance)?;
                let mean = drawn.iter().sum::<f64>() / drawn.len() as f64;
                traces.entry(own.name.clone()).or_default().push(mean);
                let gaps = own.values.iter().enumerate().filter(|(_, v)| v.is_none());
                for ((row, _), value) in gaps.zip(drawn) {
                    columns[*at][row] = value;
                }
            }
        }
        Ok(Filled {
            names: self.names(),
            columns,
            traces,
        })
    }

    /// New values for the gaps of one variable.
    fn redraw(&self, at: usize, columns: &[Vec<f64>], chance: &mut Chance) -> Outcome<Vec<f64>> {
        let own = &self.variables[at];
        let names = self.names();
        let predictors: Vec<usize> = (0..columns.len())
            .filter(|other| *other != at)
            .filter(|other| match &own.predictors {
                None => true,
                Some(list) => list.contains(&names[*other]),
            })
            .collect();
        let rows = |missing: bool| -> Vec<usize> {
            let all = 0..own.values.len();
            all.filter(|row| own.values[*row].is_none() == missing)
                .collect()
        };
        let part = |rows: &[usize]| {
            Mat::from_fn(rows.len(), predictors.len(), |i, j| {
                columns[predictors[j]][rows[i]]
            })
        };
        let (seen, gaps) = (rows(false), rows(true));
        let labels: Vec<String> = predictors.iter().map(|j| names[*j].clone()).collect();
        let observed: Vec<f64> = seen.iter().map(|row| columns[at][*row]).collect();
        let task = Task {
            names: &labels,
            observed: &observed,
            at_observed: &part(&seen),
            at_missing: &part(&gaps),
        };
        let method = own.method.unwrap_or(Method::Normal);
        task.draw(method, chance).map_err(|fault| Fault::Refused {
            why: format!(
                "`{}` cannot be imputed from the other variables: {fault}",
                own.name
            ),
        })
    }

    fn names(&self) -> Vec<String> {
        self.variables.iter().map(|own| own.name.clone()).collect()
    }

    fn add(&mut self, variable: Variable) -> Outcome<&mut Self> {
        if self.variables.iter().any(|own| own.name == variable.name) {
            return Err(Fault::Twice {
                kind: "variable",
                name: variable.name,
            });
        }
        if let Some(first) = self.variables.first() {
            let what = format!("`{}`", variable.name);
            length(&what, variable.values.len(), first.values.len())?;
        }
        self.variables.push(variable);
        Ok(self)
    }
}

impl Variable {
    fn gaps(&self) -> usize {
        self.values.iter().filter(|value| value.is_none()).count()
    }

    /// Gaps begin with observed values drawn at random.
    fn start(&self, chance: &mut Chance) -> Vec<f64> {
        let seen: Vec<f64> = self.values.iter().flatten().copied().collect();
        let fill = |value: &Option<f64>| {
            value.unwrap_or_else(|| seen[chance.below(seen.len() as u64) as usize])
        };
        self.values.iter().map(fill).collect()
    }
}

fn unknown(name: &str, known: &[String]) -> Fault {
    Fault::Unknown {
        kind: "variable".into(),
        name: name.into(),
        known: known.to_vec(),
    }
}
