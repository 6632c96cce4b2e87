//! The point of care: what can be said about one patient now.
//!
//! [`appraise`] is a pure function of an episode and one released body of knowledge. It reads no clock, uses no randomness, does no IO,
//! and knows no clinical id: everything clinical stands in the knowledge files.
//!
//! The modules are ordered so that each uses only what stands above it:
//! `fact < episode < state < reach < assess < open < plan < refer < ask < appraisal < face < event < record < course < decide < intake`; `input` and `case` read files for them, and `explain` tells what the knowledge says.

pub mod appraisal;
mod appraise;
pub mod ask;
pub mod assess;
pub mod case;
pub mod course;
pub mod decide;
pub mod episode;
pub mod event;
pub mod explain;
pub mod face;
pub mod fact;
pub mod input;
pub mod intake;
pub mod open;
pub mod plan;
mod reach;
pub mod record;
pub mod refer;
pub mod state;

pub use appraisal::Appraisal;
pub use appraise::{Conclusions, appraise, conclude};
pub use decide::decide;
pub use episode::Episode;
pub use record::{Record, evolve};
