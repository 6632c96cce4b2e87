//! The next best questions as a form right there: the answers are facts.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use cotreat_access::Action;
use cotreat_care::appraisal::Question;
use cotreat_care::decide::Act;
use cotreat_care::event::FactsRecorded;
use cotreat_ui::{Button, Fields};
use maud::{Markup, html};

use super::desk::{Carried, Desk, Pairs};
use super::{fact, overview};
use crate::clinic::Opened;
use crate::web::{App, Checked, Problem, Reads};

/// How many questions of each list stand on the page: what can be asked in a minute.
const SHOWN: usize = 3;

/// The best questions of each list.
pub(super) fn shown(desk: &Desk<'_>, opened: &Opened, fields: &Fields) -> Markup {
    let questions = &opened.appraisal.questions;
    let lists = [
        ("ep-ask-patient", &questions.patient),
        ("ep-ask-examine", &questions.clinician),
        ("ep-ask-results", &questions.results),
    ];
    if lists.iter().all(|(_, list)| list.is_empty()) {
        return html! { p { (desk.say("ep-ask-nothing")) } };
    }
    html! {
        form method="post" action=(desk.at("/answers")) data-guard {
            (desk.carry_new(opened.version))
            @for (title, list) in lists {
                @if !list.is_empty() {
                    h3 class="govuk-heading-s" { (desk.say(title)) }
                    @for question in list.iter().take(SHOWN) { (one(desk, fields, question)) }
                }
            }
            (Button::new(desk.say("ep-ask-save")))
        }
        p { a class="govuk-link" href=(desk.at("/examine")) { (desk.say("ep-ask-all")) } }
    }
}

/// A question as a field; a questionnaire as the way to it.
pub(super) fn one(desk: &Desk<'_>, fields: &Fields, question: &Question) -> Markup {
    let knowledge = &desk.app.clinic.knowledge;
    match knowledge.findings.get(&question.ask) {
        Some(finding) => fact::ask(
            desk,
            fields,
            finding,
            &super::desk::capital(&question.because),
        ),
        None => html! {
            p { a class="govuk-link" href=(desk.at(&format!("/measures/{}", question.ask))) { (question.words) } br; span class="govuk-hint" { (super::desk::capital(&question.because)) } }
        },
    }
}

/// `POST /episodes/{id}/answers`: writes the answers down.
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
        .may(&signed.caller, Action::WriteFacts, &id)
        .await?;
    let mut fields = Fields::sent(&words, pairs);
    let facts = fact::read(&mut fields, &app.clinic.knowledge);
    if !fields.is_right() {
        return overview::wrong(&desk, fields).await;
    }
    let carried = Carried::read(&fields);
    let first = facts
        .first()
        .map(|one| fact::name(&one.finding))
        .unwrap_or_default();
    let act = Act::RecordFacts(FactsRecorded {
        facts,
        ..FactsRecorded::default()
    });
    let caller = desk.sender(&carried.request);
    let done = app.clinic.act(&caller, &id, carried.seen, act, None).await;
    match done {
        Ok(_) => Ok(Redirect::to(&desk.at("?done=facts#next")).into_response()),
        Err(refused) => overview::again(&desk, fields, &first, carried.seen, refused).await,
    }
}
