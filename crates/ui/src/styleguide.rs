//! Every part of the pages on one page, in one language, as it looks when it is used.

use maud::Markup;

use crate::{Frame, Words};

/// The whole style guide as the body of a page.
#[must_use]
pub fn styleguide(words: &Words) -> Markup {
    Frame::new(words, "Style guide").page(maud::html! {})
}
