//! Who may see and do what.
//!
//! The rules are Cedar policies in files (`policies/*.cedar`), checked against a schema (`policies/access.cedarschema`) when they are loaded. [`Access::decide`] says whether
//! somebody may do something and why, in a sentence; [`Access::sight`] says which patients they see, as a value that becomes part of every query, worked out from the same rules.
//! `docs/access.md` shows what follows from them, written by a test.
//!
//! - [`Viewer`]: who asks. [`Action`]: what for. [`Resource`] and [`Relation`]: about what, and who has to do with it.
//! - [`Decision`]: the answer. [`Field`]: which parts of a patient somebody sees.
//! - [`Rule`], [`Problem`]: the rules as they are read, and what is wrong with them.
//!
//! Nothing here reads a clock, a file or a network: who has to do with a patient is handed in.

mod access;
mod action;
mod asked;
mod field;
mod problem;
mod relation;
mod resource;
mod rules;
mod sight;
mod viewer;

// The tests inside this crate use what those outside use.
#[cfg(test)]
extern crate self as cotreat_access;
#[cfg(test)]
#[expect(dead_code, reason = "the tests inside this crate use a part of it")]
#[path = "../tests/support/mod.rs"]
mod support;

pub use access::{Access, Decision};
pub use action::Action;
pub use field::Field;
pub use problem::Problem;
pub use relation::{Addressee, GLASS_HOLDS, Relation};
pub use resource::Resource;
pub use rules::Rule;
pub use viewer::Viewer;
