//! Reads the small comma-separated tables of the tests.

use std::path::Path;

/// A table of texts; the first line names the columns.
pub struct Table {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn read(path: &Path) -> Self {
        let text =
            std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let mut lines = text.lines().filter(|line| !line.is_empty()).map(split);
        Self {
            names: lines.next().unwrap_or_default(),
            rows: lines.collect(),
        }
    }

    /// The rows for which a condition on named cells holds.
    pub fn keep(mut self, keep: impl Fn(&dyn Fn(&str) -> String) -> bool) -> Self {
        let names = self.names.clone();
        self.rows
            .retain(|row| keep(&|name: &str| row[place(&names, name)].clone()));
        self
    }

    /// The rows in which none of these columns is missing.
    pub fn complete(self, columns: &[&str]) -> Self {
        self.keep(|cell| columns.iter().all(|column| !is_missing(&cell(column))))
    }

    pub fn texts(&self, column: &str) -> Vec<String> {
        let at = place(&self.names, column);
        self.rows.iter().map(|row| row[at].clone()).collect()
    }

    /// Numbers; a missing one is NaN.
    pub fn numbers(&self, column: &str) -> Vec<f64> {
        let number = |text: String| text.trim().parse().unwrap_or(f64::NAN);
        self.texts(column).into_iter().map(number).collect()
    }

    /// Calls a column by another name.
    pub fn renamed(mut self, from: &str, to: &str) -> Self {
        let at = place(&self.names, from);
        self.names[at] = to.into();
        self
    }

    /// Adds a column that is made from others.
    pub fn with(mut self, name: &str, make: impl Fn(&dyn Fn(&str) -> String) -> String) -> Self {
        let names = self.names.clone();
        for row in &mut self.rows {
            let value = make(&|name: &str| row[place(&names, name)].clone());
            row.push(value);
        }
        self.names.push(name.into());
        self
    }
}

fn is_missing(text: &str) -> bool {
    text.is_empty() || text == "NA"
}

fn place(names: &[String], name: &str) -> usize {
    names
        .iter()
        .position(|own| own == name)
        .unwrap_or_else(|| panic!("no column {name} among {names:?}"))
}

/// Cells between commas; quotes keep commas inside.
fn split(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for c in line.trim_end_matches('\r').chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => cells.last_mut().expect("one cell at least").push(c),
        }
    }
    cells
}
