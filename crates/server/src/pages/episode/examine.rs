//! The examination: what matters most first, and more after each time it is recorded. Every answer can be "not done"; nothing is written down before all of it is sent in one go.

use std::collections::BTreeSet;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use cotreat_access::Action;
use cotreat_care::appraisal::Question;
use cotreat_care::decide::Act;
use cotreat_care::event::FactsRecorded;
use cotreat_knowledge::Handle;
use cotreat_knowledge::format::FindingKind;
use cotreat_knowledge::model::{Finding, Muscle};
use cotreat_ui::{Button, Choice, Field, Fields, Tone, details, hidden, tag};
use maud::{Markup, html};

use super::desk::{Carried, Desk, Pairs, capital, sheet, wish};
use super::not_taken::{Came, NotTaken};
use super::{Said, fact};
use crate::clinic::{Form, Opened, Refused};
use crate::web::{App, Checked, Page, Problem, Reads, Signed};

/// How many questions stand on the page at once; the next ones come when these are recorded.
const SHOWN: usize = 12;
/// How many of what the patient can tell, and of results that exist already.
const SHOWN_BESIDE: usize = 5;

/// The kinds of findings, in the order of an examination.
const KINDS: [(FindingKind, &str); 6] = [
    (FindingKind::Examination, "ex-kind-examination"),
    (FindingKind::History, "ex-kind-history"),
    (FindingKind::Background, "ex-kind-background"),
    (FindingKind::Treatment, "ex-kind-treatment"),
    (FindingKind::Imaging, "ex-kind-imaging"),
    (FindingKind::Laboratory, "ex-kind-laboratory"),
];

/// A question of the form, with what its answer would change.
struct Asked<'a> {
    finding: &'a Finding,
    because: String,
}

/// What the form asks: the best questions, what was added by hand and what is typed already; muscle by muscle apart from it.
fn asked<'a>(desk: &'a Desk<'_>, opened: &Opened, fields: &Fields) -> Vec<Asked<'a>> {
    let knowledge = &desk.app.clinic.knowledge;
    let of_muscles = of_muscles(desk);
    let questions = &opened.appraisal.questions;
    let best = questions.clinician.iter().take(SHOWN);
    let best = best.chain(questions.patient.iter().take(SHOWN_BESIDE));
    let best = best.chain(questions.results.iter().take(SHOWN_BESIDE));
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for question in best {
        if let Some(handle) = knowledge.findings.find(&question.ask)
            && !of_muscles.contains(&handle)
            && seen.insert(handle)
        {
            all.push(Asked {
                finding: &knowledge.findings[handle],
                because: capital(&question.because),
            });
        }
    }
    let extra = fields.all("extra");
    for (handle, finding) in knowledge.findings.iter() {
        let typed = !fields.get(&fact::name(&finding.id)).is_empty();
        let wanted = typed || extra.contains(&finding.id);
        if wanted && !of_muscles.contains(&handle) && seen.insert(handle) {
            all.push(Asked {
                finding,
                because: String::new(),
            });
        }
    }
    all
}

/// Every finding that has its place in the grid of muscles.
fn of_muscles(desk: &Desk<'_>) -> BTreeSet<Handle<Finding>> {
    let muscles = desk.app.clinic.knowledge.muscles.iter();
    muscles.flat_map(|(_, one)| parts(one)).flatten().collect()
}

/// Tender, weak, short.
const fn parts(muscle: &Muscle) -> [Option<Handle<Finding>>; 3] {
    [muscle.tender, muscle.weak, muscle.short]
}

fn page(
    desk: &Desk<'_>,
    opened: &Opened,
    fields: &Fields,
    carried: &Carried,
    waits: &Markup,
) -> Markup {
    if opened.record.closed.is_some() {
        return html! { p { (desk.say("se-closed")) } };
    }
    let asked = asked(desk, opened, fields);
    html! {
        (fields.summary())
        p class="govuk-hint" { (desk.say("ex-hint")) }
        form method="post" action=(desk.at("/examine")) data-autosave=(desk.at("/drafts/examine")) data-retry {
            (desk.carry(carried))
            @for extra in fields.all("extra") { (hidden("extra", extra)) }
            (waits)
            @if asked.is_empty() { p { (desk.say("ep-ask-nothing")) } }
            @for (kind, title) in KINDS {
                @if asked.iter().any(|one| one.finding.kind == kind) {
                    h2 class="govuk-heading-m" { (desk.say(title)) }
                    @for one in asked.iter().filter(|one| one.finding.kind == kind) { (fact::ask(desk, fields, one.finding, &one.because)) }
                }
            }
            (muscles(desk, opened, fields))
            (add(desk, fields, &asked))
            div class="govuk-button-group" {
                (Button::new(desk.say("ex-record")).sends("do", "record"))
                (Button::new(desk.say("ep-draft-keep")).second().sends("do", "keep").as_it_is())
            }
        }
        (instruments(desk, opened))
    }
}

