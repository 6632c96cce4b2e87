//! The alerts that nobody has taken up.

use cotreat_people::{Identity, Sight};
use jiff::Timestamp;

use super::row;
use super::visible::{Eyes, visible};
use crate::clinic::patients;
use crate::database::{Row, Value};
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
const RAISED: &str = "SELECT raised_at FROM alert WHERE episode = $1";
const WITH_ROLE: &str = "SELECT DISTINCT r.user_id FROM member r JOIN patient_organisation s ON s.organisation = r.organisation \
     JOIN patient f ON f.patient = s.patient JOIN patient n ON n.kept = f.kept WHERE n.patient = $1 AND r.role = $2 ORDER BY r.user_id";

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

    /// Since when the alert of an episode waits; none: it has none, or somebody took it up.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn alert_waits_since(&self, episode: &str) -> Result<Option<Timestamp>, Error> {
        let rows = self.ask(RAISED, &[Value::Text(episode)]).await?;
        rows.first().map(|row| row::at(row, 0)).transpose()
    }

    /// Who has a role in any organisation that sees a patient, by id: whom a letter about them goes to.
    ///
    /// # Errors
    /// The database failed.
    pub async fn those_with_role(&self, patient: &str, role: &str) -> Result<Vec<String>, Error> {
        let values = [Value::Text(patient), Value::Text(role)];
        let rows = self.ask(WITH_ROLE, &values).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }
}
