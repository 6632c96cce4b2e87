//! What can be wrong with what a method was given: one sentence each, with the place and, where there is one, the remedy.

use std::fmt;

/// Why a method gives no result.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// There is nothing to compute with.
    Empty {
        /// What is empty, as a noun with its article.
        what: String,
    },
    /// Two lists that belong together differ in length.
    Lengths {
        /// The list that does not fit.
        what: String,
        /// Its length.
        found: usize,
        /// The length it should have.
        expected: usize,
    },
    /// A number is missing (NaN) or infinite.
    NotFinite {
        /// The list that holds it.
        what: String,
        /// Its row, counted from 1.
        row: usize,
        /// The value.
        value: f64,
    },
    /// A number lies outside what it can mean.
    OutOfRange {
        /// What the number is.
        what: String,
        /// The value.
        value: f64,
        /// What would be right, for example "between 0 and 1".
        range: &'static str,
    },
    /// A name that nobody introduced.
    Unknown {
        /// The kind of thing: "variable", "level of `arm`", "arm" …
        kind: String,
        /// The name that was used.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// A row with a name that nobody introduced.
    UnknownInRow {
        /// The row, counted from 1.
        row: usize,
        /// The kind of thing.
        kind: String,
        /// The name the row has.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// The same name twice.
    Twice {
        /// The kind of thing.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// Columns of a design matrix that say nothing new.
    Dependent {
        /// Columns that hold only zeros: a level that no row has.
        zero: Vec<String>,
        /// Columns that follow from the columns before them.
        follows: Vec<String>,
    },
    /// Fewer rows than the model needs.
    TooFew {
        /// What is counted: "rows", "studies", "patients" …
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there must be at least.
        needed: usize,
        /// What for.
        purpose: String,
    },
    /// Nothing varies, so that no standard error exists.
    NoSpread {
        /// What does not vary.
        what: String,
    },
    /// A matrix that must be positive definite is not.
    NotPositiveDefinite {
        /// Which matrix.
        what: String,
    },
    /// An iteration did not settle.
    NotConverged {
        /// What was iterated.
        what: String,
        /// After how many rounds it was given up.
        rounds: usize,
    },
    /// Coefficients without a finite estimate: the columns leave no doubt about the outcome of some rows.
    Separated {
        /// The columns concerned; none if the outcome is the same everywhere.
        columns: Vec<String>,
        /// For a single column with two values, its value in those rows.
        value: Option<f64>,
        /// How many rows.
        rows: usize,
        /// The outcome they have, if it is one.
        outcome: Option<f64>,
    },
    /// Something else that a sentence must say.
    Refused {
        /// The sentence.
        why: String,
    },
}

/// A result, or the sentence that says why there is none.
pub type Outcome<T> = Result<T, Fault>;

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty { what } => write!(f, "{what} is empty"),
            Self::Lengths {
                what,
                found,
                expected,
            } => write!(f, "{what} has length {found} where {expected} is needed"),
            Self::NotFinite { what, row, value } => write!(
                f,
                "{what}, row {row}: the value is {value}; leave rows with missing values out beforehand, and say so"
            ),
            Self::OutOfRange { what, value, range } => {
                write!(f, "{what} is {value}; it must be {range}")
            }
            Self::Unknown { kind, name, known } => {
                write!(f, "there is no {kind} `{name}`; there is {}", list(known))
            }
            Self::UnknownInRow {
                row,
                kind,
                name,
                known,
            } => write!(
                f,
                "row {row}: `{name}` is no {kind}; there is {}",
                list(known)
            ),
            Self::Twice { kind, name } => write!(f, "the {kind} `{name}` is given twice"),
            Self::Dependent { zero, follows } => dependent(f, zero, follows),
            Self::TooFew {
                what,
                found,
                needed,
                purpose,
            } => write!(
                f,
                "{purpose} needs at least {needed} {what}; there are {found}"
            ),
            Self::NoSpread { what } => {
                write!(f, "{what} does not vary, so that no standard error exists")
            }
            Self::NotPositiveDefinite { what } => write!(
                f,
                "{what} is not positive definite: something in it follows from the rest, or a variance is zero"
            ),
            Self::NotConverged { what, rounds } => {
                write!(f, "{what} did not settle within {rounds} rounds")
            }
            Self::Separated {
                columns,
                value,
                rows,
                outcome,
            } => separated(f, columns, *value, *rows, *outcome),
            Self::Refused { why } => f.write_str(why),
        }
    }
}

