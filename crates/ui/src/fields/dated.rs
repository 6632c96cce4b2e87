//! A date as day, month and year: nobody has to know an order of digits or to scroll through a calendar for a date of birth.

use jiff::civil::Date;
use maud::{Markup, html};

use super::Fields;
use crate::Field;

const PARTS: [(&str, &str, &str); 3] = [
    ("day", "date-day", "govuk-input--width-2"),
    ("month", "date-month", "govuk-input--width-2"),
    ("year", "date-year", "govuk-input--width-4"),
];

impl Fields {
    /// A date in three inputs, sent as `NAME-day`, `NAME-month` and `NAME-year`; read with [`Fields::read_date`].
    #[must_use]
    pub fn date(&self, field: &Field) -> Markup {
        let birthday = field.autocomplete == Some("bday");
        let wrong = self.error_of(&field.name);
        let inside = html! {
            div class="govuk-date-input" id=(field.name) {
                @for (part, word, width) in PARTS {
                    @let id = format!("{}-{part}", field.name);
                    @let bad = wrong.is_some_and(|wrong| wrong.at == id || wrong.at == field.name);
                    div class="govuk-date-input__item" {
                        label class="govuk-label govuk-date-input__label" for=(id) { (self.words.say(word)) }
                        input class={ "govuk-input govuk-date-input__input " (width) @if bad { " govuk-input--error" } } id=(id) name=(id) type="text" inputmode="numeric"
                            value=(self.get(&id)) autocomplete=[birthday.then(|| format!("bday-{part}"))];
                    }
                }
            }
        };
        self.set_of(field, Some("group"), &inside)
    }

    /// Puts a date into the three inputs.
    pub fn set_date(&mut self, name: &str, day: Date) -> &mut Self {
        self.set(format!("{name}-day"), day.day().to_string())
            .set(format!("{name}-month"), day.month().to_string())
            .set(format!("{name}-year"), day.year().to_string())
    }
}
