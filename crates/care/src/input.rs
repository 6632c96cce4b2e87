//! Reads what is known about a patient from TOML or JSON, and says everything that is wrong with it, with place and remedy.

mod given;
mod json;
pub mod node;

use cotreat_knowledge::{Knowledge, Problem};

use crate::episode::Episode;
pub use given::read;
pub use node::{At, Node};

/// Reads an episode from TOML text.
///
/// # Errors
/// Everything that is wrong with it.
pub fn from_toml(file: &str, text: &str, knowledge: &Knowledge) -> Result<Episode, Vec<Problem>> {
    let root = node::parse_toml(file, text, 0, text)?;
    given::read(file, &root, knowledge)
}

/// Reads an episode from JSON text.
///
/// # Errors
/// Everything that is wrong with it.
pub fn from_json(file: &str, text: &str, knowledge: &Knowledge) -> Result<Episode, Vec<Problem>> {
    let root = json::parse(file, text)?;
    given::read(file, &root, knowledge)
}
