//! Measuring: what is due, asking the patient to answer an instrument, and writing down what they answered on paper.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use cotreat_access::Action;
use cotreat_care::decide::{Act, Refusal};
use cotreat_care::event::{AnsweredBy, InstrumentAssigned, Mode};
use cotreat_care::record::Noted;
use cotreat_knowledge::model::{Instrument, Item};
use cotreat_ui::{Button, Choice, Field, Fields, Tone, Width, hidden, inset, notice, tag};
use jiff::ToSpan as _;
use maud::{Markup, html};

use super::Said;
use super::aside::part;
use super::desk::{CONFLICT, Carried, Desk, Pairs, REFUSED, plain, sheet};
use super::graph::answered;
use super::timeline::name;
use crate::clinic::{Opened, Refused};
use crate::web::{App, Checked, Page, Problem, Reads, Signed};

/// The waves, by week after the beginning; the program calls them so.
const WAVES: [(&str, i64); 6] = [
    ("baseline", 0),
    ("week_2", 2),
    ("week_6", 6),
    ("week_10", 10),
    ("week_26", 26),
    ("week_52", 52),
];

/// How something was answered, with its word.
const MODES: [(Mode, &str); 4] = [
    (Mode::Paper, "paper"),
    (Mode::InClinic, "in_clinic"),
    (Mode::Telephone, "telephone"),
    (Mode::Online, "online"),
];

/// Who answered, with the word.
const ANSWERED_BY: [(AnsweredBy, &str); 4] = [
    (AnsweredBy::Patient, "patient"),
    (AnsweredBy::PatientHelped, "patient_helped"),
    (AnsweredBy::Proxy, "proxy"),
    (AnsweredBy::Clinician, "clinician"),
];

/// What was asked for and not answered, soonest first.
fn open(opened: &Opened) -> Vec<(&String, &Noted<InstrumentAssigned>)> {
    let record = &opened.record;
    let mut open: Vec<_> = record
        .assignments
        .iter()
        .filter(|(id, _)| !answered(&record.answers, id))
        .collect();
    open.sort_by_key(|(_, one)| one.what.due);
    open
}

/// What is due, beside the record.
pub(super) fn due(desk: &Desk<'_>, opened: &Opened) -> Markup {
    let inside = html! {
        (due_list(desk, opened))
        p data-print { a class="govuk-link" href=(desk.at("/measures")) { (desk.say("ms-open")) } }
    };
    part("measures", &desk.say("ep-measures"), inside)
}

fn due_list(desk: &Desk<'_>, opened: &Opened) -> Markup {
    let knowledge = &desk.app.clinic.knowledge;
    let all = open(opened);
    html! {
        @if all.is_empty() { p { (desk.say("ms-nothing-due")) } }
        ul class="ct-plain-list" {
            @for (_, one) in all {
                li {
                    (name(&knowledge.instruments, &one.what.instrument, |i| &i.name))
                    @if let Some(wave) = &one.what.wave { ", " (plain(wave)) }
                    " "
                    @if one.what.due < opened.today { (tag(Tone::Urgent, &desk.say("ms-overdue"))) " " }
                    span class="ct-quiet" { (desk.words.short_date(one.what.due)) }
                }
            }
        }
    }
}

/// Every instrument, for the list of a form.
fn instruments(desk: &Desk<'_>) -> Vec<Choice> {
    let all = desk.app.clinic.knowledge.instruments.iter();
    all.map(|(_, one)| Choice::new(&one.id, &one.name))
        .collect()
}

fn waves(desk: &Desk<'_>) -> Vec<Choice> {
    WAVES
        .iter()
        .map(|(word, _)| Choice::new(*word, desk.say(&format!("ms-wave-{word}"))))
        .collect()
}

struct Assigning {
    instrument: Field,
    wave: Field,
    due: Field,
}

