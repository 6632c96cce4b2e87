//! Named lists of equal length: numbers, and factors with their levels.

use crate::fault::{Fault, Outcome, finite, length};

/// The variables a model may use, all of the same number of rows.
#[derive(Clone, Debug, Default)]
pub struct Variables {
    names: Vec<String>,
    values: Vec<Values>,
}

/// The values of one variable.
#[derive(Clone, Debug)]
pub(super) enum Values {
    Numbers {
        values: Vec<f64>,
        /// Where adjusted means hold it.
        held: f64,
    },
    Factor {
        levels: Vec<String>,
        codes: Vec<usize>,
    },
}

impl Values {
    /// The number in a row, or whether the row has that level.
    pub(super) fn at(&self, row: usize, level: Option<usize>) -> f64 {
        match (self, level) {
            (Self::Numbers { values, .. }, _) => values[row],
            (Self::Factor { codes, .. }, Some(level)) => f64::from(u8::from(codes[row] == level)),
            (Self::Factor { codes, .. }, None) => codes[row] as f64,
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Numbers { values, .. } => values.len(),
            Self::Factor { codes, .. } => codes.len(),
        }
    }
}

impl Variables {
    /// No variables yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a number per row.
    ///
    /// # Errors
    /// A name given twice, another length than the variables before, or a value that is not finite.
    pub fn number(&mut self, name: &str, values: &[f64]) -> Outcome<&mut Self> {
        finite(&format!("`{name}`"), values)?;
        self.add(
            name,
            Values::Numbers {
                values: values.to_vec(),
                held: held(values),
            },
        )
    }

    /// Adds a level per row. `levels` lists all levels; the first is the reference.
    ///
    /// # Errors
    /// A name or level given twice, another length than the variables before, no levels, or a label that is none of them.
    pub fn factor<S: AsRef<str>>(
        &mut self,
        name: &str,
        labels: &[S],
        levels: &[&str],
    ) -> Outcome<&mut Self> {
        if levels.is_empty() {
            return Err(Fault::Empty {
                what: format!("the list of levels of `{name}`"),
            });
        }
        for (at, level) in levels.iter().enumerate() {
            if levels[..at].contains(level) {
                return Err(Fault::Twice {
                    kind: "level",
                    name: (*level).into(),
                });
            }
        }
        let code = |(row, label): (usize, &S)| {
            let label = label.as_ref();
            let found = levels.iter().position(|level| *level == label);
            found.ok_or_else(|| Fault::UnknownInRow {
                row: row + 1,
                kind: format!("level of `{name}`"),
                name: label.into(),
                known: levels.iter().map(|level| (*level).into()).collect(),
            })
        };
        let codes = labels
            .iter()
            .enumerate()
            .map(code)
            .collect::<Outcome<_>>()?;
        let levels = levels.iter().map(|level| (*level).into()).collect();
        self.add(name, Values::Factor { levels, codes })
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.values.first().map_or(0, Values::len)
    }

    fn add(&mut self, name: &str, values: Values) -> Outcome<&mut Self> {
        if self.names.iter().any(|own| own == name) {
            return Err(Fault::Twice {
                kind: "variable",
                name: name.into(),
            });
        }
        if !self.values.is_empty() {
            length(&format!("`{name}`"), values.len(), self.rows())?;
        }
        self.names.push(name.into());
        self.values.push(values);
        Ok(self)
    }

    /// Where a variable stands.
    pub(super) fn find(&self, name: &str) -> Outcome<usize> {
        let found = self.names.iter().position(|own| own == name);
        found.ok_or_else(|| Fault::Unknown {
            kind: "variable".into(),
            name: name.into(),
            known: self.names.clone(),
        })
    }

    pub(super) fn values(&self, variable: usize) -> &Values {
        &self.values[variable]
    }

    /// The levels of a factor; none for a number.
    pub(super) fn levels(&self, variable: usize) -> Option<&[String]> {
        match &self.values[variable] {
            Values::Factor { levels, .. } => Some(levels),
            Values::Numbers { .. } => None,
        }
    }

    /// Where adjusted means hold a number; none for a factor.
    pub(super) fn held(&self, variable: usize) -> Option<f64> {
        match &self.values[variable] {
            Values::Numbers { held, .. } => Some(*held),
            Values::Factor { .. } => None,
        }
    }

    /// What a column of this variable is called.
    pub(super) fn label(&self, variable: usize, level: Option<usize>) -> String {
        let name = &self.names[variable];
        match (self.levels(variable), level) {
            (Some(levels), Some(level)) => format!("{name}{}", levels[level]),
            _ => name.clone(),
        }
    }
}

/// The mean; of a number with two values, such as 0 and 1, the middle between them, as if it were a factor (`emmeans`, `cov.keep = 2`).
fn held(values: &[f64]) -> f64 {
    let first = values.first().copied().unwrap_or(0.0);
    let second = values.iter().copied().find(|value| *value != first);
    let second = second.unwrap_or(first);
    if values
        .iter()
        .all(|value| *value == first || *value == second)
    {
        return 0.5 * (first + second);
    }
    values.iter().sum::<f64>() / values.len() as f64
}
