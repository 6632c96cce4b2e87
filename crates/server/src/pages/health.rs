//! What the server says about itself, to whoever watches it.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::web::{App, Peer, Problem};

/// `GET /health/live`: the process answers.
pub async fn live() -> &'static str {
    "ok"
}

/// `GET /health/ready`: the database answers, so that work can be done.
pub async fn ready(State(app): State<App>) -> Response {
    match app.clinic.store.organisations().await {
        Ok(_) => (StatusCode::OK, "ok").into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response()
        }
    }
}

/// `GET /metrics`: for Prometheus, from this machine only; whoever watches from elsewhere asks through a proxy that says who may.
///
/// # Errors
/// The request comes from elsewhere, or nobody measures.
pub async fn metrics(State(app): State<App>, from: Peer) -> Result<Response, Problem> {
    let measures = app.measures.as_ref().ok_or_else(Problem::not_found)?;
    if !from.0.is_loopback() {
        return Err(Problem::not_found());
    }
    let text = measures.render(&app.clinic.store).await;
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    Ok((kind, text).into_response())
}
