//! What the graph says, in words and as a table.

use maud::{Markup, html};

use super::plot::{class, sign};
use super::{Better, Course, Kind, Meaningful, Wave};
use crate::Words;
use crate::words::fill;

/// The instrument with its first and its latest value.
pub fn title(course: &Course, words: &Words) -> String {
    let (first, last) = (course.measured().next(), course.measured().next_back());
    let count = course.measured().count();
    let sentence = match count {
        0 => &words.outcome.title_none,
        1 => &words.outcome.title_one,
        _ => &words.outcome.title,
    };
    let value =
        |found: Option<(&Wave, f64)>| found.map(|(_, v)| words.number(v)).unwrap_or_default();
    fill(
        sentence,
        &[
            ("name", &course.outcome.name),
            ("first", &value(first)),
            ("last", &value(last)),
        ],
    )
}

/// What the title leaves out: direction, whether it is meaningful, how often it was measured, and what happened.
pub fn words(course: &Course, words: &Words) -> String {
    let own = &words.outcome;
    let mut said = vec![match course.outcome.better {
        Better::Lower => format!("{}.", own.lower),
        Better::Higher => format!("{}.", own.higher),
    }];
    let count = course.measured().count();
    if let (Some((first, _)), Some((last, value))) =
        (course.measured().next(), course.measured().next_back())
    {
        if let Some(meaningful) = course.meaningful.filter(|_| count > 1) {
            let reached = match course.outcome.better {
                Better::Lower => value <= meaningful.at,
                Better::Higher => value >= meaningful.at,
            };
            let sentence = if reached {
                &own.reached
            } else {
                &own.not_reached
            };
            let bound = bound(course, meaningful, words);
            said.push(fill(
                sentence,
                &[("bound", &bound), ("rule", &meaningful.rule)],
            ));
        }
        if count > 1 {
            let gaps = [
                ("count", count.to_string()),
                ("from", first.when.clone()),
                ("to", last.when.clone()),
            ];
            said.push(fill(
                &own.measured,
                &gaps.each_ref().map(|(gap, text)| (*gap, text.as_str())),
            ));
        }
    }
    let counted = |sentence: &str, what: &str, count: usize| {
        (count > 0).then(|| fill(sentence, &[("what", what), ("count", &count.to_string())]))
    };
    said.extend(counted(&own.missed_waves, "", course.missed()));
    said.extend(counted(&own.outside, "", course.outside()));
    for (kind, what) in [
        (Kind::Session, &own.sessions),
        (Kind::Harm, &own.harms),
        (Kind::Referral, &own.referrals),
    ] {
        said.extend(counted(&own.counted, what, course.events(kind).count()));
    }
    said.join(" ")
}

/// The bound of a meaningful improvement: `22 or lower`.
pub fn bound(course: &Course, meaningful: &Meaningful, words: &Words) -> String {
    let sentence = match course.outcome.better {
        Better::Lower => &words.outcome.at_most,
        Better::Higher => &words.outcome.at_least,
    };
    fill(sentence, &[("at", &words.number(meaningful.at))])
}

/// One thing of a kind.
pub fn kind(kind: Kind, words: &Words) -> &str {
    match kind {
        Kind::Session => &words.outcome.session,
        Kind::Harm => &words.outcome.harm,
        Kind::Referral => &words.outcome.referral,
    }
}

/// The signs that the graph has, and what they mean.
pub fn legend(course: &Course, words: &Words) -> Markup {
    let own = &words.outcome;
    html! {
        ul class="fig-legend" {
            @if let Some(meaningful) = course.meaningful {
                li { (key(html! { rect class="fig-band" y="2" width="16" height="12" {} path class="fig-bound" d="M0 2H16" {} }))
                    (fill(&own.band, &[("bound", &bound(course, meaningful, words))])) " (" (meaningful.rule) ")" }
            }
            @if course.missed() > 0 { li { (key(html! { path class="fig-missed" d="M5 5l6 6m0-6-6 6" {} })) (own.missed_wave) } }
            @for of in [Kind::Session, Kind::Harm, Kind::Referral] {
                @if course.events(of).next().is_some() {
                    li { (key(html! { g class=(class(of)) { path d={ "M8 3" (sign(of)) } {} } })) (kind(of, words)) }
                }
            }
        }
    }
}

fn key(sign: Markup) -> Markup {
    html! { svg viewBox="0 0 16 16" aria-hidden="true" focusable="false" { (sign) } }
}

/// Waves and events in the order of time.
pub fn table(course: &Course, words: &Words) -> Markup {
    let own = &words.outcome;
    let first = course.measured().next().map(|(_, value)| value);
    let mut rows: Vec<(i32, Markup)> = Vec::new();
    for (wave, value) in &course.waves {
        let change = value
            .zip(first)
            .map(|(value, first)| signed(value - first, words));
        rows.push((
            wave.day,
            html! {
                th scope="row" { (wave.when) }
                td class="fig-number" { @match value { Some(value) => (words.number(*value)), None => (own.missed) } }
                td class="fig-number" { (change.unwrap_or_default()) }
                td {}
            },
        ));
    }
    for event in &course.events {
        let row = html! {
            th scope="row" { (event.when) }
            td {} td {}
            td { (kind(event.kind, words)) @if !event.what.is_empty() { ": " (event.what) } }
        };
        rows.push((event.day, row));
    }
    rows.sort_by_key(|(day, _)| *day);
    html! {
        table {
            thead { tr { @for head in [&own.when, &own.value, &own.change, &own.happened] { th scope="col" { (head) } } } }
            tbody {
                @for (_, row) in rows { tr { (row) } }
                @if course.waves.is_empty() && course.events.is_empty() { tr { td colspan="4" { (own.none) } } }
            }
        }
    }
}

/// A change with its sign.
fn signed(change: f64, words: &Words) -> String {
    let number = words.number(change.abs());
    match number.as_str() {
        "0" => number,
        _ if change < 0.0 => format!("−{number}"),
        _ => format!("+{number}"),
    }
}
