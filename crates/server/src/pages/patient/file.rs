//! What can be done with the file of a patient: correcting, notes, merging, erasing.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use cotreat_access::{Action, Field as Part};
use cotreat_people::decide::PatientAct;
use cotreat_ui::{
    Field, Fields, Words, button, details, hidden, second_button, toolbar, warning_button,
};
use maud::{Markup, html};
use serde::Deserialize;

use crate::clinic::{Person, Refused};
use crate::pages::patients::{Pairs, Typed, inputs, once};
use crate::web::{App, Checked, Page, Problem, Signed};

/// The way to correcting, for whoever sees how the patient is reached.
pub(super) fn correct_link(person: &Person, words: &Words) -> Markup {
    html! {
        @if person.fields.contains(&Part::Contact) {
            p class="govuk-body" {
                a class="govuk-link" href={ "/patients/" (person.patient) "/identity" } { (words.say("correct-title")) }
            }
        }
    }
}

/// `GET /patients/{id}/identity`: who it is, to be corrected.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn ask_correct(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Page, Problem> {
    let identity = app.clinic.to_be_corrected(&signed.caller, &id).await?;
    let typed = Typed::of(&identity, &signed.words);
    Ok(correct_page(&signed, &id, &typed.fields))
}

fn correct_page(signed: &Signed, id: &str, fields: &Fields) -> Page {
    let words = &signed.words;
    let back = format!("/patients/{id}");
    let body = html! {
        (fields.summary())
        form method="post" action={ "/patients/" (id) "/identity" } data-guard {
            (hidden("csrf", &signed.csrf()))
            (inputs(fields, words))
            (fields.text(&why(words)))
            (toolbar(&[
                button(&words.say("correct-do")),
                html! { a class="govuk-link" href=(back) { (words.say("cancel")) } },
            ]))
        }
    };
    let frame = signed.frame(words.say("correct-title")).back(back.clone());
    Page::whole(frame.checked(fields).page(body))
}

fn why(words: &Words) -> Field {
    Field::new("reason", words.say("correct-why"))
        .autocomplete("off")
        .most(500)
}

/// `POST /patients/{id}/identity`.
///
/// # Errors
/// It is not for the caller, or a fault.
pub async fn correct(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked(signed, pairs): Checked<Pairs>,
) -> Result<Response, Problem> {
    app.clinic.to_be_corrected(&signed.caller, &id).await?;
    once(&pairs)?;
    let mut typed = Typed::read(&signed.words, pairs);
    let again = |typed: &Typed| {
        let page = correct_page(&signed, &id, &typed.fields);
        page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response()
    };
    let reason = typed.fields.read_text(&why(&signed.words));
    let (Some(identity), Some(reason)) = (typed.identity(), reason) else {
        return Ok(again(&typed));
    };
    match app
        .clinic
        .correct(&signed.caller, &id, identity, reason)
        .await
    {
        Ok(()) => Ok(back(&id, "corrected").into_response()),
        Err(Refused::People(refusal)) => {
            typed.refused(&refusal);
            Ok(again(&typed))
        }
        Err(refused) => Err(refused.into()),
    }
}

pub(super) fn notes(signed: &Signed, person: &Person) -> Markup {
    let words = &signed.words;
    let fields = Fields::new(words);
    let text = Field::new("text", words.say("note-new"))
        .rows(3)
        .most(4_000);
    let at = |at: jiff::Timestamp| words.moment(at.to_zoned(signed.zone()).datetime());
    html! {
        h2 class="govuk-heading-m" { (words.say("notes")) }
        @for note in &person.notes {
            div class="govuk-inset-text" {
                p class="govuk-body ct-lines" { (note.text) }
                p class="govuk-hint" { @if let Some(name) = &note.name { (name) ", " } (at(note.at)) }
            }
        }
        form method="post" action={ "/patients/" (person.patient) "/notes" } data-guard {
            (hidden("csrf", &signed.csrf()))
            (fields.textarea(&text))
            (second_button(&words.say("note-keep")))
        }
    }
}

