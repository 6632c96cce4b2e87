//! One's own account: second factors, password, where one is signed in.

use axum::Json;
use axum::extract::State;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use maud::{Markup, PreEscaped, html};
use serde::Deserialize;
use webauthn_rs::prelude::RegisterPublicKeyCredential;
use zeroize::Zeroizing;

use super::sign_in::{Nothing, enter, enter_json, leave};
use crate::identity::cookie::Jar;
use crate::identity::picture::picture;
use crate::identity::second_factor::{NewApp, RecoveryCodes};
use crate::identity::{Refused, SessionState};
use crate::web::{
    App, Checked, Page, Problem, Signed, Visitor, VisitorForm, VisitorJson, field, token,
};

/// `GET /account`.
///
/// # Errors
/// A fault.
pub async fn show(signed: Signed, State(app): State<App>) -> Result<Page, Problem> {
    let now = app.clinic.clock.now();
    let user = &signed.here.session.user;
    let factors = app.identity.factors(user).await?;
    let sessions = app.identity.sessions(user, now).await?;
    let csrf = signed.csrf();
    let body = html! {
        p { (signed.name) }
        h2 { "Second factors" }
        p { (factors.listed.len()) " passkeys and apps, " (factors.codes) " recovery codes left. " a href="/account/second-factor" { "Add one" } }
        h2 { "Password" }
        form method="post" action="/account/password" {
            input type="hidden" name="csrf" value=(csrf);
            (field("New password", "password", "password", "", "new-password"))
            button.second { "Change it" }
        }
        h2 { "Signed in" }
        ul {
            @for one in &sessions {
                li {
                    "since " (one.created.strftime("%Y-%m-%d %H:%M UTC")) ", by " (one.how)
                    @if one.id == signed.here.session.id { " (this one)" } @else {
                        form method="post" action="/account/sessions/end" {
                            input type="hidden" name="csrf" value=(csrf);
                            input type="hidden" name="session" value=(one.id);
                            button.second { "End it" }
                        }
                    }
                }
            }
        }
        form method="post" action="/lock" { input type="hidden" name="csrf" value=(csrf); p { button.second { "Lock" } } }
        (leave(&csrf))
    };
    Ok(Page::new("Your account", body).of(&signed.name))
}

/// `GET /account/second-factor`: also for whoever has none yet and may do nothing else before.
pub async fn second_factor(State(app): State<App>, Visitor(here): Visitor) -> Page {
    let csrf = token(&here.forms);
    let body = html! {
        @if here.state == SessionState::NeedsSecondFactor {
            p { "Records of patients need more than a password. Set up one of these; it takes a minute." }
        }
        @if app.identity.has_passkeys() {
            h2 { "A passkey" }
            p { "Your fingerprint, your face or a security key: nothing to type, and nothing that could be given away." }
            p { button type="button" data-passkey="add" data-csrf=(csrf) hidden { "Add a passkey" } }
            p role="status" data-passkey-says {}
            noscript { p { "Passkeys need JavaScript; an app does not." } }
        }
        h2 { "An authenticator app" }
        form method="post" action="/account/app/begin" {
            input type="hidden" name="csrf" value=(csrf);
            button.second { "Set up an app" }
        }
        (leave(&csrf))
    };
    Page::new("Second factor", body)
}

/// `POST /account/app/begin`: shows the secret to photograph or type.
///
/// # Errors
/// The session may not, or a fault.
pub async fn app_begin(
    State(app): State<App>,
    VisitorForm(Visitor(here), _): VisitorForm<Nothing>,
) -> Result<Page, Problem> {
    let now = app.clinic.clock.now();
    let new = app.identity.begin_app(&here, now).await?;
    Ok(app_page(&token(&here.forms), &new)?)
}

fn app_page(csrf: &str, new: &NewApp) -> Result<Page, Refused> {
    let picture = picture(&new.address, "The secret as a QR code")?;
    let body = html! {
        p { "Photograph this with the app, or type the letters below it." }
        div.code-picture { (PreEscaped(picture)) }
        p.code { (new.secret.as_str()) }
        form method="post" action="/account/app" {
            input type="hidden" name="csrf" value=(csrf);
            (field("The six digits it shows", "code", "text", "", "one-time-code"))
            button { "Confirm" }
        }
    };
    Ok(Page::new("An authenticator app", body))
}

