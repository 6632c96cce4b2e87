//! A session of questions: what is given, what was set aside, and the way back.

use std::collections::BTreeSet;

use cotreat_care::appraisal::{Named, Question};
use cotreat_care::face::{Block, Tone};
use cotreat_care::input::{self, At, Node};
use cotreat_care::{Appraisal, appraise};
use cotreat_knowledge::{Knowledge, Place, Problem};

use crate::change::{self, Change};
use crate::patient::{Patient, put};

use super::question::{self, Asking, Store};

/// Whose questions are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Patient,
    Clinician,
    Both,
}

/// What the session can go back to.
struct Step {
    given: At,
    aside: BTreeSet<String>,
    answered: usize,
}

pub(super) struct Session<'k> {
    knowledge: &'k Knowledge,
    file: String,
    who: Who,
    given: At,
    /// Questions that were answered with "not known" or skipped; they are not asked again.
    aside: BTreeSet<String>,
    answered: usize,
    past: Vec<Step>,
    appraisal: Appraisal,
}

impl<'k> Session<'k> {
    pub(super) fn new(file: &str, patient: Patient, who: Who, knowledge: &'k Knowledge) -> Self {
        let appraisal = appraise(&patient.episode, knowledge);
        Self {
            knowledge,
            file: file.to_owned(),
            who,
            given: patient.given,
            aside: BTreeSet::new(),
            answered: 0,
            past: Vec::new(),
            appraisal,
        }
    }

    pub(super) fn given(&self) -> &At {
        &self.given
    }

    pub(super) fn appraisal(&self) -> &Appraisal {
        &self.appraisal
    }

    /// How many answers were given, "not known" included.
    pub(super) fn answered(&self) -> usize {
        self.answered
    }

    /// The next best question. What the file says is not known comes last: somebody asked it before.
    pub(super) fn next(&self) -> Option<Asking> {
        let mut open = self.askings();
        let first_new = open
            .iter()
            .position(|asking| !self.was_not_known(&asking.id))
            .unwrap_or(0);
        (!open.is_empty()).then(|| open.swap_remove(first_new))
    }

    /// How many questions are open.
    pub(super) fn open(&self) -> usize {
        self.askings().len()
    }

    fn askings(&self) -> Vec<Asking> {
        let questions = &self.appraisal.questions;
        let patient = questions
            .patient
            .iter()
            .map(|q| (q, true))
            .filter(|_| self.who != Who::Clinician);
        let clinician = questions
            .clinician
            .iter()
            .map(|q| (q, false))
            .filter(|_| self.who != Who::Patient);
        patient
            .chain(clinician)
            .filter_map(|(question, of_patient)| self.asking(question, of_patient))
            .collect()
    }

    fn asking(&self, question: &Question, of_patient: bool) -> Option<Asking> {
        question::askings(question, of_patient, self.knowledge)
            .into_iter()
            .find(|asking| {
                !self.aside.contains(&asking.key)
                    && !self
                        .appraisal
                        .scores
                        .iter()
                        .any(|score| asking.store == Store::Score(score.score.clone()))
            })
    }

    /// It is asked although it was recorded: as not known.
    fn was_not_known(&self, id: &str) -> bool {
        self.appraisal.facts.iter().any(|fact| fact.finding == id)
    }

    /// Takes an answer in, checked as if it stood in the file; says what it changed.
    pub(super) fn answer(
        &mut self,
        asking: &Asking,
        words: &str,
    ) -> Result<Vec<Change>, Vec<Problem>> {
        let not_known = question::is_not_known(words);
        if not_known && matches!(asking.store, Store::Score(_)) {
            // A total that is not known is simply not there.
            self.skip(asking);
            return Ok(Vec::new());
        }
        let node = if not_known {
            Node::Text("unknown".into())
        } else {
            question::value(asking, words, self.knowledge)
        };
        let mut given = self.given.clone();
        asking.put(
            &mut given,
            At {
                node,
                place: Place::file("your answer"),
            },
        );
        let episode = input::read(&self.file, &given, self.knowledge)?;
        let appraisal = appraise(&episode, self.knowledge);
        let changes = change::changes(&self.appraisal, &appraisal);
        self.remember();
        self.given = given;
        self.appraisal = appraisal;
        self.answered += 1;
        if not_known {
            self.aside.insert(asking.key.clone());
        }
        Ok(changes)
    }

    pub(super) fn skip(&mut self, asking: &Asking) {
        self.remember();
        self.aside.insert(asking.key.clone());
    }

    fn remember(&mut self) {
        self.past.push(Step {
            given: self.given.clone(),
            aside: self.aside.clone(),
            answered: self.answered,
        });
    }

    /// Takes the last answer or skip back; false when there is none.
    pub(super) fn back(&mut self) -> bool {
        let Some(step) = self.past.pop() else {
            return false;
        };
        // It was read before, so it can be read again.
        if let Ok(episode) = input::read(&self.file, &step.given, self.knowledge) {
            self.appraisal = appraise(&episode, self.knowledge);
        }
        self.given = step.given;
        self.aside = step.aside;
        self.answered = step.answered;
        true
    }

    /// Everything that waits for the answer, and where the question stands.
    pub(super) fn why(&self, asking: &Asking) -> Vec<Block> {
        let a = &self.appraisal;
        let waits = |missing: &[Named]| missing.iter().any(|named| named.id == asking.id);
        let item = |words: String| Block::Item(1, words, Tone::Plain);
        let mut blocks = vec![Block::Line(
            format!("Why: {}.", asking.because),
            Tone::Strong,
        )];
        for alarm in a.alarms.iter().filter(|alarm| waits(&alarm.missing)) {
            blocks.push(item(format!(
                "alarm {}: could still be {}",
                alarm.name,
                alarm.could_reach.as_deref().unwrap_or_default()
            )));
        }
        for line in a.plan.lines.iter().filter(|line| waits(&line.ask_first)) {
            blocks.push(item(format!(
                "plan, {}: {}",
                line.name,
                line.status.replace('_', " ")
            )));
        }
        for class in a.classes.iter().filter(|class| waits(&class.missing)) {
            blocks.push(item(format!("sorted by {}: not fully known", class.name)));
        }
        for c in a.contributors.iter().filter(|c| waits(&c.missing)) {
            blocks.push(item(format!(
                "contributor {}: {}",
                c.name,
                c.band.replace('_', " ")
            )));
        }
        blocks.push(Block::Item(
            1,
            format!(
                "asking takes about {} s; the question stands in {}",
                asking.burden_seconds, asking.place
            ),
            Tone::Faint,
        ));
        blocks.push(Block::Item(
            1,
            format!(
                "`cotreat explain {}` tells everything known about it",
                asking.id
            ),
            Tone::Faint,
        ));
        blocks
    }
}

impl Asking {
    /// Puts an answer where the file would hold it.
    fn put(&self, given: &mut At, answer: At) {
        let (table, name) = match &self.store {
            Store::Fact => ("facts", &self.id),
            Store::Score(key) => ("scores", key),
        };
        if given.get(table).is_none() {
            let empty = At {
                node: Node::Table(Vec::new()),
                place: Place::file("your answer"),
            };
            put(given, table, empty);
        }
        if let Node::Table(entries) = &mut given.node
            && let Some((_, below)) = entries.iter_mut().find(|(key, _)| key == table)
        {
            put(below, name, answer);
        }
    }
}
