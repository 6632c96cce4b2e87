//! The first page of a demonstration: become anybody with one press, and read the letters that would have left.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use cotreat_ui::{
    Column, Fields, Frame, Table, Tone, Words, button, hidden, notice, second_button,
};
use maud::{Markup, html};
use serde::Deserialize;

use crate::demo::{Demo, DemoPatient, DemoStaff};
use crate::identity::cookie::Jar;
use crate::identity::letter::{Letter, TOPIC};
use crate::web::{App, OpenForm, Page, Problem, Reads};

/// So many letters are shown.
const LETTERS: u32 = 50;

fn demo(app: &App) -> Result<Arc<Demo>, Problem> {
    app.demo.clone().ok_or_else(Problem::not_found)
}

/// `GET /demo`: whom one can be.
///
/// # Errors
/// This is no demonstration.
pub async fn show(State(app): State<App>, Reads(words): Reads) -> Result<Page, Problem> {
    let demo = demo(&app)?;
    let body = html! {
        (notice(&words, Tone::Known, html! { p class="govuk-body" { (words.say("demo-invented")) } }))
        @if !demo.patients.is_empty() {
            h2 class="govuk-heading-m" { (words.say("demo-patients")) }
            ul class="govuk-list" { @for (nth, one) in demo.patients.iter().enumerate() { li id={ "patient-" (nth) } { (patient(&words, one)) } } }
        }
        h2 class="govuk-heading-m" { (words.say("demo-staff")) }
        ul class="govuk-list" { @for (nth, one) in demo.staff.iter().enumerate() { li id={ "staff-" (nth) } { (staff(&words, one)) } } }
        p class="govuk-body" { a class="govuk-link" href="/demo/letters" { (words.say("demo-letters")) } }
    };
    let frame = Frame::new(&words, words.say("demo-title")).at("/demo");
    Ok(Page::whole(frame.page(body)))
}

fn staff(words: &Words, one: &DemoStaff) -> Markup {
    html! {
        form method="post" action="/demo/staff" {
            (hidden("be", &one.user))
            p class="govuk-body" { strong { (one.name) } ", " (one.what) ", " (one.place) }
            (button(&words.say_with("demo-be", &[("name", one.name.as_str().into())])))
        }
    }
}

fn patient(words: &Words, one: &DemoPatient) -> Markup {
    html! {
        form method="post" action="/demo/patients" {
            (hidden("be", &one.patient))
            p class="govuk-body" { strong { (one.name) } ": " (words.say(one.word)) }
            (second_button(&words.say_with("demo-be", &[("name", one.name.as_str().into())])))
        }
    }
}

/// Whom somebody wants to be.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    be: String,
}

/// `POST /demo/staff`.
///
/// # Errors
/// This is no demonstration, or a fault.
pub async fn be_staff(
    State(app): State<App>,
    OpenForm(wanted): OpenForm<Wanted>,
) -> Result<Response, Problem> {
    let demo = demo(&app)?;
    let found = demo.staff.iter().find(|one| one.user == wanted.be);
    let found = found.ok_or_else(Problem::not_found)?;
    let now = app.clinic.clock.now();
    let session = app
        .identity
        .demo_staff(&found.user, &found.organisation, now)
        .await?;
    let cookie = AppendHeaders([(header::SET_COOKIE, Jar::Staff.set(&session))]);
    Ok((cookie, Redirect::to("/")).into_response())
}

/// `POST /demo/patients`.
///
/// # Errors
/// This is no demonstration, or a fault.
pub async fn be_patient(
    State(app): State<App>,
    OpenForm(wanted): OpenForm<Wanted>,
) -> Result<Response, Problem> {
    let demo = demo(&app)?;
    let found = demo.patients.iter().find(|one| one.patient == wanted.be);
    let found = found.ok_or_else(Problem::not_found)?;
    let now = app.clinic.clock.now();
    let (session, next) = match &found.task {
        Some(task) => {
            let born = app.clinic.behind_link(&found.patient).await?.born;
            let opened = app.identity.demo_task(&found.patient, task, born, now);
            (opened.await?, "/answer")
        }
        None => (
            app.identity.demo_page(&found.patient, now).await?,
            "/my-record",
        ),
    };
    let cookie = AppendHeaders([(header::SET_COOKIE, Jar::Patient.set(&session))]);
    Ok((cookie, Redirect::to(next)).into_response())
}

/// `GET /demo/letters`: what would have left by e-mail, the newest first.
///
/// # Errors
/// This is no demonstration, or a fault.
pub async fn letters(State(app): State<App>, Reads(words): Reads) -> Result<Page, Problem> {
    demo(&app)?;
    let waiting = app
        .clinic
        .store
        .due(app.clinic.clock.now(), LETTERS)
        .await?;
    let letter = |one: &cotreat_store::outbox::Waiting| {
        let letter = (one.topic == TOPIC).then(|| serde_json::from_slice::<Letter>(&one.body));
        letter?.ok()
    };
    let columns = ["demo-letter-to", "demo-letter-subject", "demo-letter-text"];
    let columns = columns
        .iter()
        .map(|id| Column::new(words.say(id)))
        .collect();
    let mut table = Table::new(words.say("demo-letters"), columns);
    for one in waiting.iter().rev().filter_map(letter) {
        table = table.row(vec![
            html! { (one.to) },
            html! { (one.subject) },
            text(&app, &one.text),
        ]);
    }
    let frame = Frame::new(&words, words.say("demo-letters")).wide();
    let frame = frame.back("/demo").checked(&Fields::new(&words));
    Ok(Page::whole(frame.page(html! { (table) })))
}

/// The lines of a letter; an address of this server can be followed.
fn text(app: &App, text: &str) -> Markup {
    html! {
        @for line in text.lines() {
            @if let Some(path) = line.strip_prefix(&*app.origin) { a class="govuk-link" href=(path) { (line) } br; }
            @else { (line) br; }
        }
    }
}

/// `GET /styleguide`: every part that pages are made of, for whoever works on them.
///
/// # Errors
/// This is no demonstration.
pub async fn styleguide(State(app): State<App>, Reads(words): Reads) -> Result<Page, Problem> {
    demo(&app)?;
    Ok(Page::whole(cotreat_ui::styleguide::styleguide(&words)))
}
