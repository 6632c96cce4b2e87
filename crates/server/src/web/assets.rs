//! The files of the pages: part of the program, under names that change with their content, so that browsers may keep them for ever.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::layout::{SCRIPT, STYLE};

static STYLE_NAME: LazyLock<String> = LazyLock::new(|| named("cotreat", STYLE, "css"));
static SCRIPT_NAME: LazyLock<String> = LazyLock::new(|| named("cotreat", SCRIPT, "js"));

fn named(stem: &str, content: &str, ending: &str) -> String {
    let hash = blake3::hash(content.as_bytes()).to_hex();
    format!("{stem}.{}.{ending}", &hash[..8])
}

/// Where the style sheet lies.
#[must_use]
pub fn style_path() -> String {
    format!("/assets/{}", *STYLE_NAME)
}

/// Where the script lies.
#[must_use]
pub fn script_path() -> String {
    format!("/assets/{}", *SCRIPT_NAME)
}

/// `GET /assets/{name}`.
pub async fn get(Path(name): Path<String>) -> Response {
    let (kind, content) = if let Some(file) = cotreat_ui::assets::find(&name) {
        (file.kind, file.content)
    } else if name == *STYLE_NAME {
        ("text/css; charset=utf-8", STYLE)
    } else if name == *SCRIPT_NAME {
        ("text/javascript; charset=utf-8", SCRIPT)
    } else {
        return StatusCode::NOT_FOUND.into_response();
    };
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        ],
        content,
    )
        .into_response()
}
