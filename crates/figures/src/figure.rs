//! A finished drawing, with the same in words and as a table.

use maud::{Markup, html};

use crate::Words;

/// A drawing that nobody needs to see in order to know what it says.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What it shows, in a line.
    pub title: String,
    /// The drawing: an `svg` with title and description.
    pub svg: Markup,
    /// What it says, in a sentence or two.
    pub words: String,
    /// What its signs mean, where they need it: a list, or nothing.
    pub legend: Markup,
    /// What it says, number by number: a `table`.
    pub table: Markup,
}

impl Figure {
    /// Title, words, drawing, legend and folded table together.
    #[must_use]
    pub fn whole(&self, words: &Words) -> Markup {
        html! {
            figure class="fig" {
                figcaption class="fig-words" {
                    strong { (self.title) }
                    @if !self.words.is_empty() { br; (self.words) }
                }
                (self.svg)
                (self.legend)
                details class="fig-table" {
                    summary { (words.table) }
                    div class="fig-wide" { (self.table) }
                }
            }
        }
    }
}

/// A text that is safe as part of an `id`: letters, digits, `-` and `_`.
pub fn id(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
        .collect()
}
