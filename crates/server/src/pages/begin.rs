//! The first steps: choosing a password by a one-time link, and the organisation one acts for.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use cotreat_ui::{Field, Fields, Frame, Words, button, hidden, second_button};
use maud::html;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::identity::session::Seen;
use crate::identity::{Entered, Refused, SessionState, Token};
use crate::web::{App, OpenForm, Page, Peer, Problem, Reads, Visitor, VisitorForm, token};

/// `GET /set-up/{token}`: looking at the link does not use it up.
///
/// # Errors
/// The link is not good any more, or a fault.
pub async fn ask(
    State(app): State<App>,
    Reads(words): Reads,
    from: Peer,
    Path(link): Path<String>,
) -> Result<Page, Problem> {
    let token = Token::read(&link).ok_or(Refused::Gone)?;
    let now = app.clinic.clock.now();
    let found = app.identity.setup(&token, from.0, now).await?;
    found.ok_or(Refused::Gone)?;
    Ok(form(&link, &Fields::new(&words), &words))
}

/// The address of the page is a secret: it goes into no form that leads elsewhere.
fn form(link: &str, fields: &Fields, words: &Words) -> Page {
    let password = Field::new("password", words.say("set-up-password"))
        .hint(words.say("set-up-hint"))
        .autocomplete("new-password");
    let body = html! {
        form method="post" action={ "/set-up/" (link) } {
            (fields.summary())
            (fields.password(&password))
            (button(&words.say("set-up-do")))
        }
    };
    let page = Frame::new(words, words.say("set-up-title"));
    Page::whole(page.checked(fields).page(body))
}

/// The password that was chosen.
#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    password: Zeroizing<String>,
}

/// `POST /set-up/{token}`.
///
/// # Errors
/// The password may not be chosen, the link is not good any more, or a fault.
pub async fn set(
    State(app): State<App>,
    Reads(words): Reads,
    from: Peer,
    Path(link): Path<String>,
    OpenForm(chosen): OpenForm<Chosen>,
) -> Result<Response, Problem> {
    let token = Token::read(&link).ok_or(Refused::Gone)?;
    let now = app.clinic.clock.now();
    let came = app
        .identity
        .use_setup(&token, chosen.password, from.0, now)
        .await;
    match came {
        Ok(entered) => Ok(super::sign_in::enter(&app, entered).await?.into_response()),
        Err(Refused::Password(unfit)) => {
            let problem = Problem::from(Refused::Password(unfit));
            let mut fields = Fields::new(&words);
            fields.wrong("password", problem.says(&words));
            let page = form(&link, &fields, &words).with(problem.status());
            Ok(page.into_response())
        }
        Err(refused) => Err(refused.into()),
    }
}

/// Whoever works in one organisation acts for it from the start.
pub(super) async fn with_only_organisation(
    app: &App,
    entered: Entered,
) -> Result<Entered, Problem> {
    if entered.state != SessionState::Open {
        return Ok(entered);
    }
    let now = app.clinic.clock.now();
    let works_in = organisations_of(app, &entered.user).await?;
    let [only] = works_in.as_slice() else {
        return Ok(entered);
    };
    match app
        .identity
        .here(&entered.token, Seen::Polling, now)
        .await?
    {
        Some(here) if here.session.organisation.is_none() => {
            Ok(app.identity.act_for(&here, only, now).await?)
        }
        _ => Ok(entered),
    }
}

/// The organisations in which somebody is anything.
pub(super) async fn organisations_of(app: &App, user: &str) -> Result<Vec<String>, Problem> {
    let user = app.clinic.store.user(user).await?;
    let mut all: Vec<String> = user
        .into_iter()
        .flat_map(|user| user.roles)
        .map(|(organisation, _)| organisation)
        .collect();
    all.sort();
    all.dedup();
    Ok(all)
}

/// `GET /organisations`: for which organisation somebody acts.
///
/// # Errors
/// A fault.
pub async fn organisations(
    State(app): State<App>,
    Reads(words): Reads,
    Visitor(here): Visitor,
) -> Result<Page, Problem> {
    let mut named = Vec::new();
    for id in organisations_of(&app, &here.session.user).await? {
        let found = app.clinic.store.organisation(&id).await?;
        let name = found.map_or_else(|| id.clone(), |found| found.settings.name);
        named.push((id, name));
    }
    let csrf = token(&here.forms);
    let body = html! {
        @if named.is_empty() { p class="govuk-body" { (words.say("organisations-none")) } }
        @for (id, name) in &named {
            form method="post" action="/organisations" {
                (hidden("csrf", &csrf))
                (hidden("organisation", id))
                (second_button(name))
            }
        }
        (super::sign_in::leave(&csrf, &words))
    };
    let page = Frame::new(&words, words.say("organisations-title")).at("/organisations");
    Ok(Page::whole(page.page(body)))
}

/// An organisation.
#[derive(Deserialize)]
pub struct For {
    #[serde(default)]
    organisation: String,
}

/// `POST /organisations`.
///
/// # Errors
/// Whoever asks has no role there, or a fault.
pub async fn act_for(
    State(app): State<App>,
    VisitorForm(Visitor(here), chosen): VisitorForm<For>,
) -> Result<Response, Problem> {
    let works_in = organisations_of(&app, &here.session.user).await?;
    if !works_in.contains(&chosen.organisation) {
        return Err(Problem::not_found());
    }
    let now = app.clinic.clock.now();
    let entered = app
        .identity
        .act_for(&here, &chosen.organisation, now)
        .await?;
    Ok(super::sign_in::enter(&app, entered).await?.into_response())
}

crate::web::untold!(Chosen, For);
