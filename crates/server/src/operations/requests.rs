//! Each request is counted, timed and logged by the template of its route. What stands in its path, query, headers or body is for nobody's log.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

use super::metrics::Metrics;

/// A layer for a router: `axum::middleware::from_fn_with_state(metrics, watch)`.
pub async fn watch(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let method = known(request.method());
    let response = next.run(request).await;
    // A path that no route knows is whatever a stranger typed.
    let route = matched.as_ref().map_or("none", MatchedPath::as_str);
    let status = response.status().as_u16();
    let took = began.elapsed();
    metrics.request(route, method, status, took);
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if response.status().is_server_error() {
        tracing::error!(method, route, status, milliseconds, "request");
    } else {
        tracing::info!(method, route, status, milliseconds, "request");
    }
    response
}

/// A method is any word that a stranger sends; of those we know, the word.
fn known(method: &Method) -> &'static str {
    const KNOWN: [(Method, &str); 7] = [
        (Method::GET, "GET"),
        (Method::HEAD, "HEAD"),
        (Method::POST, "POST"),
        (Method::PUT, "PUT"),
        (Method::PATCH, "PATCH"),
        (Method::DELETE, "DELETE"),
        (Method::OPTIONS, "OPTIONS"),
    ];
    let word = KNOWN.iter().find(|(one, _)| one == method);
    word.map_or("other", |(_, word)| word)
}
