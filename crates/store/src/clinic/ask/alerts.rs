//! The alerts that nobody has taken up.

use cotreat_people::{Identity, Sight};
use jiff::Timestamp;

use super::row;
use super::visible::{Eyes, visible};
use crate::clinic::patients;
use crate::database::Row;
use crate::error::Error;
use crate::store::Store;

/// A page told a patient to get help now, and nobody has taken it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenAlert {
    /// Id of the file that is kept.
    pub patient: String,
    /// Who they are.
    pub identity: Identity,
    /// Id of the episode.
    pub episode: String,
    /// Since when it waits.
    pub raised_at: Timestamp,
}

const OPEN: &str = concat!(
    "SELECT p.patient, k.sealed, p.identity, a.episode, a.raised_at FROM alert a JOIN patient f ON f.patient = a.patient \
     JOIN patient p ON p.patient = f.kept JOIN person_key k ON k.person = p.patient WHERE ",
    visible!("p.patient"),
    " ORDER BY a.raised_at, a.episode"
);
impl Store {
    /// The alerts about patients that somebody sees, the oldest first.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn open_alerts(
        &self,
        sight: &Sight,
        now: Timestamp,
    ) -> Result<Vec<OpenAlert>, Error> {
        let eyes = Eyes::new(sight, now);
        let rows = self.ask(OPEN, &eyes.and([])).await?;
        let one = |row: &Row| {
            let patient = row.text(0)?;
            let key = row::key(self, row, 1, &patient)?;
            Ok(OpenAlert {
                identity: row::read(&key, row, 2, &patients::place(&patient))?,
                patient,
                episode: row.text(3)?,
                raised_at: row::at(row, 4)?,
            })
        };
        rows.iter().map(one).collect()
    }
}
