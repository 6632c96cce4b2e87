//! Instruments.

use cotreat_care::decide::{Act, Command, Refused};
use cotreat_care::event::{AnsweredBy, InstrumentAssigned, Mode, Window};
use jiff::civil::{Date, date};

use super::story::{FIRST, Story, desk, gp, on, opened, patient};
use crate::common::knowledge;

const DUE: Date = date(2026, 4, 13);

fn assign(instrument: &str) -> Act {
    Act::AssignInstrument(InstrumentAssigned {
        assignment: "a1".into(),
        instrument: instrument.into(),
        wave: Some("week_6".into()),
        due: DUE,
    })
}

fn answer(assignment: Option<&str>, answers: &[(&str, f64)]) -> Act {
    Act::AnswerInstrument {
        assignment: assignment.map(str::to_owned),
        instrument: "peg".into(),
        answers: answers
            .iter()
            .map(|(item, answer)| ((*item).to_owned(), *answer))
            .collect(),
        mode: Mode::Online,
        answered_by: AnsweredBy::Patient,
    }
}

const PEG: [(&str, f64); 3] = [("pain", 4.0), ("enjoyment", 5.0), ("activity", 6.0)];

fn assigned() -> Story {
    opened().and(desk(assign("peg")))
}

fn window(day: Date) -> Option<Window> {
    let answered = assigned().and(on(day, patient(answer(Some("a1"), &PEG))));
    answered.record.answers[0].what.window
}

#[test]
fn an_instrument_is_assigned_and_answered() {
    opened()
        .when(gp(assign("peg")))
        .then(&["instrument_assigned"])
        .when(on(DUE, patient(answer(Some("a1"), &PEG))))
        .then(&["instrument_answered"])
        .shows(|r| {
            let sheet = &r.known(knowledge(), DUE).episode.answers[0];
            sheet.answers.iter().flatten().count() == 3 && r.answers[0].what.mode == Mode::Online
        });
}

#[test]
fn an_answer_counts_for_its_wave_from_7_days_before_to_14_after() {
    let cases = [
        (date(2026, 4, 5), -8, false),
        (date(2026, 4, 6), -7, true),
        (date(2026, 4, 27), 14, true),
        (date(2026, 4, 28), 15, false),
    ];
    for (day, days_from_due, inside) in cases {
        let expected = Window {
            days_from_due,
            inside,
        };
        assert_eq!(window(day), Some(expected), "{day}");
    }
}

#[test]
fn an_instrument_answered_without_being_asked_has_no_window() {
    opened()
        .when(patient(answer(None, &PEG)))
        .then(&["instrument_answered"])
        .shows(|r| r.answers[0].what.window.is_none());
}

#[test]
fn of_two_answers_the_later_one_counts_whenever_it_was_typed() {
    let later = on(date(2026, 4, 20), patient(answer(None, &[("pain", 2.0)])));
    let typed_late = Command {
        day: DUE,
        ..on(date(2026, 4, 21), desk(answer(None, &[("pain", 7.0)])))
    };
    opened()
        .and(on(FIRST, patient(answer(None, &[("pain", 9.0)]))))
        .and(later)
        .and(typed_late)
        .shows(|r| {
            let pain = |day| r.known(knowledge(), day).episode.answers[0].answers[0];
            let on = [FIRST, DUE, date(2026, 4, 21)].map(pain);
            on == [Some(9.0), Some(7.0), Some(2.0)]
        });
}

#[test]
fn an_instrument_that_nobody_knows_is_not_assigned() {
    opened()
        .when(desk(assign("peq")))
        .refused(Refused::NotKnownHere, "did you mean `peg`?");
}

#[test]
fn an_answer_outside_the_items_is_refused() {
    assigned()
        .when(patient(answer(Some("a1"), &[("mood", 3.0)])))
        .refused(Refused::DoesNotFit, "pain, enjoyment, activity");
}

#[test]
fn an_answer_outside_the_range_is_refused() {
    for wrong in [11.0, -1.0, 2.5, f64::NAN] {
        assigned()
            .when(patient(answer(Some("a1"), &[("pain", wrong)])))
            .refused(Refused::DoesNotFit, "from 0 to 10");
    }
}

#[test]
fn an_answer_needs_its_assignment() {
    opened()
        .when(patient(answer(Some("a1"), &PEG)))
        .refused(Refused::NoSuchAssignment, "was not assigned as `a1`");
}

#[test]
fn an_assignment_is_answered_once() {
    assigned()
        .and(patient(answer(Some("a1"), &PEG)))
        .when(patient(answer(Some("a1"), &PEG)))
        .refused(Refused::AlreadyThere, "answered before");
}

#[test]
fn an_assignment_has_an_id_of_its_own() {
    let again: Command = desk(assign("odi"));
    assigned()
        .when(again)
        .refused(Refused::AlreadyThere, "assigned before");
}
