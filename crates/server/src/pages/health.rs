//! What the server says about itself, to whoever watches it.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::operations::health::ALIVE;
use crate::web::{App, Peer, Problem};

/// `GET /health/live`: the process answers.
pub async fn live() -> &'static str {
    ALIVE
}

/// `GET /health/ready`: work can be done, or what stands in the way.
pub async fn ready(State(app): State<App>) -> Response {
    let found = app.health.ready().await;
    let status = if found.is_ready() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, found.text()).into_response()
}

/// `GET /metrics`: for Prometheus, from this machine only; whoever watches from elsewhere asks through a proxy that says who may.
///
/// # Errors
/// The request comes from elsewhere.
pub async fn metrics(State(app): State<App>, from: Peer) -> Result<Response, Problem> {
    if !from.0.is_loopback() {
        return Err(Problem::not_found());
    }
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    Ok((kind, app.metrics.text()).into_response())
}