/// A code.
#[derive(Deserialize)]
pub struct Code {
    #[serde(default)]
    code: String,
}

/// `POST /account/app`: confirms it, and shows the recovery codes once.
///
/// # Errors
/// The code is not right, or a fault.
pub async fn app_confirm(
    State(app): State<App>,
    VisitorForm(Visitor(here), typed): VisitorForm<Code>,
) -> Result<Response, Problem> {
    let now = app.clinic.clock.now();
    let (entered, codes) = app.identity.confirm_app(&here, &typed.code, now).await?;
    let entered = super::begin::with_only_organisation(&app, entered).await?;
    let cookie = AppendHeaders([(
        axum::http::header::SET_COOKIE,
        Jar::Staff.set(&entered.token),
    )]);
    Ok((cookie, codes_page(&codes)).into_response())
}

fn codes_page(codes: &RecoveryCodes) -> Page {
    let list: Markup = html! { ul { @for code in &codes.0 { li.code { (code.as_str()) } } } };
    let body = html! {
        p { "Print these or write them down, and keep them apart from your telephone. Each opens your account once if the app is lost. They are not shown again." }
        (list)
        p { a href="/" { "Go on" } }
    };
    Page::new("Recovery codes", body)
}

/// `POST /account/passkey/begin`.
///
/// # Errors
/// The session may not, or a fault.
pub async fn passkey_begin(
    State(app): State<App>,
    VisitorForm(Visitor(here), _): VisitorForm<Nothing>,
) -> Result<Response, Problem> {
    let now = app.clinic.clock.now();
    let begun = app.identity.begin_passkey(&here, now).await?;
    Ok(
        Json(serde_json::json!({ "ceremony": begun.ceremony, "options": begun.options }))
            .into_response(),
    )
}

/// A new passkey.
#[derive(Deserialize)]
pub struct NewPasskey {
    ceremony: String,
    answer: RegisterPublicKeyCredential,
    #[serde(default)]
    name: String,
}

/// `POST /account/passkey`.
///
/// # Errors
/// The passkey is not accepted, or a fault.
pub async fn passkey_finish(
    State(app): State<App>,
    VisitorJson(Visitor(here), new): VisitorJson<NewPasskey>,
) -> Result<Response, Problem> {
    let now = app.clinic.clock.now();
    let entered = app
        .identity
        .finish_passkey(&here, &new.ceremony, &new.answer, &new.name, now)
        .await
        .map_err(|refused| Problem::from(refused).json())?;
    Ok(enter_json(&app, entered).await?.into_response())
}

/// A new password.
#[derive(Deserialize)]
pub struct NewPassword {
    #[serde(default)]
    password: Zeroizing<String>,
}

/// `POST /account/password`.
///
/// # Errors
/// It may not be chosen, the last proof is too old, or a fault.
pub async fn password(
    State(app): State<App>,
    Checked(signed, new): Checked<NewPassword>,
) -> Result<Response, Problem> {
    let now = app.clinic.clock.now();
    let entered = app
        .identity
        .change_password(&signed.here, new.password, now)
        .await?;
    Ok(enter(&app, entered).await?.into_response())
}

/// A session.
#[derive(Deserialize)]
pub struct Other {
    #[serde(default)]
    session: String,
}

/// `POST /account/sessions/end`.
///
/// # Errors
/// There is no such session of theirs, or a fault.
pub async fn end_session(
    State(app): State<App>,
    Checked(signed, other): Checked<Other>,
) -> Result<Redirect, Problem> {
    let now = app.clinic.clock.now();
    app.identity
        .end_session(&signed.here, &other.session, now)
        .await?;
    Ok(Redirect::to("/account"))
}

crate::web::untold!(Code, NewPasskey, NewPassword, Other);
