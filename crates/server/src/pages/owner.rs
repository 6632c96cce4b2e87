//! What an owner sees of the organisation's own work: no names, small counts hidden.

use axum::extract::{Query, State};
use cotreat_access::Action;
use cotreat_knowledge::Tier;
use cotreat_ui::{Column, Table, Tone, Words, details, inset, notice};
use maud::{Markup, html};
use serde::Deserialize;

use super::patient::{instrument, wave};
use crate::clinic::results::{self, Quarter, Results, Shown, share};
use crate::web::{App, Page, Problem, Signed};

/// Which quarter.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    quarter: String,
    /// What was just done.
    #[serde(default)]
    done: String,
}

/// `GET /owner`.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn show(
    signed: Signed,
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let words = &signed.words;
    let quarter = Quarter::read(&asked.quarter);
    let results = app.clinic.results(&signed.caller, quarter).await?;
    let body = html! {
        (quarters(&results, words))
        (details(&words.say("results-how"), html! {
            p class="govuk-body" { (words.say("results-how-few")) }
            p class="govuk-body" { (words.say("results-how-erased")) }
        }))
        h2 class="govuk-heading-m" { (words.say("results-alarms")) }
        (alarms(&results, words))
        @if results.between.is_some() {
            h2 class="govuk-heading-m" { (words.say("results-answers")) }
            (answers(&app, &results, words))
            h2 class="govuk-heading-m" { (words.say("results-loops")) }
            (loops(&app, &results, words))
            h2 class="govuk-heading-m" { (words.say("results-sessions")) }
            (sessions(&app, &results, words))
        }
        @if signed.may(&app, Action::ChangeOrganisation) {
            h2 class="govuk-heading-m" { (words.say("results-more")) }
            ul class="govuk-list" {
                li { a class="govuk-link" href="/members" { (words.say("menu-people")) } }
                li { a class="govuk-link" href="/organisation" { (words.say("organisation-title")) } }
                li { a class="govuk-link" href="/audit" { (words.say("menu-audit")) } }
                li { a class="govuk-link" href="/erase" { (words.say("erase-title")) } }
            }
        }
    };
    let mut frame = signed
        .frame(words.say("menu-owner"))
        .at("/owner")
        .wide()
        .record();
    if asked.done == "erased" {
        let says =
            html! { p class="govuk-notification-banner__heading" { (words.say("erase-done")) } };
        frame = frame.notice(notice(words, Tone::Good, says));
    }
    Ok(Page::whole(frame.page(body)))
}

/// The quarter, and the ways to those around it.
fn quarters(results: &Results, words: &Words) -> Markup {
    let name = |one: Quarter| {
        let told = [
            ("number", i64::from(one.number).into()),
            ("year", one.year.to_string().into()),
        ];
        words.say_with("quarter", &told)
    };
    let (before, after) = (results.quarter.before(), results.quarter.after());
    let link = |one: Quarter| format!("/owner?quarter={}", one.to_text());
    html! {
        nav class="ct-toolbar govuk-button-group" aria-label=(words.say("quarters")) {
            a class="govuk-link" href=(link(before)) rel="prev" { "← " (name(before)) }
            strong { (name(results.quarter)) }
            a class="govuk-link" href=(link(after)) rel="next" { (name(after)) " →" }
        }
        @match results.between {
            Some(between) => p class="govuk-body" {
                (words.say_with("results-between", &[("from", words.date(between.from).into()), ("to", words.date(between.to).into())]))
            },
            None => (inset(html! { p class="govuk-body" { (words.say("results-no-month")) } })),
        }
    }
}

/// A count, or why it is not there.
fn shown(one: Shown, words: &Words) -> String {
    match one {
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of a clinic are far below 2^52"
        )]
        Shown::Count(count) => words.number(count as f64, 0),
        Shown::Few => "<11".to_owned(),
        Shown::Hidden => words.say("count-hidden"),
    }
}

fn cell(one: Shown, words: &Words) -> Markup {
    html! { (shown(one, words)) }
}

fn nothing(words: &Words, rows: bool) -> Markup {
    html! { @if rows { p class="govuk-body" { (words.say("results-none")) } } }
}

fn columns(first: &str, numbers: &[&str], words: &Words) -> Vec<Column> {
    let first = Column::new(words.say(first));
    let numbers = numbers.iter().map(|id| Column::numeric(words.say(id)));
    std::iter::once(first).chain(numbers).collect()
}