impl Assigning {
    fn of(desk: &Desk<'_>) -> Self {
        Self {
            instrument: Field::new("instrument", desk.say("ms-instrument")),
            wave: Field::new("wave", desk.say("ms-wave")).optional(),
            due: Field::new("due", desk.say("ms-due"))
                .hint(desk.say("ms-due-hint"))
                .optional(),
        }
    }
}

fn page(desk: &Desk<'_>, opened: &Opened, fields: &Fields, carried: &Carried) -> Markup {
    let asked = Assigning::of(desk);
    let knowledge = &desk.app.clinic.knowledge;
    html! {
        (fields.summary())
        h2 class="govuk-heading-m" { (desk.say("ms-open-title")) }
        (due_list(desk, opened))
        @for (id, one) in open(opened) {
            div class="ct-toolbar govuk-button-group" {
                a class="govuk-link" href=(desk.at(&format!("/measures/{}?assignment={id}", one.what.instrument))) { (desk.told("ms-paper-of", "what", name(&knowledge.instruments, &one.what.instrument, |i| &i.name))) }
                form method="post" action=(desk.at("/task-link")) {
                    (hidden("csrf", &desk.signed.csrf()))
                    (hidden("assignment", id))
                    (Button::new(desk.told("ms-link-of", "what", name(&knowledge.instruments, &one.what.instrument, |i| &i.name))).second())
                }
            }
        }
        @if opened.record.closed.is_none() {
            h2 class="govuk-heading-m" { (desk.say("ms-assign")) }
            form method="post" action=(desk.at("/measures")) data-guard {
                (desk.carry(carried))
                (fields.select(&asked.instrument, &instruments(desk)))
                (fields.select(&asked.wave, &waves(desk)))
                (fields.date(&asked.due))
                (Button::new(desk.say("ms-assign-save")))
            }
        }
        h2 class="govuk-heading-m" { (desk.say("ms-paper-any")) }
        ul class="ct-plain-list ct-columns" {
            @for (_, one) in knowledge.instruments.iter() { li { a class="govuk-link" href=(desk.at(&format!("/measures/{}", one.id))) { (one.name) } } }
        }
    }
}

/// `GET /episodes/{id}/measures`.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(said): Query<Said>,
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
    let mut frame = desk.frame(&opened, "ep-measures", "/measures").await?;
    if let Some(done) = desk.done(said.done.as_deref()) {
        frame = frame.notice(done);
    }
    let carried = Carried::new(opened.version);
    Ok(Page::framed(
        &frame,
        page(&desk, &opened, &Fields::new(&words), &carried),
    ))
}

/// `POST /episodes/{id}/measures`: asks the patient to answer an instrument, on the day of its wave unless another is named.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn assign(
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
    let record = app
        .clinic
        .may(&signed.caller, Action::AssignInstrument, &id)
        .await?;
    let mut fields = Fields::sent(&words, pairs);
    let carried = Carried::read(&fields);
    let asked = Assigning::of(&desk);
    let instrument = fields.read_choice(&asked.instrument, &instruments(&desk));
    let wave = fields.read_choice(&asked.wave, &waves(&desk));
    let due = fields.read_date(&asked.due);
    let weeks = wave
        .as_deref()
        .and_then(|wave| WAVES.into_iter().find(|(word, _)| *word == wave));
    let of_wave = record
        .began()
        .zip(weeks)
        .and_then(|(began, (_, weeks))| began.checked_add(weeks.weeks()).ok());
    let due = due.or(of_wave);
    if due.is_none() && fields.is_right() {
        fields.wrong("due-day", words.say("ms-due-missing"));
    }
    let (refused, status) = match instrument.zip(due).filter(|_| fields.is_right()) {
        None => (None, REFUSED),
        Some((instrument, due)) => {
            let assignment = carried.request.clone();
            let act = Act::AssignInstrument(InstrumentAssigned {
                assignment,
                instrument,
                wave,
                due,
            });
            let caller = desk.sender(&carried.request);
            match app.clinic.act(&caller, &id, carried.seen, act, None).await {
                Ok(_) => {
                    return Ok(Redirect::to(&desk.at("/measures?done=assigned")).into_response());
                }
                Err(refused) => told(refused)?,
            }
        }
    };
    let opened = desk.open().await?;
    let inside = |carried: &Carried| page(&desk, &opened, &fields, carried);
    let stated = Stated {
        refused,
        status,
        title: "ep-measures",
        below: "/measures",
    };
    stated
        .answer(&desk, &opened, &fields, carried, inside)
        .await
}

