//! One page for an episode: what is dangerous, what contributes, what to ask next, what is planned and by whom, whether it helps, and what happened.

use axum::response::{IntoResponse as _, Response};
use cotreat_ui::{Fields, Tone, callout, details, inset, notice, toolbar};
use maud::{Markup, html};

use super::desk::{CONFLICT, Desk, REFUSED, sheet};
use super::{alarms, aside, contributors, graph, next, shared, timeline};
use crate::clinic::{Opened, Refused};
use crate::web::{Page, Problem};

/// The page, with what was just done.
pub(super) async fn show(desk: &Desk<'_>, done: Option<&str>) -> Result<Page, Problem> {
    let opened = desk.open().await?;
    let fields = Fields::new(&desk.words);
    let mut frame = desk.frame(&opened, "", "").await?;
    if let Some(done) = desk.done(done) {
        frame = frame.notice(done);
    }
    Ok(Page::framed(&frame, body(desk, &opened, &fields)))
}

/// The page again, with everything that was typed and what is wrong with it.
pub(super) async fn wrong(desk: &Desk<'_>, fields: Fields) -> Result<Response, Problem> {
    let opened = desk.open().await?;
    let frame = desk.frame(&opened, "", "").await?.checked(&fields);
    Ok(sheet(&frame, body(desk, &opened, &fields), REFUSED).into_response())
}

/// The page again after a refusal, which stands at this field; after a change by somebody else with what they wrote.
pub(super) async fn again(
    desk: &Desk<'_>,
    mut fields: Fields,
    field: &str,
    seen: u64,
    refused: Refused,
) -> Result<Response, Problem> {
    desk.app.metrics.refused(refused.kind());
    match refused {
        Refused::Care(refusal) => {
            let opened = desk.open().await?;
            fields.wrong(
                field,
                format!(
                    "{}: {}. {}.",
                    super::desk::capital(&refusal.what),
                    refusal.why,
                    super::desk::capital(&refusal.remedy)
                ),
            );
            let frame = desk.frame(&opened, "", "").await?.checked(&fields);
            let frame = frame.notice(notice(&desk.words, Tone::Stop, desk.refusal(&refusal)));
            Ok(sheet(&frame, body(desk, &opened, &fields), REFUSED).into_response())
        }
        Refused::Changed { .. } => {
            let opened = desk.open().await?;
            let frame = desk.frame(&opened, "", "").await?;
            let frame = frame.notice(desk.meanwhile(&opened, seen));
            Ok(sheet(&frame, body(desk, &opened, &fields), CONFLICT).into_response())
        }
        refused => Err(refused.into()),
    }
}

fn body(desk: &Desk<'_>, opened: &Opened, fields: &Fields) -> Markup {
    let appraisal = &opened.appraisal;
    let over = opened.record.closed.as_ref();
    html! {
        (fields.summary())
        @if let Some(over) = over { (inset(html! { p { (desk.told("ep-is-closed", "when", desk.words.date(over.day))) " " (over.what.reason) } })) }
        @if let Some(alert) = opened.record.open_alert() {
            (callout(&desk.say("ep-alert"), html! {
                ul class="ct-plain-list" { @for line in &alert.what.told { li { (line) } } }
                p { a class="govuk-link" href="/alerts" { (desk.say("ep-alert-take")) } }
            }))
        }
        @if let Some(due) = &opened.record.appraisal_due { (callout(&desk.say("ep-due"), html! { p { (desk.say(due_word(due.what))) } })) }
        @if let Some(says) = &appraisal.out_of_scope { (callout(&desk.say("ep-out-of-scope"), html! { p { (says) } })) }
        @if over.is_none() { (acts(desk)) }
        div class="ct-two" {
            div class="ct-two__main" {
                section aria-labelledby="alarms" { h2 class="govuk-heading-m" id="alarms" { (desk.say("ep-alarms")) } (alarms::shown(desk, opened, fields)) }
                @if !appraisal.summary.is_empty() {
                    section aria-labelledby="short" {
                        h2 class="govuk-heading-m" id="short" { (desk.say("ep-short")) }
                        ul class="ct-plain-list" { @for line in &appraisal.summary { li { (line) } } }
                    }
                }
                section aria-labelledby="contributors" { h2 class="govuk-heading-m" id="contributors" { (desk.say("ep-contributors")) } (contributors::shown(desk, opened)) }
                section aria-labelledby="plan" { h2 class="govuk-heading-m" id="plan" { (desk.say("ep-plan")) } (shared::shown(desk, opened)) }
                section aria-labelledby="outcome" { h2 class="govuk-heading-m" id="outcome" { (desk.say("ep-outcome")) } (graph::shown(desk, opened)) }
                @if over.is_none() { section aria-labelledby="next" data-print { h2 class="govuk-heading-m" id="next" { (desk.say("ep-next")) } (next::shown(desk, opened, fields)) } }
            }
            div class="ct-two__aside" { (aside::shown(desk, opened, fields)) }
        }
        section aria-labelledby="timeline" { h2 class="govuk-heading-m" id="timeline" { (desk.say("ep-timeline")) } (happened(desk, opened)) }
        (known(desk, opened))
        (not_understood(desk, opened))
        (made(desk, opened))
    }
}

