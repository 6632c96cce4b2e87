//! One's own account: second factors, password, where one is signed in.

use axum::Json;
use axum::extract::State;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use cotreat_ui::{
    Field, Fields, Frame, Lang, Row, Width, Words, button, hidden, second_button, summary_list,
    tag, toolbar,
};
use maud::{PreEscaped, html};
use serde::Deserialize;
use webauthn_rs::prelude::RegisterPublicKeyCredential;
use zeroize::Zeroizing;

use super::sign_in::{Nothing, enter, enter_json, leave, passkey};
use crate::identity::cookie::Jar;
use crate::identity::picture::picture;
use crate::identity::second_factor::{NewApp, RecoveryCodes};
use crate::identity::{Refused, SessionState};
use crate::web::{
    App, Checked, Page, Problem, Reads, Signed, Visitor, VisitorForm, VisitorJson, token,
};

/// `GET /account`.
///
/// # Errors
/// A fault.
pub async fn show(signed: Signed, State(app): State<App>) -> Result<Page, Problem> {
    let fields = Fields::new(&signed.words);
    page(&app, &signed, &fields).await
}

async fn page(app: &App, signed: &Signed, fields: &Fields) -> Result<Page, Problem> {
    let now = app.clinic.clock.now();
    let user = &signed.here.session.user;
    let factors = app.identity.factors(user).await?;
    let sessions = app.identity.sessions(user, now).await?;
    let csrf = signed.csrf();
    let words = &signed.words;
    let several = super::begin::organisations_of(app, user).await?.len() > 1;
    let password = Field::new("password", words.say("account-new-password"))
        .hint(words.say("set-up-hint"))
        .autocomplete("new-password");
    let counted = [
        ("listed", factors.listed.len().into()),
        ("codes", factors.codes.into()),
    ];
    let second = html! {
        (words.say_with("account-factors", &counted)) " "
        a class="govuk-link" href="/account/second-factor" { (words.say("account-factors-add")) }
    };
    let organisation = html! {
        (signed.works_at.settings.name)
        @if several { " " a class="govuk-link" href="/organisations" { (words.say("account-organisation-change")) } }
    };
    let body = html! {
        (fields.summary())
        (summary_list(words, &[
            Row::new(words.say("account-name"), &signed.name),
            Row::new(words.say("account-organisation"), organisation),
            Row::new(words.say("account-second-factors"), second),
        ]))
        (toolbar(&[
            html! { form method="post" action="/lock" { (hidden("csrf", &csrf)) (second_button(&words.say("account-lock"))) } },
            leave(&csrf, words),
        ]))
        h2 class="govuk-heading-m" { (words.say("account-language")) }
        form method="post" action="/language" {
            (hidden("back", "/account"))
            (toolbar(&Lang::ALL.map(|lang| language(lang, words))))
        }
        h2 class="govuk-heading-m" { (words.say("account-password")) }
        form method="post" action="/account/password" {
            (hidden("csrf", &csrf))
            (fields.password(&password))
            (second_button(&words.say("account-password-change")))
        }
        h2 class="govuk-heading-m" { (words.say("account-sessions")) }
        ul class="govuk-list" {
            @for one in &sessions {
                @let since = words.moment(one.created.to_zoned(signed.zone()).datetime());
                li {
                    (words.say_with("account-session", &[("since", since.into()), ("how", how(words, &one.how).into())])) " "
                    @if one.id == signed.here.session.id { (tag(cotreat_ui::Tone::Good, &words.say("account-session-this"))) } @else {
                        form method="post" action="/account/sessions/end" {
                            (hidden("csrf", &csrf))
                            (hidden("session", &one.id))
                            (second_button(&words.say("account-session-end")))
                        }
                    }
                }
            }
        }
    };
    let title = words.say("account-title");
    let frame = signed.frame(title).at("/account").checked(fields);
    Ok(Page::whole(frame.page(body)))
}

/// A language to choose, in its own words.
fn language(lang: Lang, words: &Words) -> maud::Markup {
    let chosen = lang == words.lang();
    html! {
        button class="govuk-button govuk-button--secondary" name="lang" value=(lang.code()) lang=(lang.code()) aria-pressed=(chosen) {
            (lang.own_name()) @if chosen { " ✓" }
        }
    }
}

