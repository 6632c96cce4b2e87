//! A page as an answer.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use cotreat_ui::{Frame, Lang, Words};
use maud::{Markup, html};

/// A page.
#[derive(Debug)]
pub struct Page {
    what: What,
    status: StatusCode,
}

#[derive(Debug)]
enum What {
    /// All of it, as [`Frame::page`] made it.
    Whole(Markup),
    /// A title and a body, which get the plainest frame in English.
    Plain {
        title: String,
        who: Option<String>,
        body: Markup,
    },
}

impl Page {
    /// A page as [`Frame::page`] made it: see [`super::Signed::frame`].
    #[must_use]
    pub const fn whole(page: Markup) -> Self {
        Self {
            what: What::Whole(page),
            status: StatusCode::OK,
        }
    }

    /// A body in a frame that was made for it.
    #[must_use]
    pub fn framed(frame: impl std::borrow::Borrow<Frame>, body: Markup) -> Self {
        Self::whole(frame.borrow().page(body))
    }

    /// A page in the plainest frame, with its heading, which is also its title.
    #[must_use]
    pub fn new(title: impl Into<String>, body: Markup) -> Self {
        Self {
            what: What::Plain {
                title: title.into(),
                who: None,
                body,
            },
            status: StatusCode::OK,
        }
    }

    /// For somebody who is signed in: a plain page says who they are.
    #[must_use]
    pub fn of(mut self, name: impl Into<String>) -> Self {
        if let What::Plain { who, .. } = &mut self.what {
            *who = Some(name.into());
        }
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
        let page = match self.what {
            What::Whole(page) => page,
            What::Plain { title, who, body } => {
                let words = Words::of(Lang::En);
                Frame::new(&words, title).page(html! {
                    @if let Some(who) = who { p { a href="/account" { (who) } } }
                    (body)
                })
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

/// A text field with its label, for pages that are not made of [`cotreat_ui::Fields`].
#[must_use]
pub fn field(label: &str, name: &str, kind: &str, value: &str, autocomplete: &str) -> Markup {
    html! {
        p.field {
            label for=(name) { (label) }
            input id=(name) name=(name) type=(kind) value=(value) autocomplete=(autocomplete);
        }
    }
}
