//! What stands in a form and what is wrong with it, bound together by the names of the fields: the summary at the top leads to the field, the field tells the same sentence.

mod choose;
mod dated;
mod read;
mod typed;

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::{Field, Words};

/// The fields of one form: first empty or prefilled, then as they were sent, with what is wrong.
#[derive(Clone)]
pub struct Fields {
    words: Words,
    values: BTreeMap<String, Vec<String>>,
    wrong: Vec<Wrong>,
}

/// What is wrong with a field.
#[derive(Clone, Debug)]
struct Wrong {
    field: String,
    /// The input that the summary leads to.
    at: String,
    says: String,
}

/// What people type may be about a patient: printed for whoever looks for a mistake, it says only which fields there are.
impl std::fmt::Debug for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.values.keys()).finish()
    }
}

/// Control characters but for those that part lines and columns: nobody types them and nobody sees them, so they are neither kept nor written back.
const fn unseen(letter: char) -> bool {
    matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
}

impl Fields {
    /// An empty form.
    #[must_use]
    pub const fn new(words: &Words) -> Self {
        Self {
            words: *words,
            values: BTreeMap::new(),
            wrong: Vec::new(),
        }
    }

    /// A form as it was sent: names may come more than once, as those of checkboxes do.
    #[must_use]
    pub fn sent(words: &Words, pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut fields = Self::new(words);
        for (name, value) in pairs {
            fields.add(name, value.replace(unseen, ""));
        }
        fields
    }

    /// Puts this into a field instead of what was there.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) -> &mut Self {
        self.values.insert(name.into(), vec![value.into()]);
        self
    }

    /// Adds a value to a field: one more tick.
    pub fn add(&mut self, name: impl Into<String>, value: impl Into<String>) -> &mut Self {
        self.values
            .entry(name.into())
            .or_default()
            .push(value.into());
        self
    }

    /// What stands in a field; nothing if it is not there.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// Everything that stands in a field.
    #[must_use]
    pub fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Says what is wrong with a field, in a whole sentence that also says what to do.
    pub fn wrong(&mut self, name: impl Into<String>, says: impl Into<String>) -> &mut Self {
        let name = name.into();
        self.wrong_at(name.clone(), name, says.into());
        self
    }

    /// The same, of one of the inputs of a field.
    fn wrong_at(&mut self, field: String, at: String, says: String) {
        self.wrong.push(Wrong { field, at, says });
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_right(&self) -> bool {
        self.wrong.is_empty()
    }

    /// What is wrong, for the top of the page, leading to each field; nothing if nothing is.
    #[must_use]
    pub fn summary(&self) -> Markup {
        html! {
            @if !self.wrong.is_empty() {
                div class="govuk-error-summary" data-module="ct-errors" tabindex="-1" {
                    div role="alert" {
                        h2 class="govuk-error-summary__title" { (self.words.say("errors-title")) }
                        div class="govuk-error-summary__body" {
                            ul class="govuk-list govuk-error-summary__list" {
                                @for wrong in &self.wrong {
                                    li { a href={ "#" (wrong.at) } { (wrong.says) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    pub(crate) const fn words(&self) -> &Words {
        &self.words
    }

    pub(crate) fn is_wrong(&self, name: &str) -> bool {
        self.error_of(name).is_some()
    }

    /// What is wrong with a field, under it.
    pub(crate) fn error_under(&self, name: &str) -> Markup {
        html! {
            @if let Some(wrong) = self.error_of(name) {
                p class="govuk-error-message" id={ (name) "-error" } {
                    span class="govuk-visually-hidden" { (self.words.say("error-before")) " " } (wrong.says)
                }
            }
        }
    }

    fn error_of(&self, name: &str) -> Option<&Wrong> {
        self.wrong.iter().find(|wrong| wrong.field == name)
    }

    /// What a screen reader reads after the label: hint and error.
    fn described_by(&self, field: &Field) -> Option<String> {
        let error = self
            .error_of(&field.name)
            .map(|_| format!("{}-error", field.name));
        let ids: Vec<String> = field.hint_id().into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn label_text(&self, field: &Field) -> String {
        if field.needed {
            field.label.clone()
        } else {
            self.words
                .say_with("label-optional", &[("label", field.label.as_str().into())])
        }
    }

    /// The group around a field: red line when something is wrong.
    fn group(&self, field: &Field, inside: &Markup) -> Markup {
        let class = match self.error_of(&field.name) {
            Some(_) => "govuk-form-group govuk-form-group--error",
            None => "govuk-form-group",
        };
        html! { div class=(class) { (inside) } }
    }

    /// Label, hint and error of a field that has one input.
    fn head(&self, field: &Field) -> Markup {
        let label = html! {
            label class={ "govuk-label" @if field.heading { " govuk-label--l" } } for=(field.name) { (self.label_text(field)) }
        };
        html! {
            @if field.heading { h1 class="govuk-label-wrapper" { (label) } } @else { (label) }
            (self.hint_and_error(field))
        }
    }

    fn hint_and_error(&self, field: &Field) -> Markup {
        html! {
            @if let (Some(hint), Some(id)) = (&field.hint, field.hint_id()) { div class="govuk-hint" id=(id) { (hint) } }
            (self.error_under(&field.name))
        }
    }

    /// A fieldset for fields with several inputs: the label is its legend.
    fn set_of(&self, field: &Field, role: Option<&str>, inside: &Markup) -> Markup {
        let legend = self.label_text(field);
        let whole = html! {
            fieldset class="govuk-fieldset" role=[role] aria-describedby=[self.described_by(field)] {
                legend class={ "govuk-fieldset__legend " @if field.heading { "govuk-fieldset__legend--l" } @else { "govuk-fieldset__legend--s" } } {
                    @if field.heading { h1 class="govuk-fieldset__heading" { (legend) } } @else { (legend) }
                }
                (self.hint_and_error(field))
                (inside)
            }
        };
        self.group(field, &whole)
    }
}
