//! What was written when the session locked itself: sent now, or thrown away.

use axum::extract::State;
use axum::response::Redirect;
use cotreat_ui::{button, hidden, second_button};
use maud::html;

use super::sign_in::Nothing;
use crate::web::{App, Checked, Page, Problem, SENT_AGAIN, Signed};

/// `GET /unsent`.
///
/// # Errors
/// The store failed.
pub async fn show(signed: Signed, State(app): State<App>) -> Result<Page, Problem> {
    let words = &signed.words;
    let unsent = app.unsent(&signed.here.session.user).await?;
    let csrf = signed.csrf();
    let body = html! {
        @match &unsent {
            None => {
                p class="govuk-body" { (words.say("unsent-nothing")) }
                p class="govuk-body" { a class="govuk-link" href="/" { (words.say("go-on")) } }
            },
            Some(unsent) => {
                p class="govuk-body" { (words.say("unsent-says")) }
                ul class="govuk-list" {
                    @for (_, typed) in unsent.fields.iter().filter(|(_, typed)| !typed.trim().is_empty()) {
                        li class="govuk-inset-text ct-lines" { (typed) }
                    }
                }
                form method="post" action=(unsent.place) {
                    (hidden("csrf", &csrf))
                    (hidden(SENT_AGAIN, "yes"))
                    @for (name, typed) in &unsent.fields { (hidden(name, typed)) }
                    (button(&words.say("unsent-send")))
                }
                form method="post" action="/unsent" {
                    (hidden("csrf", &csrf))
                    (second_button(&words.say("unsent-throw-away")))
                }
            },
        }
    };
    let frame = signed.frame(words.say("unsent-title"));
    Ok(Page::whole(frame.page(body)))
}

/// `POST /unsent`: throws it away.
///
/// # Errors
/// The store failed.
pub async fn throw_away(
    State(app): State<App>,
    Checked(signed, _): Checked<Nothing>,
) -> Result<Redirect, Problem> {
    app.forget_unsent(&signed.here.session.user).await?;
    Ok(Redirect::to("/"))
}
