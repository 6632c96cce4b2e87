//! Reads what is known about a patient from TOML or JSON, and says everything that is wrong with it, with place and remedy.

mod given;
mod json;
pub mod node;
mod places;

use cotreat_knowledge::{Knowledge, Problem};

use crate::episode::Episode;
pub use given::{contradictions, read, take_down};
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
    let root = parse_json(file, text)?;
    given::read(file, &root, knowledge)
}

/// Parses JSON text, for whoever reads the same patient against several bodies of knowledge or adds to what is given.
///
/// # Errors
/// The first syntax error, or a name that stands twice.
pub fn parse_json(file: &str, text: &str) -> Result<At, Vec<Problem>> {
    json::parse(file, text)
}
