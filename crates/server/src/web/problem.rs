//! What went wrong, as an answer: the right status, and a sentence that says what to do.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cotreat_store::Error;
use maud::html;
use serde_json::json;

use super::layout::Page;
use crate::clinic::Refused;

/// An answer that is not what was asked for.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    title: &'static str,
    says: String,
    /// For programs: what kind of refusal it was, with its parts.
    detail: Option<serde_json::Value>,
    as_json: bool,
}

impl Problem {
    /// A problem in words.
    #[must_use]
    pub fn new(status: StatusCode, title: &'static str, says: impl Into<String>) -> Self {
        Self {
            status,
            title,
            says: says.into(),
            detail: None,
            as_json: false,
        }
    }

    /// There is nothing here, or it is not for whoever asks.
    #[must_use]
    pub fn not_found() -> Self {
        Refused::NotFound.into()
    }

    /// The form cannot be read.
    #[must_use]
    pub fn unreadable(why: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "This cannot be read", why)
    }

    /// For a program: the same as JSON.
    #[must_use]
    pub const fn json(mut self) -> Self {
        self.as_json = true;
        self
    }

    /// What it says.
    #[must_use]
    pub fn says(&self) -> &str {
        &self.says
    }

    /// Its status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        let says = refused.to_string();
        let (status, title) = match &refused {
            Refused::NotFound => (StatusCode::NOT_FOUND, "Not found"),
            Refused::NotAllowed { .. } => (StatusCode::FORBIDDEN, "Not for you"),
            Refused::Care(_) | Refused::People(_) | Refused::Incomplete { .. } => {
                (StatusCode::UNPROCESSABLE_ENTITY, "Not written down")
            }
            Refused::Changed { .. } => (StatusCode::CONFLICT, "Changed in the meantime"),
            Refused::Store(error) => of_store(error),
        };
        let detail = match &refused {
            Refused::Care(refusal) => serde_json::to_value(refusal).ok(),
            Refused::People(refusal) => serde_json::to_value(refusal).ok(),
            _ => None,
        };
        let says = match refused {
            Refused::Store(error) if status == StatusCode::INTERNAL_SERVER_ERROR => {
                tracing::error!(%error, "the store failed");
                "The server could not do this; nothing was written. It is in the server's log; try again, and tell whoever runs it if it stays so.".to_owned()
            }
            _ => says,
        };
        Self {
            detail,
            ..Self::new(status, title, says)
        }
    }
}

const fn of_store(error: &Error) -> (StatusCode, &'static str) {
    match error {
        Error::DiskFull => (StatusCode::INSUFFICIENT_STORAGE, "No room left"),
        Error::DiskFailed => (StatusCode::SERVICE_UNAVAILABLE, "The disk failed"),
        Error::OtherRequest { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "Sent twice"),
        _ => (StatusCode::INTERNAL_SERVER_ERROR, "Something failed"),
    }
}

impl From<cotreat_store::Error> for Problem {
    fn from(error: cotreat_store::Error) -> Self {
        Refused::from(error).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if self.as_json {
            let body = json!({ "title": self.title, "says": self.says, "refusal": self.detail });
            return (self.status, Json(body)).into_response();
        }
        Page::new(
            self.title,
            html! {
                div.trouble role="alert" { p { (self.says) } }
                p { a href="/" { "To the beginning" } }
            },
        )
        .with(self.status)
        .into_response()
    }
}
