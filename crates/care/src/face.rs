//! The faces of an appraisal for people: one layout, written as plain text or Markdown. Neither decides anything.

mod layout;
mod write;

use crate::appraisal::Appraisal;

pub use layout::{Block, Detail, Tone, layout};
pub use write::{markdown, text};

/// Plain text, with colour where asked for.
#[must_use]
pub fn as_text(appraisal: &Appraisal, detail: Detail, colour: bool) -> String {
    text(&layout(appraisal, detail), colour)
}

/// Markdown.
#[must_use]
pub fn as_markdown(appraisal: &Appraisal, detail: Detail) -> String {
    markdown(&layout(appraisal, detail))
}
