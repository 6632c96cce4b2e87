//! Referrals: the boxes they lie in, writing one, seeing one and doing the next thing with it.

pub(super) mod act;
mod choose;
mod draft;
pub(super) mod parts;
mod prefill;
pub(super) mod show;
mod write;

use axum::extract::{Query, State};
use cotreat_care::record;
use cotreat_ui::{Column, Link, Table, Tone, empty, side_menu, tag};
use maud::{Markup, Render as _, html};
use serde::Deserialize;

use crate::clinic::{Boxes, Line};
use crate::web::{App, Page, Problem, Signed};

pub use act::act;
pub use choose::ask;
pub use draft::{about, professions, room};
pub use show::{calendar, show};
pub use write::write;

/// Which boxes are looked at.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    /// Those too that are over.
    #[serde(default)]
    over: bool,
}

/// `GET /referrals`: what came in and what went out, what is overdue first.
///
/// # Errors
/// The store failed.
pub async fn list(
    signed: Signed,
    State(app): State<App>,
    Query(which): Query<Which>,
) -> Result<Page, Problem> {
    let boxes = app.clinic.boxes(&signed.caller, which.over).await?;
    let words = &signed.words;
    let ways = [
        Link::new(words.say("referrals-open"), "/referrals").here(!which.over),
        Link::new(words.say("referrals-over"), "/referrals?over=true").here(which.over),
    ];
    let page = signed.frame(words.say("referrals-title")).wide();
    let page = page.at("/referrals");
    let page = page.beside(side_menu(&words.say("referrals-which"), &ways));
    let body = html! {
        (table(&app, &signed, &boxes, "referrals-in", &boxes.incoming))
        (table(&app, &signed, &boxes, "referrals-out", &boxes.outgoing))
        p { a class="govuk-link" href="/directory" { (words.say("directory-title")) } }
    };
    Ok(Page::whole(page.page(body)))
}

fn table(app: &App, signed: &Signed, boxes: &Boxes, word: &str, lines: &[Line]) -> Markup {
    let words = &signed.words;
    let heading = words.say(word);
    if lines.is_empty() {
        let nothing = html! { p class="govuk-body" { (words.say(&format!("{word}-none"))) } };
        return empty(&heading, nothing);
    }
    let columns = [
        "referral-patient",
        "referral-state",
        "referral-other",
        "referral-as",
        "referral-appointment",
    ];
    let columns = columns.map(|word| Column::new(words.say(word)));
    let mut table = Table::new(&heading, columns.into()).hide_caption();
    for line in lines {
        table = table.row(row(app, signed, line));
    }
    let late = lines.iter().filter(|line| line.overdue.is_some()).count();
    html! {
        section {
            h2 class="govuk-heading-m" { (heading) }
            @if late > 0 {
                p class="govuk-body" { (words.say_with("referrals-late", &[("n", late.into()), ("day", words.date(boxes.today).into())])) }
            }
            (table.render())
        }
    }
}

fn row(app: &App, signed: &Signed, line: &Line) -> Vec<Markup> {
    let (words, listed) = (&signed.words, &line.listed);
    let address = format!("/episodes/{}/referrals/{}", listed.episode, listed.referral);
    let pathway = listed.pathway.as_ref();
    let pathway = pathway.and_then(|id| app.clinic.knowledge.pathways.get(id));
    vec![
        html! {
            a class="govuk-link" href=(address) { (listed.identity.full_name()) }
            br;
            span class="govuk-hint" { (words.say_with("person-born", &[("day", words.short_date(listed.identity.born).into())])) }
        },
        html! {
            (parts::state(words, listed.state))
            @if let Some(late) = line.overdue { " " (overdue(words, late)) }
            br;
            span class="govuk-hint" { (words.say_with("since", &[("day", words.short_date(listed.since).into())])) }
        },
        html! {
            @match &line.other.name {
                Some(name) => (name),
                None => (words.say("referral-anybody")),
            }
            @if let Some(organisation) = &line.other.organisation { br; span class="govuk-hint" { (organisation) } }
        },
        html! {
            (parts::profession(app, &listed.to_profession))
            @if let Some(pathway) = pathway { br; span class="govuk-hint" { (pathway.name) ", " (pathway.within) } }
        },
        html! { @if let Some(day) = listed.appointment { (words.short_date(day)) } @else { (words.say("none-yet")) } },
    ]
}

/// How long it has been waited for too long.
fn overdue(words: &cotreat_ui::Words, late: record::Overdue) -> Markup {
    tag(
        Tone::Urgent,
        &words.say_with("overdue-days", &[("n", late.days.into())]),
    )
}
