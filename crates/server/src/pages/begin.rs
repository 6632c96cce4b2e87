//! The first steps: choosing a password by a one-time link, and the organisation one acts for.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use maud::html;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::identity::session::Seen;
use crate::identity::{Entered, Refused, SessionState, Token};
use crate::web::{App, OpenForm, Page, Peer, Problem, Visitor, VisitorForm, field, token};

/// `GET /set-up/{token}`: looking at the link does not use it up.
///
/// # Errors
/// The link is not good any more, or a fault.
pub async fn ask(
    State(app): State<App>,
    from: Peer,
    Path(link): Path<String>,
) -> Result<Page, Problem> {
    let token = Token::read(&link).ok_or(Refused::Gone)?;
    let now = app.clinic.clock.now();
    let found = app.identity.setup(&token, from.0, now).await?;
    found.ok_or(Refused::Gone)?;
    let body = html! {
        p { "Choose a password of at least 12 characters. A few words that do not belong together are easier to remember than signs." }
        form method="post" action={ "/set-up/" (link) } {
            (field("New password", "password", "password", "", "new-password"))
            button { "Set the password" }
        }
    };
    Ok(Page::new("Welcome", body))
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
    from: Peer,
    Path(link): Path<String>,
    OpenForm(chosen): OpenForm<Chosen>,
) -> Result<Response, Problem> {
    let token = Token::read(&link).ok_or(Refused::Gone)?;
    let now = app.clinic.clock.now();
    let entered = app
        .identity
        .use_setup(&token, chosen.password, from.0, now)
        .await?;
    Ok(super::sign_in::enter(&app, entered).await?.into_response())
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
async fn organisations_of(app: &App, user: &str) -> Result<Vec<String>, Problem> {
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
        @if named.is_empty() { p { "You have no role in any organisation. Ask the owner of yours." } }
        @for (id, name) in &named {
            form method="post" action="/organisations" {
                input type="hidden" name="csrf" value=(csrf);
                input type="hidden" name="organisation" value=(id);
                p { button.second { (name) } }
            }
        }
        (super::sign_in::leave(&csrf))
    };
    Ok(Page::new("For whom do you act?", body))
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
