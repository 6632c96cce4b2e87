//! Questionnaires as fields, in their exact words: nothing is added to them, as the words are part of what is measured.

use std::collections::BTreeMap;

use cotreat_knowledge::model::{Instrument, Item};
use cotreat_ui::{Choice, Field, Fields, Width, Words};
use maud::{Markup, html};

/// The field of an item.
fn field(item: &Item, asked: &str) -> Field {
    Field::new(format!("item-{}", item.id), asked)
}

/// The answers of an item that has words for them.
pub fn choices(item: &Item) -> Vec<Choice> {
    let numbers = item.min..=item.max;
    numbers
        .zip(&item.labels)
        .map(|(value, label)| Choice::new(value.to_string(), label))
        .collect()
}

/// The items of an instrument as fields. Words that may not be shown here are on paper in the clinic.
pub fn items(words: &Words, instrument: &Instrument, fields: &Fields) -> Markup {
    let hidden = instrument.items.iter().any(|item| item.text.is_none());
    html! {
        @if hidden { (cotreat_ui::inset(html! { p { (words.say("sheet-on-paper")) } })) }
        @for (nth, item) in instrument.items.iter().enumerate() {
            @let asked = item.text.clone().unwrap_or_else(|| words.say_with("sheet-question", &[("n", (nth + 1).into())]));
            @let field = field(item, &asked);
            @let range = (u8::try_from(item.min), u8::try_from(item.max));
            @if !item.labels.is_empty() {
                (fields.radios(&field, &choices(item)))
            } @else if let (Ok(from), Ok(to @ 0..=10)) = range {
                (fields.scale(&field, from, to, &from.to_string(), &to.to_string()))
            } @else {
                (fields.number(&field.range(item.min.into(), item.max.into()).width(Width::Three)))
            }
        }
        p class="govuk-hint" { (words.say("sheet-licence")) " " (instrument.licence) }
    }
}

/// The answers that were given; what was not answered is left out, which the scoring knows.
pub fn read(instrument: &Instrument, fields: &mut Fields) -> BTreeMap<String, f64> {
    let mut answers = BTreeMap::new();
    for item in &instrument.items {
        let asked = item.text.as_deref().unwrap_or(&item.id);
        let field = field(item, asked)
            .range(item.min.into(), item.max.into())
            .optional();
        let value = fields.read_number(&field);
        if let Some(value) = value.filter(|value| value.fract() == 0.0) {
            answers.insert(item.id.clone(), value);
        }
    }
    answers
}