/// The muscles that a question is about first, the others in a line that opens.
fn muscles(desk: &Desk<'_>, opened: &Opened, fields: &Fields) -> Markup {
    let knowledge = &desk.app.clinic.knowledge;
    let next: BTreeSet<&str> = opened
        .appraisal
        .questions
        .clinician
        .iter()
        .map(|one| one.ask.as_str())
        .collect();
    let counts = |muscle: &Muscle| {
        parts(muscle).into_iter().flatten().any(|handle| {
            let id = &knowledge.findings[handle].id;
            next.contains(id.as_str()) || !fields.get(&fact::name(id)).is_empty()
        })
    };
    let (first, rest): (Vec<&Muscle>, Vec<&Muscle>) = knowledge
        .muscles
        .iter()
        .map(|(_, one)| one)
        .filter(|one| parts(one).iter().any(Option::is_some))
        .partition(|one| counts(one));
    html! {
        @if !first.is_empty() || !rest.is_empty() { h2 class="govuk-heading-m" { (desk.say("ex-muscles")) } }
        @if !first.is_empty() { (grid(desk, opened, fields, &first, &next)) }
        @if !rest.is_empty() { (details(&desk.words.say_with("ex-muscles-rest", &[("n", rest.len().into())]), grid(desk, opened, fields, &rest, &next))) }
    }
}

fn grid(
    desk: &Desk<'_>,
    opened: &Opened,
    fields: &Fields,
    muscles: &[&Muscle],
    next: &BTreeSet<&str>,
) -> Markup {
    let heads = ["ex-tender", "ex-weak", "ex-short"].map(|word| desk.say(word));
    html! {
        table class="ct-grid ct-grid--muscles" {
            caption class="govuk-visually-hidden" { (desk.say("ex-muscles")) }
            thead { tr { th scope="col" { (desk.say("ex-muscle")) } @for head in &heads { th scope="col" { (head) } } } }
            tbody {
                @for muscle in muscles {
                    tr {
                        th scope="row" { (muscle.name) }
                        @for (part, head) in parts(muscle).into_iter().zip(&heads) {
                            td { @if let Some(handle) = part { (cell(desk, opened, fields, handle, &muscle.name, head, next)) } }
                        }
                    }
                }
            }
        }
    }
}

fn cell(
    desk: &Desk<'_>,
    opened: &Opened,
    fields: &Fields,
    handle: Handle<Finding>,
    muscle: &str,
    head: &str,
    next: &BTreeSet<&str>,
) -> Markup {
    let finding = &desk.app.clinic.knowledge.findings[handle];
    let name = fact::name(&finding.id);
    let typed = fields.get(&name);
    let known = opened
        .appraisal
        .facts
        .iter()
        .rfind(|fact| fact.finding == finding.id);
    let choices = [("yes", "ep-yes"), ("no", "ep-no"), ("?", "ep-not-done")];
    html! {
        label class="ct-grid__label" for=(name) { (head) span class="govuk-visually-hidden" { ", " (muscle) } }
        select class="govuk-select" id=(name) name=(name) {
            option value="" { "–" }
            @for (value, word) in choices { option value=(value) selected[value == typed] { (desk.say(word)) } }
        }
        @if next.contains(finding.id.as_str()) { " " (tag(Tone::Known, &desk.say("ex-next"))) }
        @if let Some(known) = known { div class="ct-quiet" { (desk.words.say_with("ex-known", &[("what", known.value.as_str().into()), ("when", known.on.as_str().into())])) } }
    }
}

/// Anything else that can be asked or tested.
fn add(desk: &Desk<'_>, fields: &Fields, asked: &[Asked<'_>]) -> Markup {
    let knowledge = &desk.app.clinic.knowledge;
    let shown: BTreeSet<&str> = asked.iter().map(|one| one.finding.id.as_str()).collect();
    let of_muscles = of_muscles(desk);
    let mut others: Vec<&Finding> = knowledge
        .findings
        .iter()
        .filter(|(handle, one)| {
            one.ask.is_some() && !shown.contains(one.id.as_str()) && !of_muscles.contains(handle)
        })
        .map(|(_, one)| one)
        .collect();
    others.sort_by_key(|one| &one.name);
    let choices: Vec<Choice> = others
        .iter()
        .map(|one| Choice::new(&one.id, &one.name))
        .collect();
    let field = Field::new("add", desk.say("ex-add"));
    html! {
        div class="ct-line" {
            (fields.select(&field, &choices))
            (Button::new(desk.say("ex-add-it")).second().sends("do", "add").as_it_is())
        }
    }
}

