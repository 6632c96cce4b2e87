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
use cotreat_ui::{CaseRow, Link, Tone, Words, caseload, empty, side_menu, tag};
use maud::{Markup, html};
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
        (lying(&app, &signed, &boxes, "referrals-in", &boxes.incoming))
        (lying(&app, &signed, &boxes, "referrals-out", &boxes.outgoing))
        p { a class="govuk-link" href="/directory" { (words.say("directory-title")) } }
    };
    Ok(Page::whole(page.page(body)))
}

/// What lies in one of the boxes.
fn lying(app: &App, signed: &Signed, boxes: &Boxes, word: &str, lines: &[Line]) -> Markup {
    let words = &signed.words;
    let heading = words.say(word);
    if lines.is_empty() {
        let nothing = html! { p class="govuk-body" { (words.say(&format!("{word}-none"))) } };
        return empty(&heading, nothing);
    }
    let late = lines.iter().filter(|line| line.overdue.is_some()).count();
    let rows: Vec<CaseRow> = lines.iter().map(|line| row(app, words, line)).collect();
    html! {
        section {
            h2 class="govuk-heading-m" { (heading) }
            @if late > 0 {
                p class="govuk-body" { (words.say_with("referrals-late", &[("n", late.into()), ("day", words.date(boxes.today).into())])) }
            }
            (caseload(&rows))
        }
    }
}

/// Who it is about, with whom it lies as what, and where it stands.
fn row(app: &App, words: &Words, line: &Line) -> CaseRow {
    let listed = &line.listed;
    let told = |word: &str, day| words.say_with(word, &[("day", words.short_date(day).into())]);
    let name = line.other.name.clone();
    let mut facts = vec![
        told("person-born", listed.identity.born),
        name.unwrap_or_else(|| words.say("referral-anybody")),
        parts::profession(app, &listed.to_profession).to_owned(),
    ];
    facts.extend(line.other.organisation.clone());
    let pathway = listed.pathway.as_ref();
    let pathway = pathway.and_then(|id| app.clinic.knowledge.pathways.get(id));
    facts.extend(pathway.map(|one| format!("{}, {}", one.name, one.within)));
    facts.push(told("since", listed.since));
    let mut tags = vec![parts::state(words, listed.state)];
    tags.extend(line.overdue.map(|late| overdue(words, late)));
    CaseRow {
        name: listed.identity.full_name(),
        address: format!("/episodes/{}/referrals/{}", listed.episode, listed.referral),
        facts,
        tags,
        next: listed
            .appointment
            .map(|day| told("referral-appointment-on", day)),
    }
}

/// How long it has been waited for too long.
fn overdue(words: &Words, late: record::Overdue) -> Markup {
    tag(
        Tone::Urgent,
        &words.say_with("overdue-days", &[("n", late.days.into())]),
    )
}
