//! What people write to a clinic by its public page before they are patients: kept for the front desk until they are registered, and for a month at most.

use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::database::{Row, Value};
use crate::error::Error;
use crate::people::instant;
use crate::store::Store;

/// Somebody wrote.
#[derive(Clone, PartialEq, Eq)]
pub struct Inquiry {
    /// Its id: random.
    pub id: String,
    /// What they wrote.
    pub body: Zeroizing<Vec<u8>>,
    /// When.
    pub sent_at: Timestamp,
}

impl std::fmt::Debug for Inquiry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inquiry")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

const ADD: &str = "INSERT INTO inquiry (id, organisation, sealed, sent_at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING";
const OF_ORGANISATION: &str =
    "SELECT id, sealed, sent_at FROM inquiry WHERE organisation = $1 ORDER BY sent_at, id";
const ONE: &str = "SELECT id, sealed, sent_at FROM inquiry WHERE organisation = $1 AND id = $2";
const FORGET: &str = "DELETE FROM inquiry WHERE organisation = $1 AND id = $2";

fn about(id: &str) -> String {
    format!("inquiry\n{id}")
}

impl Store {
    /// Keeps what somebody wrote; the same id twice is kept once.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep_inquiry(
        &self,
        organisation: &str,
        id: &str,
        body: &[u8],
        now: Timestamp,
    ) -> Result<(), Error> {
        let sealed = self.seal_secret(&about(id), body)?;
        let (_turn, mut tx) = self.begin().await?;
        let values = [
            Value::Text(id),
            Value::Text(organisation),
            Value::Bytes(&sealed),
            Value::Text(&instant(now)),
        ];
        let done = tx.run(ADD, &values).await.map(drop);
        self.settle(tx, &[], done).await
    }

    /// Who wrote to an organisation and waits, the first first.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn inquiries(&self, organisation: &str) -> Result<Vec<Inquiry>, Error> {
        let values = [Value::Text(organisation)];
        let rows = self.database.rows(OF_ORGANISATION, &values).await?;
        rows.iter().map(|row| self.inquiry_of(row)).collect()
    }

    /// One of them; none: there is no such, or somebody took it up.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn inquiry(&self, organisation: &str, id: &str) -> Result<Option<Inquiry>, Error> {
        let values = [Value::Text(organisation), Value::Text(id)];
        let rows = self.database.rows(ONE, &values).await?;
        rows.first().map(|row| self.inquiry_of(row)).transpose()
    }

    /// Throws one away. False: there was none.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget_inquiry(&self, organisation: &str, id: &str) -> Result<bool, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let values = [Value::Text(organisation), Value::Text(id)];
        let done = tx.run(FORGET, &values).await.map(|rows| rows == 1);
        self.settle(tx, &[], done).await
    }

    fn inquiry_of(&self, row: &Row) -> Result<Inquiry, Error> {
        let id = row.text(0)?;
        Ok(Inquiry {
            body: self.open_secret(&about(&id), &row.bytes(1)?)?,
            sent_at: super::moment(row, 2)?,
            id,
        })
    }
}
