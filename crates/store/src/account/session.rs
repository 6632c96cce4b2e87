//! Sessions of people who work here.

use jiff::Timestamp;

use super::credential::CredentialKind;
use super::{maybe_text, moment};
use crate::append::Batch;
use crate::database::{Row, Tx, Value};
use crate::error::Error;
use crate::people::instant;
use crate::store::Store;

/// A session that has not expired, of a user who may sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id, for lists; it opens nothing.
    pub id: String,
    /// Whose it is.
    pub user: String,
    /// The organisation they act for, once they have chosen.
    pub organisation: Option<String>,
    /// How they signed in.
    pub how: String,
    /// They proved who they are in two ways.
    pub second_factor: bool,
    /// They locked it.
    pub locked: bool,
    /// The user has a second factor that could be asked for.
    pub has_second_factor: bool,
    /// When they signed in.
    pub created: Timestamp,
    /// When they last proved who they are.
    pub proved: Timestamp,
    /// When they last did something.
    pub last_seen: Timestamp,
    /// When it ends, whatever they do.
    pub expires: Timestamp,
}

/// A session to begin.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    /// Its id: random, of no use to open it.
    pub id: &'a str,
    /// Whose it is.
    pub user: &'a str,
    /// The organisation they act for, if they have chosen.
    pub organisation: Option<&'a str>,
    /// How they signed in.
    pub how: &'a str,
    /// They proved who they are in two ways.
    pub second_factor: bool,
    /// When it ends.
    pub expires: Timestamp,
}

/// What a session becomes when it gets a new token.
#[derive(Clone, Debug)]
pub struct Renewed<'a> {
    /// The organisation they act for.
    pub organisation: Option<&'a str>,
    /// They proved who they are in two ways.
    pub second_factor: bool,
    /// When they last proved who they are.
    pub proved: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
}

const ADD: &str = "INSERT INTO session \
     (id, hash, user_id, organisation, how, second_factor, locked, created_at, proved_at, last_seen, expires_at) \
     VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $7, $7, $8)";
macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.user_id, s.organisation, s.how, s.second_factor, s.locked, s.created_at, s.proved_at, s.last_seen, s.expires_at, ",
            "(SELECT COUNT(*) FROM credential c WHERE c.user_id = s.user_id AND c.kind IN ($1, $2)) ",
            // Whoever is disabled, or was erased, has no session from that moment on.
            "FROM session s JOIN staff k ON k.user_id = s.user_id WHERE k.disabled = 0 ",
            // A session of the future was begun by a clock that was wrong: nobody knows how long it has lasted.
            "AND s.expires_at > $3 AND s.created_at <= $4 AND ",
            $rest
        )
    };
}
const FIND: &str = columns!("s.hash = $5");
const OF_USER: &str = columns!("s.user_id = $5 ORDER BY s.created_at, s.id");
const TOUCH: &str = "UPDATE session SET last_seen = $1 WHERE id = $2 AND locked = 0";
const LOCK: &str = "UPDATE session SET locked = 1 WHERE id = $1";
const RENEW: &str = "UPDATE session SET hash = $1, organisation = $2, second_factor = $3, locked = 0, proved_at = $4, last_seen = $5, \
     expires_at = $6 WHERE hash = $7";
const END: &str = "DELETE FROM session WHERE hash = $1";
const END_ONE: &str = "DELETE FROM session WHERE user_id = $1 AND id = $2";
const END_OTHERS: &str = "DELETE FROM session WHERE user_id = $1 AND id <> $2";
const END_EVERY: &str = "DELETE FROM session";
const END_EVERY_LINK: &str = "DELETE FROM link_session";

const TOKEN: &str = "session";
/// Clocks of one machine are set forth and back by so much without anybody noticing.
const CLOCK: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

fn flag(set: bool) -> Value<'static> {
    Value::Number(i64::from(set))
}

