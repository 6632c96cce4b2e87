//! What a patient is told to do: care cards by urgency, callouts, dos and don'ts. The texts come from the knowledge, with their sources.

use maud::{Markup, html};

use crate::Words;

/// How soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// When it suits.
    NonUrgent,
    /// Within days.
    Urgent,
    /// Now.
    Emergency,
}

impl Urgency {
    const fn class(self) -> &'static str {
        match self {
            Self::NonUrgent => "non-urgent",
            Self::Urgent => "urgent",
            Self::Emergency => "emergency",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::NonUrgent => "care-non-urgent",
            Self::Urgent => "care-urgent",
            Self::Emergency => "care-emergency",
        }
    }
}

/// A card that says how soon to get which help. How urgent it is stands in words before the heading, not only in the colour.
#[must_use]
pub fn care_card(words: &Words, urgency: Urgency, heading: &str, body: Markup) -> Markup {
    html! {
        section class={ "ct-care-card ct-care-card--" (urgency.class()) } {
            h2 class="ct-care-card__heading" { span class="ct-care-card__urgency" { (words.say(urgency.word())) } (heading) }
            div class="ct-care-card__body" { (body) }
        }
    }
}

/// Something that must not be overlooked.
#[must_use]
pub fn callout(heading: &str, body: Markup) -> Markup {
    html! { section class="ct-callout" { h2 class="ct-callout__heading" { (heading) } (body) } }
}

/// What helps.
#[must_use]
pub fn do_list(words: &Words, items: &[Markup]) -> Markup {
    dos(&words.say("do-title"), "do", "✓", items)
}

/// What harms.
#[must_use]
pub fn dont_list(words: &Words, items: &[Markup]) -> Markup {
    dos(&words.say("dont-title"), "dont", "✗", items)
}

fn dos(heading: &str, class: &str, sign: &str, items: &[Markup]) -> Markup {
    html! {
        section class={ "ct-dodont ct-dodont--" (class) } {
            h2 class="ct-dodont__heading" { (heading) }
            ul { @for item in items { li { span class="ct-dodont__sign" aria-hidden="true" { (sign) } div { (item) } } } }
        }
    }
}
