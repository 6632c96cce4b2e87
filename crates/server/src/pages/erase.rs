//! Erasing a patient, for owners: they see no patient, so they go by the number that the front desk tells them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use cotreat_ui::{Field, Fields, Words, hidden, warning, warning_button};
use maud::html;

use super::patients::Pairs;
use crate::clinic::Refused;
use crate::web::{App, Checked, Page, Problem, Signed};

/// The fields, each once.
fn inputs(words: &Words) -> [Field; 3] {
    let field = |name: &str, label: &str| {
        Field::new(name, words.say(label))
            .autocomplete("off")
            .most(500)
    };
    [
        field("number", "erase-number").hint(words.say("erase-number-hint")),
        field("asked_by", "erase-asked-by"),
        field("reason", "erase-why"),
    ]
}

/// `GET /erase`.
///
/// # Errors
/// It is not for the caller.
pub async fn ask(signed: Signed, State(app): State<App>) -> Result<Page, Problem> {
    super::organisation::may(&app, &signed)?;
    Ok(page(&signed, &Fields::new(&signed.words)))
}

fn page(signed: &Signed, fields: &Fields) -> Page {
    let words = &signed.words;
    let body = html! {
        (fields.summary())
        (warning(words, &words.say("erase-says")))
        form method="post" action="/erase" data-guard {
            (hidden("csrf", &signed.csrf()))
            @for field in &inputs(words) { (fields.text(field)) }
            (warning_button(&words.say("erase-do")))
        }
    };
    let frame = signed.frame(words.say("erase-title")).at("/erase");
    Page::whole(frame.back("/owner").checked(fields).page(body))
}

/// `POST /erase`.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn erase(
    State(app): State<App>,
    Checked(signed, pairs): Checked<Pairs>,
) -> Result<Response, Problem> {
    super::organisation::may(&app, &signed)?;
    let words = &signed.words;
    let mut fields = Fields::sent(words, pairs);
    let [number, asked_by, reason] = inputs(words);
    let number = fields.read_text(&number);
    let asked_by = fields.read_text(&asked_by);
    let reason = fields.read_text(&reason);
    let (Some(number), Some(asked_by), Some(reason)) = (number, asked_by, reason) else {
        return Ok(again(&signed, &fields));
    };
    let done = app
        .clinic
        .erase(&signed.caller, &number, &asked_by, &reason)
        .await;
    match done {
        Ok(()) => Ok(Redirect::to("/owner?done=erased").into_response()),
        Err(Refused::NotFound) => {
            fields.wrong("number", words.say("erase-nobody"));
            Ok(again(&signed, &fields))
        }
        Err(refused) => Err(refused.into()),
    }
}

fn again(signed: &Signed, fields: &Fields) -> Response {
    let page = page(signed, fields);
    page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}
