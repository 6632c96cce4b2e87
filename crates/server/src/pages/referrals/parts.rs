//! What is shown of a referral, to whoever reads it: staff, and somebody outside.

use cotreat_care::event::{Guidance, Position, Referral, Who};
use cotreat_care::record::{ReferralRecord, State};
use cotreat_knowledge::Knowledge;
use cotreat_ui::{Field, Moment, Row, Tone, Words, summary_list, tag, timeline};
use maud::{Markup, html};

use crate::web::{App, Problem};

/// The most characters of a reason.
const REASON: u32 = 1_000;

/// Where it stands, in a word.
pub fn state(words: &Words, state: State) -> Markup {
    let tone = match state {
        State::Draft => Tone::Plain,
        State::Sent => Tone::Watch,
        State::Accepted | State::Scheduled | State::InProgress => Tone::Known,
        State::Completed => Tone::Good,
        State::Declined | State::Missed => Tone::Urgent,
        State::Cancelled => Tone::Plain,
    };
    tag(tone, &state_word(words, state))
}

/// The same without a colour.
pub fn state_word(words: &Words, state: State) -> String {
    words.say(match state {
        State::Draft => "referral-draft",
        State::Sent => "referral-sent",
        State::Accepted => "referral-accepted",
        State::Declined => "referral-declined",
        State::Scheduled => "referral-scheduled",
        State::InProgress => "referral-in-progress",
        State::Completed => "referral-completed",
        State::Missed => "referral-missed",
        State::Cancelled => "referral-cancelled",
    })
}

/// What a profession is called; its id where this knowledge has none of it.
pub fn profession<'a>(app: &'a App, id: &'a str) -> &'a str {
    let found = app.clinic.knowledge.professions.get(id);
    found.map_or(id, |found| found.name.as_str())
}

/// A way of lying, sitting or standing.
pub fn position(words: &Words, position: Position) -> String {
    words.say(match position {
        Position::Prone => "position-prone",
        Position::Supine => "position-supine",
        Position::SideLying => "position-side",
        Position::Seated => "position-seated",
        Position::Standing => "position-standing",
    })
}

/// What is asked, under its headings: those that must be there first, in their order.
pub fn content(words: &Words, knowledge: &Knowledge, referral: &Referral) -> Markup {
    let wanted = referral.headings(knowledge);
    let said = |heading: &String| Some((heading.clone(), referral.content.get(heading)?));
    let first = wanted.iter().filter_map(said);
    let more = referral.content.iter();
    let more = more.filter(|(heading, _)| !wanted.contains(heading));
    let more = more.map(|(heading, text)| (heading.clone(), text));
    let rows: Vec<Row> = first
        .chain(more)
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(heading, text)| Row::new(capital(&heading), lines(text)))
        .collect();
    html! {
        @if rows.is_empty() { p class="govuk-body" { (words.say("referral-says-nothing")) } }
        @else { (summary_list(words, &rows)) }
    }
}

/// A heading as it stands at the beginning of a line.
pub fn capital(heading: &str) -> String {
    let mut letters = heading.chars();
    let first = letters.next();
    let first = first.map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// A text as it was typed, line by line.
pub fn lines(text: &str) -> Markup {
    html! {
        @for (at, line) in text.lines().enumerate() {
            @if at > 0 { br; }
            (line)
        }
    }
}

/// What the receiver is asked to keep to.
pub fn guidance(words: &Words, guidance: &[Guidance], supervisor: Option<&str>) -> Markup {
    html! {
        @if guidance.is_empty() { p class="govuk-body" { (words.say("guidance-none")) } }
        @else {
            ul class="govuk-list govuk-list--bullet" {
                @for one in guidance { li { strong { (one.says) } } }
            }
        }
        @if let Some(name) = supervisor {
            p class="govuk-body" { (words.say_with("guidance-supervised", &[("name", name.into())])) }
        }
    }
}

/// What became of it, step by step.
pub fn steps(words: &Words, one: &ReferralRecord) -> Markup {
    let moments: Vec<Moment> = one
        .steps
        .iter()
        .map(|(day, state, said)| Moment {
            stamp: day.to_string(),
            when: words.short_date(*day),
            what: state_word(words, *state),
            who: None,
            body: said.as_deref().map(lines),
        })
        .collect();
    timeline(&moments)
}

/// The name of whoever supervises.
pub async fn supervisor(app: &App, guidance: &[Guidance]) -> Result<Option<String>, Problem> {
    let Some(id) = guidance.iter().find_map(|one| one.supervisor.as_ref()) else {
        return Ok(None);
    };
    let found = app.clinic.store.user(id).await?;
    Ok(found.map(|found| found.account.name))
}

/// The pathway, and by when an answer is expected.
pub fn deadline(app: &App, words: &Words, one: &ReferralRecord) -> Vec<Row> {
    let knowledge = &app.clinic.knowledge;
    let mut rows = Vec::new();
    let pathway = one.referral.pathway.as_ref();
    if let Some(pathway) = pathway.and_then(|id| knowledge.pathways.get(id)) {
        let says = html! { (pathway.name) ", " strong { (pathway.within) } };
        rows.push(Row::new(words.say("referral-pathway"), says));
    }
    if let (State::Sent | State::Accepted, Some(from)) = (one.state, one.counts_from) {
        let days = i64::from(one.waiting().answer_days(knowledge));
        if let Ok(until) = from.checked_add(jiff::Span::new().days(days)) {
            rows.push(Row::new(
                words.say("referral-until"),
                html! { (words.date(until)) },
            ));
        }
    }
    rows
}

/// Somebody, with their profession.
pub fn by(app: &App, who: &Who) -> Markup {
    html! {
        (who.name())
        @if let Some(id) = who.profession() { ", " (profession(app, id)) }
    }
}

/// A reason that must be given.
pub fn reason(words: &Words, name: &str, label: &str) -> Field {
    Field::new(name, words.say(label)).rows(3).most(REASON)
}
