//! One row for each episode: since when, where, until when, what is due, and what happened last.

use cotreat_care::record::{AppraisalDue, Record};
use jiff::civil::Date;

use super::Place;
use crate::database::{Value, number};
use crate::error::Error;
use crate::pen::Pen;
use crate::read::StoredEvent;

macro_rules! tables {
    () => {
        "CREATE TABLE episode (
            episode          TEXT   NOT NULL PRIMARY KEY,
            patient          TEXT   NOT NULL,
            opened_on        TEXT   NOT NULL,
            opened_by        TEXT,
            organisation     TEXT,
            setting          TEXT   NOT NULL,
            jurisdiction     TEXT   NOT NULL,
            reopens          TEXT,
            closed_on        TEXT,
            review_on        TEXT,
            appraisal_due    TEXT,
            appraisal_due_on TEXT,
            version          BIGINT NOT NULL,
            last_kind        TEXT   NOT NULL,
            last_on          TEXT,
            last_at          TEXT   NOT NULL
        );
        CREATE INDEX episode_patient ON episode (patient);"
    };
}
pub(super) use tables;

const WRITE: &str = "INSERT INTO episode (episode, patient, opened_on, opened_by, organisation, setting, jurisdiction, reopens, closed_on, review_on, \
     appraisal_due, appraisal_due_on, version, last_kind, last_on, last_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
     ON CONFLICT (episode) DO UPDATE SET closed_on = excluded.closed_on, review_on = excluded.review_on, \
     appraisal_due = excluded.appraisal_due, appraisal_due_on = excluded.appraisal_due_on, \
     version = excluded.version, last_kind = excluded.last_kind, last_on = excluded.last_on, last_at = excluded.last_at";

/// What an episode that was opened is, apart from its last event.
pub(super) struct Frame<'a> {
    record: &'a Record,
    opened_on: String,
    closed_on: Option<String>,
    review_on: Option<String>,
    due: Option<(&'static str, String)>,
}

impl<'a> Frame<'a> {
    /// `None`: it was not opened.
    pub(super) fn of(record: &'a Record) -> Option<Self> {
        let due = record.appraisal_due.as_ref();
        Some(Self {
            record,
            opened_on: record.began()?.to_string(),
            closed_on: record.closed.as_ref().map(|closed| closed.day.to_string()),
            review_on: record
                .plan_in_force()
                .and_then(|plan| plan.review)
                .map(|day| day.to_string()),
            due: due.map(|due| (why(due.what), due.day.to_string())),
        })
    }

    pub(super) async fn write(
        &self,
        pen: &mut Pen<'_>,
        place: Place<'_>,
        last: &StoredEvent,
        day: Option<Date>,
    ) -> Result<(), Error> {
        let Some(opened) = &self.record.opened else {
            return Ok(());
        };
        let day = day.map(|day| day.to_string());
        let values = [
            Value::Text(place.episode),
            Value::Text(place.patient),
            Value::Text(&self.opened_on),
            Value::Maybe(opened.by.id()),
            Value::Maybe(opened.by.organisation()),
            Value::Text(&opened.what.setting),
            Value::Text(&opened.what.jurisdiction),
            Value::Maybe(opened.what.reopens.as_deref()),
            Value::Maybe(self.closed_on.as_deref()),
            Value::Maybe(self.review_on.as_deref()),
            Value::Maybe(self.due.as_ref().map(|(why, _)| *why)),
            Value::Maybe(self.due.as_ref().map(|(_, day)| day.as_str())),
            number(last.version),
            Value::Text(&last.kind),
            Value::Maybe(day.as_deref()),
            Value::Text(&last.recorded_at),
        ];
        pen.run(WRITE, &values).await.map(drop)
    }
}

/// Why the appraisal is due, as it stands in the column.
const fn why(due: AppraisalDue) -> &'static str {
    match due {
        AppraisalDue::SymptomsSpread => "symptoms_spread",
        AppraisalDue::SeriousAdverseEvent => "serious_adverse_event",
    }
}
