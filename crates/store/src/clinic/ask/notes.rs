//! The notes of one organisation about a patient.

use cotreat_people::Sight;
use jiff::Timestamp;

use super::row;
use super::visible::{Eyes, visible};
use crate::clinic::notes;
use crate::database::{Row, Value};
use crate::error::Error;
use crate::store::Store;

/// A note that stays with one organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateNote {
    /// Id of the note.
    pub note: String,
    /// Id of whoever wrote it.
    pub author: String,
    /// Their name, as it stood then.
    pub name: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Its words.
    pub text: String,
}

const NOTES: &str = concat!(
    "SELECT f.patient, k.sealed, w.position, w.note, w.author, w.written_at, w.words \
     FROM patient n JOIN patient f ON f.kept = n.kept JOIN private_note w ON w.patient = f.patient JOIN person_key k ON k.person = f.patient \
     WHERE n.patient = $9 AND w.organisation = $10 AND ",
    visible!("n.kept"),
    " ORDER BY w.position"
);

impl Store {
    /// What an organisation noted for itself about a patient, oldest first. Nobody else's notes are in the answer, whatever is seen of the patient.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn private_notes(
        &self,
        sight: &Sight,
        now: Timestamp,
        patient: &str,
        organisation: &str,
    ) -> Result<Vec<PrivateNote>, Error> {
        let eyes = Eyes::new(sight, now);
        let values = eyes.and([Value::Text(patient), Value::Text(organisation)]);
        let rows = self.ask(NOTES, &values).await?;
        rows.iter().map(|row| note(self, row)).collect()
    }
}

fn note(store: &Store, row: &Row) -> Result<PrivateNote, Error> {
    let key = row::key(store, row, 1, &row.text(0)?)?;
    let words: notes::Words = row::read(&key, row, 6, &notes::place(row.count(2)?))?;
    Ok(PrivateNote {
        note: row.text(3)?,
        author: row.text(4)?,
        name: words.author,
        at: row::at(row, 5)?,
        text: words.text,
    })
}
