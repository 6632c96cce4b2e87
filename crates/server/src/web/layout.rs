//! Pages as answers: the frame of `cotreat-ui` around a body, with a status.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use cotreat_ui::{Field, Fields, Frame, Kind, Lang, Role, Staff, Words};
use maud::{Markup, html};

/// The words of the pages whose texts are English only so far.
const ENGLISH: Words = Words::of(Lang::En);

/// A page.
#[derive(Debug)]
pub struct Page {
    frame: Frame,
    body: Markup,
    status: StatusCode,
}

impl Page {
    /// A page in English with its heading, which is also its title.
    #[must_use]
    pub fn new(title: impl Into<String>, body: Markup) -> Self {
        Self::framed(Frame::new(&ENGLISH, title), body)
    }

    /// A page in a frame that was made for it, in the reader's language.
    #[must_use]
    pub const fn framed(frame: Frame, body: Markup) -> Self {
        Self {
            frame,
            body,
            status: StatusCode::OK,
        }
    }

    /// For somebody who is signed in: their name stands at the top, beside the whole menu.
    #[must_use]
    pub fn of(mut self, who: impl Into<String>) -> Self {
        self.frame = self.frame.staff(Staff {
            name: who.into(),
            organisation: String::new(),
            roles: vec![Role::Clinician, Role::Owner],
        });
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
        let page = self.frame.page(self.body);
        let mut answer = (self.status, page).into_response();
        answer.headers_mut().insert(
            header::CONTENT_TYPE,
            header::HeaderValue::from_static("text/html; charset=utf-8"),
        );
        answer
    }
}

/// A line of text with its label.
#[must_use]
pub fn field(
    label: &str,
    name: &str,
    kind: &str,
    value: &str,
    autocomplete: &'static str,
) -> Markup {
    let mut fields = Fields::new(&ENGLISH);
    fields.set(name, value);
    let field = Field::new(name, label).autocomplete(autocomplete);
    match kind {
        "password" => fields.password(&field),
        "email" => fields.text(&field.kind(Kind::Email)),
        "tel" => fields.text(&field.kind(Kind::Tel)),
        "search" => fields.text(&field.kind(Kind::Search)),
        "text" => fields.text(&field),
        // Days and numbers of the browser's own kind: a day comes as one text, year, month and day.
        _ => html! {
            p.field {
                label for=(name) { (label) }
                input id=(name) name=(name) type=(kind) value=(value) autocomplete=(autocomplete);
            }
        },
    }
}
