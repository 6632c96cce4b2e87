//! Medicines: what is taken, the day's opioids in oral morphine, and writing a medicine down.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use cotreat_access::Action;
use cotreat_care::decide::Act;
use cotreat_care::event::{Amount, MedicationRecorded};
use cotreat_care::record::oral_morphine;
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::format::{DoseUnit, Route};
use cotreat_ui::{Button, Choice, Field, Fields, Tone, Width, Words, notice, tag};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

use super::Said;
use super::aside::part;
use super::desk::{CONFLICT, Carried, Desk, Pairs, REFUSED, plain, sheet};
use super::timeline::name;
use crate::clinic::{Opened, Refused};
use crate::web::{App, Checked, Page, Problem, Reads, Signed};

/// What stands for a medicine that no file is about.
const OTHER: &str = "other";
/// The ways of taking it, with their words.
const ROUTES: [(Route, &str); 2] = [(Route::Oral, "oral"), (Route::Transdermal, "transdermal")];
/// The units, as they are written.
const UNITS: [(DoseUnit, &str); 2] = [
    (DoseUnit::MilligramsADay, "mg/d"),
    (DoseUnit::MicrogramsAnHour, "mcg/h"),
];

/// What was written down about a medicine, in a line.
pub(super) fn told(words: &Words, knowledge: &Knowledge, one: &MedicationRecorded) -> String {
    let mut parts = vec![name(&knowledge.medicines, &one.medicine, |m| &m.name)];
    if let Some(dose) = one.dose {
        let unit = UNITS.into_iter().find(|(unit, _)| *unit == dose.unit);
        parts.push(format!(
            "{} {}",
            dose.amount,
            unit.map_or("", |(_, word)| word)
        ));
    }
    let route = ROUTES.into_iter().find(|(route, _)| *route == one.route);
    parts.extend(route.map(|(_, word)| words.say(&format!("me-route-{word}"))));
    let from = words.short_date(one.from);
    parts.push(match one.to {
        Some(to) => words.say_with(
            "me-from-to",
            &[("from", from.into()), ("to", words.short_date(to).into())],
        ),
        None => words.say_with("me-since", &[("from", from.into())]),
    });
    if let Some(days) = one.days {
        parts.push(words.say_with("me-days", &[("n", days.into())]));
    }
    parts.join(", ")
}

/// What is taken today: of each medicine and way of taking it the last record.
fn taken(opened: &Opened) -> Vec<&MedicationRecorded> {
    let mut last: BTreeMap<(&str, Route), &MedicationRecorded> = BTreeMap::new();
    for noted in &opened.record.medication {
        last.insert(
            (noted.what.medicine.as_str(), noted.what.route),
            &noted.what,
        );
    }
    let today = opened.today;
    let mut now: Vec<_> = last.into_values().collect();
    now.retain(|one| one.from <= today && one.to.is_none_or(|to| to >= today));
    now
}

/// What is taken now, and the opioids of today in oral morphine.
pub(super) fn current(desk: &Desk<'_>, opened: &Opened) -> Markup {
    let inside = html! {
        (list(desk, opened))
        p data-print { a class="govuk-link" href=(desk.at("/medicines")) { (desk.say("me-add")) } }
    };
    part("medicines", &desk.say("ep-medicines"), inside)
}

fn list(desk: &Desk<'_>, opened: &Opened) -> Markup {
    let knowledge = &desk.app.clinic.knowledge;
    let now = taken(opened);
    let morphine = oral_morphine(&opened.record, knowledge, opened.today);
    html! {
        @if opened.record.medication.is_empty() { p { (desk.say("me-nothing-told")) } }
        @else if now.is_empty() { p { (desk.say("me-none-now")) } }
        ul class="ct-plain-list" { @for one in now { li { (told(&desk.words, knowledge, one)) } } }
        @if let Some(morphine) = morphine {
            @match morphine.mg_a_day() {
                Some(0.0) => p { (desk.say("me-no-opioid")) },
                Some(mg) => p { (tag(Tone::Watch, &desk.say("me-opioid"))) " " (desk.told("me-morphine", "mg", desk.words.number(mg, 0))) },
                None => p {
                    (tag(Tone::Watch, &desk.say("me-opioid"))) " "
                    (desk.words.say_with("me-morphine-not-known", &[("mg", desk.words.number(morphine.known_part, 0).into()), ("what", morphine.not_known.iter().map(|id| name(&knowledge.medicines, id, |m| &m.name)).collect::<Vec<_>>().join(", ").into())]))
                },
            }
            p class="govuk-hint" { (desk.say("me-morphine-hint")) }
        }
    }
}

