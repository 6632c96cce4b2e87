//! The end of an episode, with a reason: every referral that is still open is called off with it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use cotreat_access::Action;
use cotreat_care::decide::Act;
use cotreat_care::event::EpisodeClosed;
use cotreat_ui::{Button, Field, Fields, Tone, notice, warning};
use maud::{Markup, html};

use super::desk::{CONFLICT, Carried, Desk, Pairs, REFUSED, sheet};
use crate::clinic::{Opened, Refused};
use crate::web::{App, Checked, Page, Problem, Reads, Signed};

fn field(desk: &Desk<'_>) -> Field {
    Field::new("reason", desk.say("cl-reason"))
        .hint(desk.say("cl-reason-hint"))
        .rows(3)
}

fn page(desk: &Desk<'_>, opened: &Opened, fields: &Fields, carried: &Carried) -> Markup {
    if let Some(over) = &opened.record.closed {
        return html! { p { (desk.told("ep-is-closed", "when", desk.words.date(over.day))) " " (over.what.reason) } };
    }
    let open = opened.record.referrals.values().filter(|one| {
        !matches!(
            one.state,
            cotreat_care::record::State::Completed
                | cotreat_care::record::State::Cancelled
                | cotreat_care::record::State::Declined
        )
    });
    let open = open.count();
    html! {
        (fields.summary())
        @if open > 0 { (warning(&desk.words, &desk.words.say_with("cl-referrals", &[("n", open.into())]))) }
        p { (desk.say("cl-what")) }
        form method="post" action=(desk.at("/close")) data-guard {
            (desk.carry(carried))
            (fields.textarea(&field(desk)))
            (Button::new(desk.say("cl-close")).warning())
        }
    }
}

/// `GET /episodes/{id}/close`.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    Reads(words): Reads,
    signed: Signed,
) -> Result<Page, Problem> {
    let desk = Desk {
        app: &app,
        signed: &signed,
        words,
        id: &id,
    };
    let opened = desk.open().await?;
    let frame = desk.frame(&opened, "cl-title", "/close").await?;
    let carried = Carried::new(opened.version);
    Ok(Page::framed(
        &frame,
        page(&desk, &opened, &Fields::new(&words), &carried),
    ))
}

/// `POST /episodes/{id}/close`.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn close(
    State(app): State<App>,
    Path(id): Path<String>,
    Reads(words): Reads,
    Checked(signed, pairs): Checked<Pairs>,
) -> Result<Response, Problem> {
    let desk = Desk {
        app: &app,
        signed: &signed,
        words,
        id: &id,
    };
    app.clinic
        .may(&signed.caller, Action::CloseEpisode, &id)
        .await?;
    let mut fields = Fields::sent(&words, pairs);
    let carried = Carried::read(&fields);
    let mut said = None;
    let mut status = REFUSED;
    if let Some(reason) = fields.read_text(&field(&desk)) {
        let caller = desk.sender(&carried.request);
        let act = Act::CloseEpisode(EpisodeClosed { reason });
        match app.clinic.act(&caller, &id, carried.seen, act, None).await {
            Ok(_) => return Ok(Redirect::to("/").into_response()),
            Err(Refused::Care(refusal)) => {
                said = Some(notice(&words, Tone::Stop, desk.refusal(&refusal)))
            }
            Err(Refused::Changed { .. }) => status = CONFLICT,
            Err(refused) => return Err(refused.into()),
        }
    }
    let opened = desk.open().await?;
    let mut frame = desk
        .frame(&opened, "cl-title", "/close")
        .await?
        .checked(&fields);
    if status == CONFLICT {
        said = Some(desk.meanwhile(&opened, carried.seen));
    }
    if let Some(said) = said {
        frame = frame.notice(said);
    }
    let carried = Carried {
        seen: opened.version,
        ..carried
    };
    Ok(sheet(&frame, page(&desk, &opened, &fields, &carried), status).into_response())
}