/// The word of a tier.
fn tier(one: Tier) -> &'static str {
    match one {
        Tier::Emergency => "tier-emergency",
        Tier::Urgent => "tier-urgent",
        Tier::Routine => "tier-routine",
        Tier::Watch => "tier-watch",
    }
}

fn alarms(results: &Results, words: &Words) -> Markup {
    let ages = ["age-day", "age-week", "age-weeks", "age-longer", "age-all"];
    let mut table =
        Table::new(words.say("results-alarms"), columns("tier", &ages, words)).hide_caption();
    for (one, counts) in &results.alarms.tiers {
        let (cells, total) = results::row(counts);
        let mut row = vec![html! { (words.say(tier(*one))) }];
        row.extend(cells.into_iter().map(|one| cell(one, words)));
        row.push(cell(total, words));
        table = table.row(row);
    }
    let of = words.say_with("results-episodes", &[("n", results.alarms.episodes.into())]);
    html! {
        (table)
        p class="govuk-hint" { (of) @if results.alarms.more { " " (words.say("results-episodes-more")) } }
    }
}

fn answers(app: &App, results: &Results, words: &Words) -> Markup {
    let heads = [
        "results-wave",
        "results-due",
        "results-answered",
        "results-rate",
    ];
    let heads: Vec<Column> = std::iter::once(Column::new(words.say("results-instrument")))
        .chain(heads.iter().enumerate().map(|(at, id)| {
            if at == 0 {
                Column::new(words.say(id))
            } else {
                Column::numeric(words.say(id))
            }
        }))
        .collect();
    let mut table = Table::new(words.say("results-answers"), heads).hide_caption();
    for one in &results.answered {
        let told = share(one.answered, one.due);
        table = table.row(vec![
            html! { (instrument(&app.clinic.knowledge, &one.instrument)) },
            html! { (wave(words, one.wave.as_deref())) },
            cell(told.whole, words),
            cell(told.part, words),
            rate(told, words),
        ]);
    }
    html! { (nothing(words, results.answered.is_empty())) @if !results.answered.is_empty() { (table) } }
}

fn rate(told: results::Share, words: &Words) -> Markup {
    html! { @match told.ratio() { Some(ratio) => (words.percent(ratio, 0)), None => "–" } }
}

fn profession(app: &App, id: &str) -> String {
    let found = app.clinic.knowledge.professions.get(id);
    found.map_or_else(|| id.to_owned(), |one| one.name.clone())
}

fn loops(app: &App, results: &Results, words: &Words) -> Markup {
    let heads = [
        "results-sent",
        "results-answered",
        "results-days-answer",
        "results-completed",
        "results-days-end",
    ];
    let heads = columns("results-to", &heads, words);
    let mut table = Table::new(words.say("results-loops"), heads).hide_caption();
    for one in &results.loops {
        let (answered, completed) = (
            share(one.answered, one.sent),
            share(one.completed, one.sent),
        );
        let days = |told: results::Share, days: Option<i32>| match (told.part, days) {
            (Shown::Count(count), Some(days)) if count > 0 => days.to_string(),
            _ => "–".to_owned(),
        };
        table = table.row(vec![
            html! { (profession(app, &one.profession)) },
            cell(Shown::of(one.sent), words),
            cell(answered.part, words),
            html! { (days(answered, one.days_to_answer)) },
            cell(completed.part, words),
            html! { (days(completed, one.days_to_end)) },
        ]);
    }
    html! { (nothing(words, results.loops.is_empty())) @if !results.loops.is_empty() { (table) } }
}

fn sessions(app: &App, results: &Results, words: &Words) -> Markup {
    let heads = columns(
        "results-profession",
        &["results-sessions-n", "results-patients-n"],
        words,
    );
    let mut table = Table::new(words.say("results-sessions"), heads).hide_caption();
    for one in &results.treated {
        let patients = Shown::of(one.patients);
        // The sessions of few patients are about few patients.
        let sessions = match (patients, Shown::of(one.sessions)) {
            (Shown::Few, Shown::Count(_)) => Shown::Hidden,
            (_, sessions) => sessions,
        };
        table = table.row(vec![
            html! { (profession(app, &one.profession)) },
            cell(sessions, words),
            cell(patients, words),
        ]);
    }
    html! { (nothing(words, results.treated.is_empty())) @if !results.treated.is_empty() { (table) } }
}
