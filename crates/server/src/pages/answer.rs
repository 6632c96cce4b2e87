//! Questionnaires by a patient's link: those of one wave together, one on each page, in their exact words.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use cotreat_access::Viewer;
use cotreat_knowledge::model::Instrument;
use cotreat_ui::{Button, Fields, Frame, Tone, Words, hidden, notice, panel, stepper, toolbar};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::intake::{page_number, sheets};
use crate::clinic::{Asked, INTAKE, Place};
use crate::identity::Refused;
use crate::identity::cookie::Jar;
use crate::web::{App, LinkFields, LinkPage, Page, Problem, Tongue, token};

/// What was answered and not sent in: assignment → item → answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Sheets {
    sheets: BTreeMap<String, BTreeMap<String, f64>>,
}

/// What a page works with.
struct Here<'a> {
    app: &'a App,
    open: &'a LinkPage,
    place: Place<'a>,
    viewer: Viewer,
    asked: Asked,
    kept: Sheets,
    seen: u64,
    words: Words,
}

impl<'a> Here<'a> {
    async fn of(app: &'a App, open: &'a LinkPage, tongue: &Tongue) -> Result<Self, Problem> {
        let (place, viewer) = open.task()?;
        let asked = app.clinic.asked(&viewer, place).await?;
        let draft = app.identity.draft(&open.session).await?;
        let seen = draft.as_ref().map_or(0, |draft| draft.version);
        let kept = draft.and_then(|draft| serde_json::from_slice(&draft.body).ok());
        Ok(Self {
            words: tongue.words(asked.identity.language.as_deref()),
            kept: kept.unwrap_or_default(),
            app,
            open,
            place,
            viewer,
            asked,
            seen,
        })
    }

    fn instrument(&self, number: usize) -> Option<(&str, &Instrument)> {
        let (assignment, instrument) = self.asked.sheets.get(number.checked_sub(1)?)?;
        Some((
            assignment,
            &self.app.clinic.knowledge.instruments[*instrument],
        ))
    }

    fn is_last(&self, number: usize) -> bool {
        number >= self.asked.sheets.len()
    }

    /// The number of the first question of a page, and how many there are.
    fn progress(&self, number: usize) -> (usize, usize) {
        let instruments = &self.app.clinic.knowledge.instruments;
        let items = self
            .asked
            .sheets
            .iter()
            .map(|(_, one)| instruments[*one].items.len());
        let before: usize = items.clone().take(number.saturating_sub(1)).sum();
        (before + 1, items.sum())
    }
}

/// `GET /answer`: where the questions of the link begin.
///
/// # Errors
/// This is not a task, or a fault.
pub async fn begin(
    State(app): State<App>,
    open: LinkPage,
    tongue: Tongue,
) -> Result<Redirect, Problem> {
    let (place, _) = open.task()?;
    if place.assignment == INTAKE {
        return Ok(Redirect::to("/intake"));
    }
    let here = Here::of(&app, &open, &tongue).await?;
    // The first that is not filled in.
    let empty = |(assignment, _): &(String, _)| !here.kept.sheets.contains_key(assignment);
    let next = here.asked.sheets.iter().position(empty);
    let next = next.map_or(here.asked.sheets.len(), |at| at + 1);
    Ok(Redirect::to(&format!("/answer/{next}")))
}

/// `GET /answer/{number}`: a questionnaire with what was answered and not sent.
///
/// # Errors
/// This is not a task, or a fault.
pub async fn sheet(
    State(app): State<App>,
    Path(number): Path<String>,
    open: LinkPage,
    tongue: Tongue,
) -> Result<Page, Problem> {
    let here = Here::of(&app, &open, &tongue).await?;
    let number = page_number(&number);
    let (assignment, _) = here.instrument(number).ok_or_else(Problem::not_found)?;
    let mut fields = Fields::new(&here.words);
    for (item, value) in here.kept.sheets.get(assignment).into_iter().flatten() {
        fields.set(format!("item-{item}"), value.to_string());
    }
    Ok(questions(&here, number, &fields, None))
}

