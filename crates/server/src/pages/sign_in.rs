//! Signing in: by password and second factor, by passkey, by an issuer; locking, unlocking, signing out.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use cotreat_ui::{Field, Fields, Frame, Kind, Width, Words, button, hidden, second_button};
use maud::{Markup, html};
use serde::Deserialize;
use webauthn_rs::prelude::PublicKeyCredential;
use zeroize::Zeroizing;

use crate::identity::cookie::Jar;
use crate::identity::issuer::Answer;
use crate::identity::{Entered, Refused, SessionState};
use crate::web::{App, OpenForm, Page, Peer, Problem, Reads, Visitor, VisitorForm, token};

/// `GET /sign-in`.
pub async fn ask(State(app): State<App>, Reads(words): Reads) -> Page {
    form(&app, &Fields::new(&words), &words)
}

fn form(app: &App, fields: &Fields, words: &Words) -> Page {
    let email = Field::new("email", words.say("sign-in-email"))
        .kind(Kind::Email)
        .autocomplete("username");
    let body = html! {
        form method="post" action="/sign-in" {
            (fields.summary())
            (fields.text(&email))
            (fields.password(&Field::new("password", words.say("sign-in-password"))))
            (button(&words.say("sign-in-do")))
        }
        @if app.identity.has_passkeys() { (passkey("sign-in", "", words, "sign-in-passkey")) }
        @for (id, name) in app.identity.issuers() {
            form method="post" action={ "/sign-in/with/" (id) } {
                (second_button(&words.say_with("sign-in-with", &[("name", name.into())])))
            }
        }
    };
    let page = Frame::new(words, words.say("sign-in-title")).at("/sign-in");
    Page::whole(page.checked(fields).page(body))
}

/// A button that asks for a passkey; the script shows it where the browser knows passkeys.
pub(super) fn passkey(what: &str, csrf: &str, words: &Words, says: &str) -> Markup {
    html! {
        div {
            p { button class="govuk-button govuk-button--secondary" type="button" data-passkey=(what) data-csrf=(csrf) hidden { (words.say(says)) } }
            p class="govuk-body" role="status" data-passkey-says {}
        }
    }
}

/// Address and password.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: Zeroizing<String>,
}

/// `POST /sign-in`.
///
/// # Errors
/// A fault.
pub async fn by_password(
    State(app): State<App>,
    Reads(words): Reads,
    from: Peer,
    OpenForm(typed): OpenForm<Typed>,
) -> Result<Response, Problem> {
    let now = app.clinic.clock.now();
    match app
        .identity
        .sign_in(&typed.email, typed.password, from.0, now)
        .await
    {
        Ok(entered) => {
            app.metrics.signed_in("password", "in");
            Ok(enter(&app, entered).await?.into_response())
        }
        Err(refused) if refused.is_fault() => Err(refused.into()),
        // What was typed stays, except the password.
        Err(refused) => {
            app.metrics.signed_in("password", "refused");
            let problem = Problem::from(refused);
            let mut fields = Fields::new(&words);
            fields.set("email", typed.email);
            fields.wrong("email", problem.says(&words));
            let page = form(&app, &fields, &words);
            Ok(page.with(problem.status()).into_response())
        }
    }
}

/// A word for counting.
const fn outcome<T>(came: &Result<T, Refused>) -> &'static str {
    if came.is_ok() { "in" } else { "refused" }
}

/// Somebody came in, or a step further: the cookie, and where they go next. Whoever works in one organisation acts for it from the start.
async fn entered(app: &App, entered: Entered) -> Result<(String, &'static str), Problem> {
    let place = match entered.state {
        SessionState::Open if app.unsent(&entered.user).await?.is_some() => "/unsent",
        SessionState::Open => "/",
        SessionState::Locked => "/unlock",
        SessionState::AwaitsSecondFactor => "/second-factor",
        SessionState::NeedsSecondFactor => "/account/second-factor",
    };
    let entered = super::begin::with_only_organisation(app, entered).await?;
    Ok((Jar::Staff.set(&entered.token), place))
}

/// The same, as an answer to a form.
pub(super) async fn enter(app: &App, entered_now: Entered) -> Result<impl IntoResponse, Problem> {
    let (cookie, place) = entered(app, entered_now).await?;
    Ok((
        AppendHeaders([(header::SET_COOKIE, cookie)]),
        Redirect::to(place),
    ))
}

/// The same, as an answer to a script.
pub(super) async fn enter_json(
    app: &App,
    entered_now: Entered,
) -> Result<impl IntoResponse, Problem> {
    let (cookie, place) = entered(app, entered_now).await?;
    Ok((
        AppendHeaders([(header::SET_COOKIE, cookie)]),
        Json(serde_json::json!({ "next": place })),
    ))
}

/// What a browser sends to begin with a passkey.
#[derive(Deserialize)]
pub struct Nothing {}

/// What a browser sends back from a passkey.
#[derive(Deserialize)]
pub struct Shown {
    ceremony: String,
    answer: PublicKeyCredential,
}

