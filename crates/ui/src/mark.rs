//! The mark: two strokes, the two hands of a team, that meet in one spine.

use maud::{Markup, html};

/// The mark, drawn; the name beside it says what it is, so it is hidden from screen readers.
#[must_use]
pub fn mark() -> Markup {
    html! {
        svg class="ct-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false" {
            rect class="ct-mark__ground" width="32" height="32" rx="8" {}
            path class="ct-mark__warm" d="M22.5 6.5c0 4.6-5.2 5.2-5.9 9.4" {}
            path class="ct-mark__line" d="M9.5 6.5c0 6 7 6 7 12 0 3-2.5 4.2-2.5 7.5" {}
        }
    }
}

/// The same for the tab of the browser. The name of its language is written so that a page names no address but its own.
pub const FAVICON: &str = "data:image/svg+xml,%3Csvg xmlns='http%3A%2F%2Fwww.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%230b5c63'/%3E\
    %3Cg fill='none' stroke-width='3.5' stroke-linecap='round'%3E%3Cpath d='M22.5 6.5c0 4.6-5.2 5.2-5.9 9.4' stroke='%23f5b971'/%3E\
    %3Cpath d='M9.5 6.5c0 6 7 6 7 12 0 3-2.5 4.2-2.5 7.5' stroke='%23fff'/%3E%3C/g%3E%3C/svg%3E";
