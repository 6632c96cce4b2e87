//! From the answers of an intake to what is written down, and to what can be said with them.

use std::collections::{BTreeMap, BTreeSet};

use cotreat_knowledge::Knowledge;
use jiff::Timestamp;
use jiff::civil::Date;

use super::Intake;
use crate::conclude;
use crate::episode::Episode;
use crate::event::{
    AnsweredBy, Elsewhere, Event, FactsRecorded, InstrumentAnswered, Mode, Recorded, Said, Stated,
    VERSION, Who, Wishes,
};
use crate::record::{Record, evolve};

/// How a fact came about that follows from the body chart.
const ON_THE_CHART: &str = "marked on the body chart";

impl Intake {
    /// The facts that follow: what was answered in words, and what the body chart says where nothing was.
    #[must_use]
    pub fn stated(&self, knowledge: &Knowledge) -> Vec<Stated> {
        let stated = |finding: &str, value: &Said, how: Option<&str>| Stated {
            finding: finding.to_owned(),
            value: value.clone(),
            on: None,
            how: how.map(str::to_owned),
            dose: None,
        };
        let mut all: Vec<Stated> = self
            .answers
            .iter()
            .map(|(finding, value)| stated(finding, value, None))
            .collect();
        let marked = self.marked();
        for (_, finding) in knowledge.findings.iter() {
            let says = finding.body_chart.iter().any(|one| marked.contains(one));
            if says && !self.answers.contains_key(&finding.id) {
                all.push(stated(&finding.id, &Said::Yes, Some(ON_THE_CHART)));
            }
        }
        all
    }

    /// The regions that are marked.
    #[must_use]
    pub fn marked(&self) -> BTreeSet<u16> {
        let marks = self.drawing.iter().flat_map(|drawing| &drawing.marks);
        marks.map(|mark| mark.region).collect()
    }

    /// Everything that is written down at the end, apart from medicines and questionnaires. What was written before and is still so is not written again.
    #[must_use]
    pub fn facts(&self, knowledge: &Knowledge) -> FactsRecorded {
        let facts = self.stated(knowledge).into_iter();
        let wishes = (self.wishes != Wishes::default()).then(|| self.wishes.clone());
        let tried_else = self.tried_else.trim();
        FactsRecorded {
            facts: facts
                .filter(|fact| self.written.get(&fact.finding) != Some(&fact.value))
                .collect(),
            wishes,
            elsewhere: (!tried_else.is_empty())
                .then(|| Elsewhere {
                    what: tried_else.to_owned(),
                    by: None,
                    from: None,
                    to: None,
                    note: None,
                })
                .into_iter()
                .collect(),
            drawing: self.drawing.clone(),
        }
    }

    /// What would be known if it were written down now.
    #[must_use]
    pub fn episode(&self, record: &Record, knowledge: &Knowledge, today: Date) -> Episode {
        let events = [self.told(knowledge)].into_iter().chain(self.answered());
        let after = events.fold(record.clone(), |record, event| {
            let recorded = Recorded {
                version: VERSION,
                by: Who::Patient,
                at: Timestamp::MAX,
                day: today,
                event,
            };
            evolve(record, &recorded)
        });
        after.known(knowledge, today).episode
    }

    fn told(&self, knowledge: &Knowledge) -> Event {
        Event::FactsRecorded(FactsRecorded {
            facts: self.stated(knowledge),
            wishes: Some(self.wishes.clone()),
            ..FactsRecorded::default()
        })
    }

    fn answered(&self) -> impl Iterator<Item = Event> {
        self.sheets.iter().map(|(instrument, answers)| {
            Event::InstrumentAnswered(InstrumentAnswered {
                assignment: None,
                instrument: instrument.clone(),
                answers: answers.clone(),
                mode: Mode::Online,
                answered_by: AnsweredBy::Patient,
                window: None,
            })
        })
    }

    /// The conditions for which an emergency stands with these answers, by id.
    #[must_use]
    pub fn emergencies(
        &self,
        record: &Record,
        knowledge: &Knowledge,
        today: Date,
    ) -> BTreeSet<String> {
        let episode = self.episode(record, knowledge, today);
        let standing = conclude(&episode, knowledge).plan.emergency;
        standing
            .iter()
            .map(|condition| knowledge.conditions.id(*condition).to_owned())
            .collect()
    }

    /// Notes what was written into the record.
    pub fn note_written(&mut self, facts: &[Stated]) {
        let written: BTreeMap<String, Said> = facts
            .iter()
            .map(|fact| (fact.finding.clone(), fact.value.clone()))
            .collect();
        self.written.extend(written);
    }
}
