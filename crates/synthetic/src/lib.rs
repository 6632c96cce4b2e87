//! An invented clinic: five practices, the people who work there, and patients at every stage and of every fate, with a year of history.
//!
//! [`Clinic`] makes all of it from a seed, a release of the knowledge with its cases, and the moment at which the history ends: the same ones give the same bytes for ever.
//! Nobody in it exists and no number in it measures anything; `src/data` says so beside each of them.
//!
//! What happens to a patient is not written down here: [`cotreat_care::decide`] is asked for every clinical event and [`cotreat_people::decide`] for every other one, as in real
//! use, so every history is one that the rules allow. Where somebody is refused, they do what a clinician would do: ask the open question, name the risk, have the alarm cleared by somebody who may, choose something else.
//!
//! Nothing here reads a clock, a file or a network. The modules in the order in which they build on each other:
//! `draws < fate < sheets < calendar < entry < person < directory < picture < course < clinic`; a `story` is told with all of them, for the clinic that asks for it.

mod calendar;
mod clinic;
mod course;
mod directory;
mod draws;
mod entry;
mod fate;
mod person;
mod picture;
mod sheets;
mod story;

pub use clinic::Clinic;
pub use entry::{Entry, History, Shown};
pub use fate::Fate;