/// What a refusal is answered with; what is no refusal of a rule or a change goes on.
fn told(refused: Refused) -> Result<(Option<Refusal>, StatusCode), Problem> {
    match refused {
        Refused::Care(refusal) => Ok((Some(refusal), REFUSED)),
        Refused::Changed { .. } => Ok((None, CONFLICT)),
        refused => Err(refused.into()),
    }
}

/// How a form that was not taken is answered.
struct Stated {
    refused: Option<Refusal>,
    status: StatusCode,
    title: &'static str,
    below: &'static str,
}

impl Stated {
    async fn answer(
        self,
        desk: &Desk<'_>,
        opened: &Opened,
        fields: &Fields,
        carried: Carried,
        inside: impl Fn(&Carried) -> Markup,
    ) -> Result<Response, Problem> {
        let mut frame = desk
            .frame(opened, self.title, self.below)
            .await?
            .checked(fields);
        if let Some(refusal) = &self.refused {
            frame = frame.notice(notice(&desk.words, Tone::Stop, desk.refusal(refusal)));
        }
        if self.status == CONFLICT {
            frame = frame.notice(desk.meanwhile(opened, carried.seen));
        }
        let carried = Carried {
            seen: opened.version,
            ..carried
        };
        Ok(sheet(&frame, inside(&carried), self.status).into_response())
    }
}

/// Which assignment a paper belongs to.
#[derive(Debug, serde::Deserialize)]
pub struct For {
    #[serde(default)]
    assignment: String,
}

fn paper_page(
    desk: &Desk<'_>,
    fields: &Fields,
    instrument: &Instrument,
    carried: &Carried,
    assignment: &str,
) -> Markup {
    let wording = instrument.items.iter().all(|item| item.text.is_some());
    let modes: Vec<Choice> = MODES
        .iter()
        .map(|(_, word)| Choice::new(*word, desk.say(&format!("ms-mode-{word}"))))
        .collect();
    let by: Vec<Choice> = ANSWERED_BY
        .iter()
        .map(|(_, word)| Choice::new(*word, desk.say(&format!("ms-by-{word}"))))
        .collect();
    html! {
        (fields.summary())
        p { (instrument.measures) }
        @if !wording { (inset(html! { p { (desk.say("ms-no-wording")) " " (instrument.licence) } })) }
        form method="post" action=(desk.at(&format!("/measures/{}", instrument.id))) data-guard {
            (desk.carry(carried))
            (hidden("assignment", assignment))
            @for (at, item) in instrument.items.iter().enumerate() { (item_field(desk, fields, item, at)) }
            (fields.radios(&Field::new("mode", desk.say("ms-mode")), &modes))
            (fields.radios(&Field::new("by", desk.say("ms-by")), &by))
            (fields.date(&Field::new("day", desk.say("ms-day"))))
            (Button::new(desk.say("ms-paper-save")))
        }
    }
}

fn item_name(item: &Item) -> String {
    format!("i-{}", item.id)
}

fn item_field(desk: &Desk<'_>, fields: &Fields, item: &Item, at: usize) -> Markup {
    const STEPS: i32 = 11;
    let number = (at + 1).to_string();
    let label = match &item.text {
        Some(text) => format!("{number}. {text}"),
        None => desk.told("ms-item", "n", number),
    };
    let field = Field::new(item_name(item), label);
    let values = item.min..=item.max;
    if item.labels.is_empty() && item.max - item.min >= STEPS {
        let field = field
            .width(Width::Five)
            .range(f64::from(item.min), f64::from(item.max));
        return fields.number(&field.hint(format!("{} – {}", item.min, item.max)));
    }
    let choices: Vec<Choice> = values
        .zip(0_usize..)
        .map(|(value, at)| {
            let label = item
                .labels
                .get(at)
                .map_or_else(|| value.to_string(), |label| format!("{value}: {label}"));
            Choice::new(value.to_string(), label)
        })
        .chain([Choice::new("", desk.say("ms-left-out")).apart()])
        .collect();
    fields.radios(&field.inline(), &choices)
}