/// `POST /sign-in/passkey/begin`.
///
/// # Errors
/// Too many tries, or a fault.
pub async fn passkey_begin(
    State(app): State<App>,
    from: Peer,
    OpenForm(_): OpenForm<Nothing>,
) -> Result<Response, Problem> {
    let now = app.clinic.clock.now();
    let begun = app.identity.begin_sign_in_by_passkey(from.0, now)?;
    Ok(
        Json(serde_json::json!({ "ceremony": begun.ceremony, "options": begun.options }))
            .into_response(),
    )
}

/// `POST /sign-in/passkey`.
///
/// # Errors
/// The passkey is not accepted, or a fault.
pub async fn passkey_finish(
    State(app): State<App>,
    from: Peer,
    crate::web::OpenJson(shown): crate::web::OpenJson<Shown>,
) -> Result<Response, Problem> {
    let now = app.clinic.clock.now();
    let entered = app
        .identity
        .finish_sign_in_by_passkey(&shown.ceremony, &shown.answer, from.0, now)
        .await;
    app.metrics.signed_in("passkey", outcome(&entered));
    let entered = entered.map_err(|refused| Problem::from(refused).json())?;
    Ok(enter_json(&app, entered).await?.into_response())
}

/// `POST /sign-in/with/{issuer}`: sends somebody to an issuer.
///
/// # Errors
/// There is no such issuer, it does not answer, or a fault.
pub async fn issuer_begin(
    State(app): State<App>,
    Reads(words): Reads,
    from: Peer,
    Path(issuer): Path<String>,
    OpenForm(_): OpenForm<Nothing>,
) -> Result<Response, Problem> {
    let now = app.clinic.clock.now();
    let leaving = app.identity.leave_for_issuer(&issuer, from.0, now).await?;
    // A page with a link instead of a redirection: the content security policy lets forms go to our own pages only.
    let body = html! {
        p class="govuk-body" { a class="govuk-link" href=(leaving.address) rel="noreferrer" { (words.say("sign-in-elsewhere-go-on")) } }
    };
    let page = Frame::new(&words, words.say("sign-in-elsewhere")).page(body);
    let cookie = AppendHeaders([(header::SET_COOKIE, Jar::Issuer.set(&leaving.browser))]);
    Ok((cookie, Page::whole(page)).into_response())
}

/// What an issuer sends back.
#[derive(Deserialize)]
pub struct Returned {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    iss: Option<String>,
}

/// `GET /sign-in/with/{issuer}/return`.
///
/// # Errors
/// What came back is not as it should be, or a fault.
pub async fn issuer_back(
    State(app): State<App>,
    Reads(words): Reads,
    from: Peer,
    Path(issuer): Path<String>,
    Query(returned): Query<Returned>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let now = app.clinic.clock.now();
    let browser = Jar::Issuer
        .read(crate::web::cookies(&headers))
        .ok_or(Refused::Gone)?;
    let answer = Answer {
        provider: &issuer,
        state: &returned.state,
        code: &returned.code,
        iss: returned.iss.as_deref(),
    };
    let came = app
        .identity
        .return_from_issuer(answer, &browser, from.0, now)
        .await;
    app.metrics.signed_in("issuer", outcome(&came));
    let came = came?;
    let (cookie, place) = entered(&app, came).await?;
    let cookies = AppendHeaders([
        (header::SET_COOKIE, cookie),
        (header::SET_COOKIE, Jar::Issuer.clear()),
    ]);
    // The strict cookie is not sent after a redirection that another site began; a page of our own is a new beginning.
    let body = html! { p class="govuk-body" { a class="govuk-link" href=(place) { (words.say("go-on")) } } };
    let page = Frame::new(&words, words.say("sign-in-done")).page(body);
    Ok((cookies, Page::whole(page)).into_response())
}

/// `GET /second-factor`.
pub async fn ask_code(State(app): State<App>, Reads(words): Reads, Visitor(here): Visitor) -> Page {
    code_page(&app, &token(&here.forms), &Fields::new(&words), &words)
}

fn code_page(app: &App, csrf: &str, fields: &Fields, words: &Words) -> Page {
    let code = Field::new("code", words.say("code-label"))
        .hint(words.say("code-hint"))
        .width(Width::Twenty)
        .autocomplete("one-time-code");
    let body = html! {
        form method="post" action="/second-factor" {
            (fields.summary())
            (hidden("csrf", csrf))
            (fields.text(&code))
            (button(&words.say("go-on")))
        }
        @if app.identity.has_passkeys() { (passkey("prove", csrf, words, "code-passkey")) }
        (leave(csrf, words))
    };
    let page = Frame::new(words, words.say("code-title")).at("/second-factor");
    Page::whole(page.checked(fields).page(body))
}

/// A code.
#[derive(Deserialize)]
pub struct Code {
    #[serde(default)]
    code: String,
}

