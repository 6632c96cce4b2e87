//! Today: the appointments of the diary, each with what the patient has yet to do.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use cotreat_ui::{
    Column, Fields, Table, Tone, Words, button, details, empty, hidden, notice, second_button, tag,
    warning,
};
use jiff::ToSpan as _;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::patient::{instrument, send, sent};
use super::super::sign_in::Nothing;
use crate::clinic::{Expected, INTAKE, Kept};
use crate::diary::{self, Diary, Unread};
use crate::web::{App, Checked, FileForm, Page, Problem, Signed};

/// Which day, and what came of the file that was read.
#[derive(Debug, Default, Deserialize)]
pub struct Day {
    #[serde(default)]
    day: String,
    #[serde(default)]
    known: Option<usize>,
    #[serde(default)]
    unknown: Option<usize>,
    #[serde(default)]
    unread: String,
}

/// `GET /today`.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn show(
    signed: Signed,
    State(app): State<App>,
    Query(asked): Query<Day>,
) -> Result<Page, Problem> {
    let done = asked.known.map(|known| Kept {
        known,
        unknown: asked.unknown.unwrap_or_default(),
        unread: asked
            .unread
            .split(',')
            .filter_map(|number| number.parse().ok())
            .collect(),
    });
    let day = asked.day.parse().unwrap_or_else(|_| now(&app, &signed));
    page(&app, &signed, day, done.as_ref(), None).await
}

fn now(app: &App, signed: &Signed) -> Date {
    app.clinic.clock.now().to_zoned(signed.zone()).date()
}

async fn page(
    app: &App,
    signed: &Signed,
    day: Date,
    kept: Option<&Kept>,
    refused: Option<Unread>,
) -> Result<Page, Problem> {
    let words = &signed.words;
    let expected = app.clinic.expected(&signed.caller, day).await?;
    let mut fields = Fields::new(words);
    if let Some(refused) = refused {
        fields.wrong("file", words.say(why(refused)));
    }
    let body = html! {
        (fields.summary())
        (days(day, words))
        @if expected.is_empty() {
            (empty(&words.say("today-empty"), html! { p class="govuk-body" { (words.say("today-empty-says")) } }))
        } @else { (table(app, signed, day, &expected)) }
        @if expected.is_empty() || refused.is_some() {
            h2 class="govuk-heading-m" { (words.say("diary-title")) }
            (upload(signed, refused))
        } @else { (details(&words.say("diary-again"), upload(signed, None))) }
    };
    let mut frame = signed
        .frame(words.say("menu-today"))
        .at("/today")
        .wide()
        .checked(&fields);
    if let Some(kept) = kept {
        frame = frame.notice(said(kept, words));
    }
    Ok(Page::whole(frame.page(body)))
}

/// What came of reading a file.
fn said(kept: &Kept, words: &Words) -> Markup {
    let counted = [
        ("known", kept.known.into()),
        ("unknown", kept.unknown.into()),
    ];
    let unread: Vec<String> = kept.unread.iter().map(ToString::to_string).collect();
    let says = html! {
        p class="govuk-notification-banner__heading" { (words.say_with("diary-read", &counted)) }
        @if !unread.is_empty() {
            (warning(words, &words.say_with("diary-unread", &[("lines", words.list(&unread).into())])))
        }
    };
    notice(words, Tone::Good, says)
}

/// Why a file is not read: the id of its words.
const fn why(refused: Unread) -> &'static str {
    match refused {
        Unread::Kind => "diary-kind",
        Unread::TooLarge => "diary-too-large",
        Unread::NoText => "diary-no-text",
        Unread::TooMany => "diary-too-many",
        Unread::NoCalendar => "diary-no-calendar",
        Unread::NoColumns => "diary-no-columns",
    }
}

/// The day, and the ways to the days around it.
fn days(day: Date, words: &Words) -> Markup {
    let at = |days: i64| day.checked_add(days.days()).unwrap_or(day);
    html! {
        nav class="ct-toolbar govuk-button-group" aria-label=(words.say("today-days")) {
            a class="govuk-link" href={ "/today?day=" (at(-1)) } rel="prev" { "← " (words.short_date(at(-1))) }
            strong { (words.date(day)) }
            a class="govuk-link" href={ "/today?day=" (at(1)) } rel="next" { (words.short_date(at(1))) " →" }
        }
    }
}

fn table(app: &App, signed: &Signed, day: Date, expected: &[Expected]) -> Markup {
    let words = &signed.words;
    let columns = ["today-time", "today-who", "today-due", "today-act"];
    let columns = columns.map(|word| Column::new(words.say(word))).to_vec();
    let caption = words.say_with("today-caption", &[("n", expected.len().into())]);
    let mut table = Table::new(caption, columns);
    for one in expected {
        table = table.row(vec![
            html! { (time(one, words)) },
            who(one, words),
            due(app, one, words),
            act(signed, day, one),
        ]);
    }
    html! { (table) }
}

fn time(one: &Expected, words: &Words) -> String {
    let starts = &one.booked.told.starts;
    if starts.is_empty() {
        words.say("today-no-time")
    } else {
        starts.clone()
    }
}

fn who(one: &Expected, words: &Words) -> Markup {
    let told = &one.booked.told;
    html! {
        @match &one.booked.patient {
            Some(patient) => a class="govuk-link" href={ "/patients/" (patient) } { (told.name) },
            None => { (told.name) " " (tag(Tone::Watch, &words.say("today-unknown"))) },
        }
        @if let Some(with) = &told.with { div class="govuk-hint" { (words.say_with("today-with", &[("name", with.into())])) } }
    }
}

