//! One patient: who they are, where they are seen, and which files are theirs.

use cotreat_people::{Identity, Sight};
use jiff::Timestamp;

use super::row;
use super::visible::{Eyes, visible};
use crate::clinic::patients;
use crate::database::Value;
use crate::error::Error;
use crate::store::Store;

/// A patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patient {
    /// Id of the file that is kept.
    pub patient: String,
    /// Who they are, as the file that is kept says.
    pub identity: Identity,
    /// Every file that is theirs, the one that is kept included.
    pub files: Vec<String>,
    /// Ids of the organisations that see them.
    pub organisations: Vec<String>,
}

const PATIENT: &str = concat!(
    "SELECT p.patient, k.sealed, p.identity FROM patient f JOIN patient p ON p.patient = f.kept JOIN person_key k ON k.person = p.patient \
     WHERE f.patient = $9 AND ",
    visible!("p.patient")
);
const FILES: &str = concat!(
    "SELECT f.patient FROM patient f WHERE f.kept = $9 AND ",
    visible!("f.kept"),
    " ORDER BY f.patient"
);
const ORGANISATIONS: &str = concat!(
    "SELECT DISTINCT s.organisation FROM patient f JOIN patient_organisation s ON s.patient = f.patient WHERE f.kept = $9 AND ",
    visible!("f.kept"),
    " ORDER BY s.organisation"
);

impl Store {
    /// A patient, by any file of theirs; `None`: there is no such patient, or they are not seen.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn patient(
        &self,
        sight: &Sight,
        now: Timestamp,
        file: &str,
    ) -> Result<Option<Patient>, Error> {
        let eyes = Eyes::new(sight, now);
        let rows = self.ask(PATIENT, &eyes.and([Value::Text(file)])).await?;
        let Some(found) = rows.first() else {
            return Ok(None);
        };
        let patient = found.text(0)?;
        let key = row::key(self, found, 1, &patient)?;
        let identity = row::read(&key, found, 2, &patients::place(&patient))?;
        let values = eyes.and([Value::Text(&patient)]);
        let (files, organisations) = (
            self.texts(FILES, &values).await?,
            self.texts(ORGANISATIONS, &values).await?,
        );
        Ok(Some(Patient {
            patient,
            identity,
            files,
            organisations,
        }))
    }

    async fn texts(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<String>, Error> {
        let rows = self.ask(sql, values).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }
}
