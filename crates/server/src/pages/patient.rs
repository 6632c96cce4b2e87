//! One patient: who they are, their episodes, notes, who looked; and what can be done with their file.

use axum::extract::{Path, State};
use axum::response::Redirect;
use cotreat_access::Field;
use cotreat_people::decide::PatientAct;
use maud::{Markup, html};
use serde::Deserialize;

use super::patients::Typing;
use crate::clinic::{Person, Refused};
use crate::web::{App, Checked, Page, Problem, Signed, field};

/// `GET /patients/{id}`. Whoever may not see the patient is offered the glass, if they are a clinician, without being told whether there is such a patient.
///
/// # Errors
/// [`Refused::NotFound`], or the store failed.
pub async fn show(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Page, Problem> {
    let person = match app.clinic.person(&signed.caller, &id).await {
        Err(Refused::NotFound) if signed.may_break_glass(&app) => return Ok(glass(&signed, &id)),
        person => person?,
    };
    let csrf = signed.csrf();
    let begin = super::episode::begin_form(&app, &signed, &person.patient).await?;
    let clinical = person.fields.contains(&Field::Clinical);
    let body = html! {
        (identity(&person))
        @if clinical { (episodes(&person, &begin)) } @else {
            p.note { "The clinical record is for the care team." }
            @if signed.may_break_glass(&app) { (glass_form(&person.patient, &csrf)) }
        }
        @if person.fields.contains(&Field::PrivateNotes) { (notes(&person, &csrf)) }
        (links(&person, &csrf))
        (corrections(&person, &csrf))
        @if person.fields.contains(&Field::Openings) { (openings(&person)) }
    };
    Ok(Page::new(person.identity.full_name(), body).of(&signed.name))
}

fn identity(person: &Person) -> Markup {
    let identity = &person.identity;
    let rows = [
        ("Born", Some(identity.born.to_string())),
        ("Telephone", identity.phone.clone()),
        ("E-mail", identity.email.clone()),
        ("Address", identity.address.clone()),
        ("Language", identity.language.clone()),
        ("Number elsewhere", identity.number_elsewhere.clone()),
    ];
    html! {
        dl {
            @for (name, value) in rows {
                @if let Some(value) = value { dt { (name) } dd { (value) } }
            }
            @for file in &person.merged { dt { "Also this patient" } dd { (file) } }
        }
    }
}

fn episodes(person: &Person, begin: &Markup) -> Markup {
    html! {
        h2 { "Episodes of care" }
        ul {
            @for one in &person.episodes {
                li {
                    a href={ "/episodes/" (one.episode) } { "Since " (one.opened_on) }
                    @if let Some(closed) = one.closed_on { ", closed on " (closed) }
                    @if one.appraisal_due_on.is_some() { ", to be looked at again" }
                }
            }
        }
        (begin)
    }
}

fn notes(person: &Person, csrf: &str) -> Markup {
    html! {
        h2 { "Notes that stay with your organisation" }
        @for note in &person.notes {
            p { (note.text) br; span.hint { (note.name.as_deref().unwrap_or("somebody")) ", " (note.at.strftime("%Y-%m-%d %H:%M UTC")) } }
        }
        form method="post" action={ "/patients/" (person.patient) "/notes" } {
            input type="hidden" name="csrf" value=(csrf);
            p.field { label for="text" { "New note" } textarea id="text" name="text" rows="3" {} }
            button.second { "Keep the note" }
        }
    }
}

fn links(person: &Person, csrf: &str) -> Markup {
    html! {
        h2 { "For the patient" }
        form method="post" action={ "/patients/" (person.patient) "/page-link" } {
            input type="hidden" name="csrf" value=(csrf);
            button.second { "Make a link to their own page" }
        }
    }
}

fn corrections(person: &Person, csrf: &str) -> Markup {
    let typed = Typing::of(&person.identity);
    html! {
        h2 { "This file" }
        details {
            summary { "Correct who this is" }
            form method="post" action={ "/patients/" (person.patient) "/identity" } {
                input type="hidden" name="csrf" value=(csrf);
                (typed.fields())
                (field("Why", "reason", "text", "", "off"))
                button { "Correct" }
            }
        }
        details {
            summary { "Another file is the same patient" }
            form method="post" action={ "/patients/" (person.patient) "/merge" } {
                input type="hidden" name="csrf" value=(csrf);
                (field("Number of the other file", "other", "text", "", "off"))
                (field("Why they are the same", "reason", "text", "", "off"))
                button { "Read both as one" }
            }
            @for other in &person.merged {
                form method="post" action={ "/patients/" (person.patient) "/unmerge" } {
                    input type="hidden" name="csrf" value=(csrf);
                    input type="hidden" name="other" value=(other);
                    p.field {
                        label for={ "reason-" (other) } { "Why " (other) " is somebody else" }
                        input id={ "reason-" (other) } name="reason" type="text";
                    }
                    button.second { "Part them again" }
                }
            }
        }
        details {
            summary { "Erase this patient" }
            p { "Nothing about this patient can be read again, by anybody. Backups made before still hold it until they are deleted." }
            form method="post" action={ "/patients/" (person.patient) "/erase" } {
                input type="hidden" name="csrf" value=(csrf);
                (field("Who asked for it", "asked_by", "text", "", "off"))
                p.field { label for="erase-reason" { "Why it is lawful" } input id="erase-reason" name="reason" type="text"; }
                button { "Erase for ever" }
            }
        }
    }
}

fn openings(person: &Person) -> Markup {
    html! {
        h2 { "Who looked at this record" }
        @for one in &person.glass {
            p.trouble { "Glass broken on " (one.at.strftime("%Y-%m-%d %H:%M UTC")) ", open until " (one.until.strftime("%H:%M UTC")) ": " (one.reason) }
        }
        div.wide tabindex="0" {
            table {
                tr { th { "When" } th { "Who" } th { "What for" } }
                @for one in &person.openings {
                    tr {
                        td { (one.at.strftime("%Y-%m-%d %H:%M UTC")) }
                        td { (one.name.as_deref().unwrap_or(&one.actor)) }
                        td { (super::purpose(one.purpose)) }
                    }
                }
            }
        }
    }
}

/// The glass, for whoever may break it. It looks the same whether there is such a patient or not.
fn glass(signed: &Signed, id: &str) -> Page {
    let body = html! {
        p { "There is no such record, or you are not in its care team." }
        (glass_form(id, &signed.csrf()))
    };
    Page::new("Not in your care", body)
        .of(&signed.name)
        .with(axum::http::StatusCode::NOT_FOUND)
}

fn glass_form(id: &str, csrf: &str) -> Markup {
    html! {
        div.note {
            h2 { "An emergency?" }
            p { "You can break the glass and see the record for four hours. The privacy officer is told at once, and the patient sees that you did and why." }
            form method="post" action={ "/patients/" (id) "/glass" } {
                input type="hidden" name="csrf" value=(csrf);
                (field("Why you must see this record", "reason", "text", "", "off"))
                button { "Break the glass" }
            }
        }
    }
}

/// A reason.
#[derive(Debug, Deserialize)]
pub struct Reason {
    #[serde(default)]
    reason: String,
}

/// `POST /patients/{id}/glass`.
///
/// # Errors
/// It is not for the caller, or the reason says nothing.
pub async fn break_glass(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked(signed, why): Checked<Reason>,
) -> Result<Redirect, Problem> {
    app.clinic
        .break_glass(&signed.caller, &id, why.reason)
        .await?;
    Ok(back(&id))
}

/// `POST /patients/{id}/identity`.
///
/// # Errors
/// It is not for the caller, or the rules refuse it.
pub async fn correct(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked(signed, typed): Checked<Typing>,
) -> Result<Redirect, Problem> {
    let identity = typed.identity()?;
    app.clinic
        .correct(&signed.caller, &id, identity, typed.reason)
        .await?;
    Ok(back(&id))
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
    Ok(back(&id))
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
    Ok(back(&id))
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
    Ok(back(&id))
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
    Ok(back(&id))
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

fn back(id: &str) -> Redirect {
    Redirect::to(&format!("/patients/{id}"))
}