fn due(app: &App, one: &Expected, words: &Words) -> Markup {
    let nothing = one.intake.is_none() && one.questionnaires.is_empty() && one.referrals == 0;
    html! {
        @if one.booked.patient.is_some() && nothing { (tag(Tone::Good, &words.say("due-nothing-short"))) }
        ul class="govuk-list" {
            @if let Some(intake) = &one.intake {
                @let (tone, state) = sent(intake.sent.is_some(), intake.opened.is_some());
                li { (words.say("due-intake")) " " (tag(tone, &words.say(state))) }
            }
            @for question in &one.questionnaires {
                @let (tone, state) = sent(question.sent.is_some(), question.opened.is_some());
                li { (instrument(&app.clinic.knowledge, &question.instrument)) " " (tag(tone, &words.say(state))) }
            }
            @if one.referrals > 0 { li { (words.say_with("due-referrals", &[("n", one.referrals.into())])) } }
        }
    }
}

/// The one thing to do next.
fn act(signed: &Signed, day: Date, one: &Expected) -> Markup {
    let words = &signed.words;
    let csrf = signed.csrf();
    if one.booked.patient.is_none() {
        return html! {
            form method="post" action={ "/today/" (day) "/" (one.booked.id) "/register" } {
                (hidden("csrf", &csrf))
                (second_button(&words.say("register-do")))
            }
        };
    }
    if let Some(intake) = &one.intake {
        let says = if intake.sent.is_some() {
            "intake-send-again"
        } else {
            "intake-send"
        };
        return send(&csrf, &intake.episode, INTAKE, &words.say(says));
    }
    match one.questionnaires.first() {
        Some(first) => send(
            &csrf,
            &first.episode,
            &first.assignment,
            &words.say("questionnaire-send-short"),
        ),
        None => html! {},
    }
}

fn upload(signed: &Signed, refused: Option<Unread>) -> Markup {
    let words = &signed.words;
    let error = refused.map(|refused| words.say(why(refused)));
    html! {
        form method="post" action="/today" enctype="multipart/form-data" {
            (hidden("csrf", &signed.csrf()))
            div class={ "govuk-form-group" @if error.is_some() { " govuk-form-group--error" } } {
                label class="govuk-label" for="file" { (words.say("diary-file")) }
                div class="govuk-hint" id="file-hint" { (words.say("diary-hint")) }
                @if let Some(error) = &error { p class="govuk-error-message" id="file-error" { (error) } }
                input class="govuk-file-upload" id="file" name="file" type="file" accept=".ics,.csv" aria-describedby="file-hint";
            }
            (button(&words.say("diary-do")))
        }
    }
}

/// `POST /today`: reads a diary.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn read(
    State(app): State<App>,
    FileForm(signed, file): FileForm,
) -> Result<Response, Problem> {
    app.clinic.may_register(&signed.caller)?;
    let read = match &file {
        Some(file) => diary::read(&file.name, &file.content, &signed.zone()),
        None => Err(Unread::NoText),
    };
    let diary: Diary = match read {
        Ok(diary) => diary,
        Err(refused) => {
            let day = now(&app, &signed);
            let page = page(&app, &signed, day, None, Some(refused)).await?;
            return Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let today = now(&app, &signed);
    let days: Vec<Date> = diary.lines.iter().map(|(day, _)| *day).collect();
    let shown = if days.contains(&today) {
        today
    } else {
        days.into_iter().min().unwrap_or(today)
    };
    let kept = app.clinic.keep_diary(&signed.caller, diary).await?;
    let unread: Vec<String> = kept
        .unread
        .iter()
        .take(20)
        .map(ToString::to_string)
        .collect();
    let back = format!(
        "/today?day={shown}&known={}&unknown={}&unread={}",
        kept.known,
        kept.unknown,
        unread.join(",")
    );
    Ok(Redirect::to(&back).into_response())
}

/// `POST /today/{day}/{id}/register`: the form that registers somebody, with what the diary knows of them.
///
/// # Errors
/// It is not for the caller, there is no such line, or the store failed.
pub async fn register(
    State(app): State<App>,
    Path((day, id)): Path<(String, String)>,
    Checked(signed, _): Checked<Nothing>,
) -> Result<Page, Problem> {
    app.clinic.may_register(&signed.caller)?;
    let day: Date = day
        .parse()
        .map_err(|_| Problem::unreadable(signed.words.say("today-no-day")))?;
    let booked = app.clinic.booked(&signed.caller, day, &id).await?;
    let mut fields = Fields::new(&signed.words);
    let (given, family) = parted(&booked.told.name);
    fields.set("given_name", given).set("family_name", family);
    if let Some(born) = booked.told.born {
        fields.set_date("born", born);
    }
    if let Some(number) = booked.told.number {
        fields.set("number_elsewhere", number);
    }
    Ok(super::super::patients::form(&signed, &fields, &[]))
}

/// A name in two: the last word is the family name, unless a comma says otherwise. Whoever registers looks over it.
fn parted(name: &str) -> (String, String) {
    if let Some((family, given)) = name.split_once(',') {
        return (given.trim().to_owned(), family.trim().to_owned());
    }
    match name.trim().rsplit_once(' ') {
        Some((given, family)) => (given.to_owned(), family.to_owned()),
        None => (String::new(), name.trim().to_owned()),
    }
}
