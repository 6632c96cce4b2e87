//! Choosing the language of the pages.

use axum::http::header;
use axum::response::{AppendHeaders, IntoResponse, Redirect};
use cotreat_ui::Lang;
use serde::Deserialize;

use crate::web::{OpenForm, language};

/// A language, and the page on which it was chosen.
#[derive(Debug, Deserialize)]
pub struct Choice {
    #[serde(default)]
    lang: String,
    #[serde(default)]
    back: String,
}

/// `POST /language`: keeps the choice and goes back to the page.
pub async fn choose(OpenForm(choice): OpenForm<Choice>) -> impl IntoResponse {
    let lang = Lang::from_code(&choice.lang).unwrap_or_default();
    let cookie = AppendHeaders([(header::SET_COOKIE, language::keep(lang))]);
    (cookie, Redirect::to(ours(&choice.back)))
}

/// An address on this server; anything that could lead elsewhere leads to the first page. Browsers read `\\` as `/` and pass over control characters.
fn ours(back: &str) -> &str {
    let inside = back.starts_with('/')
        && !back.starts_with("//")
        && !back.contains('\\')
        && !back.chars().any(char::is_control);
    if inside { back } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::ours;

    #[test]
    fn a_choice_leads_back_and_nowhere_else() {
        for inside in ["/", "/patients?q=a&page=2", "/knowledge/finding/x"] {
            assert_eq!(ours(inside), inside);
        }
        for outside in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "evil",
        ] {
            assert_eq!(ours(outside), "/", "{outside:?}");
        }
    }
}
