//! A user's password hash, and how often signing in failed since it last went well.

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::{moment, session};
use crate::append::Batch;
use crate::database::{Tx, Value};
use crate::error::Error;
use crate::people::instant;
use crate::store::Store;

/// What is known of a user's password.
#[derive(Clone)]
pub struct Password {
    /// Its hash in PHC form, if there is one.
    pub hash: Option<Zeroizing<String>>,
    /// Until when no password is tried, because too many were wrong.
    pub wait_until: Timestamp,
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Password")
            .field("wait_until", &self.wait_until)
            .finish_non_exhaustive()
    }
}

/// How often signing in has failed since it last went well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures(pub u64);

const FIND: &str = "SELECT sealed, wait_until FROM account WHERE user_id = $1";
const SET: &str = "INSERT INTO account (user_id, sealed, failed, wait_until) VALUES ($1, $2, 0, $3) \
     ON CONFLICT (user_id) DO UPDATE SET sealed = excluded.sealed, failed = 0, wait_until = excluded.wait_until";
const REHASH: &str = "UPDATE account SET sealed = $1 WHERE user_id = $2";
const FAIL: &str = "INSERT INTO account (user_id, failed, wait_until) VALUES ($1, 1, $2) \
     ON CONFLICT (user_id) DO UPDATE SET failed = account.failed + 1 RETURNING failed";
const WAIT: &str = "UPDATE account SET wait_until = $1 WHERE user_id = $2";
const WELL: &str =
    "UPDATE account SET failed = 0, wait_until = $1 WHERE user_id = $2 AND failed > 0";

fn about(user: &str) -> String {
    format!("password\n{user}")
}

impl Store {
    /// A user's password. Nothing is known of whoever never chose one; they are not told apart.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn password(&self, user: &str) -> Result<Password, Error> {
        let rows = self.database.rows(FIND, &[Value::Text(user)]).await?;
        let Some(row) = rows.first() else {
            return Ok(Password {
                hash: None,
                wait_until: Timestamp::UNIX_EPOCH,
            });
        };
        let hash = match row.maybe_bytes(0)? {
            None => None,
            Some(sealed) => {
                let plain = self.open_secret(&about(user), &sealed)?;
                let text = std::str::from_utf8(&plain).map_err(|_| Error::Damaged {
                    what: format!("the password hash of `{user}`"),
                })?;
                Some(Zeroizing::new(text.to_owned()))
            }
        };
        Ok(Password {
            hash,
            wait_until: moment(row, 1)?,
        })
    }

    /// Sets a user's password by its hash, and ends all their sessions but for one that is to stay.
    ///
    /// # Errors
    /// The database failed.
    pub async fn set_password(
        &self,
        user: &str,
        hash: &str,
        stays: Option<&str>,
        told: &[Batch],
    ) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = self.set_password_in(&mut tx, user, hash, stays).await;
        self.settle(tx, told, done).await
    }

    pub(super) async fn set_password_in(
        &self,
        tx: &mut Tx,
        user: &str,
        hash: &str,
        stays: Option<&str>,
    ) -> Result<(), Error> {
        let sealed = self.seal_secret(&about(user), hash.as_bytes())?;
        let values = [
            Value::Text(user),
            Value::Bytes(&sealed),
            Value::Text(&instant(Timestamp::UNIX_EPOCH)),
        ];
        tx.run(SET, &values).await?;
        session::end_others(tx, user, stays).await?;
        Ok(())
    }

    /// Keeps a better hash of the same password.
    ///
    /// # Errors
    /// The database failed.
    pub async fn rehash_password(&self, user: &str, hash: &str) -> Result<(), Error> {
        let sealed = self.seal_secret(&about(user), hash.as_bytes())?;
        let (_turn, mut tx) = self.begin().await?;
        let values = [Value::Bytes(&sealed), Value::Text(user)];
        let done = tx.run(REHASH, &values).await.map(drop);
        self.settle(tx, &[], done).await
    }

    /// Notes that signing in failed. `wait` says how long to refuse passwords after so many failures.
    ///
    /// # Errors
    /// The database failed.
    pub async fn sign_in_failed(
        &self,
        user: &str,
        wait: fn(Failures, Timestamp) -> Option<Timestamp>,
        now: Timestamp,
        told: &[Batch],
    ) -> Result<Failures, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = failed(&mut tx, user, wait, now).await;
        self.settle(tx, told, done).await
    }

    /// Notes that signing in went well to its end: failures are forgotten.
    ///
    /// # Errors
    /// The database failed.
    pub async fn sign_in_went_well(&self, user: &str) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let values = [
            Value::Text(&instant(Timestamp::UNIX_EPOCH)),
            Value::Text(user),
        ];
        let done = tx.run(WELL, &values).await.map(drop);
        self.settle(tx, &[], done).await
    }
}

async fn failed(
    tx: &mut Tx,
    user: &str,
    wait: fn(Failures, Timestamp) -> Option<Timestamp>,
    now: Timestamp,
) -> Result<Failures, Error> {
    let start = instant(Timestamp::UNIX_EPOCH);
    let rows = tx
        .rows(FAIL, &[Value::Text(user), Value::Text(&start)])
        .await?;
    let failures = Failures(rows.first().map_or(Ok(1), |row| row.count(0))?);
    if let Some(until) = wait(failures, now) {
        let values = [Value::Text(&instant(until)), Value::Text(user)];
        tx.run(WAIT, &values).await?;
    }
    Ok(failures)
}