const fn due_word(due: cotreat_care::record::AppraisalDue) -> &'static str {
    match due {
        cotreat_care::record::AppraisalDue::SymptomsSpread => "ep-due-spread",
        cotreat_care::record::AppraisalDue::SeriousAdverseEvent => "ep-due-harm",
    }
}

/// What is done most, where it is reached first; the menu leads to the rest.
fn acts(desk: &Desk<'_>) -> Markup {
    let session = html! { a class="govuk-button" href=(desk.at("/session")) { (desk.say("ep-act-session")) } };
    let refer = html! { a class="govuk-button govuk-button--secondary" href=(desk.at("/referrals/new")) { (desk.say("ep-act-refer")) } };
    toolbar(&[session, refer])
}

/// The newest of what happened; the rest in a line that opens.
fn happened(desk: &Desk<'_>, opened: &Opened) -> Markup {
    const SHOWN: usize = 8;
    let knowledge = &desk.app.clinic.knowledge;
    let moments = timeline::moments(
        &desk.words,
        knowledge,
        &opened.zone,
        opened.events.iter().rev(),
    );
    let (newest, older) = moments.split_at(moments.len().min(SHOWN));
    html! {
        (cotreat_ui::timeline(newest))
        @if !older.is_empty() { (details(&desk.words.say_with("ep-timeline-older", &[("n", older.len().into())]), cotreat_ui::timeline(older))) }
    }
}

/// Everything that is on record about the patient, and how the episode is sorted.
fn known(desk: &Desk<'_>, opened: &Opened) -> Markup {
    let appraisal = &opened.appraisal;
    let facts = html! {
        ul class="ct-plain-list" {
            @for class in appraisal.classes.iter().filter(|class| !class.names.is_empty()) { li { strong { (class.name) } ": " (class.names.join(", ")) } }
            @for score in &appraisal.scores {
                li { strong { (score.name) } ": " (score.value) @if let Some(band) = &score.band { ", " (band) } }
            }
            @for fact in &appraisal.facts {
                li {
                    (fact.name) ": " (fact.value) " "
                    span class="ct-quiet" { "(" (fact.on) @if let Some(by) = &fact.by { ", " (by) } ")" }
                }
            }
        }
    };
    let count = appraisal.facts.len();
    details(
        &desk.words.say_with("ep-known", &[("n", count.into())]),
        facts,
    )
}

/// What stands on record and this release of the knowledge has no word for: it is shown, never dropped.
fn not_understood(desk: &Desk<'_>, opened: &Opened) -> Markup {
    html! {
        @if !opened.not_understood.is_empty() {
            (callout(&desk.say("ep-not-understood"), html! {
                ul class="ct-plain-list" { @for one in &opened.not_understood { li { (one.kind) " " code { (one.id) } ": " (one.why) } } }
            }))
        }
    }
}

/// How the page came about: certification, guidelines that count, and under which name it is kept.
fn made(desk: &Desk<'_>, opened: &Opened) -> Markup {
    let appraisal = &opened.appraisal;
    let inside = html! {
        p { (appraisal.certification.note) }
        @for one in &appraisal.guidelines {
            p { strong { (one.short) } ": " (desk.say(if one.complete { "ep-guideline-whole" } else { "ep-guideline-part" })) @if let Some(note) = &one.note { " " (note) } }
        }
        dl class="ct-made" {
            div { dt { (desk.say("ep-made-of")) } dd { (appraisal.as_of) } }
            div { dt { (desk.say("ep-made-jurisdiction")) } dd { (appraisal.jurisdiction) } }
            div { dt { (desk.say("ep-made-engine")) } dd { (appraisal.engine) } }
            div { dt { (desk.say("ep-made-knowledge")) } dd { code { (appraisal.knowledge) } } }
            div { dt { (desk.say("ep-made-version")) } dd { (opened.version) } }
            div { dt { (desk.say("ep-made-shown")) } dd { code { (opened.shown) } } }
        }
        @if !appraisal.sources.is_empty() {
            (details(&desk.say("ep-sources"), html! {
                ul class="ct-plain-list" { @for one in &appraisal.sources { li { strong { (one.short) } ": " (one.citation) " (" (desk.told("ep-source-read", "how", super::desk::plain(&one.read))) ")" } } }
            }))
        }
    };
    html! { section aria-labelledby="made" { h2 class="govuk-heading-s" id="made" { (desk.say("ep-made")) } (inside) } }
}
