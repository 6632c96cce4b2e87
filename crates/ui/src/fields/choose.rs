//! Fields that are chosen: a list, radios, checkboxes, and the scale from 0 to 10.

use maud::{Markup, html};

use super::Fields;
use crate::{Choice, Field};

impl Fields {
    /// One out of a list that drops down: for long lists only, such as languages. The first line is empty.
    #[must_use]
    pub fn select(&self, field: &Field, choices: &[Choice]) -> Markup {
        let chosen = self.get(&field.name);
        let inside = html! {
            (self.head(field))
            select class={ "govuk-select" (self.error_class(field, "govuk-select")) } id=(field.name) name=(field.name) autocomplete=[field.autocomplete]
                aria-describedby=[self.described_by(field)] {
                option value="" { (self.words.say("select-empty")) }
                @for choice in choices {
                    option value=(choice.value) selected[choice.value == chosen] { (choice.label) }
                }
            }
        };
        self.group(field, &inside)
    }

    /// One out of a few.
    #[must_use]
    pub fn radios(&self, field: &Field, choices: &[Choice]) -> Markup {
        let class = if field.inline {
            "govuk-radios govuk-radios--inline"
        } else {
            "govuk-radios"
        };
        self.set_of(
            field,
            None,
            &html! { div class=(class) { (self.items(field, choices, "radio")) } },
        )
    }

    /// Any number out of a few; each tick is sent under the same name.
    #[must_use]
    pub fn checkboxes(&self, field: &Field, choices: &[Choice]) -> Markup {
        self.set_of(
            field,
            None,
            &html! { div class="govuk-checkboxes" { (self.items(field, choices, "checkbox")) } },
        )
    }

    /// One tick that stands alone: "This is somebody else".
    #[must_use]
    pub fn tick(&self, field: &Field, value: &str) -> Markup {
        let inside = html! {
            (self.error_under(&field.name))
            div class="govuk-checkboxes" {
                div class="govuk-checkboxes__item" {
                    input class="govuk-checkboxes__input" id=(field.name) name=(field.name) type="checkbox" value=(value)
                        checked[self.get(&field.name) == value] aria-describedby=[self.described_by(field)];
                    label class="govuk-label govuk-checkboxes__label" for=(field.name) { (field.label) }
                    @if let (Some(hint), Some(id)) = (&field.hint, field.hint_id()) { div class="govuk-hint govuk-checkboxes__hint" id=(id) { (hint) } }
                }
            }
        };
        self.group(field, &inside)
    }

    /// Numbers in a row that wraps, with what the ends mean under it: pain from 0 to 10.
    #[must_use]
    pub fn scale(&self, field: &Field, from: u8, to: u8, least: &str, most: &str) -> Markup {
        let chosen = self.get(&field.name);
        let inside = html! {
            div class="ct-scale" {
                div class="ct-scale__row" {
                    @for value in from..=to {
                        @let id = id_of(&field.name, usize::from(value - from));
                        div class="ct-scale__item" {
                            input class="ct-scale__input" id=(id) name=(field.name) type="radio" value=(value) checked[value.to_string() == chosen];
                            label class="ct-scale__label" for=(id) {
                                (value)
                                @if value == from { span class="govuk-visually-hidden" { ", " (least) } }
                                @if value == to { span class="govuk-visually-hidden" { ", " (most) } }
                            }
                        }
                    }
                }
                p class="ct-scale__ends" aria-hidden="true" { span { (from) " = " (least) } span { (to) " = " (most) } }
            }
        };
        self.set_of(field, None, &inside)
    }

    fn items(&self, field: &Field, choices: &[Choice], kind: &str) -> Markup {
        let block = match kind {
            "radio" => "govuk-radios",
            _ => "govuk-checkboxes",
        };
        html! {
            @for (at, choice) in choices.iter().enumerate() {
                @let id = id_of(&field.name, at);
                @let hint = choice.hint.as_ref().map(|_| format!("{id}-item-hint"));
                @if choice.apart { div class={ (block) "__divider" } { (self.words.say("choice-or")) } }
                div class={ (block) "__item" } {
                    input class={ (block) "__input" } id=(id) name=(field.name) type=(kind) value=(choice.value)
                        checked[self.all(&field.name).contains(&choice.value)] aria-describedby=[hint.as_ref()] data-apart[choice.apart];
                    label class={ "govuk-label " (block) "__label" } for=(id) { (choice.label) }
                    @if let (Some(text), Some(hint)) = (&choice.hint, &hint) { div class={ "govuk-hint " (block) "__hint" } id=(hint) { (text) } }
                }
            }
        }
    }
}

/// The first input has the name of the field as its id, so that the summary leads there.
fn id_of(name: &str, at: usize) -> String {
    match at {
        0 => name.to_owned(),
        _ => format!("{name}-{}", at + 1),
    }
}
