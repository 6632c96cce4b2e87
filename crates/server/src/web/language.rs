//! The language of whoever reads: what they chose before, which a cookie keeps, else the best of what their browser asks for.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use cotreat_ui::{Lang, Words};

/// The words for whoever reads.
#[derive(Clone, Copy, Debug)]
pub struct Reads(pub Words);

/// The choice says nothing about anybody, so it outlives the session.
const COOKIE: &str = "__Host-cotreat-language";
const KEPT: Duration = Duration::days(365);

impl<S: Sync> FromRequestParts<S> for Reads {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(of(&parts.headers)))
    }
}

/// What a browser says about its reader's language, for whoever has a language in the register too.
#[derive(Clone, Debug)]
pub struct Tongue {
    chosen: Option<String>,
    asked: String,
}

impl Tongue {
    fn of(headers: &HeaderMap) -> Self {
        let chosen = super::cookies(headers)
            .flat_map(Cookie::split_parse)
            .flatten()
            .find(|cookie| cookie.name() == COOKIE)
            .map(|cookie| cookie.value().to_owned());
        let asked = headers.get(header::ACCEPT_LANGUAGE);
        let asked = asked.and_then(|value| value.to_str().ok());
        Self {
            chosen,
            asked: asked.unwrap_or_default().to_owned(),
        }
    }

    /// The words for a reader of whom the register says this: what they chose here goes first, then what the register says, then what the browser asks for.
    #[must_use]
    pub fn words(&self, registered: Option<&str>) -> Words {
        let known = |code: &&str| Lang::from_code(code).is_some();
        let chosen = self.chosen.as_deref().filter(known);
        Words::of(Lang::chosen(chosen.or(registered), &self.asked))
    }
}

impl<S: Sync> FromRequestParts<S> for Tongue {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

/// The words for whoever sent these headers.
#[must_use]
pub fn of(headers: &HeaderMap) -> Words {
    Tongue::of(headers).words(None)
}

/// The value of `Set-Cookie` that keeps a choice.
#[must_use]
pub fn keep(lang: Lang) -> String {
    Cookie::build((COOKIE, lang.code()))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(KEPT)
        .build()
        .to_string()
}