struct Asked {
    medicine: Field,
    other: Field,
    class: Field,
    route: Field,
    amount: Field,
    unit: Field,
    from: Field,
    to: Field,
    days: Field,
}

impl Asked {
    fn of(desk: &Desk<'_>) -> Self {
        let field = |name: &str| {
            Field::new(
                name,
                desk.say(&format!(
                    "me-{}",
                    if name == "days" { "days-field" } else { name }
                )),
            )
        };
        Self {
            medicine: field("medicine"),
            other: field("other")
                .optional()
                .hint(desk.say("me-other-hint"))
                .most(200),
            class: field("class").optional(),
            route: field("route").inline(),
            amount: field("amount")
                .optional()
                .width(Width::Five)
                .range(0.0, 100_000.0),
            unit: field("unit").inline(),
            from: field("from"),
            to: field("to").optional().hint(desk.say("me-to-hint")),
            days: field("days")
                .optional()
                .hint(desk.say("me-days-hint"))
                .width(Width::Five)
                .range(0.0, 36_600.0),
        }
    }
}

fn medicines(desk: &Desk<'_>) -> Vec<Choice> {
    let known = desk.app.clinic.knowledge.medicines.iter();
    let mut all: Vec<Choice> = known
        .map(|(_, one)| Choice::new(&one.id, &one.name))
        .collect();
    all.push(Choice::new(OTHER, desk.say("me-another")));
    all
}

fn classes(desk: &Desk<'_>) -> Vec<Choice> {
    let known = desk.app.clinic.knowledge.medicines.iter();
    let mut all: BTreeSet<&str> = known.map(|(_, one)| one.class.as_str()).collect();
    all.insert(OTHER);
    all.into_iter()
        .map(|class| Choice::new(class, plain(class)))
        .collect()
}

fn routes(desk: &Desk<'_>) -> Vec<Choice> {
    ROUTES
        .iter()
        .map(|(_, word)| Choice::new(*word, desk.say(&format!("me-route-{word}"))))
        .collect()
}

fn units() -> Vec<Choice> {
    UNITS
        .iter()
        .map(|(_, word)| Choice::new(*word, *word))
        .collect()
}

fn page(desk: &Desk<'_>, opened: &Opened, fields: &Fields, carried: &Carried) -> Markup {
    let knowledge = &desk.app.clinic.knowledge;
    let asked = Asked::of(desk);
    html! {
        (fields.summary())
        h2 class="govuk-heading-m" { (desk.say("me-now")) }
        (list(desk, opened))
        @if opened.record.closed.is_none() {
            h2 class="govuk-heading-m" { (desk.say("me-add")) }
            form method="post" action=(desk.at("/medicines")) data-guard {
                (desk.carry(carried))
                (fields.select(&asked.medicine, &medicines(desk)))
                (fields.text(&asked.other))
                (fields.select(&asked.class, &classes(desk)))
                (fields.radios(&asked.route, &routes(desk)))
                (fields.number(&asked.amount))
                (fields.radios(&asked.unit, &units()))
                (fields.date(&asked.from))
                (fields.date(&asked.to))
                (fields.number(&asked.days))
                (Button::new(desk.say("me-save")))
            }
        }
        @if !opened.record.medication.is_empty() {
            h2 class="govuk-heading-m" { (desk.say("me-all")) }
            ul class="ct-plain-list" {
                @for one in opened.record.medication.iter().rev() {
                    li { (told(&desk.words, knowledge, &one.what)) " " span class="ct-quiet" { "(" (one.by.name()) ", " (desk.words.short_date(one.day)) ")" } }
                }
            }
        }
    }
}

