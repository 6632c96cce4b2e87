//! What is not sent in yet: the answers of a patient, and what somebody of the team is typing about them. Both are sealed with the patient's key and erased with them.

use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::database::{Tx, Value, number};
use crate::error::Error;
use crate::people::{self, instant};
use crate::seal;
use crate::store::Store;

/// Answers that are not sent in yet.
#[derive(Clone)]
pub struct Draft {
    /// How often they were kept.
    pub version: u64,
    /// The answers.
    pub body: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft")
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

const FIND: &str = "SELECT version, body FROM draft WHERE patient = $1 AND assignment = $2";
const SET: &str = "INSERT INTO draft (patient, assignment, version, body, changed_at) VALUES ($1, $2, $3, $4, $5) \
     ON CONFLICT (patient, assignment) DO UPDATE SET version = excluded.version, body = excluded.body, changed_at = excluded.changed_at";
const FORGET: &str = "DELETE FROM draft WHERE patient = $1 AND assignment = $2";

fn about(assignment: &str, version: u64) -> Vec<u8> {
    format!("draft\n{assignment}\n{version}").into_bytes()
}

impl Store {
    /// What a patient has answered of an assignment and not sent in.
    ///
    /// # Errors
    /// [`Error::Erased`], [`Error::Damaged`], or the database failed.
    pub async fn draft(&self, patient: &str, assignment: &str) -> Result<Option<Draft>, Error> {
        let values = [Value::Text(patient), Value::Text(assignment)];
        let rows = self.database.rows(FIND, &values).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let version = row.count(0)?;
        let key = self.key_of(patient).await?;
        let body = seal::open(&key, &about(assignment, version), &row.bytes(1)?)
            .map(Zeroizing::new)
            .ok_or_else(|| Error::Damaged {
                what: format!("the draft of assignment `{assignment}`"),
            })?;
        Ok(Some(Draft { version, body }))
    }

    /// Keeps answers of which version `seen` was the last that the writer knew (0: none). Returns the new version.
    ///
    /// # Errors
    /// [`Error::Conflict`] when another window has written since, [`Error::Erased`], or the database failed.
    pub async fn keep_draft(
        &self,
        patient: &str,
        assignment: &str,
        seen: u64,
        body: &[u8],
        now: Timestamp,
    ) -> Result<u64, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = async {
            let values = [Value::Text(patient), Value::Text(assignment)];
            let rows = tx.rows(FIND, &values).await?;
            let found = rows.first().map_or(Ok(0), |row| row.count(0))?;
            if found != seen {
                return Err(Error::Conflict {
                    stream: format!("draft of assignment {assignment}"),
                    expected: seen,
                    found,
                });
            }
            let key = people::key_for_writing(&mut tx, &self.key, patient, now).await?;
            let version = found + 1;
            let sealed = seal::seal(&key, &about(assignment, version), body)?;
            let values = [
                Value::Text(patient),
                Value::Text(assignment),
                number(version),
                Value::Bytes(&sealed),
                Value::Text(&instant(now)),
            ];
            tx.run(SET, &values).await?;
            Ok(version)
        }
        .await;
        self.settle(tx, &[], done).await
    }

    /// Forgets a draft: it was sent in, or is not wanted. One that is not there is forgotten already.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget_draft(&self, patient: &str, assignment: &str) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = forget(&mut tx, patient, assignment).await;
        self.settle(tx, &[], done).await
    }
}

pub(super) async fn forget(tx: &mut Tx, patient: &str, assignment: &str) -> Result<(), Error> {
    let values = [Value::Text(patient), Value::Text(assignment)];
    tx.run(FORGET, &values).await?;
    Ok(())
}
