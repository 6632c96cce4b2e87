//! What is wrong with the rules, said to whoever wrote them.

use std::fmt;

/// How problems name the schema.
pub(crate) const SCHEMA_FILE: &str = "access.cedarschema";

/// Something that is wrong with the rules.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The line, from 1; none: the file as a whole.
    pub line: Option<usize>,
    /// What is wrong, and what to do about it.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

impl Problem {
    pub(crate) fn new(file: &str, line: Option<usize>, what: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            what: what.into(),
        }
    }
}

/// What was read, or everything that is wrong with it.
pub(crate) fn sound<T>(read: T, problems: Vec<Problem>) -> Result<T, Vec<Problem>> {
    if problems.is_empty() {
        Ok(read)
    } else {
        Err(problems)
    }
}

/// The first line that holds this.
pub(crate) fn line_of(text: &str, what: &str) -> Option<usize> {
    text.lines()
        .position(|line| line.contains(what))
        .map(|at| at + 1)
}
