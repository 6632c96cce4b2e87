//! What went wrong, as an answer: the right status, and a sentence that says what to do, in the language of whoever asked.

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use cotreat_store::Error;
use cotreat_ui::{Frame, Lang, Words};
use maud::html;
use serde_json::json;

use super::language;
use crate::clinic::Refused;

/// An answer that is not what was asked for.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    title: Said,
    says: Said,
    /// What its words are told.
    told: Vec<(&'static str, String)>,
    /// For programs: what kind of refusal it was, with its parts.
    detail: Option<Box<serde_json::Value>>,
    as_json: bool,
}

/// Words of a problem.
#[derive(Clone, Debug)]
enum Said {
    /// By their id among the words of the pages.
    Word(String),
    /// As the rules or the policies put it, in English.
    Plain(String),
}

impl Said {
    fn to(&self, words: &Words, told: &[(&'static str, String)]) -> String {
        match self {
            Self::Word(id) => {
                let told: Vec<_> = told
                    .iter()
                    .map(|(name, value)| (*name, value.as_str().into()))
                    .collect();
                words.say_with(id, &told)
            }
            Self::Plain(text) => text.clone(),
        }
    }

    /// The language of what is shown, where it is not that of the page.
    fn lang(&self, words: &Words) -> Option<&'static str> {
        let english = matches!(self, Self::Plain(_)) && words.lang() != Lang::En;
        english.then(|| Lang::En.code())
    }
}

impl Problem {
    /// A problem in words. The title is an id among the words of the pages (`problem-not-found`), or stands for itself; what is said stands for itself.
    #[must_use]
    pub fn new(status: StatusCode, title: &'static str, says: impl Into<String>) -> Self {
        let title = if title.starts_with("problem-") {
            Said::Word(title.to_owned())
        } else {
            Said::Plain(title.to_owned())
        };
        Self {
            status,
            title,
            says: Said::Plain(says.into()),
            told: Vec::new(),
            detail: None,
            as_json: false,
        }
    }

    /// A problem of which the pages have the words: the ids of its title and of what is said.
    #[must_use]
    pub fn said(status: StatusCode, title: &'static str, says: &'static str) -> Self {
        Self {
            says: Said::Word(says.to_owned()),
            ..Self::new(status, title, "")
        }
    }

    /// What its words need to be told.
    #[must_use]
    pub fn told(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.told.push((name, value.into()));
        self
    }

    /// There is nothing here, or it is not for whoever asks.
    #[must_use]
    pub fn not_found() -> Self {
        Refused::NotFound.into()
    }

    /// The form cannot be read.
    #[must_use]
    pub fn unreadable(why: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "problem-unreadable", why)
    }

    /// For a program: the same as JSON.
    #[must_use]
    pub const fn json(mut self) -> Self {
        self.as_json = true;
        self
    }

    /// What it says to whoever reads these words.
    #[must_use]
    pub fn says(&self, words: &Words) -> String {
        self.says.to(words, &self.told)
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
        let of_rules = |status| Self::new(status, "problem-not-written", says.clone());
        match &refused {
            Refused::NotFound => Self::said(
                StatusCode::NOT_FOUND,
                "problem-not-found",
                "problem-not-found-says",
            ),
            Refused::NotAllowed { .. } => {
                Self::new(StatusCode::FORBIDDEN, "problem-not-for-you", says)
            }
            Refused::Incomplete { .. } => of_rules(StatusCode::UNPROCESSABLE_ENTITY),
            Refused::Care(refusal) => Self {
                detail: serde_json::to_value(refusal).ok().map(Box::new),
                ..of_rules(StatusCode::UNPROCESSABLE_ENTITY)
            },
            Refused::People(refusal) => Self {
                detail: serde_json::to_value(refusal).ok().map(Box::new),
                ..of_rules(StatusCode::UNPROCESSABLE_ENTITY)
            },
            Refused::Changed { .. } => Self::said(
                StatusCode::CONFLICT,
                "problem-changed",
                "problem-changed-says",
            ),
            Refused::Store(error) => of_store(error),
        }
    }
}

fn of_store(error: &Error) -> Problem {
    let known = |status, title| Problem::new(status, title, error.to_string());
    match error {
        Error::DiskFull => known(StatusCode::INSUFFICIENT_STORAGE, "problem-no-room"),
        Error::DiskFailed => known(StatusCode::SERVICE_UNAVAILABLE, "problem-disk"),
        Error::OtherRequest { .. } => known(StatusCode::UNPROCESSABLE_ENTITY, "problem-twice"),
        _ => {
            tracing::error!(%error, "the store failed");
            Problem::said(
                StatusCode::INTERNAL_SERVER_ERROR,
                "problem-failed",
                "problem-failed-says",
            )
        }
    }
}

impl From<cotreat_store::Error> for Problem {
    fn from(error: cotreat_store::Error) -> Self {
        Refused::from(error).into()
    }
}

impl IntoResponse for Problem {
    /// A page is written by [`tell`], which knows the language of whoever asked.
    fn into_response(self) -> Response {
        if self.as_json {
            let words = Words::of(Lang::En);
            let (title, says) = (
                self.title.to(&words, &self.told),
                self.says.to(&words, &self.told),
            );
            let body = json!({ "title": title, "says": says, "refusal": self.detail });
            return (self.status, Json(body)).into_response();
        }
        let mut answer = self.status.into_response();
        answer.extensions_mut().insert(self);
        answer
    }
}

/// Writes the page of a problem in the language of whoever asked.
pub async fn tell(request: Request, next: Next) -> Response {
    let words = language::of(request.headers());
    let mut answer = next.run(request).await;
    let Some(problem) = answer.extensions_mut().remove::<Problem>() else {
        return answer;
    };
    let title = problem.title.to(&words, &problem.told);
    let says = problem.says.to(&words, &problem.told);
    let page = Frame::new(&words, title).page(html! {
        div class="govuk-inset-text" role="alert" { p class="govuk-body" lang=[problem.says.lang(&words)] { (says) } }
        p class="govuk-body" { a class="govuk-link" href="/" { (words.say("problem-to-the-beginning")) } }
    });
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    answer.headers_mut().remove(header::CONTENT_LENGTH);
    answer.headers_mut().insert(header::CONTENT_TYPE, html);
    *answer.body_mut() = page.into_string().into();
    answer
}
