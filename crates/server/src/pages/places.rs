//! The first page of those who treat nobody: where they can go, and what waits there.

use cotreat_access::{Action, Viewer};
use cotreat_people::Role;
use cotreat_ui::{Link, Place, Tile, tiles};
use maud::{Markup, html};

use crate::web::{App, Page, Problem, Signed};

/// Their first page; nothing for whoever treats: theirs is the caseload.
pub(super) async fn page(signed: &Signed, app: &App) -> Result<Option<Page>, Problem> {
    let Viewer::Staff { roles, .. } = &signed.caller.viewer else {
        return Ok(None);
    };
    if roles.contains(&Role::Clinician) {
        return Ok(None);
    }
    let words = &signed.words;
    let at_the_desk = roles.contains(&Role::FrontDesk);
    let mut places: Vec<Link> = Place::of(&signed.staff().roles)
        .map(|place| Link::new(words.say(place.word), place.address))
        .collect();
    let listed = |address: &str, places: &[Link]| places.iter().any(|one| one.address == address);
    // Who answers for privacy need be nothing else.
    if signed.may(app, Action::SeeAudit) && !listed("/audit", &places) {
        places.push(Link::new(words.say("menu-audit"), "/audit"));
    }
    let body = html! {
        @if at_the_desk { (super::patients::search("", words)) (waiting(app, signed).await?) }
        h2 class="govuk-heading-m" { (words.say("home-places")) }
        @if places.is_empty() { p class="govuk-body" { (words.say("home-nothing")) } }
        ul class="govuk-list" {
            @for place in &places { li { a class="govuk-link" href=(place.address) { (place.says) } } }
        }
    };
    let frame = signed.frame(words.say("home-title")).at("/");
    Ok(Some(Page::whole(frame.page(body))))
}

/// What waits for the front desk, in numbers.
async fn waiting(app: &App, signed: &Signed) -> Result<Markup, Problem> {
    let words = &signed.words;
    let today = app.clinic.clock.now().to_zoned(signed.zone()).date();
    let expected = app.clinic.appointments(&signed.caller, today).await?;
    let due = app.clinic.due(&signed.caller, None).await?;
    let late = due.referrals.iter().filter(|(_, late)| late.is_some());
    let tile = |number: usize, word: &str, address: &str| Tile {
        number: number.to_string(),
        says: words.say(word),
        note: None,
        address: Some(address.to_owned()),
    };
    Ok(tiles(&[
        tile(expected, "home-appointments", "/today"),
        tile(due.questionnaires.len(), "home-questionnaires", "/chase"),
        tile(due.intakes.len(), "home-intakes", "/chase"),
        tile(late.count(), "home-referrals", "/chase"),
    ]))
}