impl std::error::Error for Fault {}

fn dependent(f: &mut fmt::Formatter<'_>, zero: &[String], follows: &[String]) -> fmt::Result {
    if !zero.is_empty() {
        write!(
            f,
            "{} {} only zeros (no row has that level)",
            list(zero),
            verb(zero, "holds", "hold")
        )?;
    }
    if !zero.is_empty() && !follows.is_empty() {
        f.write_str("; ")?;
    }
    if !follows.is_empty() {
        write!(
            f,
            "{} {} from the columns before",
            list(follows),
            verb(follows, "follows", "follow")
        )?;
    }
    f.write_str(": leave out what says nothing new, or join levels")
}

/// The verb that fits one name, or several.
fn verb(names: &[String], one: &'static str, many: &'static str) -> &'static str {
    if names.len() == 1 { one } else { many }
}

fn separated(
    f: &mut fmt::Formatter<'_>,
    columns: &[String],
    value: Option<f64>,
    rows: usize,
    outcome: Option<f64>,
) -> fmt::Result {
    let outcome = outcome.map(|y| y.to_string());
    match (columns, value, outcome) {
        ([], _, outcome) => {
            return write!(
                f,
                "the outcome is {} in all {rows} rows; there is nothing to explain, and no finite estimate",
                outcome.unwrap_or_else(|| "certain".into())
            );
        }
        ([column], Some(value), Some(outcome)) => {
            let whom = match value {
                1.0 => format!("with `{column}`"),
                0.0 => format!("without `{column}`"),
                value => format!("with `{column}` = {value}"),
            };
            write!(
                f,
                "the outcome is {outcome} for everybody {whom} ({rows} rows)"
            )?;
        }
        (columns, _, Some(outcome)) => write!(
            f,
            "{} {} no doubt that the outcome is {outcome} in {rows} rows",
            list(columns),
            verb(columns, "leaves", "leave")
        )?,
        (columns, _, None) => write!(
            f,
            "{} {} the outcome of {rows} rows without exception",
            list(columns),
            verb(columns, "foretells", "foretell")
        )?,
    }
    f.write_str("; no finite estimate exists: join levels, leave the column out, or compare proportions by an exact or score interval")
}

/// Names in back-ticks; a long list is cut, because nobody reads ten thousand names.
fn list(names: &[String]) -> String {
    const SHOWN: usize = 12;
    if names.is_empty() {
        return "none".into();
    }
    let mut text = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > SHOWN {
        text.push_str(&format!(" and {} more", names.len() - SHOWN));
    }
    text
}

/// All values are finite, or the first that is not.
pub(crate) fn finite(what: &str, values: &[f64]) -> Outcome<()> {
    match values.iter().position(|value| !value.is_finite()) {
        None => Ok(()),
        Some(at) => Err(Fault::NotFinite {
            what: what.into(),
            row: at + 1,
            value: values[at],
        }),
    }
}

/// The list has the length it should have.
pub(crate) fn length(what: &str, found: usize, expected: usize) -> Outcome<()> {
    if found == expected {
        Ok(())
    } else {
        Err(Fault::Lengths {
            what: what.into(),
            found,
            expected,
        })
    }
}

/// All values are finite and greater than zero.
pub(crate) fn positive(what: &str, values: &[f64]) -> Outcome<()> {
    finite(what, values)?;
    match values.iter().position(|value| *value <= 0.0) {
        None => Ok(()),
        Some(at) => Err(Fault::OutOfRange {
            what: format!("{what}, row {}", at + 1),
            value: values[at],
            range: "greater than zero",
        }),
    }
}
