//! What is due, without what is answered: questionnaires and intakes that wait for a patient. The front desk chases with it.

use cotreat_people::{Identity, Sight};
use jiff::Timestamp;
use jiff::civil::Date;

use super::row;
use super::visible::{Eyes, visible};
use crate::clinic::patients;
use crate::database::{Row, Value};
use crate::error::Error;
use crate::store::Store;

/// A questionnaire that a patient has yet to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionnaireDue {
    /// Id of the patient's file that is kept.
    pub patient: String,
    /// Who the patient is.
    pub identity: Identity,
    /// Id of the episode.
    pub episode: String,
    /// Id of the assignment.
    pub assignment: String,
    /// Id of the instrument.
    pub instrument: String,
    /// The wave it belongs to.
    pub wave: Option<String>,
    /// The day it is due.
    pub due_on: Date,
    /// When a link was made for it last.
    pub sent: Option<Timestamp>,
    /// When such a link was opened last.
    pub opened: Option<Timestamp>,
}

/// An intake that a patient has yet to send in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntakeDue {
    /// Id of the patient's file that is kept.
    pub patient: String,
    /// Who the patient is.
    pub identity: Identity,
    /// Id of the episode.
    pub episode: String,
    /// The day the episode began.
    pub opened_on: Date,
    /// When a link was made for it last; none: it was not sent.
    pub sent: Option<Timestamp>,
    /// When such a link was opened last.
    pub opened: Option<Timestamp>,
}

/// The newest of a column of the links of a patient for one assignment, whichever of their files it was made for.
macro_rules! newest {
    ($column:literal, $assignment:literal) => {
        concat!(
            "COALESCE((SELECT MAX(l.",
            $column,
            ") FROM link l JOIN patient lf ON lf.patient = l.patient \
             WHERE lf.kept = p.patient AND l.assignment = ",
            $assignment,
            "), '')"
        )
    };
}

const QUESTIONNAIRES: &str = concat!(
    "SELECT p.patient, k.sealed, p.identity, a.episode, a.assignment, a.instrument, a.wave, a.due_on, ",
    newest!("created_at", "a.episode || '/' || a.assignment"),
    ", ",
    newest!("opened_at", "a.episode || '/' || a.assignment"),
    " FROM assignment a JOIN episode e ON e.episode = a.episode JOIN patient f ON f.patient = a.patient JOIN patient p ON p.patient = f.kept \
     JOIN person_key k ON k.person = p.patient \
     WHERE a.answered_on IS NULL AND a.due_on <= $9 AND e.closed_on IS NULL AND ($10 = '' OR f.kept IN (SELECT n.kept FROM patient n WHERE n.patient = $10)) AND ",
    visible!("p.patient"),
    " ORDER BY a.due_on, a.episode, a.assignment LIMIT $11"
);
const INTAKES: &str = concat!(
    "SELECT p.patient, k.sealed, p.identity, e.episode, e.opened_on, ",
    newest!("created_at", "e.episode || '/' || $12"),
    ", ",
    newest!("opened_at", "e.episode || '/' || $12"),
    " FROM episode e JOIN patient f ON f.patient = e.patient JOIN patient p ON p.patient = f.kept JOIN person_key k ON k.person = p.patient \
     WHERE e.closed_on IS NULL AND e.opened_on >= $9 AND ($10 = '' OR f.kept IN (SELECT n.kept FROM patient n WHERE n.patient = $10)) \
     AND NOT EXISTS (SELECT 1 FROM link l JOIN patient lf ON lf.patient = l.patient \
         WHERE lf.kept = p.patient AND l.assignment = e.episode || '/' || $12 AND l.submitted_at <> '') AND ",
    visible!("p.patient"),
    " ORDER BY e.opened_on, e.episode LIMIT $11"
);

/// Of whom, and how many.
#[derive(Clone, Copy, Debug)]
pub struct DueWanted<'a> {
    /// Of this patient only.
    pub patient: Option<&'a str>,
    /// At most so many.
    pub most: u32,
}

impl Store {
    /// Questionnaires of open episodes that are due on a day or before and not answered; the longest due first.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn questionnaires_due(
        &self,
        sight: &Sight,
        now: Timestamp,
        by: Date,
        wanted: DueWanted<'_>,
    ) -> Result<Vec<QuestionnaireDue>, Error> {
        let eyes = Eyes::new(sight, now);
        let by = by.to_string();
        let values = eyes.and([
            Value::Text(&by),
            Value::Text(wanted.patient.unwrap_or_default()),
            Value::Number(i64::from(wanted.most)),
        ]);
        let rows = self.ask(QUESTIONNAIRES, &values).await?;
        let read = |row: &Row| {
            let (patient, identity) = who(self, row)?;
            Ok(QuestionnaireDue {
                patient,
                identity,
                episode: row.text(3)?,
                assignment: row.text(4)?,
                instrument: row.text(5)?,
                wave: row.maybe_text(6)?,
                due_on: row::day(row, 7)?,
                sent: maybe_at(row, 8)?,
                opened: maybe_at(row, 9)?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Intakes of episodes that began on a day or later, last, and were not sent in. `assignment` is what links for intakes are made for.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn intakes_due(
        &self,
        sight: &Sight,
        now: Timestamp,
        since: Date,
        assignment: &str,
        wanted: DueWanted<'_>,
    ) -> Result<Vec<IntakeDue>, Error> {
        let eyes = Eyes::new(sight, now);
        let since = since.to_string();
        let values = eyes.and([
            Value::Text(&since),
            Value::Text(wanted.patient.unwrap_or_default()),
            Value::Number(i64::from(wanted.most)),
            Value::Text(assignment),
        ]);
        let rows = self.ask(INTAKES, &values).await?;
        let read = |row: &Row| {
            let (patient, identity) = who(self, row)?;
            Ok(IntakeDue {
                patient,
                identity,
                episode: row.text(3)?,
                opened_on: row::day(row, 4)?,
                sent: maybe_at(row, 5)?,
                opened: maybe_at(row, 6)?,
            })
        };
        rows.iter().map(read).collect()
    }
}

fn who(store: &Store, row: &Row) -> Result<(String, Identity), Error> {
    let patient = row.text(0)?;
    let key = row::key(store, row, 1, &patient)?;
    let identity = row::read(&key, row, 2, &patients::place(&patient))?;
    Ok((patient, identity))
}

/// An instant; an empty text stands for none.
fn maybe_at(row: &Row, column: usize) -> Result<Option<Timestamp>, Error> {
    if row.text(column)?.is_empty() {
        Ok(None)
    } else {
        row::at(row, column).map(Some)
    }
}
