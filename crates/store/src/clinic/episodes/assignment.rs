//! What patients were asked to answer: one row for each assignment, answered or not. Chasing and response rates ask here.

use std::collections::BTreeMap;

use cotreat_care::record::Record;
use jiff::civil::Date;

use super::Place;
use crate::database::Value;
use crate::error::Error;
use crate::pen::Pen;

macro_rules! tables {
    () => {
        "CREATE TABLE assignment (
            episode     TEXT NOT NULL,
            assignment  TEXT NOT NULL,
            patient     TEXT NOT NULL,
            instrument  TEXT NOT NULL,
            wave        TEXT,
            due_on      TEXT NOT NULL,
            answered_on TEXT,
            PRIMARY KEY (episode, assignment)
        );
        CREATE INDEX assignment_patient ON assignment (patient);
        CREATE INDEX assignment_due ON assignment (answered_on, due_on);"
    };
}
pub(super) use tables;

const WRITE: &str = "INSERT INTO assignment (episode, assignment, patient, instrument, wave, due_on, answered_on) VALUES ($1, $2, $3, $4, $5, $6, $7) \
     ON CONFLICT (episode, assignment) DO UPDATE SET instrument = excluded.instrument, wave = excluded.wave, due_on = excluded.due_on, answered_on = excluded.answered_on";

/// A row, apart from its place.
#[derive(PartialEq, Eq)]
pub(super) struct Row {
    instrument: String,
    wave: Option<String>,
    due: Date,
    answered: Option<Date>,
}

/// The rows of a record. An assignment is answered on the day of its first answer.
pub(super) fn rows(record: &Record) -> BTreeMap<String, Row> {
    let row = |id: &String| {
        let what = &record.assignments.get(id)?.what;
        let of_it = |answer: &&cotreat_care::record::Noted<_>| answered(answer) == Some(id);
        Some(Row {
            instrument: what.instrument.clone(),
            wave: what.wave.clone(),
            due: what.due,
            answered: record.answers.iter().find(of_it).map(|answer| answer.day),
        })
    };
    let ids = record.assignments.keys();
    ids.filter_map(|id| Some((id.clone(), row(id)?))).collect()
}

const fn answered(
    answer: &cotreat_care::record::Noted<cotreat_care::event::InstrumentAnswered>,
) -> Option<&String> {
    answer.what.assignment.as_ref()
}

/// Writes the assignments that changed; a record never takes one back.
pub(super) async fn write(
    pen: &mut Pen<'_>,
    place: Place<'_>,
    before: &BTreeMap<String, Row>,
    after: &BTreeMap<String, Row>,
) -> Result<(), Error> {
    for (id, row) in after {
        if before.get(id) == Some(row) {
            continue;
        }
        let (due, answered) = (row.due.to_string(), row.answered.map(|day| day.to_string()));
        let values = [
            Value::Text(place.episode),
            Value::Text(id),
            Value::Text(place.patient),
            Value::Text(&row.instrument),
            Value::Maybe(row.wave.as_deref()),
            Value::Text(&due),
            Value::Maybe(answered.as_deref()),
        ];
        pen.run(WRITE, &values).await?;
    }
    Ok(())
}
