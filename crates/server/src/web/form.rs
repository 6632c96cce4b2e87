//! Forms: taken from our own pages only, read strictly, and bounded.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, FromRequestParts as _, Multipart, Request};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{App, LinkPage, Problem, Signed, Visitor, unsent};
use crate::identity::csrf::{self, FormSecret};

/// What people type may be a secret, or about a patient: printed for whoever looks for a mistake, a form says only which one it is.
macro_rules! untold {
    ($($form:ident),+) => {$(
        impl std::fmt::Debug for $form {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($form), "(..)"))
            }
        }
    )+};
}
pub(crate) use untold;

/// A form of somebody who is signed in, with the token of their session.
#[derive(Debug)]
pub struct Checked<T>(pub Signed, pub T);

/// A form of somebody whose session need not be open yet, with its token.
#[derive(Debug)]
pub struct VisitorForm<T>(pub Visitor, pub T);

/// A form of anybody: it must come from our own pages, as the browser says.
#[derive(Debug)]
pub struct OpenForm<T>(pub T);

/// A form of somebody who is signed in that carries one file beside its token. Nothing of it is written to the disk.
pub struct FileForm(pub Signed, pub Option<File>);

/// A file that was chosen.
pub struct File {
    /// Its name, as the browser tells it.
    pub name: String,
    /// What is in it.
    pub content: Bytes,
}

untold!(FileForm, File);

/// What a page of ours sends as JSON: the token stands in the header `X-Csrf-Token`.
#[derive(Debug)]
pub struct SignedJson<T>(pub Signed, pub T);

/// The same of anybody.
#[derive(Debug)]
pub struct OpenJson<T>(pub T);

/// The same of somebody whose session need not be open yet.
#[derive(Debug)]
pub struct VisitorJson<T>(pub Visitor, pub T);

/// A form of whoever opened a patient's link: its fields by name.
#[derive(Debug)]
pub struct LinkForm(pub LinkPage, pub BTreeMap<String, String>);

/// The same, where a field may come more than once, as checkboxes do: its fields in the order in which they were sent.
#[derive(Debug)]
pub struct LinkFields(pub LinkPage, pub Vec<(String, String)>);

/// The token among the fields; every other field is passed over here.
#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    csrf: String,
    /// The form was kept while the session was locked, and is sent now ([`unsent::SENT_AGAIN`]).
    #[serde(default)]
    unsent: String,
}

const CSRF: &str = "x-csrf-token";

fn forged() -> Problem {
    Problem::said(StatusCode::FORBIDDEN, "problem-form", "problem-form-says")
}

fn from_here(method: &Method, headers: &HeaderMap, app: &App) -> Result<(), Problem> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let ours = csrf::from_our_pages(
        method.as_str(),
        text(header::ORIGIN.as_str()),
        text("sec-fetch-site"),
        &app.origin,
    );
    ours.then_some(()).ok_or_else(forged)
}

fn fits(forms: &FormSecret, token: &str) -> Result<(), Problem> {
    forms.fits(token).then_some(()).ok_or_else(forged)
}

async fn body(request: Request, app: &App) -> Result<Bytes, Problem> {
    Bytes::from_request(request, app).await.map_err(|rejected| {
        Problem::said(
            rejected.status(),
            "problem-too-much",
            "problem-too-much-says",
        )
    })
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    serde_urlencoded::from_bytes(bytes)
        .map_err(|error| Problem::unreadable(format!("The form cannot be read: {error}.")))
}

/// As the answer that is given instead.
fn told(problem: Problem) -> Response {
    problem.into_response()
}

impl<T: DeserializeOwned> FromRequest<App> for OpenForm<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        from_here(request.method(), request.headers(), app).map_err(told)?;
        let bytes = body(request, app).await.map_err(told)?;
        Ok(Self(read(&bytes).map_err(told)?))
    }
}

impl<T: DeserializeOwned> FromRequest<App> for VisitorForm<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        from_here(request.method(), request.headers(), app).map_err(told)?;
        let (mut parts, rest) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        let bytes = body(Request::from_parts(parts, rest), app)
            .await
            .map_err(told)?;
        fits(&visitor.0.forms, &read::<Token>(&bytes).map_err(told)?.csrf).map_err(told)?;
        Ok(Self(visitor, read(&bytes).map_err(told)?))
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Checked<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        from_here(request.method(), request.headers(), app).map_err(told)?;
        let (mut parts, rest) = request.into_parts();
        let signed = match Signed::from_request_parts(&mut parts, app).await {
            Ok(signed) => signed,
            Err(answer) => {
                let kept = unsent::keep(&mut parts, rest, app).await;
                return Err(kept.unwrap_or(answer));
            }
        };
        let bytes = body(Request::from_parts(parts, rest), app)
            .await
            .map_err(told)?;
        let token: Token = read(&bytes).map_err(told)?;
        fits(&signed.here.forms, &token.csrf).map_err(told)?;
        if !token.unsent.is_empty() {
            let forgotten = app.forget_unsent(&signed.here.session.user).await;
            forgotten.map_err(|error| told(error.into()))?;
        }
        Ok(Self(signed, read(&bytes).map_err(told)?))
    }
}

