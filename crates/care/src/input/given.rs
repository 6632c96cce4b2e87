//! What is given about a patient: nodes into an episode.

use cotreat_knowledge::format::Setting;
use cotreat_knowledge::model::{Answers, Finding, Profession};
use cotreat_knowledge::{Handle, Knowledge, Place, Problem, Table, did_you_mean};
use jiff::civil::Date;

use super::node::{At, Node};
use crate::assess::{self, Contradiction};
use crate::episode::{AnswerSheet, ClearedAlarm, EnteredScore, Episode};
use crate::fact::{Fact, Value};

/// The keys that may stand at the top.
const KEYS: [&str; 14] = [
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

/// The words that mean "not known" for every finding.
const NOT_KNOWN: [&str; 4] = ["unknown", "not done", "not_done", "not known"];

/// Reads an episode.
///
/// # Errors
/// Everything that is wrong: unknown names, values out of range, missing units, days in the future, facts that cannot all be true.
pub fn read(file: &str, root: &At, knowledge: &Knowledge) -> Result<Episode, Vec<Problem>> {
    let mut reader = Reader {
        knowledge,
        problems: Vec::new(),
        as_of: Date::default(),
    };
    let episode = reader.episode(file, root);
    let mut problems = reader.problems;
    if problems.is_empty() {
        problems = contradictions(&episode, knowledge);
    }
    if problems.is_empty() {
        Ok(episode)
    } else {
        Err(problems)
    }
}

struct Reader<'a> {
    knowledge: &'a Knowledge,
    problems: Vec<Problem>,
    as_of: Date,
}

