//! Reading what was sent. What cannot be read becomes a sentence at its field, so that a page reads everything first and then looks whether all [`Fields::is_right`].

use jiff::civil::Date;

use super::Fields;
use crate::{Choice, Field};

impl Fields {
    /// The text of a field without space around it; nothing if it is empty, which is wrong where it is needed.
    pub fn read_text(&mut self, field: &Field) -> Option<String> {
        let text = self.get(&field.name).replace("\r\n", "\n");
        let text = text.trim();
        if text.is_empty() {
            self.missing(field, "field-empty", field.name.clone());
            return None;
        }
        if let Some(most) = field.most
            && text.chars().count() > usize::try_from(most).unwrap_or(usize::MAX)
        {
            let says = self.about(field, "field-too-long", &[("most", most.into())]);
            self.wrong(field.name.clone(), says);
            return None;
        }
        Some(text.to_owned())
    }

    /// A number, with a decimal point or a decimal comma, inside the range of the field.
    pub fn read_number(&mut self, field: &Field) -> Option<f64> {
        let text = self.get(&field.name).trim().replace(',', ".");
        if text.is_empty() {
            self.missing(field, "field-empty", field.name.clone());
            return None;
        }
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        let Some(number) = number else {
            let says = self.about(field, "field-no-number", &[]);
            self.wrong(field.name.clone(), says);
            return None;
        };
        if let Some((least, most)) = field.range
            && !(least..=most).contains(&number)
        {
            let range = [("least", least.into()), ("most", most.into())];
            let says = self.about(field, "field-out-of-range", &range);
            self.wrong(field.name.clone(), says);
            return None;
        }
        Some(number)
    }

    /// A date; what is missing or impossible is said of the input where it is so.
    pub fn read_date(&mut self, field: &Field) -> Option<Date> {
        let at = |part: &str| format!("{}-{part}", field.name);
        let typed: Vec<(String, String)> = ["day", "month", "year"]
            .map(|part| (at(part), self.get(&at(part)).trim().to_owned()))
            .into();
        if typed.iter().all(|(_, text)| text.is_empty()) {
            self.missing(field, "field-empty", at("day"));
            return None;
        }
        if let Some((place, _)) = typed.iter().find(|(_, text)| text.is_empty()) {
            let says = self.about(field, "date-incomplete", &[]);
            self.wrong_at(field.name.clone(), place.clone(), says);
            return None;
        }
        let [day, month, year] = typed.as_slice() else {
            return None;
        };
        // Two digits of a year could be two centuries.
        let year = (year.1.len() == 4)
            .then(|| year.1.parse::<i16>().ok())
            .flatten();
        let read = year
            .zip(month.1.parse::<i8>().ok())
            .zip(day.1.parse::<i8>().ok())
            .and_then(|((year, month), day)| Date::new(year, month, day).ok());
        if read.is_none() {
            let says = self.about(field, "date-impossible", &[]);
            self.wrong_at(field.name.clone(), at("day"), says);
        }
        read
    }

    /// One of these choices; anything else is as good as none.
    pub fn read_choice(&mut self, field: &Field, choices: &[Choice]) -> Option<String> {
        let sent = self.get(&field.name);
        let found = choices.iter().find(|choice| choice.value == sent);
        let found = found.map(|choice| choice.value.clone());
        if found.is_none() {
            self.missing(field, "field-not-chosen", field.name.clone());
        }
        found
    }

    /// All that were ticked of these choices.
    pub fn read_choices(&mut self, field: &Field, choices: &[Choice]) -> Vec<String> {
        let sent = self.all(&field.name);
        let found: Vec<String> = choices
            .iter()
            .filter(|choice| sent.contains(&choice.value))
            .map(|choice| choice.value.clone())
            .collect();
        if found.is_empty() {
            self.missing(field, "field-not-chosen", field.name.clone());
        }
        found
    }

    /// A point on a scale.
    pub fn read_scale(&mut self, field: &Field, from: u8, to: u8) -> Option<u8> {
        let found = self.get(&field.name).parse::<u8>().ok();
        let found = found.filter(|value| (from..=to).contains(value));
        if found.is_none() {
            self.missing(field, "field-not-chosen", field.name.clone());
        }
        found
    }

    fn missing(&mut self, field: &Field, word: &str, at: String) {
        if field.needed {
            let says = self.about(field, word, &[]);
            self.wrong_at(field.name.clone(), at, says);
        }
    }

    fn about(&self, field: &Field, word: &str, more: &[(&str, crate::Value<'_>)]) -> String {
        let mut with = vec![("label", field.label.as_str().into())];
        with.extend(more.iter().cloned());
        self.words.say_with(word, &with)
    }
}
