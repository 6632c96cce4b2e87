//! What was refused to somebody who is signed in: for the audit, because whoever tries again and again what is not for them shows there.

use jiff::Timestamp;

use super::moment;
use crate::database::{Row, Value};
use crate::error::Error;
use crate::people::instant;
use crate::store::Store;

/// Something was refused to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its id: random, and sorted by time.
    pub id: String,
    /// Id of the user.
    pub user: String,
    /// The organisation they acted for.
    pub organisation: String,
    /// `GET` or `POST`.
    pub method: String,
    /// The template of the route: `/patients/{id}`.
    pub route: String,
    /// What stood in the place of the patient's or the episode's id; it may be nobody's.
    pub about: Option<String>,
    /// When.
    pub at: Timestamp,
}

const ADD: &str = "INSERT INTO refusal (id, user_id, organisation, method, route, patient, refused_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
const BETWEEN: &str = "SELECT id, user_id, organisation, method, route, patient, refused_at FROM refusal \
     WHERE organisation = $1 AND refused_at >= $2 AND refused_at < $3 AND ($4 = '' OR user_id = $4) AND ($5 = '' OR patient = $5) \
     ORDER BY refused_at DESC, id DESC LIMIT $6";

impl Store {
    /// Notes that something was refused.
    ///
    /// # Errors
    /// The database failed.
    pub async fn note_refusal(&self, refusal: &Refusal) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let at = instant(refusal.at);
        let values = [
            Value::Text(&refusal.id),
            Value::Text(&refusal.user),
            Value::Text(&refusal.organisation),
            Value::Text(&refusal.method),
            Value::Text(&refusal.route),
            Value::Text(refusal.about.as_deref().unwrap_or_default()),
            Value::Text(&at),
        ];
        let done = tx.run(ADD, &values).await.map(drop);
        self.settle(tx, &[], done).await
    }

    /// What was refused to those who acted for an organisation, between two instants, the last one first; of one user and about one patient where they are named.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn refusals(
        &self,
        organisation: &str,
        (from, before): (Timestamp, Timestamp),
        user: Option<&str>,
        about: Option<&str>,
        most: u32,
    ) -> Result<Vec<Refusal>, Error> {
        let (from, before) = (instant(from), instant(before));
        let values = [
            Value::Text(organisation),
            Value::Text(&from),
            Value::Text(&before),
            Value::Text(user.unwrap_or_default()),
            Value::Text(about.unwrap_or_default()),
            Value::Number(i64::from(most)),
        ];
        let rows = self.database.rows(BETWEEN, &values).await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &Row) -> Result<Refusal, Error> {
    Ok(Refusal {
        id: row.text(0)?,
        user: row.text(1)?,
        organisation: row.text(2)?,
        method: row.text(3)?,
        route: row.text(4)?,
        about: super::maybe_text(row, 5)?,
        at: moment(row, 6)?,
    })
}
