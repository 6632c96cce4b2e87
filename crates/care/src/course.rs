//! How the patient does over time: the score of a questionnaire from the first answer to the last, and whether the change matters by a rule that has a name.

use std::collections::BTreeMap;

use cotreat_knowledge::format::ScoreDirection;
use cotreat_knowledge::model::{Instrument, MeaningfulChange};
use cotreat_knowledge::{Handle, Knowledge};
use jiff::civil::Date;

use crate::record::{Record, days_between};

/// From this day after the first answer it should have become better: six weeks.
const SIX_WEEKS: i32 = 42;

/// The course of one score.
#[derive(Clone, Debug)]
pub struct Course<'k> {
    /// The questionnaire.
    pub instrument: Handle<Instrument>,
    /// Position of the score in it.
    pub score: usize,
    /// The rule for a change that matters.
    pub rule: &'k MeaningfulChange,
    /// Every day on which it could be worked out, with its value; of one day the last one. Never empty.
    pub points: Vec<(Date, f64)>,
    /// What became of it from the first to the last.
    pub change: Change,
}

/// What became of a score, by the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Better by so much that it matters.
    Better,
    /// Neither.
    Same,
    /// Worse by so much that it matters.
    Worse,
    /// It was answered once.
    Once,
}

/// The course of each questionnaire that has a rule for a change that matters, in the order of ids; of several rules of one, the first in its file counts.
#[must_use]
pub fn courses<'k>(record: &Record, knowledge: &'k Knowledge, day: Date) -> Vec<Course<'k>> {
    let mut found = Vec::new();
    for (handle, instrument) in knowledge.instruments.iter() {
        let Some(rule) = instrument.changes.first() else {
            continue;
        };
        let points = points(record, instrument, rule.score, day);
        let (Some((_, first)), Some((_, last))) = (points.first(), points.last()) else {
            continue;
        };
        let change = match points.len() {
            1 => Change::Once,
            _ => changed(rule, instrument.scores[rule.score].higher, *first, *last),
        };
        found.push(Course {
            instrument: handle,
            score: rule.score,
            rule,
            points,
            change,
        });
    }
    found
}

impl Course<'_> {
    /// Six weeks after the first answer, or later, an answer shows that it is not better. An answer counts for the sixth week from the day on from which the knowledge takes
    /// answers for a wave; where nobody asked since, nothing is said.
    #[must_use]
    pub fn not_better_by_week_six(&self, knowledge: &Knowledge, today: Date) -> bool {
        let (Some((first, _)), Some((last, _))) = (self.points.first(), self.points.last()) else {
            return false;
        };
        let before = i32::try_from(knowledge.method.window_days_before).unwrap_or(0);
        self.change != Change::Better
            && days_between(*first, today) >= SIX_WEEKS
            && days_between(*first, *last) >= SIX_WEEKS - before
    }
}

fn points(record: &Record, instrument: &Instrument, score: usize, day: Date) -> Vec<(Date, f64)> {
    let mut by_day = BTreeMap::new();
    let answers = record.answers.iter();
    for noted in answers.filter(|one| one.what.instrument == instrument.id && one.day <= day) {
        let given: Vec<Option<f64>> = instrument
            .items
            .iter()
            .map(|item| noted.what.answers.get(&item.id).copied())
            .collect();
        if let Some(value) = instrument.scores[score].of(&instrument.items, &given) {
            by_day.insert(noted.day, value);
        }
    }
    by_day.into_iter().collect()
}

/// A change of a hundredth less than the rule wants, by binary fractions, is still one.
const NEARLY: f64 = 1e-6;

fn changed(rule: &MeaningfulChange, higher: ScoreDirection, first: f64, last: f64) -> Change {
    let better = match higher {
        ScoreDirection::Worse => first - last,
        ScoreDirection::Better => last - first,
    };
    let by_points = rule.points;
    let by_percent = rule.percent.map(|percent| first.abs() * percent / 100.0);
    let Some(wanted) = by_points.or(by_percent).filter(|wanted| *wanted > 0.0) else {
        return Change::Same;
    };
    if better + NEARLY >= wanted {
        Change::Better
    } else if better - NEARLY <= -wanted {
        Change::Worse
    } else {
        Change::Same
    }
}
