//! The links a patient was sent: made, opened, sent in, taken back.

use cotreat_access::Action;
use cotreat_store::account::{Link, LinkKind};
use cotreat_ui::{Column, Table, Tone, hidden, second_button, tag};
use maud::{Markup, html};

use crate::clinic::{INTAKE, Place};
use crate::web::{App, Problem, Signed};

/// So many are listed.
const SHOWN: usize = 12;

pub(super) async fn section(app: &App, signed: &Signed, patient: &str) -> Result<Markup, Problem> {
    let viewer = &signed.caller.viewer;
    let may = app.clinic.permit(viewer, Action::MakeLink, patient).await;
    if may.is_err() {
        return Ok(html! {});
    }
    let words = &signed.words;
    let links = app.identity.links_of(patient).await?;
    let csrf = signed.csrf();
    let now = app.clinic.clock.now();
    let moment = |at: jiff::Timestamp| words.moment(at.to_zoned(signed.zone()).datetime());
    let columns = ["link-what", "link-made", "link-state", "link-act"];
    let columns = columns.map(|word| Column::new(words.say(word))).to_vec();
    let mut table = Table::new(words.say("links"), columns).hide_caption();
    for link in links.iter().take(SHOWN) {
        let (tone, word) = state(link, now);
        let revoke = html! {
            @if link.is_good(now) {
                form method="post" action={ "/patients/" (patient) "/links/revoke" } {
                    (hidden("csrf", &csrf))
                    (hidden("link", &link.id))
                    (second_button(&words.say("link-revoke")))
                }
            }
        };
        table = table.row(vec![
            html! { (words.say(what(link))) },
            html! { (moment(link.created)) },
            tag(tone, &words.say(word)),
            revoke,
        ]);
    }
    Ok(html! {
        h2 class="govuk-heading-m" { (words.say("links")) }
        form method="post" action={ "/patients/" (patient) "/page-link" } {
            (hidden("csrf", &csrf))
            (second_button(&words.say("link-make-page")))
        }
        @if !links.is_empty() { (table) }
    })
}

fn what(link: &Link) -> &'static str {
    let intake = Place::read(&link.assignment).is_some_and(|place| place.assignment == INTAKE);
    match (link.kind, intake) {
        (LinkKind::Page, _) => "link-page",
        (LinkKind::Referral, _) => "link-referral",
        (LinkKind::Task, true) => "link-intake",
        (LinkKind::Task, false) => "link-questionnaire",
    }
}

fn state(link: &Link, now: jiff::Timestamp) -> (Tone, &'static str) {
    if link.submitted.is_some() {
        (Tone::Good, "link-sent-in")
    } else if link.revoked.is_some() {
        (Tone::Plain, "link-revoked")
    } else if !link.is_good(now) {
        (Tone::Plain, "link-over")
    } else if link.opened.is_some() {
        (Tone::Known, "link-opened")
    } else {
        (Tone::Watch, "link-unopened")
    }
}
