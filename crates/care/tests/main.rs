//! The tests of the point of care: what is said about a patient is safe, follows from what is known, and can be opened down to its source.

mod alarms;
mod common;
mod explain;
mod faces;
mod guide;
mod hostile;
mod intake;
mod must_know;
mod properties;
mod reasoning;
mod scenarios;
