//! Addresses with characters that nobody sees are nobody's links: they would end in pages, tables and logs.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::Problem;

/// Refuses an address that holds a control character, written as it is or as `%00`.
pub(super) async fn check(request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query();
    if address.is_some_and(|address| holds_unseen(address.as_str())) {
        return Problem::new(
            StatusCode::BAD_REQUEST,
            "This address cannot be read",
            "It holds characters that nobody sees. Type it anew, or follow a link of a page.",
        )
        .into_response();
    }
    next.run(request).await
}

fn holds_unseen(address: &str) -> bool {
    address.split('%').skip(1).any(|rest| {
        let code = rest
            .get(..2)
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        // Line ends and tabs come from fields for longer texts.
        code.is_some_and(|code| code.is_ascii_control() && !matches!(code, b'\t' | b'\n' | b'\r'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_seen() {
        assert!(holds_unseen("/patients?q=a%00b"));
        assert!(holds_unseen("/patients?q=%1B%5B31m"));
        assert!(holds_unseen("/a%7f"));
        assert!(!holds_unseen("/patients?q=Garc%C3%ADa%20%25%0D%0A"));
        assert!(!holds_unseen("/patients?q=100%"));
        assert!(!holds_unseen("/patients?q=%é"));
    }
}