/// `GET /episodes/{id}/measures/{instrument}`: the paper, item by item.
///
/// # Errors
/// There is no such instrument, it is not for the caller, or the store failed.
pub async fn paper(
    State(app): State<App>,
    Path((id, instrument)): Path<(String, String)>,
    Query(of): Query<For>,
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
    let found = app.clinic.knowledge.instruments.get(&instrument);
    let found = found.ok_or_else(Problem::not_found)?;
    let mut fields = Fields::new(&words);
    fields
        .set("mode", "paper")
        .set("by", "patient")
        .set_date("day", opened.today);
    let frame = desk.frame(&opened, "ms-paper", "/measures").await?;
    let carried = Carried::new(opened.version);
    let body = html! { h2 class="govuk-heading-m" { (found.name) } (paper_page(&desk, &fields, found, &carried, &of.assignment)) };
    Ok(Page::framed(&frame, body))
}

/// `POST /episodes/{id}/measures/{instrument}`: writes the answers down.
///
/// # Errors
/// There is no such instrument, it is not for the caller, or the store failed.
pub async fn answer(
    State(app): State<App>,
    Path((id, instrument)): Path<(String, String)>,
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
        .may(&signed.caller, Action::AnswerInstrument, &id)
        .await?;
    let found = app.clinic.knowledge.instruments.get(&instrument);
    let found = found.ok_or_else(Problem::not_found)?;
    let mut fields = Fields::sent(&words, pairs);
    let carried = Carried::read(&fields);
    let assignment = fields.get("assignment").to_owned();
    let mut answers = BTreeMap::new();
    for item in &found.items {
        let label = item.text.clone().unwrap_or_else(|| item.id.clone());
        let field = Field::new(item_name(item), label)
            .optional()
            .range(f64::from(item.min), f64::from(item.max));
        if let Some(value) = fields.read_number(&field) {
            answers.insert(item.id.clone(), value);
        }
    }
    let mode = MODES
        .into_iter()
        .find(|(_, word)| *word == fields.get("mode"));
    let by = ANSWERED_BY
        .into_iter()
        .find(|(_, word)| *word == fields.get("by"));
    let day = fields.read_date(&Field::new("day", words.say("ms-day")));
    if answers.is_empty() && fields.is_right() {
        let first = found.items.first().map(item_name).unwrap_or_default();
        fields.wrong(first, words.say("ms-no-answer"));
    }
    let (refused, status) = if fields.is_right() {
        let act = Act::AnswerInstrument {
            assignment: Some(assignment.clone()).filter(|id| !id.is_empty()),
            instrument: instrument.clone(),
            answers,
            mode: mode.map_or(Mode::Paper, |(mode, _)| mode),
            answered_by: by.map_or(AnsweredBy::Patient, |(by, _)| by),
        };
        let caller = desk.sender(&carried.request);
        match app.clinic.act(&caller, &id, carried.seen, act, day).await {
            Ok(_) => return Ok(Redirect::to(&desk.at("?done=paper#outcome")).into_response()),
            Err(refused) => told(refused)?,
        }
    } else {
        (None, REFUSED)
    };
    let opened = desk.open().await?;
    let inside = |carried: &Carried| {
        html! { h2 class="govuk-heading-m" { (found.name) } (paper_page(&desk, &fields, found, carried, &assignment)) }
    };
    let stated = Stated {
        refused,
        status,
        title: "ms-paper",
        below: "/measures",
    };
    stated
        .answer(&desk, &opened, &fields, carried, inside)
        .await
}
