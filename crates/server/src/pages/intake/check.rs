//! Everything that was answered, page by page, with a way to change each; and the thanks at the end.

use cotreat_care::intake::Page as Given;
use cotreat_ui::{Row, Tone, button, hidden, notice, panel, summary_list};
use maud::{Markup, html};

use super::{Here, card, show};
use crate::web::Page;

/// The page on which answers are checked.
pub(super) fn page(here: &Here<'_>, refused: Option<&str>) -> Page {
    let words = &here.words;
    let body = html! {
        p class="govuk-body" { (words.say("check-lead")) }
        @if card::is_urgent(here) { (card::urgent(here)) }
        @for (at, given) in here.intake.pages.iter().enumerate() {
            h2 class="govuk-heading-m" { (show::heading(given, here)) }
            (summary_list(words, &rows(here, at + 1, given)))
        }
        form method="post" action="/intake/check" {
            (hidden("csrf", &here.csrf()))
            (button(&words.say("check-send")))
        }
    };
    let mut frame = here.frame(words.say("check-title")).at("/intake/check");
    if let Some(refused) = refused {
        let says = html! { p { (words.say("check-refused")) } p { (refused) } };
        frame = frame.notice(notice(words, Tone::Stop, says));
    }
    Page::whole(frame.page(body))
}

fn rows(here: &Here<'_>, number: usize, given: &Given) -> Vec<Row> {
    show::told(given, here)
        .into_iter()
        .map(|(key, value)| Row::new(key, value).change(format!("/intake/page/{number}")))
        .collect()
}

/// What is said when everything has arrived.
pub(super) fn thanks(here: &Here<'_>) -> Page {
    let words = &here.words;
    let clinic = [("clinic", here.asking.clinic.as_str().into())];
    let body = html! {
        (panel(&words.say("thanks-title"), html! { p { (words.say_with("thanks-arrived", &clinic)) } }))
        @if card::is_urgent(here) { (card::urgent(here)) }
        (next(here))
    };
    let frame = here.frame(words.say("thanks-title")).own_heading();
    Page::whole(frame.page(body))
}

fn next(here: &Here<'_>) -> Markup {
    let words = &here.words;
    html! {
        h2 class="govuk-heading-m" { (words.say("thanks-next")) }
        p class="govuk-body" { (words.say("thanks-next-says")) }
        (card::not_for_emergencies(here))
    }
}
