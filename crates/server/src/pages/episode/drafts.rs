//! What is typed and not sent, kept a moment after the last change by the script; without it, by the buttons of the form.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use cotreat_ui::Fields;
use serde_json::json;

use super::desk::{Carried, Desk, Pairs};
use crate::clinic::Form;
use crate::web::{App, Checked, Problem, Reads};

/// `POST /episodes/{id}/drafts/{form}`: keeps what was typed, and answers with the version that the next draft carries.
///
/// # Errors
/// The form is not for the caller, or the store failed.
pub async fn keep(
    State(app): State<App>,
    Path((id, form)): Path<(String, String)>,
    Reads(words): Reads,
    Checked(signed, pairs): Checked<Pairs>,
) -> Result<Response, Problem> {
    let form = match form.as_str() {
        "examine" => Form::Examination,
        "plan" => Form::Plan,
        "session" => Form::Session,
        session => Form::Addendum(session.to_owned()),
    };
    let desk = Desk {
        app: &app,
        signed: &signed,
        words,
        id: &id,
    };
    let carried = Carried::read(&Fields::sent(&words, pairs.iter().cloned()));
    let kept = desk
        .keep(&form, &carried, &pairs)
        .await
        .map_err(Problem::json)?;
    Ok(match kept {
        Ok(version) => Json(json!({ "version": version })).into_response(),
        Err(_) => {
            let says = words.say("ep-two-windows");
            (StatusCode::CONFLICT, Json(json!({ "says": says }))).into_response()
        }
    })
}
