//! An episode of care: one page that says what matters, and a form for each thing that is done in it.

pub mod alarms;
mod aside;
mod chart;
pub mod close;
mod contributors;
mod desk;
pub mod drafts;
pub mod examine;
mod fact;
mod graph;
pub mod measures;
pub mod medicines;
pub mod next;
mod not_taken;
mod overview;
pub mod plan;
pub mod questions;
mod reasons;
pub mod session;
mod shared;
mod timeline;
mod work;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cotreat_care::decide::Act;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::web::{App, Checked, Page, Problem, Reads, Signed, SignedJson};

/// Where a patient is seen.
#[derive(Debug, Deserialize)]
pub struct Begin {
    #[serde(default)]
    setting: String,
    /// Who takes the patient on, where the caller does not.
    #[serde(default)]
    clinician: String,
}

/// `POST /patients/{id}/episodes`: opens an episode.
///
/// # Errors
/// It is not for the caller, or the rules refuse it.
pub async fn begin(
    State(app): State<App>,
    Path(patient): Path<String>,
    Checked(signed, begin): Checked<Begin>,
) -> Result<Redirect, Problem> {
    let clinician = Some(begin.clinician.as_str()).filter(|one| !one.is_empty());
    let episode = app
        .clinic
        .begin(&signed.caller, &patient, &begin.setting, clinician, None)
        .await?;
    // Whoever opens an episode for somebody else does not see into it.
    let next = match clinician {
        None => format!("/episodes/{episode}"),
        Some(_) => format!("/patients/{patient}?done=opened"),
    };
    Ok(Redirect::to(&next))
}

/// What was just done, as the address says.
#[derive(Debug, Deserialize)]
pub struct Said {
    done: Option<String>,
}

/// `GET /episodes/{id}`: what can be said today. That it was looked at and what was shown is on record before it is shown.
///
/// # Errors
/// [`crate::clinic::Refused::NotFound`], or the store failed.
pub async fn show(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(said): Query<Said>,
    Reads(words): Reads,
) -> Result<Page, Problem> {
    let desk = desk::Desk {
        app: &app,
        signed: &signed,
        words,
        id: &id,
    };
    overview::show(&desk, said.done.as_deref()).await
}

/// An act, as a page sends it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// The version that was looked at.
    seen: u64,
    /// The day on which it happened; today when not told.
    #[serde(default)]
    day: Option<Date>,
    /// What.
    act: Act,
}

/// What became of it.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// The version the episode has now.
    version: u64,
    /// It had been done before: the request was repeated.
    repeated: bool,
}

/// `POST /episodes/{id}/acts`: does something in an episode. The header `Idempotency-Key` makes sure that it is done once.
///
/// # Errors
/// As JSON: 404 nothing there, 403 not for the caller, 409 changed in the meantime, 422 refused by the rules, each with a sentence and the refusal's parts.
pub async fn act(
    State(app): State<App>,
    Path(id): Path<String>,
    SignedJson(signed, sent): SignedJson<Sent>,
) -> Result<Response, Problem> {
    let done = app
        .clinic
        .act(&signed.caller, &id, sent.seen, sent.act, sent.day)
        .await
        .map_err(|refused| {
            app.metrics.refused(refused.kind());
            Problem::from(refused).json()
        })?;
    let answer = Answer {
        version: done.version,
        repeated: done.repeated,
    };
    Ok((StatusCode::OK, Json(answer)).into_response())
}
