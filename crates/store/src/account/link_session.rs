//! What a patient has open, by a link.

use jiff::Timestamp;

use super::link::{Link, columns};
use super::moment;
use crate::database::{Tx, Value};
use crate::error::Error;
use crate::people::instant;
use crate::store::Store;

/// What a patient has open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkSession {
    /// By which link.
    pub link: Link,
    /// When it ends.
    pub expires: Timestamp,
}

const ADD: &str = "INSERT INTO link_session (hash, link, expires_at) VALUES ($1, $2, $3)";
const FIND: &str = columns!(
    "link l JOIN link_session s ON s.link = l.id \
     WHERE s.hash = $1 AND s.expires_at > $2 AND l.expires_at > $2 AND l.revoked_at = ''"
);
const EXPIRES: &str = "SELECT expires_at FROM link_session WHERE hash = $1";
const END: &str = "DELETE FROM link_session WHERE hash = $1";
const END_ALL_OF: &str = "DELETE FROM link_session WHERE link = $1";

const TOKEN: &str = "link session";

impl Store {
    pub(super) async fn add_link_session(
        &self,
        tx: &mut Tx,
        token: &[u8],
        link: &str,
        expires: Timestamp,
    ) -> Result<(), Error> {
        let values = [
            Value::Bytes(&self.hashed(TOKEN, token)),
            Value::Text(link),
            Value::Text(&instant(expires)),
        ];
        tx.run(ADD, &values).await?;
        Ok(())
    }

    /// What a token has open, unless it has expired or its link is not good any more.
    ///
    /// # Errors
    /// The database failed.
    pub async fn link_session(
        &self,
        token: &[u8],
        now: Timestamp,
    ) -> Result<Option<LinkSession>, Error> {
        let hash = self.hashed(TOKEN, token);
        let values = [Value::Bytes(&hash), Value::Text(&instant(now))];
        let rows = self.database.rows(FIND, &values).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let link = Link::read(row)?;
        let rows = self.database.rows(EXPIRES, &[Value::Bytes(&hash)]).await?;
        match rows.first() {
            Some(row) => Ok(Some(LinkSession {
                link,
                expires: moment(row, 0)?,
            })),
            // It ended between the two questions.
            None => Ok(None),
        }
    }

    /// Ends what a patient has open. False: nothing was.
    ///
    /// # Errors
    /// The database failed.
    pub async fn end_link_session(&self, token: &[u8]) -> Result<bool, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let hash = self.hashed(TOKEN, token);
        let done = tx.run(END, &[Value::Bytes(&hash)]).await;
        let done = done.map(|rows| rows == 1);
        self.settle(tx, &[], done).await
    }
}

pub(super) async fn end_all_of(tx: &mut Tx, link: &str) -> Result<(), Error> {
    tx.run(END_ALL_OF, &[Value::Text(link)]).await?;
    Ok(())
}
