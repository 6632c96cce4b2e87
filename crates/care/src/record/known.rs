//! From the record to what reasoning reads: the facts that count, as one body of knowledge understands them, on one day.

use std::collections::{BTreeMap, BTreeSet};

use cotreat_expr::Symbol;
use cotreat_knowledge::format::Setting;
use cotreat_knowledge::model::{Condition, Finding, Instrument, Profession};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Handle, Knowledge, Table};
use jiff::Timestamp;
use jiff::civil::Date;

use super::understood::{self, NotUnderstood};
use super::{Noted, Record};
use crate::episode::{AnswerSheet, ClearedAlarm, Episode};
use crate::event::{AlarmCleared, Stated};
use crate::fact::Fact;

/// What is known about a patient on a day, for [`crate::appraise`].
#[derive(Clone, Debug)]
pub struct Known {
    /// What this knowledge understands.
    pub episode: Episode,
    /// What it does not: still on record, listed for people.
    pub not_understood: Vec<NotUnderstood>,
}

impl Record {
    /// What is known on a day, under one body of knowledge.
    #[must_use]
    pub fn known(&self, knowledge: &Knowledge, day: Date) -> Known {
        self.known_by(knowledge, day, None)
    }

    /// What was known at an instant, for judging what was done then by what could be known then.
    #[must_use]
    pub fn known_by(&self, knowledge: &Knowledge, day: Date, at: Option<Timestamp>) -> Known {
        let mut reader = Reader {
            knowledge,
            day,
            at,
            not_understood: BTreeSet::new(),
        };
        let mut episode = reader.frame(self);
        episode.facts = reader.facts(self);
        episode.answers = reader.answers(self);
        episode.cleared = reader.cleared(self);
        Known {
            episode,
            not_understood: reader.not_understood.into_iter().collect(),
        }
    }
}

struct Reader<'a> {
    knowledge: &'a Knowledge,
    day: Date,
    at: Option<Timestamp>,
    not_understood: BTreeSet<NotUnderstood>,
}

