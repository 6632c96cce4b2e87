//! How bad it is at a time, and what somebody answers who has it as bad as that.

use std::collections::BTreeMap;

use cotreat_knowledge::format::ScoreDirection;
use cotreat_knowledge::model::{Instrument, Item};

use crate::draws::Draws;
use crate::sheets::{Given, Shows, Tables};

/// The course of one patient's complaint.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    /// How bad it was at first: 0 is nothing, 1 as bad as can be.
    pub(crate) first: f64,
    /// Week, and how much of the first value is left.
    points: Vec<(u32, f64)>,
}

/// Days of a week.
const WEEK: f64 = 7.0;

impl Course {
    pub(crate) fn new(first: f64, points: &[(u32, f64)]) -> Self {
        Self {
            first: first.clamp(0.0, 1.0),
            points: points.to_vec(),
        }
    }

    /// How bad it is so many days after the beginning, without noise.
    pub(crate) fn severity(&self, days: i64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a story lasts a year")]
        let week = days.max(0) as f64 / WEEK;
        let mut before = (0.0, 1.0);
        for (at, left) in &self.points {
            let at = f64::from(*at);
            if at >= week {
                let width = (at - before.0).max(f64::MIN_POSITIVE);
                let part = ((week - before.0) / width).clamp(0.0, 1.0);
                return (self.first * (before.1 + (left - before.1) * part)).clamp(0.0, 1.0);
            }
            before = (at, *left);
        }
        (self.first * before.1).clamp(0.0, 1.0)
    }

    /// The pain of a day from 0 to 10.
    pub(crate) fn pain(&self, days: i64, tables: &Tables, draws: &mut Draws) -> u8 {
        let noisy = self.severity(days) + tables.score.noise * draws.around();
        whole(noisy.clamp(0.0, 1.0) * 10.0)
    }
}

/// A number of a scale that is small and not negative.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped first"
)]
fn whole(number: f64) -> u8 {
    number.round().clamp(0.0, 100.0) as u8
}

/// What a patient answers to an instrument, item by item, so many days after the beginning; an item that is left out is missing.
pub(crate) fn answers(
    given: &Given,
    instrument: &Instrument,
    course: &Course,
    days: i64,
    tables: &Tables,
    draws: &mut Draws,
) -> BTreeMap<String, f64> {
    let severity = course.severity(days);
    let bad = match given.shows {
        Shows::Severity => severity * given.weight,
        // From all better to all worse, with no change in the middle.
        Shows::Change => 0.5 + (severity - course.first) / 2.0 / course.first.max(0.1),
    };
    // The noise of the person and the day is one for all items.
    let bad = bad + tables.score.noise * draws.around();
    let worse = instrument.scores.first().map(|score| score.higher);
    let share = match worse {
        Some(ScoreDirection::Better) => 1.0 - bad,
        _ => bad,
    };
    let mut answers = BTreeMap::new();
    for (at, item) in instrument.items.iter().enumerate() {
        // One question cannot be left out of a single one.
        if instrument.items.len() > 1 && draws.happens(tables.habits.item_missing) {
            continue;
        }
        let counts = instrument.scores.first().and_then(|score| {
            let mut scored = score.items.iter().filter(|scored| scored.item == at);
            scored.next().map(|scored| scored.counts.as_slice())
        });
        answers.insert(
            item.id.clone(),
            answer(item, counts.unwrap_or_default(), share, tables, draws),
        );
    }
    answers
}

/// The answer that counts as much as the complaint is bad; `counts`: what each answer counts, from the smallest one on.
fn answer(item: &Item, counts: &[f64], share: f64, tables: &Tables, draws: &mut Draws) -> f64 {
    let least = counts.iter().copied().fold(f64::INFINITY, f64::min);
    let most = counts.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let wanted = if counts.len() == 2 {
        // A statement is ticked or not: of many, as large a share as the complaint is bad.
        if draws.happens(share) { most } else { least }
    } else {
        let noisy = share + tables.score.noise / 2.0 * draws.around();
        least + (most - least) * noisy.clamp(0.0, 1.0)
    };
    let away = |count: &f64| (count - wanted).abs();
    let nearest = (0..)
        .zip(counts)
        .min_by(|one, other| away(one.1).total_cmp(&away(other.1)));
    f64::from(item.min) + f64::from(nearest.map_or(0, |(at, _): (i32, _)| at))
}

#[cfg(test)]
mod tests {
    use super::Course;

    #[test]
    fn between_two_points_it_goes_straight_and_after_the_last_it_stays() {
        let course = Course::new(0.8, &[(0, 1.0), (2, 0.5), (6, 0.25)]);
        let near = |days, value: f64| (course.severity(days) - value).abs() < 1e-12;
        assert!(near(0, 0.8) && near(7, 0.6) && near(14, 0.4) && near(42, 0.2) && near(365, 0.2));
        assert!(
            near(-3, 0.8),
            "before the beginning it is as bad as at the beginning"
        );
    }

    #[test]
    fn it_never_leaves_the_scale() {
        let course = Course::new(0.9, &[(0, 1.0), (6, 1.5)]);
        assert!((0..400).all(|days| (0.0..=1.0).contains(&course.severity(days))));
    }
}
