//! The faces of an appraisal for people: one layout, written as plain text or Markdown. Neither decides anything.

mod layout;
mod write;

use crate::appraisal::Appraisal;

pub use layout::{Block, Tone, layout};
pub use write::{markdown, text};

/// Plain text, with colour where asked for.
#[must_use]
pub fn as_text(appraisal: &Appraisal, sources: bool, colour: bool) -> String {
    text(&layout(appraisal, sources), colour)
}

/// Markdown.
#[must_use]
pub fn as_markdown(appraisal: &Appraisal, sources: bool) -> String {
    markdown(&layout(appraisal, sources))
}
