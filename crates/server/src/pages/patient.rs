//! One patient: who they are, what is due, their episodes, notes, links and who looked; and what can be done with their file.

mod begin;
mod due;
mod file;
mod glass;
mod links;

use axum::extract::{Path, Query, State};
use cotreat_access::Field as Part;
use cotreat_people::Identity;
use cotreat_ui::{Column, Row, Table, Tone, Words, notice, summary_list, tag};
use maud::{Markup, html};
use serde::Deserialize;

use crate::clinic::{Person, Refused};
use crate::web::{App, Page, Problem, Signed};

pub(super) use begin::begin_form;
pub use due::assign;
pub(super) use due::{instrument, send, sent, wave};
pub use file::{ask_correct, correct, erase, merge, note, see_at, unmerge};
pub use glass::break_glass;

/// What was just done, for the notice on top.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// `GET /patients/{id}`. Whoever may not see the patient is offered the glass, if they are a clinician, without being told whether there is such a patient.
///
/// # Errors
/// [`Refused::NotFound`], or the store failed.
pub async fn show(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Page, Problem> {
    let person = match app.clinic.person(&signed.caller, &id).await {
        Err(Refused::NotFound) if signed.may_break_glass(&app) => {
            return Ok(glass::page(&signed, &id));
        }
        person => person?,
    };
    let words = &signed.words;
    let clinical = person.fields.contains(&Part::Clinical);
    let begin = begin_form(&app, &signed, &person.patient).await;
    let due = due::section(&app, &signed, &person.patient).await?;
    let links = links::section(&app, &signed, &person.patient).await?;
    let body = html! {
        (who(&person.identity, &person.patient, words))
        @for file in &person.merged {
            p class="govuk-body" { (words.say("also-this-patient")) " " code { (file) } }
        }
        (file::correct_link(&person, words))
        @if clinical { (episodes(&person, words)) } @else {
            div class="govuk-inset-text" { p class="govuk-body" { (words.say("clinical-is-for-the-team")) } }
            @if signed.may_break_glass(&app) { (glass::form(&signed, &person.patient)) }
        }
        (due)
        (begin)
        (links)
        @if person.fields.contains(&Part::PrivateNotes) { (file::notes(&signed, &person)) }
        (file::corrections(&app, &signed, &person))
        @if person.fields.contains(&Part::Openings) { (openings(&signed, &person)) }
    };
    let mut frame = signed
        .frame(person.identity.full_name())
        .at(format!("/patients/{id}"))
        .back("/patients")
        .record();
    if let Some(says) = said(&done.done) {
        let says = html! { p class="govuk-notification-banner__heading" { (words.say(says)) } };
        frame = frame.notice(notice(words, Tone::Good, says));
    }
    Ok(Page::whole(frame.page(body)))
}

/// What was done, as the notice says it; anything else says nothing.
fn said(done: &str) -> Option<&'static str> {
    Some(match done {
        "corrected" => "done-corrected",
        "assigned" => "done-assigned",
        "opened" => "done-opened",
        "noted" => "done-noted",
        "merged" => "done-merged",
        "parted" => "done-parted",
        _ => return None,
    })
}

/// Who somebody is.
pub(super) fn who(identity: &Identity, number: &str, words: &Words) -> Markup {
    let mut rows = vec![
        Row::new(words.say("name"), identity.full_name()),
        Row::new(words.say("born"), words.date(identity.born)),
    ];
    let told = [
        ("phone", &identity.phone),
        ("email", &identity.email),
        ("address", &identity.address),
        ("language", &identity.language),
        ("number-elsewhere", &identity.number_elsewhere),
    ];
    for (label, value) in told {
        if let Some(value) = value {
            rows.push(Row::new(
                words.say(label),
                html! { span class="ct-lines" { (value) } },
            ));
        }
    }
    rows.push(Row::new(words.say("number"), html! { code { (number) } }));
    summary_list(words, &rows)
}

fn episodes(person: &Person, words: &Words) -> Markup {
    html! {
        h2 class="govuk-heading-m" { (words.say("episodes")) }
        @if person.episodes.is_empty() { p class="govuk-body" { (words.say("episodes-none")) } }
        ul class="govuk-list" {
            @for one in &person.episodes {
                li {
                    a class="govuk-link" href={ "/episodes/" (one.episode) } {
                        (words.say_with("episode-since", &[("day", words.date(one.opened_on).into())]))
                    }
                    @if let Some(closed) = one.closed_on {
                        " " (tag(Tone::Plain, &words.say_with("episode-closed", &[("day", words.short_date(closed).into())])))
                    }
                    @if one.appraisal_due_on.is_some() { " " (tag(Tone::Watch, &words.say("episode-to-be-looked-at"))) }
                }
            }
        }
    }
}

fn openings(signed: &Signed, person: &Person) -> Markup {
    let words = &signed.words;
    let at = |at: jiff::Timestamp| words.moment(at.to_zoned(signed.zone()).datetime());
    let columns = vec![
        Column::new(words.say("when")),
        Column::new(words.say("who-looked")),
        Column::new(words.say("what-for")),
    ];
    let mut table = Table::new(words.say("openings"), columns).hide_caption();
    for one in &person.openings {
        let who = one.name.as_deref().unwrap_or(&one.actor);
        table = table.row(vec![
            html! { (at(one.at)) },
            html! { (who) },
            html! { (words.say(super::purpose_word(one.purpose))) },
        ]);
    }
    html! {
        h2 class="govuk-heading-m" { (words.say("openings")) }
        @for one in &person.glass {
            (cotreat_ui::warning(words, &words.say_with("glass-was-broken", &[
                ("at", at(one.at).into()), ("until", at(one.until).into()), ("reason", one.reason.as_str().into()),
            ])))
        }
        (table)
    }
}