impl Reader<'_> {
    fn wrong(&mut self, place: &Place, message: impl Into<String>, help: impl Into<String>) {
        self.problems
            .push(Problem::new(place.clone(), message).help(help));
    }

    fn episode(&mut self, file: &str, root: &At) -> Episode {
        let Node::Table(entries) = &root.node else {
            self.wrong(
                &root.place,
                "this is not a description of a patient",
                "write a table with `as_of` and `facts`",
            );
            return self.empty();
        };
        for (key, value) in entries {
            if !KEYS.contains(&key.as_str()) {
                let help = if self.knowledge.findings.find(key).is_some() {
                    format!("`{key}` is a finding: write it below [facts]")
                } else {
                    did_you_mean(key, KEYS.into_iter())
                        .unwrap_or_else(|| format!("known are {}", KEYS.join(", ")))
                };
                self.wrong(&value.place, format!("`{key}` does not belong here"), help);
            }
        }
        match root.get("as_of") {
            Some(at) => self.as_of = self.day(at, "as_of").unwrap_or_default(),
            None => self.wrong(
                &root.place,
                "`as_of` is missing: the day for which the appraisal is made",
                "write e.g. `as_of = 2026-03-02`; no clock is read",
            ),
        }
        let mut episode = self.empty();
        episode.title = root
            .get("title")
            .and_then(|at| self.text(at, "title"))
            .unwrap_or_else(|| file.to_owned());
        episode.setting = root
            .get("setting")
            .and_then(|at| self.setting(at))
            .unwrap_or_default();
        if let Some(place) = root
            .get("jurisdiction")
            .and_then(|at| self.text(at, "jurisdiction"))
        {
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
        self.facts(root, &mut episode);
        self.scores(root, &mut episode);
        self.answers(root, &mut episode);
        self.cleared(root, &mut episode);
        episode
    }

    fn empty(&self) -> Episode {
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

    fn text(&mut self, at: &At, name: &str) -> Option<String> {
        match &at.node {
            Node::Text(text) => Some(text.clone()),
            other => {
                self.wrong(
                    &at.place,
                    format!("`{name}` must be a text, not {}", other.word()),
                    "write it in quotes",
                );
                None
            }
        }
    }

    fn texts(&mut self, at: &At, name: &str) -> Vec<String> {
        match &at.node {
            Node::List(items) => items
                .iter()
                .filter_map(|item| self.text(item, name))
                .collect(),
            other => {
                self.wrong(
                    &at.place,
                    format!("`{name}` must be a list, not {}", other.word()),
                    "write `[\"…\", \"…\"]`",
                );
                Vec::new()
            }
        }
    }

    fn day(&mut self, at: &At, name: &str) -> Option<Date> {
        let day = match &at.node {
            Node::Day(day) => Some(*day),
            Node::Text(text) => text.parse().ok(),
            _ => None,
        };
        if day.is_none() {
            self.wrong(
                &at.place,
                format!("`{name}` is not a day"),
                "write a date as 2026-03-31",
            );
        }
        day
    }

    fn setting(&mut self, at: &At) -> Option<Setting> {
        const SETTINGS: [(&str, Setting); 4] = [
            ("primary_care", Setting::PrimaryCare),
            ("emergency", Setting::Emergency),
            ("specialist", Setting::Specialist),
            ("surgical", Setting::Surgical),
        ];
        let text = self.text(at, "setting")?;
        let found = SETTINGS
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, setting)| *setting);
        if found.is_none() {
            let words: Vec<_> = SETTINGS.iter().map(|(word, _)| *word).collect();
            let help = did_you_mean(&text, words.iter().copied())
                .unwrap_or_else(|| format!("settings are {}", words.join(", ")));
            self.wrong(&at.place, format!("`{text}` is not a setting"), help);
        }
        found
    }

    fn profile(&mut self, at: &At) -> Option<Handle<cotreat_knowledge::model::Profile>> {
        let text = self.text(at, "profile")?;
        if text == "all" {
            return None;
        }
        let knowledge = self.knowledge;
        self.handle(&at.place, &text, &knowledge.profiles, "profile")
    }

    fn handle<T>(
        &mut self,
        place: &Place,
        id: &str,
        table: &Table<T>,
        kind: &str,
    ) -> Option<Handle<T>> {
        let found = table.find(id);
        if found.is_none() {
            let help = did_you_mean(id, table.ids().iter().map(String::as_str))
                .unwrap_or_else(|| format!("`cotreat explain` lists every {kind}"));
            self.wrong(place, format!("there is no {kind} `{id}`"), help);
        }
        found
    }

    fn handles<T>(&mut self, at: &At, table: &Table<T>, kind: &str) -> Vec<Handle<T>> {
        let mut found = Vec::new();
        if let Node::List(items) = &at.node {
            for item in items {
                if let Some(handle) = self
                    .text(item, kind)
                    .and_then(|id| self.handle(&item.place, &id, table, kind))
                    && !found.contains(&handle)
                {
                    found.push(handle);
                }
            }
        } else {
            self.wrong(
                &at.place,
                format!("this must be a list of {kind}s"),
                "write `[\"…\", \"…\"]`",
            );
        }
        found
    }

    fn table<'n>(&mut self, root: &'n At, name: &str) -> &'n [(String, At)] {
        match root.get(name) {
            None => &[],
            Some(At {
                node: Node::Table(entries),
                ..
            }) => entries,
            Some(other) => {
                self.wrong(
                    &other.place,
                    format!("`{name}` must be a table"),
                    format!("write [{name}] on a line of its own"),
                );
                &[]
            }
        }
    }

    fn list<'n>(&mut self, root: &'n At, name: &str) -> &'n [At] {
        match root.get(name) {
            None => &[],
            Some(At {
                node: Node::List(items),
                ..
            }) => items,
            Some(other) => {
                self.wrong(
                    &other.place,
                    format!("`{name}` must be a list of records"),
                    format!("write [[{name}]] above each record"),
                );
                &[]
            }
        }
    }

    fn facts(&mut self, root: &At, episode: &mut Episode) {
        for (name, at) in self.table(root, "facts") {
            let knowledge = self.knowledge;
            let Some(finding) = self.handle(&at.place, name, &knowledge.findings, "finding") else {
                continue;
            };
            if let Some(value) = self.value(finding, at) {
                episode.facts.push(Fact {
                    finding,
                    value,
                    by: None,
                    profession: None,
                    on: self.as_of,
                    how: None,
                    dose: None,
                    place: Some(at.place.clone()),
                });
            }
        }
        for at in self.list(root, "fact") {
            episode.facts.extend(self.fact(at));
        }
    }

    fn fact(&mut self, at: &At) -> Option<Fact> {
        self.keys(
            at,
            &["finding", "value", "by", "profession", "on", "how", "dose"],
        );
        let knowledge = self.knowledge;
        let (Some(finding), Some(value)) = (at.get("finding"), at.get("value")) else {
            self.wrong(
                &at.place,
                "a fact needs a `finding` and a `value`",
                "write both",
            );
            return None;
        };
        let id = self.text(finding, "finding")?;
        let finding = self.handle(&finding.place, &id, &knowledge.findings, "finding")?;
        let value = self.value(finding, value)?;
        let on = match at.get("on") {
            Some(day) => self.past(day, "on")?,
            None => self.as_of,
        };
        Some(Fact {
            finding,
            value,
            by: at.get("by").and_then(|by| self.text(by, "by")),
            profession: self.profession(at),
            on,
            how: at.get("how").and_then(|how| self.text(how, "how")),
            dose: at.get("dose").and_then(|dose| self.text(dose, "dose")),
            place: Some(at.place.clone()),
        })
    }

    fn profession(&mut self, at: &At) -> Option<Handle<Profession>> {
        let written = at.get("profession")?;
        let id = self.text(written, "profession")?;
        let knowledge = self.knowledge;
        self.handle(&written.place, &id, &knowledge.professions, "profession")
    }

    /// A day that is not in the future.
    fn past(&mut self, at: &At, name: &str) -> Option<Date> {
        let day = self.day(at, name)?;
        if day > self.as_of {
            let as_of = self.as_of;
            self.wrong(
                &at.place,
                format!("{day} lies after the day of the appraisal ({as_of})"),
                "correct the date, or `as_of`",
            );
            return None;
        }
        Some(day)
    }

    fn keys(&mut self, at: &At, known: &[&str]) {
        let Node::Table(entries) = &at.node else {
            self.wrong(
                &at.place,
                "this must be a record",
                format!("with {}", known.join(", ")),
            );
            return;
        };
        for (key, value) in entries {
            if !known.contains(&key.as_str()) {
                let help = did_you_mean(key, known.iter().copied())
                    .unwrap_or_else(|| format!("known are {}", known.join(", ")));
                self.wrong(&value.place, format!("`{key}` does not belong here"), help);
            }
        }
    }

    /// The value of a fact, as its finding wants it.
    fn value(&mut self, finding: Handle<Finding>, at: &At) -> Option<Value> {
        if let Node::Text(text) = &at.node
            && NOT_KNOWN.contains(&text.as_str())
        {
            return Some(Value::NotKnown);
        }
        let knowledge = self.knowledge;
        let one = &knowledge.findings[finding];
        match &one.answers {
            Answers::YesNo { yes, no } => self.yes_no(&one.id, yes, no, at),
            Answers::Choice(codes) => self.code(&one.id, codes, at).map(Value::Code),
            Answers::Choices(codes) => {
                let Node::List(items) = &at.node else {
                    self.wrong(
                        &at.place,
                        format!("`{}` takes a list of answers", one.id),
                        format!("e.g. [\"{}\"]; [] for none of them", codes[0]),
                    );
                    return None;
                };
                let mut bits = 0;
                for item in items {
                    bits |= 1_u64 << self.code(&one.id, codes, item)?;
                }
                Some(Value::Codes(bits))
            }
            Answers::Number {
                unit,
                units,
                min,
                max,
            } => {
                let number = self.number(&one.id, unit.as_deref(), units, at)?;
                let in_range =
                    min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max);
                if !in_range {
                    let unit = unit.as_ref().map(|u| format!(" {u}")).unwrap_or_default();
                    let range = match (min, max) {
                        (Some(min), Some(max)) => format!("from {min} to {max}{unit}"),
                        (Some(min), None) => format!("from {min}{unit}"),
                        (None, Some(max)) => format!("up to {max}{unit}"),
                        (None, None) => String::new(),
                    };
                    self.wrong(
                        &at.place,
                        format!("`{}` cannot be {number}{unit}", one.id),
                        format!("possible values run {range}"),
                    );
                    return None;
                }
                Some(Value::Number(number))
            }
        }
    }

    fn yes_no(&mut self, id: &str, yes: &str, no: &str, at: &At) -> Option<Value> {
        match &at.node {
            Node::Truth(true) => return Some(Value::Yes),
            Node::Truth(false) => return Some(Value::No),
            Node::Text(text) if text == "yes" || text == yes => return Some(Value::Yes),
            Node::Text(text) if text == "no" || text == no => return Some(Value::No),
            _ => {}
        }
        let words = if yes == "yes" {
            "`yes`, `no`".to_owned()
        } else {
            format!("`{yes}` (yes), `{no}` (no)")
        };
        let given = match &at.node {
            Node::Text(text) => format!("`{text}`"),
            other => other.word().to_owned(),
        };
        self.wrong(
            &at.place,
            format!("`{id}` is answered with {words} or `unknown`, not {given}"),
            "in quotes",
        );
        None
    }

    fn code(&mut self, id: &str, codes: &[String], at: &At) -> Option<u16> {
        let text = self.text(at, id)?;
        let found = codes
            .iter()
            .position(|code| *code == text)
            .and_then(|at| u16::try_from(at).ok());
        if found.is_none() {
            let list: Vec<_> = codes.iter().map(|code| format!("`{code}`")).collect();
            let help = did_you_mean(&text, codes.iter().map(String::as_str))
                .unwrap_or_else(|| "or `unknown`".to_owned());
            self.wrong(
                &at.place,
                format!("`{id}` takes one of {}, not `{text}`", list.join(", ")),
                help,
            );
        }
        found
    }

    fn number(
        &mut self,
        id: &str,
        unit: Option<&str>,
        units: &std::collections::BTreeMap<String, f64>,
        at: &At,
    ) -> Option<f64> {
        match (unit, &at.node) {
            (None, Node::Number(number)) => Some(*number),
            (None, _) => {
                self.wrong(
                    &at.place,
                    format!("`{id}` is a bare number"),
                    format!("e.g. `{id} = 7`"),
                );
                None
            }
            (Some(unit), Node::Number(number)) => {
                self.wrong(
                    &at.place,
                    format!("`{id}` needs its unit"),
                    format!("write `{id} = \"{number} {unit}\"`"),
                );
                None
            }
            (Some(unit), Node::Text(text)) => {
                let text = text.trim();
                let split = text
                    .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')))
                    .unwrap_or(text.len());
                let (number, written) = (text[..split].trim(), text[split..].trim());
                let Some(number) = number.parse::<f64>().ok().filter(|n| n.is_finite()) else {
                    self.wrong(
                        &at.place,
                        format!("`{text}` does not begin with a number"),
                        format!("e.g. `{id} = \"42 {unit}\"`"),
                    );
                    return None;
                };
                // "1 day" is as good as "1 days".
                let same = |a: &str, b: &str| {
                    a == b || a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a)
                };
                if same(written, unit) {
                    return Some(number);
                }
                if let Some((_, factor)) = units.iter().find(|(name, _)| same(name, written)) {
                    return Some(number * factor);
                }
                let accepted: Vec<&str> = std::iter::once(unit)
                    .chain(units.keys().map(String::as_str))
                    .collect();
                let (message, help) = if written.is_empty() {
                    (
                        format!("`{id}` needs its unit"),
                        format!("write `{id} = \"{number} {unit}\"`"),
                    )
                } else {
                    (
                        format!("`{id}` is not measured in `{written}`"),
                        format!("accepted units: {}", accepted.join(", ")),
                    )
                };
                self.wrong(&at.place, message, help);
                None
            }
            (Some(unit), other) => {
                self.wrong(
                    &at.place,
                    format!("`{id}` is a number with a unit, not {}", other.word()),
                    format!("e.g. `{id} = \"42 {unit}\"`"),
                );
                None
            }
        }
    }

    fn scores(&mut self, root: &At, episode: &mut Episode) {
        for (key, at) in self.table(root, "scores") {
            let knowledge = self.knowledge;
            let found = knowledge
                .names
                .scores()
                .find(|(symbol, _)| knowledge.names.score(key) == Some(*symbol));
            let Some((_, score)) = found else {
                let help =
                    did_you_mean(key, knowledge.names.score_keys().iter().map(String::as_str))
                        .unwrap_or_else(|| {
                            format!("known are {}", knowledge.names.score_keys().join(", "))
                        });
                self.wrong(&at.place, format!("there is no score `{key}`"), help);
                continue;
            };
            let definition = &knowledge.instruments[score.instrument].scores[score.score];
            let Node::Number(value) = at.node else {
                self.wrong(
                    &at.place,
                    format!("`{key}` is a number"),
                    format!("from {} to {}", definition.min, definition.max),
                );
                continue;
            };
            if value < definition.min || value > definition.max {
                self.wrong(
                    &at.place,
                    format!("`{key}` cannot be {value}"),
                    format!("it runs from {} to {}", definition.min, definition.max),
                );
                continue;
            }
            episode.scores.push(EnteredScore {
                score,
                value,
                place: Some(at.place.clone()),
            });
        }
    }

    fn answers(&mut self, root: &At, episode: &mut Episode) {
        for (id, at) in self.table(root, "answers") {
            let knowledge = self.knowledge;
            let Some(handle) = self.handle(&at.place, id, &knowledge.instruments, "instrument")
            else {
                continue;
            };
            let instrument = &knowledge.instruments[handle];
            let Node::Table(entries) = &at.node else {
                self.wrong(
                    &at.place,
                    format!("`answers.{id}` must be a table of item answers"),
                    format!("e.g. [answers.{id}]"),
                );
                continue;
            };
            let mut answers = vec![None; instrument.items.len()];
            for (item, value) in entries {
                let Some(position) = instrument.items.iter().position(|i| i.id == *item) else {
                    let help = did_you_mean(item, instrument.items.iter().map(|i| i.id.as_str()))
                        .unwrap_or_else(|| format!("`cotreat explain {id}` lists its items"));
                    self.wrong(&value.place, format!("`{id}` has no item `{item}`"), help);
                    continue;
                };
                let range = (
                    f64::from(instrument.items[position].min),
                    f64::from(instrument.items[position].max),
                );
                match value.node {
                    Node::Number(number)
                        if number >= range.0 && number <= range.1 && number.fract() == 0.0 =>
                    {
                        answers[position] = Some(number)
                    }
                    Node::Text(ref text) if NOT_KNOWN.contains(&text.as_str()) => {}
                    _ => self.wrong(
                        &value.place,
                        format!("`{item}` is answered with a whole number"),
                        format!("from {} to {}, or `\"unknown\"`", range.0, range.1),
                    ),
                }
            }
            episode.answers.push(AnswerSheet {
                instrument: handle,
                answers,
                place: Some(at.place.clone()),
            });
        }
    }

    fn cleared(&mut self, root: &At, episode: &mut Episode) {
        for at in self.list(root, "cleared") {
            self.keys(at, &["condition", "by", "profession", "reason", "on"]);
            let mut need = |name: &str| {
                let found = at.get(name);
                if found.is_none() {
                    self.wrong(
                        &at.place,
                        format!("a clearing needs `{name}`"),
                        "an alarm is cleared by a named person with a profession and a reason",
                    );
                }
                found
            };
            let (Some(condition), Some(by), Some(_), Some(reason)) = (
                need("condition"),
                need("by"),
                need("profession"),
                need("reason"),
            ) else {
                continue;
            };
            let knowledge = self.knowledge;
            let condition = self.text(condition, "condition").and_then(|id| {
                self.handle(&condition.place, &id, &knowledge.conditions, "condition")
            });
            let by = self.text(by, "by").filter(|by| !by.trim().is_empty());
            let reason_text = self.text(reason, "reason");
            if reason_text
                .as_ref()
                .is_some_and(|text| text.trim().is_empty())
            {
                self.wrong(
                    &reason.place,
                    "a clearing needs a reason",
                    "say why the alarm no longer stands",
                );
            }
            let profession = self.profession(at);
            let on = match at.get("on") {
                Some(day) => self.past(day, "on"),
                None => Some(self.as_of),
            };
            if let (Some(condition), Some(by), Some(profession), Some(reason), Some(on)) =
                (condition, by, profession, reason_text, on)
            {
                episode.cleared.push(ClearedAlarm {
                    condition,
                    by,
                    profession,
                    reason,
                    on,
                });
            }
        }
    }
}