/// `GET /episodes/{id}/medicines`.
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
    let mut fields = Fields::new(&words);
    fields.set("route", "oral").set("unit", "mg/d");
    let mut frame = desk.frame(&opened, "ep-medicines", "/medicines").await?;
    if let Some(done) = desk.done(said.done.as_deref()) {
        frame = frame.notice(done);
    }
    let carried = Carried::new(opened.version);
    Ok(Page::framed(
        &frame,
        page(&desk, &opened, &fields, &carried),
    ))
}

fn read(fields: &mut Fields, desk: &Desk<'_>) -> Option<MedicationRecorded> {
    let asked = Asked::of(desk);
    let chosen = fields.read_choice(&asked.medicine, &medicines(desk));
    let other = fields.read_text(&asked.other);
    let class = fields.read_choice(&asked.class, &classes(desk));
    let route = fields.read_choice(&asked.route, &routes(desk));
    let amount = fields.read_number(&asked.amount);
    let unit = fields.read_choice(&asked.unit, &units());
    let from = fields.read_date(&asked.from);
    let to = fields.read_date(&asked.to);
    let days = fields.read_number(&asked.days);
    let (medicine, class) = match chosen.as_deref() {
        Some(OTHER) => {
            if other.is_none() {
                fields.wrong("other", desk.say("me-other-missing"));
            }
            (other, Some(class.unwrap_or_else(|| OTHER.to_owned())))
        }
        _ => (chosen, None),
    };
    let route = ROUTES
        .into_iter()
        .find(|(_, word)| Some(*word) == route.as_deref());
    let unit = UNITS
        .into_iter()
        .find(|(_, word)| Some(*word) == unit.as_deref());
    if !fields.is_right() {
        return None;
    }
    let ((route, _), (unit, _)) = (route?, unit?);
    Some(MedicationRecorded {
        medicine: medicine?,
        class,
        route,
        dose: amount.map(|amount| Amount { amount, unit }),
        from: from?,
        to,
        days: days.and_then(whole),
    })
}

/// A whole number of days.
fn whole(days: f64) -> Option<u32> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the field takes no less than 0 and no more than 36,600"
    )]
    (days.fract() == 0.0).then_some(days as u32)
}

/// `POST /episodes/{id}/medicines`: writes one down.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn save(
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
        .may(&signed.caller, Action::WriteMedication, &id)
        .await?;
    let mut fields = Fields::sent(&words, pairs);
    let carried = Carried::read(&fields);
    let (refused, status) = match read(&mut fields, &desk) {
        None => (None, REFUSED),
        Some(taken) => {
            let caller = desk.sender(&carried.request);
            let act = Act::RecordMedication(taken);
            match app.clinic.act(&caller, &id, carried.seen, act, None).await {
                Ok(_) => {
                    return Ok(Redirect::to(&desk.at("/medicines?done=medicine")).into_response());
                }
                Err(Refused::Care(refusal)) => (Some(refusal), REFUSED),
                Err(Refused::Changed { .. }) => (None, CONFLICT),
                Err(refused) => return Err(refused.into()),
            }
        }
    };
    let opened = desk.open().await?;
    let mut frame = desk
        .frame(&opened, "ep-medicines", "/medicines")
        .await?
        .checked(&fields);
    if let Some(refusal) = &refused {
        frame = frame.notice(notice(&words, Tone::Stop, desk.refusal(refusal)));
    }
    if status == CONFLICT {
        frame = frame.notice(desk.meanwhile(&opened, carried.seen));
    }
    let carried = Carried {
        seen: opened.version,
        ..carried
    };
    Ok(sheet(&frame, page(&desk, &opened, &fields, &carried), status).into_response())
}
