//! What stands above the facts: the day, where the patient is seen, whose guidelines count, and what the patient wants.

use cotreat_knowledge::format::Setting;
use cotreat_knowledge::model::Profile;
use cotreat_knowledge::{Handle, did_you_mean};

use super::Reader;
use crate::episode::Episode;
use crate::input::node::{At, Node};

/// The names that may stand at the top.
const NAMES: [&str; 14] = [
    "title",
    "as_of",
    "setting",
    "jurisdiction",
    "profile",
    "available",
    "wants",
    "declines",
    "goals",
    "facts",
    "fact",
    "scores",
    "answers",
    "cleared",
];

impl Reader<'_> {
    /// An episode without any fact.
    pub(super) fn header(&mut self, file: &str, root: &At) -> Episode {
        self.names(root);
        match root.get("as_of") {
            Some(at) => self.as_of = self.day(at, "as_of").unwrap_or_default(),
            None => self.wrong(
                root,
                "`as_of` is missing: the day for which the appraisal is made",
                "write e.g. `as_of = 2026-03-02`; no clock is read",
            ),
        }
        let mut episode = self.empty();
        episode.title = root
            .get("title")
            .and_then(|at| self.text(at, "title"))
            .unwrap_or(file)
            .to_owned();
        episode.setting = root
            .get("setting")
            .and_then(|at| self.setting(at))
            .unwrap_or_default();
        if let Some(place) = self.words(root, "jurisdiction") {
            episode.jurisdiction = place;
        }
        episode.profile = root.get("profile").and_then(|at| self.profile(at));
        let knowledge = self.knowledge;
        episode.available = root
            .get("available")
            .map(|at| self.handles(at, &knowledge.professions, "profession"));
        episode.wants = root
            .get("wants")
            .map(|at| self.handles(at, &knowledge.interventions, "intervention"))
            .unwrap_or_default();
        episode.declines = root
            .get("declines")
            .map(|at| self.handles(at, &knowledge.interventions, "intervention"))
            .unwrap_or_default();
        episode.goals = root
            .get("goals")
            .map(|at| self.texts(at, "goals"))
            .unwrap_or_default();
        episode
    }

    pub(super) fn empty(&self) -> Episode {
        Episode {
            title: String::new(),
            as_of: self.as_of,
            setting: Setting::default(),
            jurisdiction: "any".into(),
            profile: None,
            available: None,
            wants: Vec::new(),
            declines: Vec::new(),
            goals: Vec::new(),
            facts: Vec::new(),
            scores: Vec::new(),
            answers: Vec::new(),
            cleared: Vec::new(),
        }
    }

    fn names(&mut self, root: &At) {
        let Node::Table(entries) = &root.node else {
            return;
        };
        for (name, value) in entries {
            if !NAMES.contains(&name.as_str()) {
                let help = if self.knowledge.findings.find(name).is_some() {
                    format!("`{name}` is a finding: write it below [facts]")
                } else {
                    did_you_mean(name, NAMES.into_iter())
                        .unwrap_or_else(|| format!("known are {}", NAMES.join(", ")))
                };
                self.wrong(value, format!("`{name}` does not belong here"), help);
            }
        }
    }

    fn profile(&mut self, at: &At) -> Option<Handle<Profile>> {
        let text = self.text(at, "profile")?;
        if text == "all" {
            return None;
        }
        let knowledge = self.knowledge;
        self.handle(at, text, &knowledge.profiles, "profile")
    }
}
