//! Clinical knowledge: text files that clinicians read and change, turned into typed, linked and checked knowledge.
//!
//! [`load`] takes (path, text) pairs and gives a [`Knowledge`], or everything that is wrong with the files, with place and remedy. There is no
//! IO here, no clock and no clinical id: adding a finding, condition, intervention or guideline never touches Rust.
//!
//! - [`format`]: the files as they are written. The JSON Schemas for editors come from here.
//! - [`model`]: what they mean after linking.
//! - [`names`]: the words that rules may use.

mod at;
mod files;
pub mod format;
mod handle;
mod hash;
mod link;
pub mod model;
pub mod names;
mod problem;
mod scale;
mod shape;
mod unread;

pub use at::At;
pub use handle::{Handle, Table};
pub use link::{is_on_the_chart, load};
pub use model::Knowledge;
pub use problem::{Place, Problem, did_you_mean};
pub use scale::{Band, ClearableTier, Tier};