impl Reader<'_> {
    /// Whether something was known by then, and happened by that day.
    fn counts<T>(&self, noted: &Noted<T>) -> bool {
        noted.day <= self.day && self.at.is_none_or(|at| noted.at <= at)
    }

    fn find<T>(&mut self, table: &Table<T>, kind: &'static str, id: &str) -> Option<Handle<T>> {
        let found = table.find(id);
        if found.is_none() {
            self.not_understood.insert(NotUnderstood::unknown(kind, id));
        }
        found
    }

    fn find_all<T>(
        &mut self,
        table: &Table<T>,
        kind: &'static str,
        ids: &[String],
    ) -> Vec<Handle<T>> {
        ids.iter()
            .filter_map(|id| self.find(table, kind, id))
            .collect()
    }

    /// Everything but facts, answers and clearings.
    fn frame(&mut self, record: &Record) -> Episode {
        let knowledge = self.knowledge;
        let opened = record.opened.as_ref().map(|opened| &opened.what);
        let wishes = record
            .wishes
            .iter()
            .rfind(|wishes| self.counts(wishes))
            .map(|wishes| wishes.what.clone())
            .unwrap_or_default();
        let profile = opened
            .and_then(|opened| opened.profile.as_deref())
            .and_then(|id| self.find(&knowledge.profiles, "profile", id));
        let available = opened
            .and_then(|opened| opened.available.as_deref())
            .map(|ids| self.find_all(&knowledge.professions, "profession", ids));
        let setting = opened.map_or_else(Setting::default, |opened| self.setting(&opened.setting));
        Episode {
            title: String::new(),
            as_of: self.day,
            setting,
            jurisdiction: record.jurisdiction().to_owned(),
            profile,
            available,
            wants: self.find_all(&knowledge.interventions, "intervention", &wishes.wants),
            declines: self.find_all(&knowledge.interventions, "intervention", &wishes.declines),
            goals: wishes.goals,
            facts: Vec::new(),
            scores: Vec::new(),
            answers: Vec::new(),
            cleared: Vec::new(),
        }
    }

    fn setting(&mut self, word: &str) -> Setting {
        let found = setting(word);
        if found.is_none() {
            self.not_understood
                .insert(NotUnderstood::unknown("setting", word));
        }
        found.unwrap_or_default()
    }

    /// Of one finding and day the fact that was written down last; older days stay, for reasoning looks at the newest.
    fn facts(&mut self, record: &Record) -> Vec<Fact> {
        let mut valid: BTreeMap<(&str, Date), &Noted<Stated>> = BTreeMap::new();
        for noted in &record.facts {
            let on = noted.what.on.unwrap_or(noted.day);
            if self.counts(noted) && on <= self.day {
                valid.insert((&noted.what.finding, on), noted);
            }
        }
        let mut facts = Vec::new();
        for ((id, on), noted) in valid {
            match understood::fact(self.knowledge, id, &noted.what.value) {
                Ok((finding, value)) => facts.push(Fact {
                    finding,
                    value,
                    by: Some(noted.by.name().to_owned()),
                    profession: self.profession(noted.by.profession()),
                    on,
                    how: noted.what.how.clone(),
                    dose: noted.what.dose.clone(),
                }),
                Err(why) => {
                    self.not_understood.insert(why);
                }
            }
        }
        facts
    }

    fn profession(&mut self, id: Option<&str>) -> Option<Handle<Profession>> {
        let knowledge = self.knowledge;
        id.and_then(|id| self.find(&knowledge.professions, "profession", id))
    }

    /// The last answers to each instrument.
    fn answers(&mut self, record: &Record) -> Vec<AnswerSheet> {
        let knowledge = self.knowledge;
        let mut valid: BTreeMap<&str, _> = BTreeMap::new();
        for noted in record.answers.iter().filter(|noted| self.counts(noted)) {
            let newest = valid.entry(noted.what.instrument.as_str()).or_insert(noted);
            if noted.day >= newest.day {
                *newest = noted;
            }
        }
        let mut sheets = Vec::new();
        for (id, noted) in valid {
            let Some(instrument) = self.find(&knowledge.instruments, "instrument", id) else {
                continue;
            };
            let items = &knowledge.instruments[instrument].items;
            for item in noted.what.answers.keys() {
                if !items.iter().any(|one| one.id == *item) {
                    let id = format!("{id}.{item}");
                    self.not_understood
                        .insert(NotUnderstood::unknown("item", &id));
                }
            }
            sheets.push(sheet(knowledge, instrument, &noted.what.answers));
        }
        sheets
    }

    /// Clearings that still stand: none of the findings behind the condition's alarms was written down again since, on that day or later.
    fn cleared(&mut self, record: &Record) -> Vec<ClearedAlarm> {
        let knowledge = self.knowledge;
        let mut all = Vec::new();
        for noted in &record.cleared {
            if !self.counts(noted) {
                continue;
            }
            let condition = self.find(&knowledge.conditions, "condition", &noted.what.condition);
            let profession = self.profession(noted.by.profession());
            let (Some(condition), Some(profession)) = (condition, profession) else {
                continue;
            };
            if self.overtaken(record, noted, condition) {
                continue;
            }
            all.push(ClearedAlarm {
                condition,
                by: noted.by.name().to_owned(),
                profession,
                reason: noted.what.reason.clone(),
                on: noted.day,
            });
        }
        all
    }

    /// Days are too coarse for this: what is written down after the clearing on the same day raises the alarm again too.
    fn overtaken(
        &self,
        record: &Record,
        cleared: &Noted<AlarmCleared>,
        condition: Handle<Condition>,
    ) -> bool {
        let behind = behind(self.knowledge, condition);
        record.facts.iter().any(|fact| {
            fact.nth > cleared.nth
                && self.counts(fact)
                && fact.what.on.unwrap_or(fact.day) >= cleared.day
                && self
                    .knowledge
                    .findings
                    .find(&fact.what.finding)
                    .is_some_and(|finding| behind.contains(&finding))
        })
    }
}

/// The setting of a word.
pub(crate) fn setting(word: &str) -> Option<Setting> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

fn sheet(
    knowledge: &Knowledge,
    instrument: Handle<Instrument>,
    answers: &BTreeMap<String, f64>,
) -> AnswerSheet {
    let items = &knowledge.instruments[instrument].items;
    AnswerSheet {
        instrument,
        answers: items
            .iter()
            .map(|item| answers.get(&item.id).copied())
            .collect(),
    }
}

/// Every finding that the alarms of a condition look at, directly or through what follows from it.
fn behind(knowledge: &Knowledge, condition: Handle<Condition>) -> BTreeSet<Handle<Finding>> {
    let mut found = BTreeSet::new();
    let mut todo: Vec<Symbol> = knowledge.conditions[condition]
        .alarms
        .iter()
        .flat_map(|alarm| alarm.when.expr.symbols().iter().copied())
        .collect();
    while let Some(symbol) = todo.pop() {
        match knowledge.names.of(symbol) {
            Name::Finding(finding) if found.insert(finding) => {
                let one = &knowledge.findings[finding];
                todo.extend(one.derive.iter().flat_map(|rule| rule.expr.symbols()));
                todo.extend(one.implied_by.iter().map(|f| knowledge.names.finding(*f)));
            }
            Name::Classification(class) => todo.extend(
                knowledge.classifications[class]
                    .values
                    .iter()
                    .flat_map(|value| value.when.expr.symbols()),
            ),
            _ => {}
        }
    }
    found
}
