//! Medicines and what they are worth in oral morphine.

use crate::format::{DoseUnit, Route};
use crate::handle::Handle;
use crate::model::{Intervention, Statement};
use crate::problem::Place;

/// One medicine.
#[derive(Clone, Debug)]
pub struct Medicine {
    /// `snake_case`.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What its days are counted as.
    pub class: String,
    /// Whether its dose belongs into the day's oral morphine.
    pub opioid: bool,
    /// The intervention it is a means of.
    pub intervention: Option<Handle<Intervention>>,
    /// What a dose is worth in oral morphine; none: not known.
    pub conversions: Vec<Conversion>,
    /// The statement.
    pub statement: Statement,
    /// Further statements.
    pub notes: Vec<Statement>,
    /// Where it is written.
    pub place: Place,
}

/// What a dose is worth in oral morphine.
#[derive(Clone, Debug)]
pub struct Conversion {
    /// For which way of taking it.
    pub route: Route,
    /// In what the dose is written.
    pub unit: DoseUnit,
    /// Dose times this is milligrams of oral morphine a day.
    pub factor: f64,
    /// The statement.
    pub statement: Statement,
}

impl Medicine {
    /// The conversion for a way of taking it, in a unit.
    #[must_use]
    pub fn conversion(&self, route: Route, unit: DoseUnit) -> Option<&Conversion> {
        self.conversions
            .iter()
            .find(|one| one.route == route && one.unit == unit)
    }
}
