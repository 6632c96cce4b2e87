//! What a patient can say on their own page, what they take, and who looked.

use cotreat_knowledge::format::DoseUnit;
use cotreat_people::event::Purpose;
use cotreat_ui::{Button, Field, Fields, Tone, Words, button, hidden, tag};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};

use super::Own;
use crate::clinic::{OwnEpisode, new_id};

/// What a patient can agree to here, each with a word of the pages (`consent-…`).
pub(super) const PURPOSES: [&str; 4] = ["care_team", "research", "trial", "email"];

/// The question to the team.
pub(super) fn question_field(words: &Words) -> Field {
    Field::new("question", words.say("own-question"))
        .most(2_000)
        .rows(4)
}

/// What every form here carries along.
fn carried(own: &Own<'_>, one: &OwnEpisode) -> Markup {
    html! {
        (hidden("csrf", &own.csrf))
        (hidden("episode", &one.episode))
        (hidden("request", &new_id()))
    }
}

/// Questions to the team with their answers, and one more.
pub(super) fn questions(own: &Own<'_>, one: &OwnEpisode, fields: &Fields) -> Markup {
    let words = &own.words;
    let mut asked: Vec<_> = one.record.questions.values().collect();
    asked.sort_by_key(|question| question.asked.nth);
    html! {
        h2 class="govuk-heading-m" id="questions" { (words.say("own-questions")) }
        @for question in asked {
            div class="ct-talk" {
                p class="govuk-body" { strong { (question.asked.by.name()) } ", " (words.date(question.asked.day)) ": " (question.asked.what) }
                @for answer in &question.answers {
                    p class="govuk-body" { strong { (answer.by.name()) } ", " (words.date(answer.day)) ": " (answer.what) }
                }
                @if question.answers.is_empty() { p class="govuk-body" { (tag(Tone::Watch, &words.say("own-not-answered"))) } }
            }
        }
        form method="post" action="/my-record/question" data-guard {
            (carried(own, one))
            (fields.textarea(&question_field(words).hint(words.say("own-question-hint"))))
            (button(&words.say("own-ask")))
        }
    }
}

/// The medicines on record that are still taken.
pub(super) fn medicines(own: &Own<'_>, one: &OwnEpisode) -> Markup {
    let (words, knowledge) = (&own.words, &own.app.clinic.knowledge);
    let mut newest = std::collections::BTreeMap::new();
    for noted in &one.record.medication {
        newest.insert(&noted.what.medicine, noted);
    }
    let taken = newest.into_values().filter(|noted| noted.what.to.is_none());
    let lines: Vec<String> = taken
        .map(|noted| {
            let found = knowledge.medicines.find(&noted.what.medicine);
            let name = found.map_or_else(
                || noted.what.medicine.clone(),
                |found| knowledge.medicines[found].name.clone(),
            );
            match noted.what.dose {
                Some(dose) if dose.unit == DoseUnit::MilligramsADay => words.say_with(
                    "medicine-with-dose",
                    &[("name", name.into()), ("mg", dose.amount.into())],
                ),
                _ => name,
            }
        })
        .collect();
    html! {
        @if !lines.is_empty() {
            h2 class="govuk-heading-m" { (words.say("own-medicines")) }
            ul class="govuk-list govuk-list--bullet" { @for line in &lines { li { (line) } } }
        }
    }
}

/// What the patient agreed to, with a switch for each.
pub(super) fn consents(own: &Own<'_>, one: &OwnEpisode) -> Markup {
    let words = &own.words;
    html! {
        h2 class="govuk-heading-m" id="consents" { (words.say("own-consents")) }
        p class="govuk-body" { (words.say("own-consents-says")) }
        dl class="govuk-summary-list" {
            @for purpose in PURPOSES {
                @let agrees = one.record.consents_to(purpose);
                @let name = words.say(&format!("consent-{purpose}"));
                div class="govuk-summary-list__row" {
                    dt class="govuk-summary-list__key" { (name) }
                    dd class="govuk-summary-list__value" {
                        @if agrees { (tag(Tone::Good, &words.say("consent-given"))) } @else { (tag(Tone::Plain, &words.say("consent-not-given"))) }
                    }
                    dd class="govuk-summary-list__actions" {
                        form method="post" action="/my-record/consent" {
                            (carried(own, one))
                            (hidden("purpose", purpose))
                            (hidden("agrees", if agrees { "no" } else { "yes" }))
                            (Button::new(words.say(if agrees { "consent-withdraw" } else { "consent-give" })).second())
                            span class="govuk-visually-hidden" { (name) }
                        }
                    }
                }
            }
        }
    }
}

/// Who looked at the record, the last first.
pub(super) fn looked(own: &Own<'_>) -> Markup {
    let words = &own.words;
    let when = |at: Timestamp| words.moment(at.to_zoned(TimeZone::UTC).datetime());
    html! {
        h2 class="govuk-heading-m" { (words.say("own-looked")) }
        @for one in &own.person.glass {
            p class="govuk-inset-text" { (when(one.at)) ": " (words.say("own-glass")) " " (one.reason) }
        }
        ul class="govuk-list" {
            @for one in &own.person.openings {
                li {
                    (when(one.at)) ": " (one.name.clone().unwrap_or_else(|| words.say("own-you"))) ", " (words.say(purpose(one.purpose)))
                }
            }
        }
        p class="govuk-hint" { (words.say("own-times")) }
    }
}

/// What a record was opened for.
const fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Care => "looked-care",
        Purpose::Emergency => "looked-emergency",
        Purpose::Administration => "looked-administration",
        Purpose::OwnRecord => "looked-own",
    }
}
