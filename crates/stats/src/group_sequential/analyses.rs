//! When a trial is analysed.

use crate::fault::{Fault, Outcome, finite};

/// The information at each analysis, as fractions of the planned maximum.
#[derive(Clone, Debug, PartialEq)]
pub struct Analyses {
    fractions: Vec<f64>,
    finished: bool,
}

impl Analyses {
    /// Several analyses after equal steps of information, the last at 1.
    ///
    /// # Errors
    /// None, or more than fifty.
    pub fn equal(count: usize) -> Outcome<Self> {
        let fractions: Vec<f64> = (1..=count.min(MOST + 1))
            .map(|k| k as f64 / count as f64)
            .collect();
        Self::planned(&fractions)
    }

    /// All analyses of a trial, the last of which ends it and spends what is left of the error, whatever its information is.
    ///
    /// # Errors
    /// No analysis, more than fifty, or fractions that do not grow by at least 1/10,000 of the last.
    pub fn planned(fractions: &[f64]) -> Outcome<Self> {
        check(fractions)?;
        Ok(Self {
            fractions: fractions.to_vec(),
            finished: true,
        })
    }

    /// The analyses up to now of a trial that goes on; for spending functions only.
    ///
    /// # Errors
    /// Those of [`Analyses::planned`], and a last fraction that is not below 1.
    pub fn so_far(fractions: &[f64]) -> Outcome<Self> {
        let own = Self::planned(fractions)?;
        let last = own.last();
        if last >= 1.0 {
            return Err(Fault::OutOfRange {
                what: "the information of a trial that goes on".into(),
                value: last,
                range: "below 1; a trial with all its information is finished",
            });
        }
        Ok(Self {
            finished: false,
            ..own
        })
    }

    /// The fractions.
    pub fn fractions(&self) -> &[f64] {
        &self.fractions
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.fractions.len()
    }

    /// Whether the last one ends the trial.
    pub fn finished(&self) -> bool {
        self.finished
    }

    pub(super) fn last(&self) -> f64 {
        self.fractions.last().copied().unwrap_or(1.0)
    }
}

/// More analyses than any trial has; each costs an integral.
const MOST: usize = 50;
/// Two analyses closer than this share of the whole are one.
const CLOSEST: f64 = 1e-4;

fn check(fractions: &[f64]) -> Outcome<()> {
    finite("the list of information fractions", fractions)?;
    let Some(last) = fractions.last() else {
        return Err(Fault::Empty {
            what: "the list of information fractions".into(),
        });
    };
    if fractions.len() > MOST {
        return Err(Fault::Refused {
            why: format!(
                "a group-sequential trial may have {MOST} analyses; there are {}",
                fractions.len()
            ),
        });
    }
    let mut before = 0.0;
    for (at, fraction) in fractions.iter().enumerate() {
        // Not simply `<`, so that a list of negative or zero fractions is refused as well.
        if *last <= 0.0 || fraction - before < CLOSEST * last {
            return Err(Fault::OutOfRange {
                what: format!("the information fraction of analysis {}", at + 1),
                value: *fraction,
                range: "greater than the one before by at least 1/10,000 of the last",
            });
        }
        before = *fraction;
    }
    Ok(())
}
