//! Things said beside the content: what was just done, a tag, a remark, something that opens.

use maud::{Markup, html};

use crate::Words;

/// How something is meant. It is never told by colour alone: the words say it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Neutral.
    Plain,
    /// Done, well, cleared.
    Good,
    /// Worth looking at.
    Watch,
    /// Within days.
    Urgent,
    /// Now; or: not allowed.
    Stop,
    /// About knowledge and evidence.
    Known,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "grey",
            Self::Good => "green",
            Self::Watch => "yellow",
            Self::Urgent => "orange",
            Self::Stop => "red",
            Self::Known => "teal",
        }
    }
}

/// What was just done, or what the reader must know before anything else.
#[must_use]
pub fn notice(words: &Words, tone: Tone, body: Markup) -> Markup {
    let (class, role, title) = match tone {
        Tone::Good => (
            " govuk-notification-banner--success",
            "alert",
            "notice-done",
        ),
        Tone::Urgent | Tone::Stop => (" ct-notice--stop", "alert", "notice-important"),
        Tone::Plain | Tone::Watch | Tone::Known => ("", "region", "notice-note"),
    };
    let title = words.say(title);
    html! {
        div class={ "govuk-notification-banner" (class) } role=(role) aria-label=(title) {
            div class="govuk-notification-banner__header" { p class="govuk-notification-banner__title" { (title) } }
            div class="govuk-notification-banner__content" { (body) }
        }
    }
}

/// A short word about the state of something.
#[must_use]
pub fn tag(tone: Tone, says: &str) -> Markup {
    html! { strong class={ "govuk-tag ct-tag govuk-tag--" (tone.class()) } { (says) } }
}

/// A remark set apart from the text.
#[must_use]
pub fn inset(body: Markup) -> Markup {
    html! { div class="govuk-inset-text" { (body) } }
}

/// What may go wrong, before it does.
#[must_use]
pub fn warning(words: &Words, says: &str) -> Markup {
    html! {
        div class="govuk-warning-text" {
            span class="govuk-warning-text__icon" aria-hidden="true" { "!" }
            strong class="govuk-warning-text__text" { span class="govuk-visually-hidden" { (words.say("warning-before")) " " } (says) }
        }
    }
}

/// A line that opens.
#[must_use]
pub fn details(summary: &str, body: Markup) -> Markup {
    html! {
        details class="govuk-details" {
            summary class="govuk-details__summary" { span class="govuk-details__summary-text" { (summary) } }
            div class="govuk-details__text" { (body) }
        }
    }
}

/// The end of something that a patient went through: all is sent. It holds the heading of the page, so the frame takes [`crate::Frame::own_heading`].
#[must_use]
pub fn panel(heading: &str, body: Markup) -> Markup {
    html! {
        div class="govuk-panel govuk-panel--confirmation" {
            h1 class="govuk-panel__title" { (heading) }
            div class="govuk-panel__body" { (body) }
        }
    }
}
