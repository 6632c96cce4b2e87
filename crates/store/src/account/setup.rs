//! One-time links with which a user chooses a password: when they are new, or when they forgot theirs.

use jiff::Timestamp;

use crate::append::Batch;
use crate::database::{Tx, Value};
use crate::error::Error;
use crate::outbox::{self, Message};
use crate::people::{self, instant};
use crate::store::Store;

/// Whom a one-time link is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The user.
    pub user: String,
    /// Why they got it.
    pub why: SetupWhy,
}

/// Why a user got a one-time link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetupWhy {
    /// They are new.
    First,
    /// They forgot their password, or somebody who may do so had it set anew.
    Reset,
}

impl SetupWhy {
    const fn id(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Reset => "reset",
        }
    }
}

const FORGET: &str = "DELETE FROM setup WHERE user_id = $1";
const ADD: &str = "INSERT INTO setup (hash, user_id, why, expires_at) VALUES ($1, $2, $3, $4)";
const FIND: &str = "SELECT user_id, why FROM setup WHERE hash = $1 AND expires_at > $2";

const TOKEN: &str = "setup";

impl Store {
    /// Keeps a one-time link for a user, in place of any they have, with the message that takes it to them.
    ///
    /// # Errors
    /// [`Error::Erased`], or the database failed.
    pub async fn add_setup(
        &self,
        token: &[u8],
        setup: &Setup,
        expires: Timestamp,
        messages: &[Message],
        now: Timestamp,
        told: &[Batch],
    ) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = self
            .add_setup_in(&mut tx, token, setup, expires, messages, now)
            .await;
        self.settle(tx, told, done).await
    }

    async fn add_setup_in(
        &self,
        tx: &mut Tx,
        token: &[u8],
        setup: &Setup,
        expires: Timestamp,
        messages: &[Message],
        now: Timestamp,
    ) -> Result<(), Error> {
        tx.run(FORGET, &[Value::Text(&setup.user)]).await?;
        let values = [
            Value::Bytes(&self.hashed(TOKEN, token)),
            Value::Text(&setup.user),
            Value::Text(setup.why.id()),
            Value::Text(&instant(expires)),
        ];
        tx.run(ADD, &values).await?;
        let person = cotreat_people::stream::user(&setup.user);
        let key = people::key_for_writing(tx, &self.key, &person, now).await?;
        outbox::add(tx, &key, &person, messages).await.map(drop)
    }

    /// Whom a one-time link is for. Looking does not use it up.
    ///
    /// # Errors
    /// The database failed.
    pub async fn setup(&self, token: &[u8], now: Timestamp) -> Result<Option<Setup>, Error> {
        let hash = self.hashed(TOKEN, token);
        let values = [Value::Bytes(&hash), Value::Text(&instant(now))];
        let rows = self.database.rows(FIND, &values).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let why = match row.text(1)?.as_str() {
            "first" => SetupWhy::First,
            _ => SetupWhy::Reset,
        };
        let user = row.text(0)?;
        Ok(Some(Setup { user, why }))
    }

    /// Uses a one-time link up: the user's password is set, and whoever was signed in as them is signed out. False: the link is not good any more.
    ///
    /// # Errors
    /// The database failed.
    pub async fn use_setup(
        &self,
        token: &[u8],
        setup: &Setup,
        password_hash: &str,
        now: Timestamp,
        told: &[Batch],
    ) -> Result<bool, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let hash = self.hashed(TOKEN, token);
        let done = self
            .use_setup_in(&mut tx, &hash, setup, password_hash, now)
            .await;
        let told = if matches!(done, Ok(false)) { &[] } else { told };
        self.settle(tx, told, done).await
    }

    async fn use_setup_in(
        &self,
        tx: &mut Tx,
        hash: &[u8],
        setup: &Setup,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let values = [Value::Bytes(hash), Value::Text(&instant(now))];
        let rows = tx.rows(FIND, &values).await?;
        let good = match rows.first() {
            Some(row) => row.text(0)? == setup.user,
            None => false,
        };
        if good {
            tx.run(FORGET, &[Value::Text(&setup.user)]).await?;
            self.set_password_in(tx, &setup.user, password_hash, None)
                .await?;
        }
        Ok(good)
    }
}
