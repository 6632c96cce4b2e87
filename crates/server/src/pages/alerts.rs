//! Alerts: patients whom a page told to get help now, until somebody sees to it.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cotreat_store::clinic::ask::OpenAlert;
use cotreat_ui::{Field, Fields, Tone, Words, button, hidden, tag};
use maud::{Markup, html};

use crate::clinic::{ALERT_PATIENCE, Refused};
use crate::web::{App, Checked, Page, Problem, Signed};

/// `GET /alerts`: the open alerts, the oldest first.
///
/// # Errors
/// A fault.
pub async fn list(signed: Signed, State(app): State<App>) -> Result<Page, Problem> {
    shown(&app, &signed, None).await
}

async fn shown(
    app: &App,
    signed: &Signed,
    wrong: Option<(&str, &str, &str)>,
) -> Result<Page, Problem> {
    let alerts = app.clinic.alerts(&signed.caller).await?;
    let words = &signed.words;
    let now = app.clinic.clock.now();
    let body = html! {
        p class="govuk-body" { (words.say("alerts-lead")) }
        @if alerts.is_empty() { (cotreat_ui::empty(&words.say("alerts-none"), html! { p { (words.say("alerts-none-says")) } })) }
        @for one in &alerts {
            @let waited = now.duration_since(one.raised_at);
            section class="ct-callout" {
                h2 class="govuk-heading-m" { (one.identity.full_name()) }
                p class="govuk-body" {
                    (tag(Tone::Stop, &words.say("alert-open"))) " "
                    (words.moment(one.raised_at.to_zoned(signed.zone()).datetime()))
                    @if waited >= ALERT_PATIENCE { " " (tag(Tone::Stop, &words.say("alert-waits"))) }
                }
                @if let Some(phone) = &one.identity.phone { p class="govuk-body" { a class="govuk-link" href={ "tel:" (phone) } { (phone) } } }
                p class="govuk-body" { a class="govuk-link" href={ "/patients/" (one.patient) } { (words.say("alert-patient")) } }
                (form(signed, words, one, wrong))
            }
        }
    };
    let frame = signed.frame(words.say("alerts-title")).at("/alerts");
    Ok(Page::whole(frame.page(body)))
}

fn form(
    signed: &Signed,
    words: &Words,
    one: &OpenAlert,
    wrong: Option<(&str, &str, &str)>,
) -> Markup {
    // Every form of the page has a name of its own for its field, as labels lead to fields by their names.
    let name = format!("{DOES}{}", one.episode);
    let mut fields = Fields::new(words);
    if let Some((_, typed, says)) = wrong.filter(|(episode, ..)| *episode == one.episode) {
        fields.set(&name, typed);
        fields.wrong(&name, says);
    }
    html! {
        form method="post" action={ "/episodes/" (one.episode) "/alert" } {
            (fields.summary())
            (hidden("csrf", &signed.csrf()))
            (fields.text(&Field::new(&name, words.say("alert-does")).most(500).autocomplete("off")))
            (button(&words.say("alert-take")))
        }
    }
}

/// The field that says what somebody does about it begins so.
const DOES: &str = "does-";

/// `POST /episodes/{id}/alert`: takes it up.
///
/// # Errors
/// [`Refused::NotFound`], it is not for the caller, or a fault.
pub async fn take(
    State(app): State<App>,
    Path(episode): Path<String>,
    Checked(signed, said): Checked<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let does = said.iter().find(|(name, _)| name.starts_with(DOES));
    let does = does.map_or("", |(_, does)| does);
    let taken = app
        .clinic
        .take_alert(&signed.caller, &episode, does.to_owned())
        .await;
    match taken {
        Ok(_) => Ok(Redirect::to("/alerts").into_response()),
        Err(Refused::Care(refusal)) => {
            let says = refusal.to_string();
            let page = shown(&app, &signed, Some((&episode, does, &says))).await?;
            Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(refused) => Err(refused.into()),
    }
}
