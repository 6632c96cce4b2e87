//! Chasing: what is overdue, the longest first, each with one button that sends it again.

use axum::extract::State;
use cotreat_care::record::State as Stands;
use cotreat_ui::{Column, Table, Tone, Words, empty, tag};
use jiff::civil::Date;
use maud::{Markup, html};

use super::super::patient::{instrument, send, sent, wave};
use crate::clinic::{Due, INTAKE};
use crate::web::{App, Page, Problem, Signed};

/// `GET /chase`.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn list(signed: Signed, State(app): State<App>) -> Result<Page, Problem> {
    let words = &signed.words;
    let due = app.clinic.due(&signed.caller, None).await?;
    let late: Vec<_> = due
        .referrals
        .iter()
        .filter(|(_, late)| late.is_some())
        .collect();
    let nothing = due.intakes.is_empty() && due.questionnaires.is_empty() && late.is_empty();
    let today = app.clinic.clock.now().to_zoned(signed.zone()).date();
    let csrf = signed.csrf();
    let body = html! {
        @if nothing {
            (empty(&words.say("chase-nothing"), html! { p class="govuk-body" { (words.say("chase-nothing-says")) } }))
        }
        @if !due.questionnaires.is_empty() { (questionnaires(&app, &due, today, &csrf, words)) }
        @if !due.intakes.is_empty() { (intakes(&due, today, &csrf, words)) }
        @if !late.is_empty() { (referrals(&app, &due, words)) }
    };
    let frame = signed.frame(words.say("menu-chase")).at("/chase").wide();
    Ok(Page::whole(frame.page(body)))
}

fn columns(ids: [&str; 4], words: &Words) -> Vec<Column> {
    ids.map(|id| Column::new(words.say(id))).to_vec()
}

fn patient(id: &str, name: String) -> Markup {
    html! { a class="govuk-link" href={ "/patients/" (id) } { (name) } }
}

fn questionnaires(app: &App, due: &Due, today: Date, csrf: &str, words: &Words) -> Markup {
    let heads = columns(
        ["today-who", "chase-what", "chase-since", "today-act"],
        words,
    );
    let caption = words.say_with(
        "chase-questionnaires",
        &[("n", due.questionnaires.len().into())],
    );
    let mut table = Table::new(caption, heads);
    for one in &due.questionnaires {
        let (tone, state) = sent(one.sent.is_some(), one.opened.is_some());
        let name = instrument(&app.clinic.knowledge, &one.instrument);
        let again = if one.sent.is_some() {
            "send-again"
        } else {
            "send-now"
        };
        table = table.row(vec![
            patient(&one.patient, one.identity.full_name()),
            html! { (name) div class="govuk-hint" { (wave(words, one.wave.as_deref())) } },
            html! { (ago(one.due_on, today, words)) " " (tag(tone, &words.say(state))) },
            send(csrf, &one.episode, &one.assignment, &words.say(again)),
        ]);
    }
    html! { (table) }
}

fn intakes(due: &Due, today: Date, csrf: &str, words: &Words) -> Markup {
    let heads = columns(
        ["today-who", "chase-what", "chase-since", "today-act"],
        words,
    );
    let caption = words.say_with("chase-intakes", &[("n", due.intakes.len().into())]);
    let mut table = Table::new(caption, heads);
    for one in &due.intakes {
        let (tone, state) = sent(one.sent.is_some(), one.opened.is_some());
        let again = if one.sent.is_some() {
            "send-again"
        } else {
            "send-now"
        };
        table = table.row(vec![
            patient(&one.patient, one.identity.full_name()),
            html! { (words.say("due-intake")) },
            html! { (ago(one.opened_on, today, words)) " " (tag(tone, &words.say(state))) },
            send(csrf, &one.episode, INTAKE, &words.say(again)),
        ]);
    }
    html! { (table) }
}

fn referrals(app: &App, due: &Due, words: &Words) -> Markup {
    let heads = columns(
        ["today-who", "chase-to", "chase-stands", "chase-late"],
        words,
    );
    let late: Vec<_> = due
        .referrals
        .iter()
        .filter_map(|(one, late)| Some((one, late.as_ref()?)))
        .collect();
    let caption = words.say_with("chase-referrals", &[("n", late.len().into())]);
    let mut table = Table::new(caption, heads);
    for (one, late) in late {
        let to = app.clinic.knowledge.professions.get(&one.to_profession);
        let to = to.map_or_else(|| one.to_profession.clone(), |to| to.name.clone());
        table = table.row(vec![
            patient(&one.patient, one.identity.full_name()),
            html! { (to) },
            tag(Tone::Watch, &words.say(stands(one.state))),
            html! { (words.say_with("days", &[("n", late.days.into())])) },
        ]);
    }
    html! { (table) }
}

/// Where a referral stands: the id of its words.
const fn stands(state: Stands) -> &'static str {
    match state {
        Stands::Sent => "stands-sent",
        Stands::Accepted => "stands-accepted",
        Stands::Scheduled => "stands-scheduled",
        Stands::Missed => "stands-missed",
        Stands::Draft
        | Stands::Declined
        | Stands::InProgress
        | Stands::Completed
        | Stands::Cancelled => "stands-other",
    }
}

/// The day, and how long ago it was.
fn ago(day: Date, today: Date, words: &Words) -> String {
    let days = day.until(today).map_or(0, |span| span.get_days());
    let told = [
        ("day", words.short_date(day).into()),
        ("n", days.max(0).into()),
    ];
    words.say_with("days-ago", &told)
}
