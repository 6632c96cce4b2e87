//! What signing in refuses, as an answer.

use axum::http::StatusCode;

use super::Problem;
use crate::identity::Refused;

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        if refused.is_fault() {
            tracing::error!(error = %refused, "signing in failed on our side");
        }
        if let Refused::Store(error) = refused {
            return Self::from(error);
        }
        let (status, title) = match &refused {
            Refused::NotRight | Refused::Passkey { .. } | Refused::Issuer { .. } => {
                (StatusCode::UNAUTHORIZED, "Not right")
            }
            Refused::Wait { .. } => (StatusCode::TOO_MANY_REQUESTS, "Too many tries"),
            Refused::Busy => (StatusCode::SERVICE_UNAVAILABLE, "Busy"),
            Refused::Gone => (StatusCode::GONE, "Not valid any more"),
            Refused::NotAllowed | Refused::ProveAgain => (StatusCode::FORBIDDEN, "Not yet"),
            Refused::Password(_) => (StatusCode::UNPROCESSABLE_ENTITY, "Choose another password"),
            Refused::TooLong => (StatusCode::PAYLOAD_TOO_LARGE, "Too long"),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "Something failed"),
        };
        Self::new(status, title, sentence(&refused.to_string()))
    }
}

/// With a capital letter: on a page it stands alone.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
