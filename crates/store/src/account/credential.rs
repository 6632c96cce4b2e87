//! What a user proves with, beside or instead of a password.

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::{maybe_moment, moment};
use crate::append::Batch;
use crate::database::{Row, Tx, Value, number};
use crate::error::Error;
use crate::people::instant;
use crate::store::Store;

/// One thing a user proves with.
#[derive(Clone)]
pub struct Credential {
    /// Its id, for lists.
    pub id: String,
    /// Whose it is.
    pub user: String,
    /// Of which kind.
    pub kind: CredentialKind,
    /// What it is checked with.
    pub secret: Zeroizing<Vec<u8>>,
    /// What only ever rises: the counter of a passkey, the last used step of an authenticator app.
    pub counter: u64,
    /// Since when.
    pub created: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credential")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// Kinds of credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialKind {
    /// A passkey, which is two factors in one.
    Passkey,
    /// An authenticator app: time-based codes.
    App,
    /// An authenticator app whose first code has not been entered yet.
    UnconfirmedApp,
    /// A recovery code, for when the other factor is lost.
    RecoveryCode,
    /// Whom an issuer (OpenID Connect) says the user is.
    Issuer,
}

impl CredentialKind {
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::App => "totp",
            Self::UnconfirmedApp => "totp_unconfirmed",
            Self::RecoveryCode => "recovery_code",
            Self::Issuer => "issuer",
        }
    }
}

/// A credential to keep.
#[derive(Clone, Copy)]
pub struct NewCredential<'a> {
    /// Its id: random.
    pub id: &'a str,
    /// Whose it is.
    pub user: &'a str,
    /// Of which kind.
    pub kind: CredentialKind,
    /// What it is found by, for instance the id that a passkey gives itself: kept as a hash, unique within its kind.
    pub look_up: &'a [u8],
    /// What it is checked with.
    pub secret: &'a [u8],
    /// What only ever rises.
    pub counter: u64,
}

impl std::fmt::Debug for NewCredential<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewCredential")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

const ADD: &str = "INSERT INTO credential (id, user_id, kind, look_up, sealed, counter, created_at, used_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, '') ON CONFLICT (kind, look_up) DO NOTHING";
macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT id, user_id, sealed, counter, created_at, used_at FROM credential ",
            $rest
        )
    };
}
const OF_USER: &str = columns!("WHERE user_id = $1 AND kind = $2 ORDER BY created_at, id");
const BY_LOOK_UP: &str = columns!("WHERE kind = $1 AND look_up = $2");
const ADVANCE: &str =
    "UPDATE credential SET counter = $1, used_at = $2 WHERE id = $3 AND counter < $1";
const REPLACE: &str = "UPDATE credential SET sealed = $1, counter = $2, used_at = $3 \
     WHERE id = $4 AND (counter < $2 OR (counter = 0 AND $2 = 0))";
const SPEND: &str = "DELETE FROM credential WHERE user_id = $1 AND kind = $2 AND look_up = $3";
const REMOVE: &str = "DELETE FROM credential WHERE user_id = $1 AND id = $2";

fn about(id: &str, user: &str) -> String {
    format!("credential\n{id}\n{user}")
}

impl Store {
    /// Keeps a credential. False: there is one of this kind with the same `look_up`, perhaps another user's.
    ///
    /// # Errors
    /// The database failed.
    pub async fn add_credential(
        &self,
        new: &NewCredential<'_>,
        now: Timestamp,
        told: &[Batch],
    ) -> Result<bool, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = self.add_credential_in(&mut tx, new, now).await;
        let told = if matches!(done, Ok(false)) { &[] } else { told };
        self.settle(tx, told, done).await
    }

    pub(super) async fn add_credential_in(
        &self,
        tx: &mut Tx,
        new: &NewCredential<'_>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let sealed = self.seal_secret(&about(new.id, new.user), new.secret)?;
        let values = [
            Value::Text(new.id),
            Value::Text(new.user),
            Value::Text(new.kind.id()),
            Value::Bytes(&self.hashed(new.kind.id(), new.look_up)),
            Value::Bytes(&sealed),
            number(new.counter),
            Value::Text(&instant(now)),
        ];
        Ok(tx.run(ADD, &values).await? == 1)
    }

    /// A user's credentials of a kind, the oldest first.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn credentials(
        &self,
        user: &str,
        kind: CredentialKind,
    ) -> Result<Vec<Credential>, Error> {
        let values = [Value::Text(user), Value::Text(kind.id())];
        let rows = self.database.rows(OF_USER, &values).await?;
        rows.iter().map(|row| self.credential(row, kind)).collect()
    }

    /// The credential that is found by this, whosever it is.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn credential_by(
        &self,
        kind: CredentialKind,
        look_up: &[u8],
    ) -> Result<Option<Credential>, Error> {
        let hash = self.hashed(kind.id(), look_up);
        let values = [Value::Text(kind.id()), Value::Bytes(&hash)];
        let rows = self.database.rows(BY_LOOK_UP, &values).await?;
        rows.first()
            .map(|row| self.credential(row, kind))
            .transpose()
    }

    fn credential(&self, row: &Row, kind: CredentialKind) -> Result<Credential, Error> {
        let (id, user) = (row.text(0)?, row.text(1)?);
        Ok(Credential {
            secret: self.open_secret(&about(&id, &user), &row.bytes(2)?)?,
            counter: row.count(3)?,
            created: moment(row, 4)?,
            used: maybe_moment(row, 5)?,
            id,
            user,
            kind,
        })
    }

    /// Raises the counter of a credential. False: it is there already or beyond, so that what was shown has been used before.
    ///
    /// # Errors
    /// The database failed.
    pub async fn advance_credential(
        &self,
        id: &str,
        counter: u64,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let values = [number(counter), Value::Text(&instant(now)), Value::Text(id)];
        let done = tx.run(ADVANCE, &values).await.map(|rows| rows == 1);
        self.settle(tx, &[], done).await
    }

    /// Keeps what a passkey has become by being used. False: its counter did not rise, and is not one that always stands at nought.
    ///
    /// # Errors
    /// The database failed.
    pub async fn replace_credential(
        &self,
        used: &Credential,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let sealed = self.seal_secret(&about(&used.id, &used.user), &used.secret)?;
        let (_turn, mut tx) = self.begin().await?;
        let values = [
            Value::Bytes(&sealed),
            number(used.counter),
            Value::Text(&instant(now)),
            Value::Text(&used.id),
        ];
        let done = tx.run(REPLACE, &values).await.map(|rows| rows == 1);
        self.settle(tx, &[], done).await
    }

    /// Uses a credential up: it works once. False: the user has none such.
    ///
    /// # Errors
    /// The database failed.
    pub async fn spend_credential(
        &self,
        user: &str,
        kind: CredentialKind,
        look_up: &[u8],
        told: &[Batch],
    ) -> Result<bool, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let values = [
            Value::Text(user),
            Value::Text(kind.id()),
            Value::Bytes(&self.hashed(kind.id(), look_up)),
        ];
        let done = tx.run(SPEND, &values).await.map(|rows| rows == 1);
        let told = if matches!(done, Ok(false)) { &[] } else { told };
        self.settle(tx, told, done).await
    }

    /// Takes a credential away from a user. False: they do not have it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn remove_credential(
        &self,
        user: &str,
        id: &str,
        told: &[Batch],
    ) -> Result<bool, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let values = [Value::Text(user), Value::Text(id)];
        let done = tx.run(REMOVE, &values).await.map(|rows| rows == 1);
        let told = if matches!(done, Ok(false)) { &[] } else { told };
        self.settle(tx, told, done).await
    }
}
