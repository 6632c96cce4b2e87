//! The files of the pages: part of the program, under names that change with their content, so that browsers may keep them for ever.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// `GET /assets/{name}`.
pub async fn get(Path(name): Path<String>) -> Response {
    let Some(asset) = cotreat_ui::assets::find(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    (
        [
            (header::CONTENT_TYPE, asset.kind),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        ],
        asset.content,
    )
        .into_response()
}
