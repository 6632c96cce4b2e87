//! Counts what was compared and keeps what differs.

use serde_json::Value;

use crate::record::Record;

/// The comparison of one record.
pub struct Compared {
    relative: f64,
    absolute: f64,
    numbers: usize,
    worst: f64,
    faults: Vec<String>,
}

impl Compared {
    /// Nothing compared yet; tolerances are the record's.
    pub fn new(record: &Record) -> Self {
        Self {
            relative: record.relative,
            absolute: record.absolute,
            numbers: 0,
            worst: 0.0,
            faults: Vec::new(),
        }
    }

    /// Passes if |own − expected| ≤ max(absolute, relative · |expected|). A value that the record leaves out is not compared.
    pub fn near(&mut self, what: &str, own: f64, expected: &Value) {
        self.near_within(what, own, expected, self.relative);
    }

    /// The same with a relative tolerance of its own, where the reference program stops earlier.
    pub fn near_within(&mut self, what: &str, own: f64, expected: &Value, relative: f64) {
        let Some(expected) = number(expected) else {
            if !expected.is_null() {
                self.faults
                    .push(format!("{what}: the record holds no number but {expected}"));
            }
            return;
        };
        self.numbers += 1;
        let allowed = self.absolute.max(relative * expected.abs());
        let apart = (own - expected).abs();
        let equal = own == expected;
        if relative * expected.abs() > self.absolute {
            self.worst = self.worst.max(apart / expected.abs());
        }
        if !equal && (apart > allowed || apart.is_nan()) {
            self.faults.push(format!("{what}: {own:e} where {expected:e} is expected (off by {apart:.1e}, allowed {allowed:.1e})"));
        }
    }

    /// The same with an absolute tolerance of its own.
    pub fn near_absolute(&mut self, what: &str, own: f64, expected: &Value, absolute: f64) {
        let kept = self.absolute;
        self.absolute = kept.max(absolute);
        self.near(what, own, expected);
        self.absolute = kept;
    }

    /// Two lists of the same length, value by value.
    pub fn all_near(&mut self, what: &str, own: &[f64], expected: &Value) {
        let list = expected.as_array().cloned().unwrap_or_default();
        if list.len() != own.len() {
            self.faults.push(format!(
                "{what}: {} values where {} are expected",
                own.len(),
                list.len()
            ));
        }
        for (at, (own, expected)) in own.iter().zip(&list).enumerate() {
            self.near(&format!("{what}[{at}]"), *own, expected);
        }
    }

    /// Something that is not a number must be the same.
    pub fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, own: T, expected: T) {
        self.numbers += 1;
        if own != expected {
            self.faults
                .push(format!("{what}: {own:?} where {expected:?} is expected"));
        }
    }

    /// What differs.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// How many numbers agree, and how far.
    pub fn summary(&self) -> String {
        format!(
            "{} numbers, largest relative difference {:.0e}",
            self.numbers, self.worst
        )
    }
}

/// A number, also where it is written as a text.
fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}
