//! The next thing with a referral: taken, declined, an appointment, begun, missed, completed, called off, taken up again.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cotreat_care::decide::Act;
use cotreat_care::event::{
    ReferralAccepted, ReferralCancelled, ReferralCompleted, ReferralDeclined, ReferralMissed,
    ReferralReopened, ReferralScheduled, ReferralStarted,
};
use cotreat_ui::{Field, Fields, Words};

use super::parts::reason;
use super::show::page;
use super::write::{NotSent, Sent, send_outside};
use crate::clinic::{ReferralPlace, Refused};
use crate::web::{App, Checked, Problem, Signed};

/// `POST /episodes/{id}/referrals/{referral}`: does what the form says. What is refused comes back with what was typed.
///
/// # Errors
/// [`Refused::NotFound`], it is not for the caller, or a fault.
pub async fn act(
    State(app): State<App>,
    Path((episode, referral)): Path<(String, String)>,
    Checked(signed, sent): Checked<Sent>,
) -> Result<Response, Problem> {
    let place = ReferralPlace {
        episode: &episode,
        referral: &referral,
    };
    let mut fields = Fields::sent(&signed.words, sent);
    let address = format!("/episodes/{episode}/referrals/{referral}");
    if fields.get("do") == "link" {
        return match send_outside(&app, &signed, place).await {
            Ok(()) => Ok(Redirect::to(&address).into_response()),
            Err(NotSent::Problem(problem)) => Err(problem),
            Err(NotSent::Refused(refused)) => Err(refused.into()),
        };
    }
    let seen = fields.get("seen").parse().unwrap_or(0);
    let done = match wanted(&signed.words, &referral, &mut fields) {
        Some(act) => app.clinic.refer(&signed.caller, place, seen, act).await,
        // Whoever may not do it is told so before anything about the form.
        None => return again(&app, &signed, place, fields, None).await,
    };
    match done {
        Ok(_) => Ok(after(&fields, &episode, &address)),
        Err(refused @ (Refused::Care(_) | Refused::Changed { .. })) => {
            again(&app, &signed, place, fields, Some(refused)).await
        }
        Err(refused) => Err(refused.into()),
    }
}

/// Whoever takes a referral sees the record from then on.
fn after(fields: &Fields, episode: &str, address: &str) -> Response {
    match fields.get("do") {
        "accept" => Redirect::to(&format!("/episodes/{episode}")).into_response(),
        _ => Redirect::to(address).into_response(),
    }
}

/// The act that the form is for; nothing where something is missing, which is said at its field.
pub fn wanted(words: &Words, referral: &str, fields: &mut Fields) -> Option<Act> {
    let referral = referral.to_owned();
    Some(match fields.get("do") {
        "accept" => Act::AcceptReferral(ReferralAccepted { referral }),
        "decline" => Act::DeclineReferral(ReferralDeclined {
            referral,
            reason: fields.read_text(&reason(words, "decline-reason", "decline-why"))?,
        }),
        "schedule" => Act::ScheduleReferral(ReferralScheduled {
            referral,
            appointment: fields
                .read_date(&Field::new("appointment", words.say("appointment-day")))?,
        }),
        "start" => Act::StartReferral(ReferralStarted { referral }),
        "miss" => Act::MissReferral(ReferralMissed { referral }),
        "complete" => Act::CompleteReferral(ReferralCompleted {
            referral,
            report: fields.read_text(&Field::new("report", words.say("report")))?,
        }),
        "cancel" => Act::CancelReferral(ReferralCancelled {
            referral,
            reason: fields.read_text(&reason(words, "cancel-reason", "cancel-why"))?,
        }),
        "reopen" => Act::ReopenReferral(ReferralReopened {
            referral,
            note: fields.read_text(&reason(words, "reopen-note", "reopen-why"))?,
        }),
        _ => return None,
    })
}

async fn again(
    app: &App,
    signed: &Signed,
    place: ReferralPlace<'_>,
    fields: Fields,
    refused: Option<Refused>,
) -> Result<Response, Problem> {
    let referred = app.clinic.referral(&signed.caller, place).await?;
    let status = match &refused {
        Some(Refused::Changed { .. }) => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let says = refused.map(|refused| match refused {
        Refused::Changed { .. } => signed.words.say("referral-changed"),
        refused => refused.to_string(),
    });
    let page = page(app, signed, place, &referred, fields, says).await?;
    Ok(page.with(status).into_response())
}
