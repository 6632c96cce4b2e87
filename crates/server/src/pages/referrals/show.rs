//! A referral: what is asked of whom, what became of it, and what can be done next.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use cotreat_care::event::Who;
use cotreat_care::record::{ReferralRecord, State as Stands, Step, next};
use cotreat_ui::{
    Button, Field, Fields, Row, Tone, Words, button, details, hidden, notice, second_button,
    summary_list, tag, warning_button,
};
use maud::{Markup, Render as _, html};

use super::{draft, parts, write};
use crate::calendar::Appointment;
use crate::clinic::{ReferralPlace, Referred, who};
use crate::web::{App, Page, Problem, Signed};

/// The most characters of a report.
const REPORT: u32 = 20_000;

/// `GET /episodes/{id}/referrals/{referral}`: the referral, for whoever has the patient in care and for whom it was sent to. A draft is shown as the form.
///
/// # Errors
/// [`crate::clinic::Refused::NotFound`], or the store failed.
pub async fn show(
    signed: Signed,
    State(app): State<App>,
    Path((episode, referral)): Path<(String, String)>,
) -> Result<Page, Problem> {
    let place = ReferralPlace {
        episode: &episode,
        referral: &referral,
    };
    let referred = app.clinic.referral(&signed.caller, place).await?;
    if referred.one.state == Stands::Draft && referred.may_write {
        return form(&app, &signed, place, &referred).await;
    }
    page(
        &app,
        &signed,
        place,
        &referred,
        Fields::new(&signed.words),
        None,
    )
    .await
}

async fn form(
    app: &App,
    signed: &Signed,
    place: ReferralPlace<'_>,
    referred: &Referred,
) -> Result<Page, Problem> {
    let (words, knowledge) = (&signed.words, &app.clinic.knowledge);
    let mut fields = Fields::new(words);
    draft::set(words, knowledge, &referred.one.referral, &mut fields);
    fields.set("referral", place.referral);
    fields.set("seen", referred.one.steps.len().to_string());
    let wanted = draft::whom_wanted(&fields);
    let found = app.clinic.directory(&signed.caller, wanted).await?;
    let read = app.clinic.store.episode(place.episode).await?;
    let read = read.ok_or_else(Problem::not_found)?;
    let sheet = write::sheet(app, signed, place.episode, &read.record, fields, found).await?;
    let body = html! {
        p { (parts::state(words, Stands::Draft)) }
        (sheet.form())
        (cancel(words, &signed.csrf(), place, &referred.one, &Fields::new(words)))
    };
    let page = signed.frame(title(words, referred));
    let page = page.back(format!("/episodes/{}", place.episode));
    Ok(Page::whole(page.page(body)))
}

fn title(words: &Words, referred: &Referred) -> String {
    let name = referred.identity.full_name();
    words.say_with("referral-of", &[("name", name.into())])
}

/// The page, with what was typed where something was refused, and why.
pub(super) async fn page(
    app: &App,
    signed: &Signed,
    place: ReferralPlace<'_>,
    referred: &Referred,
    fields: Fields,
    refused: Option<String>,
) -> Result<Page, Problem> {
    let (words, one) = (&signed.words, &referred.one);
    let supervisor = parts::supervisor(app, &one.referral.guidance).await?;
    let body = html! {
        (fields.summary())
        p {
            (parts::state(words, one.state))
            @if let Some(late) = referred.overdue {
                " " (tag(Tone::Urgent, &words.say_with("overdue-days", &[("n", late.days.into())])))
            }
        }
        (facts(app, words, place, referred).await?)
        h2 class="govuk-heading-m" { (words.say("draft-guidance")) }
        (parts::guidance(words, &one.referral.guidance, supervisor.as_deref()))
        h2 class="govuk-heading-m" { (words.say("draft-content")) }
        (parts::content(words, &app.clinic.knowledge, &one.referral))
        (steps_now(signed, place, referred, &fields))
        h2 class="govuk-heading-m" { (words.say("referral-so-far")) }
        (parts::steps(words, one))
    };
    let mut page = signed.frame(title(words, referred)).record();
    page = page.back("/referrals").checked(&fields);
    if let Some(says) = refused {
        let says = html! { p class="govuk-body" { (says) } };
        page = page.notice(notice(words, Tone::Stop, says));
    }
    Ok(Page::whole(page.page(body)))
}

async fn facts(
    app: &App,
    words: &Words,
    place: ReferralPlace<'_>,
    referred: &Referred,
) -> Result<Markup, Problem> {
    let one = &referred.one;
    let identity = &referred.identity;
    let born = words.say_with("person-born", &[("day", words.date(identity.born).into())]);
    let patient = html! {
        @if referred.may_see_record {
            a class="govuk-link" href={ "/episodes/" (place.episode) } { (identity.full_name()) }
        } @else { (identity.full_name()) }
        ", " (born)
    };
    let mut rows = vec![
        Row::new(words.say("referral-patient"), patient),
        Row::new(words.say("referral-from"), parts::by(app, &one.from)),
        Row::new(words.say("referral-to"), addressee(app, words, one).await?),
    ];
    rows.extend(parts::deadline(app, words, one));
    if let Some(who) = &one.accepted_by {
        rows.push(Row::new(
            words.say("referral-accepted-by"),
            parts::by(app, who),
        ));
    }
    if let Some(day) = one.appointment {
        let file = format!(
            "/episodes/{}/referrals/{}/appointment.ics",
            place.episode, place.referral
        );
        let appointment = html! {
            (words.date(day)) " "
            a class="govuk-link" href=(file) { (words.say("referral-calendar")) }
        };
        rows.push(Row::new(words.say("referral-appointment"), appointment));
    }
    Ok(summary_list(words, &rows))
}

