//! The frame around every page.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

/// The style sheet, under a name that changes with it.
pub const STYLE: &str = include_str!("style.css");
/// The little JavaScript there is: passkeys.
pub const SCRIPT: &str = include_str!("script.js");

/// A page.
#[derive(Debug)]
pub struct Page {
    title: String,
    who: Option<String>,
    body: Markup,
    status: StatusCode,
}

impl Page {
    /// A page with its heading, which is also its title.
    #[must_use]
    pub fn new(title: impl Into<String>, body: Markup) -> Self {
        Self {
            title: title.into(),
            who: None,
            body,
            status: StatusCode::OK,
        }
    }

    /// For somebody who is signed in: their name and organisation stand at the top.
    #[must_use]
    pub fn of(mut self, who: impl Into<String>) -> Self {
        self.who = Some(who.into());
        self
    }

    /// With another status than 200.
    #[must_use]
    pub const fn with(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let style = super::assets::style_path();
        let script = super::assets::script_path();
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " – Cotreat" }
                    link rel="icon" href="data:,";
                    link rel="stylesheet" href=(style);
                    script src=(script) defer {}
                }
                body {
                    a.skip href="#main" { "Skip to the content" }
                    header {
                        a.mark href="/" { "Cotreat" }
                        @if let Some(who) = &self.who {
                            nav aria-label="Main" {
                                a href="/patients" { "Patients" }
                                a href="/members" { "People" }
                                a href="/account" { (who) }
                            }
                        }
                    }
                    main id="main" {
                        h1 { (self.title) }
                        (self.body)
                    }
                    footer {
                        p { "Decision support for qualified clinicians. No clinician has certified this knowledge so far." }
                    }
                }
            }
        };
        let mut answer = (self.status, page).into_response();
        answer.headers_mut().insert(
            header::CONTENT_TYPE,
            header::HeaderValue::from_static("text/html; charset=utf-8"),
        );
        answer
    }
}

/// A text field with its label, and what is wrong with it.
#[must_use]
pub fn field(label: &str, name: &str, kind: &str, value: &str, autocomplete: &str) -> Markup {
    html! {
        p.field {
            label for=(name) { (label) }
            input id=(name) name=(name) type=(kind) value=(value) autocomplete=(autocomplete);
        }
    }
}
