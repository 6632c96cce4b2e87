//! Sessions: on which day somebody of which profession treated. What was done stays in the record.

use std::collections::BTreeMap;

use cotreat_care::record::Record;
use jiff::civil::Date;

use super::Place;
use crate::database::Value;
use crate::error::Error;
use crate::pen::Pen;

macro_rules! tables {
    () => {
        "CREATE TABLE treated (
            episode      TEXT NOT NULL,
            session      TEXT NOT NULL,
            patient      TEXT NOT NULL,
            organisation TEXT,
            profession   TEXT NOT NULL,
            day          TEXT NOT NULL,
            PRIMARY KEY (episode, session)
        );
        CREATE INDEX treated_patient ON treated (patient);
        CREATE INDEX treated_organisation ON treated (organisation, day);"
    };
}
pub(super) use tables;

const WRITE: &str = "INSERT INTO treated (episode, session, patient, organisation, profession, day) VALUES ($1, $2, $3, $4, $5, $6) \
     ON CONFLICT (episode, session) DO UPDATE SET organisation = excluded.organisation, profession = excluded.profession, day = excluded.day";

/// A row, apart from its place.
#[derive(PartialEq, Eq)]
pub(super) struct Row {
    organisation: Option<String>,
    profession: String,
    day: Date,
}

/// The rows of a record. A session is of the day on which it was written down first; an amendment moves nothing.
pub(super) fn rows(record: &Record) -> BTreeMap<String, Row> {
    let row = |(id, one): (&String, &cotreat_care::record::SessionRecord)| {
        let first = one.versions.first()?;
        let row = Row {
            organisation: first.by.organisation().map(str::to_owned),
            profession: one.profession.clone(),
            day: first.day,
        };
        Some((id.clone(), row))
    };
    record.sessions.iter().filter_map(row).collect()
}

/// Writes the sessions that are new; a record never takes one back.
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
        let day = row.day.to_string();
        let values = [
            Value::Text(place.episode),
            Value::Text(id),
            Value::Text(place.patient),
            Value::Maybe(row.organisation.as_deref()),
            Value::Text(&row.profession),
            Value::Text(&day),
        ];
        pen.run(WRITE, &values).await?;
    }
    Ok(())
}