/// By which way somebody signed in, in words.
fn how(words: &Words, how: &str) -> String {
    words.say(match how {
        "password" => "how-password",
        "passkey" => "how-passkey",
        "oidc" => "how-issuer",
        "link" => "how-link",
        _ => "how-other",
    })
}

/// `GET /account/second-factor`: also for whoever has none yet and may do nothing else before.
pub async fn second_factor(
    State(app): State<App>,
    Reads(words): Reads,
    Visitor(here): Visitor,
) -> Page {
    let csrf = token(&here.forms);
    let body = html! {
        @if here.state == SessionState::NeedsSecondFactor {
            p class="govuk-body" { (words.say("factor-needed")) }
        }
        @if app.identity.has_passkeys() {
            h2 class="govuk-heading-m" { (words.say("factor-passkey")) }
            p class="govuk-body" { (words.say("factor-passkey-says")) }
            (passkey("add", &csrf, &words, "factor-passkey-add"))
            noscript { p class="govuk-body" { (words.say("factor-passkey-noscript")) } }
        }
        h2 class="govuk-heading-m" { (words.say("factor-app")) }
        form method="post" action="/account/app/begin" {
            (hidden("csrf", &csrf))
            (second_button(&words.say("factor-app-set-up")))
        }
        (leave(&csrf, &words))
    };
    let page = Frame::new(&words, words.say("factor-title")).at("/account/second-factor");
    Page::whole(page.page(body))
}

/// `POST /account/app/begin`: shows the secret to photograph or type.
///
/// # Errors
/// The session may not, or a fault.
pub async fn app_begin(
    State(app): State<App>,
    Reads(words): Reads,
    VisitorForm(Visitor(here), _): VisitorForm<Nothing>,
) -> Result<Page, Problem> {
    let now = app.clinic.clock.now();
    let new = app.identity.begin_app(&here, now).await?;
    Ok(app_page(&token(&here.forms), &new, &words)?)
}

fn app_page(csrf: &str, new: &NewApp, words: &Words) -> Result<Page, Refused> {
    let picture = picture(&new.address, &words.say("app-picture"))?;
    let fields = Fields::new(words);
    let code = Field::new("code", words.say("app-code"))
        .width(Width::Ten)
        .autocomplete("one-time-code");
    let body = html! {
        p class="govuk-body" { (words.say("app-says")) }
        div class="code-picture" { (PreEscaped(picture)) }
        p class="govuk-body" { code { (new.secret.as_str()) } }
        form method="post" action="/account/app" {
            (hidden("csrf", csrf))
            (fields.text(&code))
            (button(&words.say("app-do")))
        }
    };
    let page = Frame::new(words, words.say("factor-app"));
    Ok(Page::whole(page.page(body)))
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
    Reads(words): Reads,
    VisitorForm(Visitor(here), typed): VisitorForm<Code>,
) -> Result<Response, Problem> {
    let now = app.clinic.clock.now();
    let (entered, codes) = app.identity.confirm_app(&here, &typed.code, now).await?;
    let entered = super::begin::with_only_organisation(&app, entered).await?;
    let cookie = AppendHeaders([(
        axum::http::header::SET_COOKIE,
        Jar::Staff.set(&entered.token),
    )]);
    Ok((cookie, codes_page(&codes, &words)).into_response())
}

fn codes_page(codes: &RecoveryCodes, words: &Words) -> Page {
    let body = html! {
        p class="govuk-body" { (words.say("recovery-says")) }
        ul class="govuk-list" { @for code in &codes.0 { li { code { (code.as_str()) } } } }
        p class="govuk-body" { a class="govuk-link" href="/" { (words.say("go-on")) } }
    };
    let page = Frame::new(words, words.say("recovery-title"));
    Page::whole(page.page(body))
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
    let came = app
        .identity
        .change_password(&signed.here, new.password, now)
        .await;
    match came {
        Ok(entered) => Ok(enter(&app, entered).await?.into_response()),
        Err(Refused::Password(unfit)) => {
            let problem = Problem::from(Refused::Password(unfit));
            let mut fields = Fields::new(&signed.words);
            fields.wrong("password", problem.says(&signed.words));
            let page = page(&app, &signed, &fields).await?;
            Ok(page.with(problem.status()).into_response())
        }
        // Another page asks who it is; what was chosen is a secret and is not kept.
        Err(Refused::ProveAgain) => Ok(Redirect::to("/unlock").into_response()),
        Err(refused) => Err(refused.into()),
    }
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
