//! Fields that are typed: a line, a long text, a number, a password.

use maud::{Markup, html};

use super::Fields;
use crate::Field;

impl Fields {
    /// A line of text.
    #[must_use]
    pub fn text(&self, field: &Field) -> Markup {
        self.line(field, field.kind.code(), None, self.get(&field.name))
    }

    /// A number. It is a line of text with the keyboard for numbers, as `type=number` loses what it cannot read and changes by scrolling.
    #[must_use]
    pub fn number(&self, field: &Field) -> Markup {
        let whole = field
            .range
            .is_none_or(|(least, most)| least.fract() == 0.0 && most.fract() == 0.0);
        let mode = if whole { "numeric" } else { "decimal" };
        self.line(field, "text", Some(mode), self.get(&field.name))
    }

    /// A password, with a button that shows it. What was typed is never written back into the page.
    #[must_use]
    pub fn password(&self, field: &Field) -> Markup {
        let inside = html! {
            (self.head(field))
            div class="govuk-input__wrapper govuk-password-input__wrapper" {
                input class={ "govuk-input govuk-password-input__input" (self.error_class(field, "govuk-input")) } id=(field.name) name=(field.name) type="password" spellcheck="false"
                    autocapitalize="none" autocomplete=(field.autocomplete.unwrap_or("current-password")) aria-describedby=[self.described_by(field)];
                button class="govuk-button govuk-button--secondary govuk-password-input__toggle" type="button" data-shows=(field.name)
                    data-show=(self.words.say("password-show")) data-hide=(self.words.say("password-hide")) aria-controls=(field.name) hidden { (self.words.say("password-show")) }
            }
        };
        self.group(field, &inside)
    }

    /// A long text; with [`Field::most`] it counts down what is left.
    #[must_use]
    pub fn textarea(&self, field: &Field) -> Markup {
        let count = field.most.map(|most| {
            let says = self
                .words
                .say_with("characters-most", &[("n", most.into())]);
            (format!("{}-info", field.name), most, says)
        });
        let described = joined([
            self.described_by(field),
            count.as_ref().map(|(id, ..)| id.clone()),
        ]);
        let inside = html! {
            (self.head(field))
            textarea class={ "govuk-textarea" (self.error_class(field, "govuk-textarea")) } id=(field.name) name=(field.name) rows=(field.rows)
                autocomplete=[field.autocomplete] aria-describedby=[described] data-most=[field.most] { "\n" (self.get(&field.name)) }
            @if let Some((id, most, says)) = &count {
                div class="govuk-hint govuk-character-count__message" id=(id) data-left=(self.words.say("characters-left")) data-over=(self.words.say("characters-over"))
                    data-counts=(field.name) data-of=(most) { (says) }
            }
        };
        self.group(field, &inside)
    }

    pub(super) fn error_class(&self, field: &Field, block: &str) -> String {
        self.error_of(&field.name)
            .map(|_| format!(" {block}--error"))
            .unwrap_or_default()
    }

    fn line(&self, field: &Field, kind: &str, mode: Option<&str>, value: &str) -> Markup {
        // The unit is drawn behind the input, and read out with its hint.
        let unit = field.unit.as_ref().map(|_| format!("{}-unit", field.name));
        let described = joined([self.described_by(field), unit]);
        let input = html! {
            input class={ "govuk-input " (field.width.class()) (self.error_class(field, "govuk-input")) } id=(field.name) name=(field.name) type=(kind) value=(value)
                inputmode=[mode] autocomplete=[field.autocomplete] maxlength=[field.most] aria-describedby=[described] data-search[kind == "search"];
        };
        let inside = html! {
            (self.head(field))
            @match &field.unit {
                Some(unit) => div class="govuk-input__wrapper" {
                    (input)
                    div class="govuk-input__suffix" id={ (field.name) "-unit" } aria-hidden="true" { (unit) }
                },
                None => (input),
            }
        };
        self.group(field, &inside)
    }
}

/// Several ids for `aria-describedby`.
fn joined(ids: [Option<String>; 2]) -> Option<String> {
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