impl Store {
    /// Begins a session. Only a hash of the token is kept.
    ///
    /// # Errors
    /// The database failed.
    pub async fn add_session(
        &self,
        token: &[u8],
        new: &NewSession<'_>,
        now: Timestamp,
        told: &[Batch],
    ) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let values = [
            Value::Text(new.id),
            Value::Bytes(&self.hashed(TOKEN, token)),
            Value::Text(new.user),
            Value::Text(new.organisation.unwrap_or_default()),
            Value::Text(new.how),
            flag(new.second_factor),
            Value::Text(&instant(now)),
            Value::Text(&instant(new.expires)),
        ];
        let done = tx.run(ADD, &values).await.map(drop);
        self.settle(tx, told, done).await
    }

    /// The session of a token, unless it has expired, or its user may not sign in any more.
    ///
    /// # Errors
    /// The database failed.
    pub async fn session(&self, token: &[u8], now: Timestamp) -> Result<Option<Session>, Error> {
        let hash = self.hashed(TOKEN, token);
        let found = self.sessions(FIND, Value::Bytes(&hash), now).await?;
        Ok(found.into_iter().next())
    }

    /// The sessions of a user, the oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn sessions_of(&self, user: &str, now: Timestamp) -> Result<Vec<Session>, Error> {
        self.sessions(OF_USER, Value::Text(user), now).await
    }

    async fn sessions(
        &self,
        sql: &'static str,
        which: Value<'_>,
        now: Timestamp,
    ) -> Result<Vec<Session>, Error> {
        let soon = now.checked_add(CLOCK).unwrap_or(now);
        let values = [
            Value::Text(CredentialKind::Passkey.id()),
            Value::Text(CredentialKind::App.id()),
            Value::Text(&instant(now)),
            Value::Text(&instant(soon)),
            which,
        ];
        let rows = self.database.rows(sql, &values).await?;
        rows.iter().map(read).collect()
    }

    /// A secret that stays with a session through all its tokens, for the forms of its pages.
    #[must_use]
    pub fn form_secret(&self, session: &str) -> [u8; 32] {
        self.hashed("forms", session.as_bytes())
    }

    /// Notes that the user did something. A locked session stays as it is.
    ///
    /// # Errors
    /// The database failed.
    pub async fn touch_session(&self, id: &str, now: Timestamp) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let values = [Value::Text(&instant(now)), Value::Text(id)];
        let done = tx.run(TOUCH, &values).await.map(drop);
        self.settle(tx, &[], done).await
    }

    /// Locks a session until the user proves again who they are.
    ///
    /// # Errors
    /// The database failed.
    pub async fn lock_session(&self, id: &str) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = tx.run(LOCK, &[Value::Text(id)]).await.map(drop);
        self.settle(tx, &[], done).await
    }

    /// Gives a session a new token and unlocks it; the old token is worth nothing from then on. False: the old token has none.
    ///
    /// # Errors
    /// The database failed.
    pub async fn renew_session(
        &self,
        old: &[u8],
        new: &[u8],
        renewed: &Renewed<'_>,
        now: Timestamp,
        told: &[Batch],
    ) -> Result<bool, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let values = [
            Value::Bytes(&self.hashed(TOKEN, new)),
            Value::Text(renewed.organisation.unwrap_or_default()),
            flag(renewed.second_factor),
            Value::Text(&instant(renewed.proved)),
            Value::Text(&instant(now)),
            Value::Text(&instant(renewed.expires)),
            Value::Bytes(&self.hashed(TOKEN, old)),
        ];
        let done = tx.run(RENEW, &values).await.map(|rows| rows == 1);
        let told = if matches!(done, Ok(false)) { &[] } else { told };
        self.settle(tx, told, done).await
    }

    /// Ends the session of a token. False: it has none.
    ///
    /// # Errors
    /// The database failed.
    pub async fn end_session(&self, token: &[u8], told: &[Batch]) -> Result<bool, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let hash = self.hashed(TOKEN, token);
        let done = tx.run(END, &[Value::Bytes(&hash)]).await;
        let done = done.map(|rows| rows == 1);
        let told = if matches!(done, Ok(false)) { &[] } else { told };
        self.settle(tx, told, done).await
    }

    /// Ends one session of a user by its id. False: they have none such.
    ///
    /// # Errors
    /// The database failed.
    pub async fn end_session_of(
        &self,
        user: &str,
        id: &str,
        told: &[Batch],
    ) -> Result<bool, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let values = [Value::Text(user), Value::Text(id)];
        let done = tx.run(END_ONE, &values).await.map(|rows| rows == 1);
        let told = if matches!(done, Ok(false)) { &[] } else { told };
        self.settle(tx, told, done).await
    }

    /// Ends all sessions of a user, but for one that is to stay. Returns how many.
    ///
    /// # Errors
    /// The database failed.
    pub async fn end_sessions_of(
        &self,
        user: &str,
        stays: Option<&str>,
        told: &[Batch],
    ) -> Result<u64, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = end_others(&mut tx, user, stays).await;
        self.settle(tx, told, done).await
    }

    /// Ends every session of everybody, those of patients too: after a backup was put back, for it holds sessions that were ended since.
    ///
    /// # Errors
    /// The database failed.
    pub async fn end_every_session(&self) -> Result<u64, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = end_every(&mut tx).await;
        self.settle(tx, &[], done).await
    }
}

async fn end_every(tx: &mut Tx) -> Result<u64, Error> {
    Ok(tx.run(END_EVERY, &[]).await? + tx.run(END_EVERY_LINK, &[]).await?)
}

/// Ends all sessions of a user but for one that is to stay; no session has the empty id.
pub(super) async fn end_others(tx: &mut Tx, user: &str, stays: Option<&str>) -> Result<u64, Error> {
    let values = [Value::Text(user), Value::Text(stays.unwrap_or_default())];
    tx.run(END_OTHERS, &values).await
}

fn read(row: &Row) -> Result<Session, Error> {
    Ok(Session {
        id: row.text(0)?,
        user: row.text(1)?,
        organisation: maybe_text(row, 2)?,
        how: row.text(3)?,
        second_factor: row.number(4)? == 1,
        locked: row.number(5)? == 1,
        created: moment(row, 6)?,
        proved: moment(row, 7)?,
        last_seen: moment(row, 8)?,
        expires: moment(row, 9)?,
        has_second_factor: row.number(10)? > 0,
    })
}
