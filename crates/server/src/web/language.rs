//! In which language somebody reads: as they chose, else as their browser asks for.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use cotreat_ui::{Lang, Words};
use serde::Deserialize;

use super::{OpenForm, cookies};

const COOKIE: &str = "__Host-cotreat-language";

/// The words of whoever asks.
#[derive(Clone, Copy, Debug)]
pub struct Speaks(pub Words);

impl Speaks {
    /// As the heads of a request say.
    fn of(headers: &HeaderMap) -> Self {
        let asked = headers.get(header::ACCEPT_LANGUAGE);
        let asked = asked.and_then(|value| value.to_str().ok());
        let stored = cookies(headers)
            .flat_map(|header| Cookie::split_parse(header).flatten())
            .find(|cookie| cookie.name() == COOKIE);
        let stored = stored.as_ref().map(Cookie::value);
        Self(Words::of(Lang::chosen(stored, asked.unwrap_or_default())))
    }
}

impl<S: Sync> FromRequestParts<S> for Speaks {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

/// What was chosen, and where.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    lang: String,
    #[serde(default)]
    back: String,
}

/// `POST /language`: keeps the choice for a year, and goes back to where it was made.
pub async fn choose(OpenForm(chosen): OpenForm<Chosen>) -> Response {
    let lang = Lang::from_code(&chosen.lang).unwrap_or_default();
    let cookie = Cookie::build((COOKIE, lang.code()))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::days(365))
        .build();
    let heads = AppendHeaders([(header::SET_COOKIE, cookie.to_string())]);
    (heads, Redirect::to(on_this_server(&chosen.back))).into_response()
}

/// An address of ours, or the first page: browsers read `//` and `/\` as the name of another server, and leave control characters out.
fn on_this_server(back: &str) -> &str {
    let path = back.strip_prefix('/');
    let ours = path.is_some_and(|rest| {
        !rest.starts_with(['/', '\\']) && rest.chars().all(|letter| letter.is_ascii_graphic())
    });
    if ours { back } else { "/" }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};
    use cotreat_ui::Lang;

    use super::{Speaks, on_this_server};

    #[test]
    fn the_way_back_stays_on_this_server() {
        for ours in ["/", "/patients?q=x", "/my-record"] {
            assert_eq!(on_this_server(ours), ours);
        }
        for other in [
            "",
            "patients",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\t/evil.example",
            "/a\r\nset-cookie: x=y",
            "javascript:alert(1)",
        ] {
            assert_eq!(on_this_server(other), "/", "{other:?}");
        }
    }

    #[test]
    fn what_was_chosen_goes_before_what_the_browser_asks_for() {
        let mut heads = HeaderMap::new();
        assert_eq!(Speaks::of(&heads).0.lang(), Lang::En);
        heads.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("es-MX"));
        assert_eq!(Speaks::of(&heads).0.lang(), Lang::Es);
        let cookie = HeaderValue::from_static("a=b; __Host-cotreat-language=en");
        heads.insert(header::COOKIE, cookie);
        assert_eq!(Speaks::of(&heads).0.lang(), Lang::En);
        let cookie = HeaderValue::from_static("__Host-cotreat-language=tlh");
        heads.insert(header::COOKIE, cookie);
        assert_eq!(Speaks::of(&heads).0.lang(), Lang::Es);
    }
}