/// Merging and erasing, each for whom it is.
pub(super) fn corrections(app: &App, signed: &Signed, person: &Person) -> Markup {
    let words = &signed.words;
    let csrf = signed.csrf();
    let id = &person.patient;
    let fields = Fields::new(words);
    let merges = person.fields.contains(&Part::Contact);
    let erases = signed.may(app, Action::ChangeOrganisation);
    let line = |name: &str, label: &str| {
        Field::new(name, words.say(label))
            .autocomplete("off")
            .most(500)
    };
    html! {
        @if merges {
            (details(&words.say("merge-title"), html! {
                form method="post" action={ "/patients/" (id) "/merge" } {
                    (hidden("csrf", &csrf))
                    (fields.text(&line("other", "merge-other")))
                    (reason("merge-why", &words.say("merge-why")))
                    (button(&words.say("merge-do")))
                }
                @for (at, other) in person.merged.iter().enumerate() {
                    form method="post" action={ "/patients/" (id) "/unmerge" } {
                        (hidden("csrf", &csrf))
                        (hidden("other", other))
                        (reason(&format!("unmerge-why-{at}"), &words.say_with("unmerge-why", &[("other", other.into())])))
                        (second_button(&words.say("unmerge-do")))
                    }
                }
            }))
        }
        @if erases {
            (details(&words.say("erase-title"), html! {
                p class="govuk-body" { (words.say("erase-says")) }
                form method="post" action={ "/patients/" (id) "/erase" } {
                    (hidden("csrf", &csrf))
                    (fields.text(&line("asked_by", "erase-asked-by")))
                    (reason("erase-reason", &words.say("erase-why")))
                    (warning_button(&words.say("erase-do")))
                }
            }))
        }
    }
}

/// Several forms of the page ask why: each field has an id of its own.
fn reason(id: &str, says: &str) -> Markup {
    html! {
        div class="govuk-form-group" {
            label class="govuk-label" for=(id) { (says) }
            input class="govuk-input" id=(id) name="reason" type="text" autocomplete="off" maxlength="500";
        }
    }
}

/// A note.
#[derive(Debug, Deserialize)]
pub struct Note {
    #[serde(default)]
    text: String,
}

/// `POST /patients/{id}/notes`.
///
/// # Errors
/// It is not for the caller, or the rules refuse it.
pub async fn note(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked(signed, note): Checked<Note>,
) -> Result<Redirect, Problem> {
    let text = note.text.replace("\r\n", "\n");
    app.clinic.write_note(&signed.caller, &id, text).await?;
    Ok(back(&id, "noted"))
}

/// Another file.
#[derive(Debug, Deserialize)]
pub struct Other {
    #[serde(default)]
    other: String,
    #[serde(default)]
    reason: String,
}

/// `POST /patients/{id}/merge`.
///
/// # Errors
/// It is not for the caller, or the rules refuse it.
pub async fn merge(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked(signed, other): Checked<Other>,
) -> Result<Redirect, Problem> {
    app.clinic
        .merge(&signed.caller, &id, other.other.trim(), other.reason)
        .await?;
    Ok(back(&id, "merged"))
}

/// `POST /patients/{id}/unmerge`.
///
/// # Errors
/// It is not for the caller, or the rules refuse it.
pub async fn unmerge(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked(signed, other): Checked<Other>,
) -> Result<Redirect, Problem> {
    app.clinic
        .unmerge(&signed.caller, &id, other.other.trim(), other.reason)
        .await?;
    Ok(back(&id, "parted"))
}

/// Where a patient is seen.
#[derive(Debug, Deserialize)]
pub struct Seen {
    #[serde(default)]
    organisation: String,
}

/// `POST /patients/{id}/seen-at`: a further organisation sees the patient.
///
/// # Errors
/// It is not for the caller, or the rules refuse it.
pub async fn see_at(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked(signed, seen): Checked<Seen>,
) -> Result<Redirect, Problem> {
    let act = PatientAct::SeeAt {
        organisation: seen.organisation,
    };
    app.clinic
        .change_where_seen(&signed.caller, &id, act)
        .await?;
    Ok(Redirect::to(&format!("/patients/{id}")))
}

/// An erasure.
#[derive(Debug, Deserialize)]
pub struct Erase {
    #[serde(default)]
    asked_by: String,
    #[serde(default)]
    reason: String,
}

/// `POST /patients/{id}/erase`.
///
/// # Errors
/// It is not for the caller, words are missing, or the store failed.
pub async fn erase(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked(signed, erase): Checked<Erase>,
) -> Result<Redirect, Problem> {
    app.clinic
        .erase(&signed.caller, &id, &erase.asked_by, &erase.reason)
        .await?;
    Ok(Redirect::to("/patients"))
}

fn back(id: &str, done: &str) -> Redirect {
    Redirect::to(&format!("/patients/{id}?done={done}"))
}