/// `POST /second-factor`.
///
/// # Errors
/// It is not right, too many tries, or a fault.
pub async fn code(
    State(app): State<App>,
    Reads(words): Reads,
    from: Peer,
    VisitorForm(Visitor(here), typed): VisitorForm<Code>,
) -> Result<Response, Problem> {
    let now = app.clinic.clock.now();
    let came = app.identity.enter_code(&here, &typed.code, from.0, now);
    match came.await {
        Ok(entered) => Ok(enter(&app, entered).await?.into_response()),
        Err(Refused::NotRight) => Ok(not_right("code", &words, |fields| {
            code_page(&app, &token(&here.forms), fields, &words)
        })),
        Err(refused) => Err(refused.into()),
    }
}

/// The form once more: what was typed is not right, and nothing of it is written back.
fn not_right(field: &str, words: &Words, form: impl FnOnce(&Fields) -> Page) -> Response {
    let problem = Problem::from(Refused::NotRight);
    let mut fields = Fields::new(words);
    fields.wrong(field, problem.says(words));
    form(&fields).with(problem.status()).into_response()
}

/// `GET /unlock`.
pub async fn ask_again(
    State(app): State<App>,
    Reads(words): Reads,
    Visitor(here): Visitor,
) -> Page {
    locked_page(&app, &token(&here.forms), &Fields::new(&words), &words)
}

fn locked_page(app: &App, csrf: &str, fields: &Fields, words: &Words) -> Page {
    let body = html! {
        p class="govuk-body" { (words.say("locked-says")) }
        form method="post" action="/unlock" {
            (fields.summary())
            (hidden("csrf", csrf))
            (fields.password(&Field::new("password", words.say("sign-in-password"))))
            (button(&words.say("locked-do")))
        }
        @if app.identity.has_passkeys() { (passkey("prove", csrf, words, "locked-passkey")) }
        (leave(csrf, words))
    };
    let page = Frame::new(words, words.say("locked-title")).at("/unlock");
    Page::whole(page.checked(fields).page(body))
}

/// A password.
#[derive(Deserialize)]
pub struct Password {
    #[serde(default)]
    password: Zeroizing<String>,
}

/// `POST /unlock`.
///
/// # Errors
/// It is not right, too many tries, or a fault.
pub async fn prove_again(
    State(app): State<App>,
    Reads(words): Reads,
    from: Peer,
    VisitorForm(Visitor(here), typed): VisitorForm<Password>,
) -> Result<Response, Problem> {
    let now = app.clinic.clock.now();
    let came = app
        .identity
        .prove_again(&here, typed.password, from.0, now)
        .await;
    match came {
        Ok(entered) => Ok(enter(&app, entered).await?.into_response()),
        Err(Refused::NotRight) => Ok(not_right("password", &words, |fields| {
            locked_page(&app, &token(&here.forms), fields, &words)
        })),
        Err(refused) => Err(refused.into()),
    }
}

/// `POST /prove/passkey/begin`: shows who one is by a passkey, as second factor or to unlock.
///
/// # Errors
/// The user has none, or a fault.
pub async fn proof_begin(
    State(app): State<App>,
    VisitorForm(Visitor(here), _): VisitorForm<Nothing>,
) -> Result<Response, Problem> {
    let now = app.clinic.clock.now();
    let begun = app.identity.begin_proof_by_passkey(&here, now).await?;
    Ok(
        Json(serde_json::json!({ "ceremony": begun.ceremony, "options": begun.options }))
            .into_response(),
    )
}

/// `POST /prove/passkey`.
///
/// # Errors
/// The passkey is not accepted, or a fault.
pub async fn proof_finish(
    State(app): State<App>,
    crate::web::VisitorJson(Visitor(here), shown): crate::web::VisitorJson<Shown>,
) -> Result<Response, Problem> {
    let now = app.clinic.clock.now();
    let entered = app
        .identity
        .finish_proof_by_passkey(&here, &shown.ceremony, &shown.answer, now)
        .await
        .map_err(|refused| Problem::from(refused).json())?;
    Ok(enter_json(&app, entered).await?.into_response())
}

/// `POST /lock`.
///
/// # Errors
/// A fault.
pub async fn lock(
    State(app): State<App>,
    VisitorForm(Visitor(here), _): VisitorForm<Nothing>,
) -> Result<Redirect, Problem> {
    app.identity.lock(&here).await?;
    Ok(Redirect::to("/unlock"))
}

/// `POST /sign-out`: nothing of the pages stays in the browser.
///
/// # Errors
/// A fault.
pub async fn out(
    State(app): State<App>,
    VisitorForm(Visitor(here), _): VisitorForm<Nothing>,
) -> Result<Response, Problem> {
    app.identity.sign_out(&here, app.clinic.clock.now()).await?;
    let heads = AppendHeaders([
        (header::SET_COOKIE, Jar::Staff.clear()),
        (
            header::HeaderName::from_static("clear-site-data"),
            "\"cache\", \"cookies\", \"storage\"".to_owned(),
        ),
    ]);
    Ok((heads, Redirect::to("/sign-in")).into_response())
}

/// The way out.
pub(super) fn leave(csrf: &str, words: &Words) -> Markup {
    html! {
        form method="post" action="/sign-out" {
            (hidden("csrf", csrf))
            (second_button(&words.say("sign-out")))
        }
    }
}

crate::web::untold!(Typed, Nothing, Shown, Returned, Code, Password);
