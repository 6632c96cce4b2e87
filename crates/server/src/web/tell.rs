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
        let (status, title, says) = match refused {
            Refused::Store(error) => return Self::from(error),
            Refused::Wait { until } => {
                let until = until.strftime("%H:%M UTC").to_string();
                return Self::said(
                    StatusCode::TOO_MANY_REQUESTS,
                    "problem-wait",
                    "problem-wait-says",
                )
                .told("until", until);
            }
            Refused::Password(unfit) => {
                return Self::said(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "problem-password",
                    word(&unfit),
                );
            }
            Refused::NotRight => (
                StatusCode::UNAUTHORIZED,
                "problem-not-right",
                "problem-not-right-says",
            ),
            Refused::Passkey { .. } => (
                StatusCode::UNAUTHORIZED,
                "problem-passkey",
                "problem-passkey-says",
            ),
            Refused::Issuer { .. } => (
                StatusCode::UNAUTHORIZED,
                "problem-issuer",
                "problem-issuer-says",
            ),
            Refused::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "problem-busy",
                "problem-busy-says",
            ),
            Refused::Gone => (StatusCode::GONE, "problem-gone", "problem-gone-says"),
            Refused::NotAllowed => (
                StatusCode::FORBIDDEN,
                "problem-not-yet",
                "problem-not-yet-says",
            ),
            Refused::ProveAgain => (
                StatusCode::FORBIDDEN,
                "problem-prove-again",
                "problem-prove-again-says",
            ),
            Refused::TooLong => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "problem-too-long",
                "problem-too-long-says",
            ),
            _ => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "problem-failed",
                "problem-failed-says",
            ),
        };
        Self::said(status, title, says)
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