async fn addressee(app: &App, words: &Words, one: &ReferralRecord) -> Result<Markup, Problem> {
    let to = &one.referral.to;
    let name = match (&to.outside, &to.practitioner) {
        (Some(outside), _) => Some(outside.name.clone()),
        (None, Some(user)) => {
            let found = app.clinic.store.user(user).await?;
            found.map(|found| found.account.name)
        }
        (None, None) => None,
    };
    let organisation = match &to.organisation {
        Some(id) => app.clinic.store.organisation(id).await?,
        None => None,
    };
    Ok(html! {
        @if let Some(name) = name { (name) ", " }
        (parts::profession(app, &to.profession))
        @if let Some(found) = organisation { ", " (found.settings.name) }
        @if let Some(outside) = &to.outside {
            br;
            span class="govuk-hint" { (words.say_with("referral-outside", &[("email", outside.email.as_str().into())])) }
        }
    })
}

/// What can be done now, by whoever looks.
fn steps_now(
    signed: &Signed,
    place: ReferralPlace<'_>,
    referred: &Referred,
    fields: &Fields,
) -> Markup {
    let (words, one, csrf) = (&signed.words, &referred.one, signed.csrf());
    let me = who(&signed.caller.viewer);
    let can = |step| next(Some(one.state), step).is_some();
    let mine = one.accepted_by.as_ref().and_then(Who::id) == me.id() && me.id().is_some();
    let form = |does: &str, inside: Markup| act_form(&csrf, place, one, does, &inside);
    let forms = html! {
        @if can(Step::Accept) && referred.may_answer {
            (form("accept", html! {
                p class="govuk-body" { (words.say("do-accept-means")) }
                (button(&words.say("do-accept")))
            }))
            (details(&words.say("do-decline"), form("decline", html! {
                (fields.textarea(&parts::reason(words, "decline-reason", "decline-why")))
                (warning_button(&words.say("do-decline")))
            })))
        }
        @if can(Step::Start) && mine && referred.may_complete {
            (form("start", second_button(&words.say("do-start"))))
        }
        @if can(Step::Complete) && mine && referred.may_complete {
            (form("complete", html! {
                (fields.textarea(&Field::new("report", words.say("report")).hint(words.say("report-hint")).rows(8).most(REPORT)))
                (button(&words.say("do-complete")))
            }))
        }
        @if can(Step::Schedule) && referred.may_schedule {
            (details(&words.say(if one.appointment.is_some() { "do-reschedule" } else { "do-schedule" }), form("schedule", html! {
                (fields.date(&Field::new("appointment", words.say("appointment-day"))))
                (button(&words.say("do-schedule")))
            })))
        }
        @if can(Step::Miss) && referred.may_schedule {
            (form("miss", second_button(&words.say("do-miss"))))
        }
        @if one.referral.to.outside.is_some() && referred.may_write && (one.state == Stands::Sent || one.state.in_care()) {
            (form("link", html! {
                p class="govuk-body" { (words.say("do-link-means")) }
                (Button::new(words.say("do-link")).second().render())
            }))
        }
        @if can(Step::Reopen) && referred.may_write {
            (details(&words.say("do-reopen"), form("reopen", html! {
                (fields.textarea(&parts::reason(words, "reopen-note", "reopen-why")))
                (button(&words.say("do-reopen")))
            })))
        }
        @if referred.may_write { (cancel(words, &csrf, place, one, fields)) }
    };
    html! {
        @if !forms.0.is_empty() {
            h2 class="govuk-heading-m" { (words.say("referral-next")) }
            (forms)
        }
    }
}

fn cancel(
    words: &Words,
    csrf: &str,
    place: ReferralPlace<'_>,
    one: &ReferralRecord,
    fields: &Fields,
) -> Markup {
    let inside = html! {
        (fields.textarea(&parts::reason(words, "cancel-reason", "cancel-why")))
        (warning_button(&words.say("do-cancel")))
    };
    html! {
        @if next(Some(one.state), Step::Cancel).is_some() {
            (details(&words.say("do-cancel"), act_form(csrf, place, one, "cancel", &inside)))
        }
    }
}

fn act_form(
    csrf: &str,
    place: ReferralPlace<'_>,
    one: &ReferralRecord,
    does: &str,
    inside: &Markup,
) -> Markup {
    let address = format!("/episodes/{}/referrals/{}", place.episode, place.referral);
    html! {
        form method="post" action=(address) {
            (hidden("csrf", csrf))
            (hidden("seen", &one.steps.len().to_string()))
            (hidden("do", does))
            (inside)
        }
    }
}

/// `GET /episodes/{id}/referrals/{referral}/appointment.ics`: the appointment for a calendar. It names nobody and says nothing of care: calendars are on telephones and screens that
/// others see.
///
/// # Errors
/// [`crate::clinic::Refused::NotFound`]: there is no such referral or it has no appointment; or the store failed.
pub async fn calendar(
    signed: Signed,
    State(app): State<App>,
    Path((episode, referral)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let place = ReferralPlace {
        episode: &episode,
        referral: &referral,
    };
    let referred = app.clinic.referral(&signed.caller, place).await?;
    let day = referred.one.appointment.ok_or_else(Problem::not_found)?;
    let file = Appointment {
        id: &place.to_text(),
        day,
        made: app.clinic.clock.now(),
        says: &signed.words.say("calendar-says"),
        at: &signed.works_at.settings.name,
        link: &format!("{}/episodes/{episode}/referrals/{referral}", app.origin),
    };
    Ok(ics(&file))
}

/// As a file for a calendar.
pub fn ics(appointment: &Appointment<'_>) -> Response {
    let heads = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"appointment.ics\"",
        ),
    ];
    (heads, appointment.to_text()).into_response()
}
