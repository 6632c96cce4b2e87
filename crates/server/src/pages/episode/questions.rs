//! What the patient asked the team, and the answers.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use cotreat_access::Action;
use cotreat_care::decide::Act;
use cotreat_care::event::QuestionAnswered;
use cotreat_ui::{Button, Field, Fields, Tone, hidden, tag};
use maud::{Markup, html};

use super::aside::part;
use super::desk::{Carried, Desk, Pairs};
use super::overview;
use crate::clinic::Opened;
use crate::web::{App, Checked, Problem, Reads};

/// Questions that wait first, each with its form; then those that were answered.
pub(super) fn shown(desk: &Desk<'_>, opened: &Opened, fields: &Fields) -> Markup {
    let questions = &opened.record.questions;
    if questions.is_empty() {
        return html! {};
    }
    let open = opened.record.closed.is_none();
    let (mut waiting, mut answered): (Vec<_>, Vec<_>) = questions
        .iter()
        .partition(|(_, one)| one.answers.is_empty());
    waiting.sort_by_key(|(_, one)| one.asked.nth);
    answered.sort_by_key(|(_, one)| std::cmp::Reverse(one.asked.nth));
    let inside = html! {
        @for (id, one) in waiting {
            div class="ct-asked" {
                p { (tag(Tone::Urgent, &desk.say("ep-question-waits"))) " " span class="ct-quiet" { (desk.words.short_date(one.asked.day)) } }
                p class="ct-typed" { (one.asked.what) }
                @if open {
                    form method="post" action=(desk.at("/questions")) data-guard {
                        (desk.carry_new(opened.version))
                        (hidden("question", id))
                        (fields.textarea(&field(desk, id)))
                        (Button::new(desk.say("ep-question-answer")).second())
                    }
                }
            }
        }
        @for (_, one) in answered {
            div class="ct-asked" {
                p class="ct-quiet" { (desk.words.short_date(one.asked.day)) }
                p class="ct-typed" { (one.asked.what) }
                @for answer in &one.answers {
                    p class="ct-typed ct-answer" { (answer.what) " " span class="ct-quiet" { "(" (answer.by.name()) ", " (desk.words.short_date(answer.day)) ")" } }
                }
            }
        }
    };
    part("questions", &desk.say("ep-questions"), inside)
}

fn field(desk: &Desk<'_>, question: &str) -> Field {
    let label = desk.say("ep-question-your-answer");
    Field::new(format!("answer-{question}"), label).rows(3)
}

/// `POST /episodes/{id}/questions`: answers one.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn answer(
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
        .may(&signed.caller, Action::AnswerQuestion, &id)
        .await?;
    let mut fields = Fields::sent(&words, pairs);
    let question = fields.get("question").to_owned();
    let field = field(&desk, &question);
    let Some(text) = fields.read_text(&field) else {
        return overview::wrong(&desk, fields).await;
    };
    let name = format!("answer-{question}");
    let act = Act::AnswerQuestion(QuestionAnswered { question, text });
    let carried = Carried::read(&fields);
    let caller = desk.sender(&carried.request);
    let done = app.clinic.act(&caller, &id, carried.seen, act, None).await;
    match done {
        Ok(_) => Ok(Redirect::to(&desk.at("?done=answer#questions")).into_response()),
        Err(refused) => overview::again(&desk, fields, &name, carried.seen, refused).await,
    }
}
