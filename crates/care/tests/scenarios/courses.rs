//! How a patient does over time, by the rule of the questionnaire.

use std::collections::BTreeMap;

use cotreat_care::course::{Change, Course, courses};
use cotreat_care::decide::Act;
use cotreat_care::event::{AnsweredBy, Mode};
use jiff::civil::Date;

use super::story::{FIRST, Story, on, opened, patient};
use crate::common::knowledge;

/// A number from 0 to 10 with a rule of two points.
const PAIN: &str = "nrs_pain";

fn says(pain: f64) -> Act {
    Act::AnswerInstrument {
        assignment: None,
        instrument: PAIN.into(),
        answers: BTreeMap::from([("pain".to_owned(), pain)]),
        mode: Mode::Online,
        answered_by: AnsweredBy::Patient,
    }
}

fn after(days: i64) -> Date {
    FIRST + jiff::Span::new().days(days)
}

/// Answers on these days.
fn answered(pains: &[(i64, f64)]) -> Story {
    pains.iter().fold(opened(), |story, (days, pain)| {
        story.and(on(after(*days), patient(says(*pain))))
    })
}

/// The change, and whether it is not better by week six, seen on a day.
fn seen(pains: &[(i64, f64)], days: i64) -> (Change, bool) {
    let story = answered(pains);
    let all = courses(&story.record, knowledge(), after(days));
    let pain = |one: &&Course<'_>| knowledge().instruments[one.instrument].id == PAIN;
    let one = all.iter().find(pain).expect("it was answered");
    (
        one.change,
        one.not_better_by_week_six(knowledge(), after(days)),
    )
}

#[test]
fn a_change_matters_by_the_rule_of_its_questionnaire() {
    assert_eq!(seen(&[(0, 6.0)], 50), (Change::Once, false));
    assert_eq!(seen(&[(0, 6.0), (42, 4.0)], 42), (Change::Better, false));
    assert_eq!(seen(&[(0, 6.0), (42, 5.0)], 42), (Change::Same, true));
    assert_eq!(seen(&[(0, 6.0), (42, 8.0)], 42), (Change::Worse, true));
}

#[test]
fn nothing_is_said_before_the_sixth_week_or_without_an_answer_for_it() {
    assert_eq!(seen(&[(0, 6.0), (14, 6.0)], 41), (Change::Same, false));
    // Nobody asked since the second week: that is overdue, and no verdict.
    assert_eq!(seen(&[(0, 6.0), (14, 6.0)], 60), (Change::Same, false));
    // An answer a week before the day counts for its wave.
    assert_eq!(seen(&[(0, 6.0), (35, 6.0)], 42), (Change::Same, true));
    assert_eq!(seen(&[(0, 6.0), (34, 6.0)], 42), (Change::Same, false));
}

#[test]
fn what_comes_later_is_not_known_yet() {
    assert_eq!(seen(&[(0, 6.0), (10, 2.0)], 9), (Change::Once, false));
    let story = answered(&[(0, 6.0), (10, 3.0), (10, 2.0)]);
    let all = courses(&story.record, knowledge(), after(10));
    let points: Vec<f64> = all[0].points.iter().map(|(_, value)| *value).collect();
    assert_eq!(points, [6.0, 2.0], "of one day the last one counts");
}
