//! Links of patients, as staff make them and take them back; what is behind them stands in [`super::door`].

use axum::extract::{Path, State};
use axum::response::Redirect;
use cotreat_access::Action;
use cotreat_store::account::LinkKind;
use maud::html;
use serde::Deserialize;

use crate::clinic::Place;
use crate::identity::Token;
use crate::identity::letter::Letter;
use crate::web::{App, Checked, Page, Problem, Signed};

/// The assignment a link is made for.
#[derive(Debug, Deserialize)]
pub struct For {
    #[serde(default)]
    assignment: String,
}

/// `POST /episodes/{id}/task-link`: makes a link by which the patient answers one assignment. It is sent by e-mail where there is an address, and shown once.
///
/// # Errors
/// There is no such assignment, it is not for the caller, or a fault.
pub async fn make_task_link(
    State(app): State<App>,
    Path(episode): Path<String>,
    Checked(signed, wanted): Checked<For>,
) -> Result<Page, Problem> {
    let place = Place {
        episode: &episode,
        assignment: &wanted.assignment,
    };
    let patient = app.clinic.assignment(&signed.caller, place).await?;
    made(&app, &signed, LinkKind::Task, &patient, &place.to_text()).await
}

/// `POST /patients/{id}/page-link`: makes a link to the patient's own page.
///
/// # Errors
/// It is not for the caller, or a fault.
pub async fn make_page_link(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked(signed, _): Checked<super::sign_in::Nothing>,
) -> Result<Page, Problem> {
    let viewer = &signed.caller.viewer;
    let relation = app.clinic.permit(viewer, Action::MakeLink, &id).await?;
    made(&app, &signed, LinkKind::Page, &relation.patient, "").await
}

async fn made(
    app: &App,
    by: &Signed,
    kind: LinkKind,
    patient: &str,
    assignment: &str,
) -> Result<Page, Problem> {
    let now = app.clinic.clock.now();
    let identity = app.clinic.behind_link(patient).await?;
    let clinic = app.clinic.organisation(&by.caller).await?.settings.name;
    let door = match kind {
        LinkKind::Task => "t",
        LinkKind::Page => "p",
        LinkKind::Referral => "r",
    };
    let address = |token: &Token| format!("{}/{door}/{}", app.origin, token.to_text().as_str());
    let letter = |token: &Token| match &identity.email {
        Some(email) => Ok(vec![
            Letter::link(email, &clinic, &address(token)).message(now)?,
        ]),
        None => Ok(Vec::new()),
    };
    let (_, token) = app
        .identity
        .make_link(kind, patient, assignment, letter, now)
        .await?;
    let words = &by.words;
    let how = if identity.email.is_some() {
        "new-link-mailed"
    } else {
        "new-link-no-address"
    };
    let body = html! {
        p class="govuk-body" { (words.say(how)) }
        p class="govuk-body" { code { (address(&token)) } }
        p class="govuk-body" { (words.say("new-link-good-for")) }
        p class="govuk-body" { a class="govuk-link" href={ "/patients/" (patient) } { (words.say("new-link-to-patient")) } }
    };
    Ok(Page::framed(by.frame(words.say("new-link-title")), body))
}

/// A link.
#[derive(Debug, Deserialize)]
pub struct Which {
    #[serde(default)]
    link: String,
}

/// `POST /patients/{id}/links/revoke`: takes a link back; all of them when none is named.
///
/// # Errors
/// It is not for the caller, there is no such link, or a fault.
pub async fn revoke(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked(signed, which): Checked<Which>,
) -> Result<Redirect, Problem> {
    let viewer = &signed.caller.viewer;
    let relation = app.clinic.permit(viewer, Action::RevokeLink, &id).await?;
    let now = app.clinic.clock.now();
    if which.link.is_empty() {
        app.identity.revoke_links(&relation.patient, now).await?;
    } else {
        app.identity
            .revoke_link(&relation.patient, &which.link, now)
            .await?;
    }
    Ok(Redirect::to(&format!("/patients/{}", relation.patient)))
}
