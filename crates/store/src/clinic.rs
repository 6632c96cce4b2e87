//! The clinic on top of the events: tables that are made from them, and the questions those tables answer.
//!
//! The event core knows bytes and names. Here alone in this crate the events of `cotreat-people` and `cotreat-care` mean something:
//!
//! - [`batch`] turns what `decide` returned into what the store appends, [`crate::Store::episode`] turns it back;
//! - one projection for each idea makes the tables ([`projections`]);
//! - [`ask`] holds the questions. Every one about patients carries the row filter `visible!` in its text: who may see no row gets none, whatever the question.
//!
//! Two files of one patient are read as one ([`patients`]): events never move, every question goes by the file that is kept.

pub mod ask;
pub mod batch;
mod episodes;
mod glass;
mod notes;
mod openings;
mod organisations;
mod patients;
mod read;
mod search;
mod staff;
mod told;

pub use read::EpisodeRead;

use crate::projection::Projection;

/// Every projection of the clinic, for [`crate::Store::open`].
#[must_use]
pub fn projections() -> Vec<Box<dyn Projection>> {
    vec![
        Box::new(organisations::Organisations),
        Box::new(staff::Staff),
        Box::new(patients::Patients),
        Box::new(search::SearchTerms),
        Box::new(episodes::Episodes::default()),
        Box::new(glass::Glass),
        Box::new(openings::Openings),
        Box::new(notes::PrivateNotes),
    ]
}
