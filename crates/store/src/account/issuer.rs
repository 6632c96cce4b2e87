//! What must be remembered between sending a user to an issuer (OpenID Connect) and their coming back.

use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::database::Value;
use crate::error::Error;
use crate::people::instant;
use crate::store::Store;

const ADD: &str = "INSERT INTO oidc_state (hash, sealed, expires_at) VALUES ($1, $2, $3)";
const TAKE: &str = "DELETE FROM oidc_state WHERE hash = $1 RETURNING sealed, expires_at";

const TOKEN: &str = "oidc state";
const ABOUT: &str = "oidc state";

impl Store {
    /// Remembers something under a state.
    ///
    /// # Errors
    /// The database failed.
    pub async fn add_oidc_state(
        &self,
        state: &[u8],
        secret: &[u8],
        expires: Timestamp,
    ) -> Result<(), Error> {
        let sealed = self.seal_secret(ABOUT, secret)?;
        let (_turn, mut tx) = self.begin().await?;
        let values = [
            Value::Bytes(&self.hashed(TOKEN, state)),
            Value::Bytes(&sealed),
            Value::Text(&instant(expires)),
        ];
        let done = tx.run(ADD, &values).await.map(drop);
        self.settle(tx, &[], done).await
    }

    /// Takes back what was remembered under a state: once, and before it expires.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn take_oidc_state(
        &self,
        state: &[u8],
        now: Timestamp,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let hash = self.hashed(TOKEN, state);
        let done = tx.rows(TAKE, &[Value::Bytes(&hash)]).await;
        let rows = self.settle(tx, &[], done).await?;
        match rows.first() {
            Some(row) if row.text(1)? > instant(now) => {
                self.open_secret(ABOUT, &row.bytes(0)?).map(Some)
            }
            _ => Ok(None),
        }
    }
}
