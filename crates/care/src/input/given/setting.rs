//! Where the patient is seen.

use cotreat_knowledge::did_you_mean;
use cotreat_knowledge::format::Setting;

use super::Reader;
use crate::input::node::At;

const SETTINGS: [(&str, Setting); 4] = [
    ("primary_care", Setting::PrimaryCare),
    ("emergency", Setting::Emergency),
    ("specialist", Setting::Specialist),
    ("surgical", Setting::Surgical),
];

impl Reader<'_> {
    pub(super) fn setting(&mut self, at: &At) -> Option<Setting> {
        let text = self.text(at, "setting")?;
        let found = SETTINGS
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, setting)| *setting);
        if found.is_none() {
            let words: Vec<_> = SETTINGS.iter().map(|(word, _)| *word).collect();
            let help = did_you_mean(text, words.iter().copied())
                .unwrap_or_else(|| format!("settings are {}", words.join(", ")));
            self.wrong(at, format!("`{text}` is not a setting"), help);
        }
        found
    }
}