/// Facts that cannot all be true.
fn contradictions(episode: &Episode, knowledge: &Knowledge) -> Vec<Problem> {
    let id = |at: usize| knowledge.findings.id(episode.facts[at].finding).to_owned();
    let place = |at: usize| episode.facts[at].place.clone().unwrap_or_default();
    assess::contradictions(episode, knowledge)
        .into_iter()
        .map(|found| match found {
            Contradiction::TwoValues(first, second) => Problem::new(
                place(second),
                format!(
                    "`{}` has two different values on {} (the other one: {})",
                    id(second),
                    episode.facts[second].on,
                    place(first)
                ),
            )
            .help("keep one of them, or give each its own date with `on`"),
            Contradiction::Implied(at, from) => {
                let from = &knowledge.findings[from];
                Problem::new(
                    place(at),
                    format!(
                        "`{}` does not fit what was recorded about `{}`",
                        id(at),
                        from.id
                    ),
                )
                .help(format!(
                    "one follows from the other (findings file of `{}`): correct one of them",
                    from.id
                ))
            }
            Contradiction::Derived(at) => {
                let rule = knowledge.findings[episode.facts[at].finding]
                    .derive
                    .as_ref();
                let text = rule.map(|r| r.expr.text().to_owned()).unwrap_or_default();
                Problem::new(
                    place(at),
                    format!("`{}` does not fit the findings it follows from", id(at)),
                )
                .help(format!("it follows from: {text}"))
            }
            Contradiction::Excluded(at) => {
                let rule = knowledge.findings[episode.facts[at].finding]
                    .no_when
                    .as_ref();
                let text = rule.map(|r| r.expr.text().to_owned()).unwrap_or_default();
                Problem::new(place(at), format!("`{}` cannot be yes here", id(at)))
                    .help(format!("it is always no where: {text}"))
            }
            Contradiction::Score(at) => Problem::new(
                episode.scores[at].place.clone().unwrap_or_default(),
                "this total differs from the score of the item answers",
            )
            .help("leave one of them out"),
        })
        .collect()
}
