//! Ways from page to page.

use maud::{Markup, html};

use crate::Words;

/// Somewhere to go.
#[derive(Clone, Debug)]
pub struct Link {
    /// What it is called.
    pub says: String,
    /// Where it is.
    pub address: String,
    /// Whether the reader is there now.
    pub here: bool,
    /// How many things wait there.
    pub waiting: Option<usize>,
}

impl Link {
    /// Somewhere to go.
    #[must_use]
    pub fn new(says: impl Into<String>, address: impl Into<String>) -> Self {
        Self {
            says: says.into(),
            address: address.into(),
            here: false,
            waiting: None,
        }
    }

    /// The reader is there now, or not.
    #[must_use]
    pub const fn here(mut self, here: bool) -> Self {
        self.here = here;
        self
    }

    /// How many things wait there.
    #[must_use]
    pub const fn waiting(mut self, count: usize) -> Self {
        self.waiting = Some(count);
        self
    }
}

/// Back to where the reader came from.
#[must_use]
pub fn back_link(words: &Words, address: &str) -> Markup {
    html! { a class="govuk-back-link" href=(address) { (words.say("back")) } }
}

/// The way here, from the top: names and addresses.
#[must_use]
pub fn trail(words: &Words, steps: &[(String, String)]) -> Markup {
    html! {
        nav class="govuk-breadcrumbs" aria-label=(words.say("trail-label")) {
            ol class="govuk-breadcrumbs__list" {
                @for (says, address) in steps {
                    li class="govuk-breadcrumbs__list-item" { a class="govuk-breadcrumbs__link" href=(address) { (says) } }
                }
            }
        }
    }
}

/// The parts of a record, at its side; on a phone in a row above it.
#[must_use]
pub fn side_menu(label: &str, links: &[Link]) -> Markup {
    html! {
        nav class="ct-side" aria-label=(label) {
            ul {
                @for link in links {
                    li {
                        a href=(link.address) aria-current=[link.here.then_some("page")] {
                            (link.says)
                            @if let Some(count) = link.waiting { " " span class="ct-count" { (count) } }
                        }
                    }
                }
            }
        }
    }
}
