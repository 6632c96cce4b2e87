//! What the drawings say, in the languages of `words/*.toml`.
//!
//! Every file has every word: a missing or an unknown one makes it unreadable, which a test finds.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::shape::number;

const FILES: [&str; 2] = [include_str!("words/en.toml"), include_str!("words/es.toml")];

static LANGUAGES: LazyLock<Vec<Words>> = LazyLock::new(|| {
    FILES
        .iter()
        .filter_map(|text| toml::from_str(text).ok())
        .collect()
});
static SILENT: LazyLock<Words> = LazyLock::new(Words::default);

/// The words of one language.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The language, as `lang` has it.
    pub(crate) tag: String,
    pub(crate) left: String,
    pub(crate) right: String,
    pub(crate) both: String,
    pub(crate) with_side: String,
    pub(crate) table: String,
    /// What parts a number from its decimals.
    pub(crate) decimal: String,
    pub(crate) body: BodyWords,
    pub(crate) outcome: OutcomeWords,
    pub(crate) anatomy: AnatomyWords,
}

/// Words of the body chart.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BodyWords {
    pub form_hint: String,
    pub title: String,
    pub front: String,
    pub back: String,
    pub your_left: String,
    pub your_right: String,
    pub patient_left: String,
    pub patient_right: String,
    pub base_front: String,
    pub base_back: String,
    pub nowhere: String,
    pub intensity: String,
    pub region: String,
    pub side: String,
    pub value: String,
    pub not_said: String,
    pub names: BTreeMap<String, String>,
}

/// Words of the outcome graph.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OutcomeWords {
    pub title: String,
    pub title_one: String,
    pub title_none: String,
    pub lower: String,
    pub higher: String,
    pub at_most: String,
    pub at_least: String,
    pub reached: String,
    pub not_reached: String,
    pub measured: String,
    pub missed_waves: String,
    pub outside: String,
    pub counted: String,
    pub sessions: String,
    pub harms: String,
    pub referrals: String,
    pub session: String,
    pub harm: String,
    pub referral: String,
    pub weeks: String,
    pub when: String,
    pub value: String,
    pub change: String,
    pub happened: String,
    pub missed: String,
    pub missed_wave: String,
    pub band: String,
    pub none: String,
    pub sparkline: String,
    pub sparkline_none: String,
}

/// Words of the picture of muscles and joints.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnatomyWords {
    pub title: String,
    pub back: String,
    pub front: String,
    pub shown: String,
    pub released: String,
    pub activated: String,
    pub mobilised: String,
    pub spared: String,
    pub part: String,
    pub role: String,
    pub not_drawn: String,
    pub none: String,
}

impl Words {
    /// The words for a language tag such as `es` or `es-MX`; English where there is no file for it.
    #[must_use]
    pub fn of(tag: &str) -> &'static Words {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        LANGUAGES
            .iter()
            .find(|words| words.tag.eq_ignore_ascii_case(language))
            .or_else(|| LANGUAGES.first())
            .unwrap_or(&SILENT)
    }

    /// A number as people write it, with one decimal at most. No instrument has millions; such a number is kept short.
    pub(crate) fn number(&self, value: f64) -> String {
        if value.abs() >= 1e6 {
            return format!("{value:.1e}");
        }
        number(value).replace('.', &self.decimal)
    }

    /// A name and the side it is on.
    pub(crate) fn with_side(&self, name: &str, side: &str) -> String {
        fill(&self.with_side, &[("name", name), ("side", side)])
    }
}

/// A sentence with its gaps, `{name}`, filled. What is put in is never searched for gaps.
pub(crate) fn fill(sentence: &str, gaps: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match gaps.iter().find(|(gap, _)| *gap == name) {
            Some((_, text)) => filled.push_str(text),
            None => filled.extend(["{", name, "}"]),
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

/// A sentence begins with a capital letter.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_reads() {
        for text in FILES {
            let words: Words = toml::from_str(text).expect("a file of words");
            assert_eq!(Words::of(&words.tag).tag, words.tag);
        }
        assert_eq!(Words::of("es-MX").tag, "es");
        assert_eq!(Words::of("xx").tag, "en");
    }

    #[test]
    fn gaps_are_filled_once() {
        assert_eq!(
            fill("{a} and {b}", &[("a", "{b}"), ("b", "x")]),
            "{b} and x"
        );
        assert_eq!(fill("{a", &[("a", "x")]), "{a");
        assert_eq!(fill("{c}", &[("a", "x")]), "{c}");
        assert_eq!(capital("élan"), "Élan");
        assert_eq!(capital(""), "");
    }
}
