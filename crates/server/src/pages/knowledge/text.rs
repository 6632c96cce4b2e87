//! Texts of the knowledge in which ids lead to what they name.

use cotreat_care::explain::Library;
use maud::{Markup, html};

/// A text that is made of ids and rules: every id is a link, but for that of the page itself.
pub(super) fn linked(library: &Library, own: &str, text: &str) -> Markup {
    with_links(library, text, |id| id != own)
}

/// A sentence: only words that are written like ids (`leg_pain`) are links, as `walking` may be just a word.
pub(super) fn prose(library: &Library, text: &str) -> Markup {
    with_links(library, text, |id| id.contains('_'))
}

fn with_links(library: &Library, text: &str, wanted: impl Fn(&str) -> bool) -> Markup {
    let pieces = pieces(text);
    html! {
        @for piece in pieces {
            @match library.kind_of(piece).filter(|_| wanted(piece)) {
                Some(kind) => a class="govuk-link" href={ "/knowledge/" (kind) "/" (piece) } { (piece) },
                None if is_address(piece) => a class="govuk-link" href=(piece) rel="noreferrer" { (piece) },
                None => (piece),
            }
        }
    }
}

/// Sources have addresses in the world.
fn is_address(piece: &str) -> bool {
    piece.starts_with("https://") || piece.starts_with("http://")
}

/// The words of a text and what stands between them, in order and complete.
fn pieces(text: &str) -> Vec<&str> {
    let inside = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if is_address(rest) {
            rest.find(char::is_whitespace)
        } else if inside(first) {
            rest.find(|letter| !inside(letter))
        } else {
            // An address may begin inside what stands between words.
            rest.char_indices()
                .skip(1)
                .find(|(_, letter)| inside(*letter))
                .map(|(at, _)| at)
        };
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn nothing_of_a_text_is_lost() {
        for text in [
            "",
            "a, b_c: (d)",
            "see https://doi.org/10.1/x-y, and e",
            "Rückenschmerz – ärztlich 1.5",
            "when a == \"x\" && !b",
        ] {
            assert_eq!(pieces(text).concat(), text);
        }
        assert_eq!(pieces("a, b_c"), ["a", ", ", "b_c"]);
        assert!(pieces("see https://doi.org/10.1/x").contains(&"https://doi.org/10.1/x"));
    }
}