impl FromRequest<App> for FileForm {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        from_here(request.method(), request.headers(), app).map_err(told)?;
        let (mut parts, rest) = request.into_parts();
        let signed = Signed::from_request_parts(&mut parts, app).await?;
        let request = Request::from_parts(parts, rest);
        // A form of another kind has no file, and its token would have to be read another way.
        let form = Multipart::from_request(request, app).await;
        let mut form = form.map_err(|_| told(forged()))?;
        let (mut token, mut file) = (String::new(), None);
        while let Some(field) = next(&mut form).await? {
            match field.name() {
                Some("csrf") => token = field.text().await.map_err(|_| told(broken_off()))?,
                Some("file") => {
                    let name = field.file_name().unwrap_or_default().to_owned();
                    let content = field.bytes().await.map_err(|_| told(broken_off()))?;
                    file = (!name.is_empty()).then_some(File { name, content });
                }
                _ => {}
            }
        }
        fits(&signed.here.forms, &token).map_err(told)?;
        Ok(Self(signed, file))
    }
}

/// The next field of a form with a file.
async fn next(form: &mut Multipart) -> Result<Option<Field<'_>>, Response> {
    form.next_field().await.map_err(|_| told(broken_off()))
}

fn broken_off() -> Problem {
    Problem::said(
        StatusCode::BAD_REQUEST,
        "problem-too-much",
        "problem-too-much-says",
    )
}

fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|error| {
        Problem::unreadable(format!("What was sent cannot be read: {error}.")).json()
    })
}

fn token_in(headers: &HeaderMap) -> &str {
    let token = headers.get(CSRF).and_then(|token| token.to_str().ok());
    token.unwrap_or_default()
}

impl<T: DeserializeOwned> FromRequest<App> for OpenJson<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        from_here(request.method(), request.headers(), app).map_err(told)?;
        let bytes = body(request, app).await.map_err(told)?;
        Ok(Self(read_json(&bytes).map_err(told)?))
    }
}

impl<T: DeserializeOwned> FromRequest<App> for VisitorJson<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        from_here(request.method(), request.headers(), app).map_err(told)?;
        let (mut parts, rest) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        fits(&visitor.0.forms, token_in(&parts.headers)).map_err(told)?;
        let bytes = body(Request::from_parts(parts, rest), app)
            .await
            .map_err(told)?;
        Ok(Self(visitor, read_json(&bytes).map_err(told)?))
    }
}

impl<T: DeserializeOwned> FromRequest<App> for SignedJson<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        from_here(request.method(), request.headers(), app).map_err(told)?;
        let (mut parts, rest) = request.into_parts();
        let signed = Signed::from_request_parts(&mut parts, app).await?;
        fits(&signed.here.forms, token_in(&parts.headers)).map_err(told)?;
        let bytes = body(Request::from_parts(parts, rest), app)
            .await
            .map_err(told)?;
        Ok(Self(signed, read_json(&bytes).map_err(told)?))
    }
}

impl FromRequest<App> for LinkFields {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        from_here(request.method(), request.headers(), app).map_err(told)?;
        let (mut parts, rest) = request.into_parts();
        let open = LinkPage::from_request_parts(&mut parts, app).await?;
        let bytes = body(Request::from_parts(parts, rest), app)
            .await
            .map_err(told)?;
        let fields: Vec<(String, String)> = read(&bytes).map_err(told)?;
        let given = fields.iter().find(|(name, _)| name == "csrf");
        let forms = app.identity.forms_of_link(&open.session.link);
        fits(&forms, given.map_or("", |(_, value)| value)).map_err(told)?;
        Ok(Self(open, fields))
    }
}

impl FromRequest<App> for LinkForm {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let LinkFields(open, pairs) = LinkFields::from_request(request, app).await?;
        let count = pairs.len();
        let fields: BTreeMap<String, String> = pairs.into_iter().collect();
        if fields.len() != count {
            let twice =
                "A field of the form is there twice. Open the page again and send it from there.";
            return Err(told(Problem::unreadable(twice)));
        }
        Ok(Self(open, fields))
    }
}
