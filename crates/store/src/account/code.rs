//! Codes sent by e-mail, with which a patient opens their page: one at a time for a link, for a few minutes and a few tries.

use jiff::Timestamp;

use super::{link, same};
use crate::database::{Tx, Value, number};
use crate::error::Error;
use crate::outbox::Message;
use crate::people::instant;
use crate::store::Store;

/// What came of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeTried {
    /// The session has begun; the code is used up.
    Opened,
    /// It is another code; so many tries are left.
    Wrong {
        /// How many.
        left: u64,
    },
    /// There is no code that could still be right: expired, used, tried too often, or the link is not good any more.
    NotGood,
}

const SET: &str = "INSERT INTO email_code (link, hash, tries, expires_at) VALUES ($1, $2, 0, $3) \
     ON CONFLICT (link) DO UPDATE SET hash = excluded.hash, tries = 0, expires_at = excluded.expires_at";
const FIND: &str = "SELECT hash, tries, expires_at FROM email_code WHERE link = $1";
const TRIED: &str = "UPDATE email_code SET tries = $1 WHERE link = $2";
const USED: &str = "DELETE FROM email_code WHERE link = $1";

impl Store {
    /// Keeps the hash of a code for a link, in place of any other, with the message that takes it to the patient. False: the link is not good any more, and nothing is sent.
    ///
    /// # Errors
    /// [`Error::Erased`], or the database failed.
    pub async fn add_code(
        &self,
        link: &str,
        code: &str,
        expires: Timestamp,
        messages: &[Message],
        now: Timestamp,
    ) -> Result<bool, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let hash = self.code_hash(link, code);
        let done = async {
            let Some(found) = link::find(&mut tx, link).await? else {
                return Ok(false);
            };
            if !found.is_good(now) {
                return Ok(false);
            }
            let values = [
                Value::Text(link),
                Value::Bytes(&hash),
                Value::Text(&instant(expires)),
            ];
            tx.run(SET, &values).await?;
            self.send_to(&mut tx, &found.patient, messages, now).await?;
            Ok(true)
        }
        .await;
        self.settle(tx, &[], done).await
    }

    /// Tries a code: the right one begins a session, and works once.
    ///
    /// # Errors
    /// The database failed.
    pub async fn try_code(
        &self,
        link: &str,
        code: &str,
        most: u64,
        session: &[u8],
        session_expires: Timestamp,
        now: Timestamp,
    ) -> Result<CodeTried, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let hash = self.code_hash(link, code);
        let done = async {
            let tried = compare(&mut tx, link, &hash, most, now).await?;
            if tried == CodeTried::Opened {
                tx.run(USED, &[Value::Text(link)]).await?;
                self.open_in(&mut tx, link, session, session_expires, now)
                    .await?;
            }
            Ok(tried)
        }
        .await;
        self.settle(tx, &[], done).await
    }

    fn code_hash(&self, link: &str, code: &str) -> [u8; 32] {
        self.hashed("e-mailed code", format!("{link}\n{code}").as_bytes())
    }
}

async fn compare(
    tx: &mut Tx,
    link: &str,
    hash: &[u8; 32],
    most: u64,
    now: Timestamp,
) -> Result<CodeTried, Error> {
    if !link::find(tx, link).await?.is_some_and(|l| l.is_good(now)) {
        return Ok(CodeTried::NotGood);
    }
    let rows = tx.rows(FIND, &[Value::Text(link)]).await?;
    let Some(row) = rows.first() else {
        return Ok(CodeTried::NotGood);
    };
    let tries = row.count(1)? + 1;
    if tries > most || row.text(2)? <= instant(now) {
        return Ok(CodeTried::NotGood);
    }
    if same(&row.bytes(0)?, hash) {
        return Ok(CodeTried::Opened);
    }
    tx.run(TRIED, &[number(tries), Value::Text(link)]).await?;
    Ok(match most - tries {
        0 => CodeTried::NotGood,
        left => CodeTried::Wrong { left },
    })
}
