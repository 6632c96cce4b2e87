//! The glass, for whoever may break it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Redirect;
use cotreat_ui::{Field, Fields, hidden, warning_button};
use maud::{Markup, html};
use serde::Deserialize;

use crate::web::{App, Checked, Page, Problem, Signed};

/// The page of a patient who is not in one's care. It looks the same whether there is such a patient or not.
pub(super) fn page(signed: &Signed, id: &str) -> Page {
    let words = &signed.words;
    let body = html! {
        p class="govuk-body" { (words.say("glass-nobody")) }
        (form(signed, id))
    };
    let frame = signed.frame(words.say("glass-title")).back("/patients");
    Page::whole(frame.page(body)).with(StatusCode::NOT_FOUND)
}

pub(super) fn form(signed: &Signed, id: &str) -> Markup {
    let words = &signed.words;
    let fields = Fields::new(words);
    let reason = Field::new("reason", words.say("glass-reason"))
        .autocomplete("off")
        .most(500);
    html! {
        section class="ct-callout" {
            h2 class="ct-callout__heading" { (words.say("glass-emergency")) }
            p class="govuk-body" { (words.say("glass-says")) }
            form method="post" action={ "/patients/" (id) "/glass" } {
                (hidden("csrf", &signed.csrf()))
                (fields.text(&reason))
                (warning_button(&words.say("glass-do")))
            }
        }
    }
}

/// A reason.
#[derive(Debug, Deserialize)]
pub struct Reason {
    #[serde(default)]
    reason: String,
}

/// `POST /patients/{id}/glass`.
///
/// # Errors
/// It is not for the caller, or the reason says nothing.
pub async fn break_glass(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked(signed, why): Checked<Reason>,
) -> Result<Redirect, Problem> {
    app.clinic
        .break_glass(&signed.caller, &id, why.reason)
        .await?;
    Ok(Redirect::to(&format!("/patients/{id}")))
}
