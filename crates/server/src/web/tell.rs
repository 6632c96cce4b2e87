//! What signing in refuses, as an answer.

use axum::http::StatusCode;

use super::Problem;
use crate::identity::Refused;
use crate::identity::password::Unfit;

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        if refused.is_fault() {
            tracing::error!(error = %refused, "signing in failed on our side");
        }
        let (status, id) = match refused {
            Refused::Store(error) => return Self::from(error),
            Refused::Wait { until } => {
                let until = until.strftime("%H:%M UTC").to_string();
                return Self::of(StatusCode::TOO_MANY_REQUESTS, "problem-wait")
                    .told("until", until);
            }
            Refused::Password(unfit) => {
                return Self::said(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "problem-password",
                    word(&unfit),
                );
            }
            Refused::NotRight => (StatusCode::UNAUTHORIZED, "problem-not-right"),
            Refused::Passkey { .. } => (StatusCode::UNAUTHORIZED, "problem-passkey"),
            Refused::Issuer { .. } => (StatusCode::UNAUTHORIZED, "problem-issuer"),
            Refused::Busy => (StatusCode::SERVICE_UNAVAILABLE, "problem-busy"),
            Refused::Gone => (StatusCode::GONE, "problem-gone"),
            Refused::NotAllowed => (StatusCode::FORBIDDEN, "problem-not-yet"),
            Refused::ProveAgain => (StatusCode::FORBIDDEN, "problem-prove-again"),
            Refused::TooLong => (StatusCode::PAYLOAD_TOO_LARGE, "problem-too-long"),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "problem-failed"),
        };
        Self::of(status, id)
    }
}

/// Why a password may not be chosen, as the pages say it.
const fn word(unfit: &Unfit) -> &'static str {
    match unfit {
        Unfit::TooShort => "password-too-short",
        Unfit::TooLong => "password-too-long",
        Unfit::Repeats => "password-repeats",
        Unfit::Own => "password-own",
        Unfit::Common => "password-common",
        Unfit::Breached => "password-breached",
    }
}
