//! The first page after signing in: for clinicians their caseload, what calls for them first; for everybody else where they can go.

mod filter;
mod row;

use axum::extract::{Query, State};
use cotreat_ui::{Link, Tone, Words, caseload, empty, notice, pager, side_menu};
use maud::{Markup, html};

use self::filter::{ORDERS, SHOWS, Wanted};
use crate::clinic::Case;
use crate::web::{App, Page, Problem, Signed};

/// So many rows a page has.
const ROWS: usize = 25;

/// `GET /`.
///
/// # Errors
/// The store failed.
pub async fn show(
    signed: Signed,
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
) -> Result<Page, Problem> {
    if let Some(page) = super::places::page(&signed, &app).await? {
        return Ok(page);
    }
    let words = &signed.words;
    let alerts = app.clinic.alerts(&signed.caller).await?.len();
    let found = app.clinic.caseload(&signed.caller).await?;
    let mut cases: Vec<&Case> = found.cases.iter().collect();
    let count = |show: &str| {
        cases
            .iter()
            .filter(|case| filter::is_in(show, case))
            .count()
    };
    let ways: Vec<Link> = SHOWS
        .iter()
        .map(|show| {
            let link = Link::new(words.say(&format!("caseload-{show}")), wanted.address(show));
            link.here(wanted.show() == *show).waiting(count(show))
        })
        .collect();
    let worse = cases.iter().filter(|case| case.signals.is_worse()).count();
    cases.retain(|case| filter::is_in(wanted.show(), case));
    filter::sort(&mut cases, wanted.order());
    let pages = cases.len().div_ceil(ROWS).max(1);
    let page = wanted.page().clamp(1, pages);
    let shown = cases.iter().skip((page - 1) * ROWS).take(ROWS);
    let rows: Vec<_> = shown
        .map(|case| row::of(words, case, found.today))
        .collect();
    let body = html! {
        @if alerts > 0 { (alert(words, alerts)) }
        (super::patients::search("", words))
        @if worse > 0 && wanted.show() != "worse" { (worse_alert(words, worse)) }
        @if rows.is_empty() {
            (empty(&words.say("caseload-none"), html! { p class="govuk-body" { (words.say(none(found.cases.is_empty()))) } }))
        } @else {
            (order(words, &wanted))
            (caseload(&rows))
            (pager(words, page, pages, |nth| wanted.page_address(nth)))
        }
    };
    let frame = signed.frame(words.say("caseload-title")).wide().at("/");
    let frame = frame.beside(side_menu(&words.say("caseload-show"), &ways));
    Ok(Page::whole(frame.page(body)))
}

const fn none(nobody: bool) -> &'static str {
    if nobody {
        "caseload-none-at-all"
    } else {
        "caseload-none-here"
    }
}

/// Somebody got worse: that is said above the list, whatever it shows.
fn worse_alert(words: &Words, worse: usize) -> Markup {
    let says = words.say_with("caseload-worse-alert", &[("n", worse.into())]);
    notice(
        words,
        Tone::Urgent,
        html! { p class="govuk-body" { a class="govuk-link" href="/?show=worse" { (says) } } },
    )
}

/// A page told a patient to get help now, and nobody saw to it yet: nothing on this page matters more.
fn alert(words: &Words, alerts: usize) -> Markup {
    let says = words.say_with("caseload-alert", &[("n", alerts.into())]);
    notice(
        words,
        Tone::Stop,
        html! { p class="govuk-body" { a class="govuk-link" href="/alerts" { (says) } } },
    )
}

/// In which order the list stands, and the other ones; links, so that it works without JavaScript and an order can be kept as a bookmark.
fn order(words: &Words, wanted: &Wanted) -> Markup {
    html! {
        p class="govuk-body" {
            (words.say("caseload-order")) " "
            @for (at, order) in ORDERS.iter().enumerate() {
                @if at > 0 { " · " }
                @let name = words.say(&format!("order-{order}"));
                @if wanted.order() == *order { strong aria-current="true" { (name) } }
                @else { a class="govuk-link" href=(wanted.order_address(order)) { (name) } }
            }
        }
    }
}