fn questions(here: &Here<'_>, number: usize, fields: &Fields, said: Option<Markup>) -> Page {
    let words = &here.words;
    let Some((_, instrument)) = here.instrument(number) else {
        return Page::whole(Frame::new(words, "").page(html! {}));
    };
    let csrf = token(&here.app.identity.forms_of_link(&here.open.session.link));
    let (question, of) = here.progress(number);
    let on = if here.is_last(number) {
        Button::new(words.say("answer-send")).sends("do", "send")
    } else {
        Button::new(words.say("go-on")).sends("do", "on")
    };
    let mut buttons = vec![html! { (on) }];
    if number > 1 {
        let back = Button::new(words.say("back")).second();
        buttons.push(html! { (back.as_it_is().sends("do", "back")) });
    }
    let later = Button::new(words.say("keep-for-later")).second();
    buttons.push(html! { (later.as_it_is().sends("do", "keep")) });
    let body = html! {
        (fields.summary())
        (stepper(words, question, of))
        h1 class="govuk-heading-l" { (instrument.name) }
        @if words.lang() != cotreat_ui::Lang::En { p class="govuk-body" { (words.say("sheet-in-english")) } }
        form method="post" action={ "/answer/" (number) } data-guard {
            (hidden("csrf", &csrf))
            (hidden("seen", &here.seen.to_string()))
            (sheets::items(words, instrument, fields))
            (toolbar(&buttons))
        }
    };
    let mut frame = Frame::new(words, instrument.name.clone())
        .clinic(&here.asked.clinic)
        .own_heading()
        .checked(fields);
    if let Some(said) = said {
        frame = frame.notice(said);
    }
    Page::whole(frame.page(body))
}

/// `POST /answer/{number}`: keeps the answers, and goes on, back, or sends them in.
///
/// # Errors
/// The rules refuse it, or a fault.
pub async fn save(
    State(app): State<App>,
    Path(number): Path<String>,
    tongue: Tongue,
    LinkFields(open, sent): LinkFields,
) -> Result<Response, Problem> {
    let mut here = Here::of(&app, &open, &tongue).await?;
    let now = app.clinic.clock.now();
    let mut fields = Fields::sent(&here.words, sent);
    let does = fields.get("do").to_owned();
    let seen: u64 = fields.get("seen").parse().unwrap_or(0);
    let number = page_number(&number);
    let (assignment, instrument) = here.instrument(number).ok_or_else(Problem::not_found)?;
    let (assignment, answers) = (assignment.to_owned(), sheets::read(instrument, &mut fields));
    here.kept.sheets.insert(assignment, answers);
    if !fields.is_right() {
        let page = questions(&here, number, &fields, None);
        return Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let body = serde_json::to_vec(&here.kept).unwrap_or_default();
    match app
        .identity
        .keep_draft(&open.session, seen, &body, now)
        .await
    {
        Ok(kept) => here.seen = kept,
        // Nothing typed is lost: what is here stands on the page, on the version that is there.
        Err(Refused::Store(cotreat_store::Error::Conflict { found, .. })) => {
            here.seen = found;
            let says = html! { p { (here.words.say("intake-two-windows")) } };
            let said = notice(&here.words, Tone::Watch, says);
            let page = questions(&here, number, &fields, Some(said));
            return Ok(page.with(StatusCode::CONFLICT).into_response());
        }
        Err(refused) => return Err(refused.into()),
    }
    match does.as_str() {
        "send" if here.is_last(number) => send(&here, number, &fields).await,
        "on" => Ok(Redirect::to(&format!("/answer/{}", number + 1)).into_response()),
        "back" if number > 1 => {
            Ok(Redirect::to(&format!("/answer/{}", number - 1)).into_response())
        }
        _ => {
            let says = html! { p { (here.words.say("answer-kept")) } };
            let said = notice(&here.words, Tone::Good, says);
            Ok(questions(&here, number, &fields, Some(said)).into_response())
        }
    }
}

async fn send(here: &Here<'_>, number: usize, fields: &Fields) -> Result<Response, Problem> {
    let app = here.app;
    let batch = app
        .clinic
        .answered(&here.viewer, here.place, &here.asked, &here.kept.sheets);
    match batch {
        Ok(batch) => {
            let now = app.clinic.clock.now();
            match app
                .identity
                .send_in(&here.open.session, &[batch], now)
                .await
            {
                Ok(()) | Err(Refused::Gone) => {}
                Err(refused) => return Err(refused.into()),
            }
            let cookie = AppendHeaders([(header::SET_COOKIE, Jar::Patient.clear())]);
            Ok((cookie, thank_you(&here.words)).into_response())
        }
        Err(crate::clinic::Refused::Care(refusal)) => {
            let says = html! { p { (refusal) } };
            let said = notice(&here.words, Tone::Stop, says);
            let page = questions(here, number, fields, Some(said));
            Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(refused) => Err(refused.into()),
    }
}

/// What a link says whose answers were sent in.
pub(super) fn thank_you(words: &Words) -> Page {
    let title = words.say("thanks-title");
    let body = panel(&title, html! { p { (words.say("answer-arrived")) } });
    Page::whole(Frame::new(words, title.clone()).own_heading().page(body))
}