/// Questionnaires that would change something, with the way to each.
fn instruments(desk: &Desk<'_>, opened: &Opened) -> Markup {
    let knowledge = &desk.app.clinic.knowledge;
    let questions = &opened.appraisal.questions;
    let is_instrument = |one: &&Question| knowledge.instruments.find(&one.ask).is_some();
    let all: Vec<&Question> = questions
        .clinician
        .iter()
        .chain(&questions.patient)
        .filter(is_instrument)
        .collect();
    html! {
        @if !all.is_empty() {
            h2 class="govuk-heading-m" { (desk.say("ex-instruments")) }
            ul class="ct-plain-list" {
                @for one in all { li { a class="govuk-link" href=(desk.at(&format!("/measures/{}", one.ask))) { (one.words) } " " span class="ct-quiet" { (capital(&one.because)) } } }
            }
        }
    }
}

/// `GET /episodes/{id}/examine`.
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
    let form = Form::Examination;
    app.clinic.may(&signed.caller, form.action(), &id).await?;
    let opened = desk.open().await?;
    let (fields, carried, since) = desk.begun(&form, opened.version, |_| {}).await?;
    let mut frame = desk.frame(&opened, "ex-title", "/examine").await?;
    if let Some(done) = desk.done(said.done.as_deref()) {
        frame = frame.notice(done);
    }
    let waits = desk.waits(since, &opened.zone);
    Ok(Page::framed(
        &frame,
        page(&desk, &opened, &fields, &carried, &waits),
    ))
}

/// `POST /episodes/{id}/examine`: a further question, keeping it for later, throwing it away, or recording all of it.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn save(
    State(app): State<App>,
    Path(id): Path<String>,
    Reads(words): Reads,
    Checked(signed, mut pairs): Checked<Pairs>,
) -> Result<Response, Problem> {
    let desk = Desk {
        app: &app,
        signed: &signed,
        words,
        id: &id,
    };
    let form = Form::Examination;
    app.clinic
        .may(&signed.caller, Action::WriteFacts, &id)
        .await?;
    let mut fields = Fields::sent(&words, pairs.iter().cloned());
    let carried = Carried::read(&fields);
    let here = desk.at("/examine");
    let wish = wish(&pairs).to_owned();
    match wish.as_str() {
        "drop" => {
            app.clinic.forget_draft(&signed.caller, &id, &form).await?;
            return Ok(Redirect::to(&here).into_response());
        }
        "record" => {}
        _ => {
            let mut to = here.clone();
            if wish == "add"
                && app
                    .clinic
                    .knowledge
                    .findings
                    .find(fields.get("add"))
                    .is_some()
            {
                let extra = fields.get("add").to_owned();
                to = format!("{here}#{}", fact::name(&extra));
                pairs.push(("extra".to_owned(), extra));
                pairs.retain(|(name, _)| name != "add");
            }
            return match desk.keep(&form, &carried, &pairs).await? {
                Ok(_) => Ok(Redirect::to(&to).into_response()),
                Err(found) => refuse(&desk, fields, found, &pairs, NotTaken::TwoWindows).await,
            };
        }
    }
    if let Some((version, _)) = desk.elsewhere(&form, &carried, &pairs).await? {
        let carried = Carried { version, ..carried };
        return refuse(&desk, fields, carried, &pairs, NotTaken::TwoWindows).await;
    }
    let facts = fact::read(&mut fields, &app.clinic.knowledge);
    if !fields.is_right() {
        return refuse(&desk, fields, carried, &pairs, NotTaken::Wrong).await;
    }
    let act = Act::RecordFacts(FactsRecorded {
        facts,
        ..FactsRecorded::default()
    });
    match desk.send(&form, &carried, vec![act], None).await {
        Ok(_) => Ok(Redirect::to(&desk.at("/examine?done=facts")).into_response()),
        Err(not) => match not.refused {
            Refused::Changed { .. } => {
                refuse(&desk, fields, carried, &pairs, NotTaken::Changed).await
            }
            Refused::Care(refusal) => {
                refuse(&desk, fields, carried, &pairs, NotTaken::Whole(refusal)).await
            }
            refused => Err(refused.into()),
        },
    }
}

/// The form again, with everything that was typed, and why it was not taken.
async fn refuse(
    desk: &Desk<'_>,
    mut fields: Fields,
    mut carried: Carried,
    pairs: &Pairs,
    why: NotTaken<String>,
) -> Result<Response, Problem> {
    let opened = desk.open().await?;
    let came = Came {
        form: &Form::Examination,
        opened: &opened,
        fields: &mut fields,
        carried: &mut carried,
        pairs,
    };
    let mut told = why.tell(desk, came, String::clone).await?;
    let frame = desk
        .frame(&opened, "ex-title", "/examine")
        .await?
        .checked(&fields);
    Ok(sheet(
        &told.above(frame),
        page(desk, &opened, &fields, &carried, &Markup::default()),
        told.status,
    )
    .into_response())
}
