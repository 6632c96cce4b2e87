//! Second factors as a whole: an app replaces the one before, recovery codes come together, and all of them can be lost together.

use jiff::Timestamp;

use super::credential::{Credential, CredentialKind, NewCredential};
use super::session;
use crate::append::Batch;
use crate::database::{Tx, Value, number};
use crate::error::Error;
use crate::people::instant;
use crate::store::Store;

const REMOVE_KIND: &str = "DELETE FROM credential WHERE user_id = $1 AND kind = $2";
const REMOVE_OTHERS: &str = "DELETE FROM credential WHERE user_id = $1 AND kind = $2 AND id <> $3";
const CONFIRM: &str = "UPDATE credential SET kind = $1, counter = $2, used_at = $3 \
     WHERE id = $4 AND user_id = $5 AND kind = $6 AND counter < $2";

impl Store {
    /// Makes an unconfirmed authenticator app the user's only one, with new recovery codes. False: it is not there any more, or its step was used.
    ///
    /// # Errors
    /// The database failed.
    pub async fn confirm_app(
        &self,
        app: &Credential,
        step: u64,
        recovery: &[NewCredential<'_>],
        now: Timestamp,
        told: &[Batch],
    ) -> Result<bool, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = self.confirm_app_in(&mut tx, app, step, recovery, now).await;
        let told = if matches!(done, Ok(false)) { &[] } else { told };
        self.settle(tx, told, done).await
    }

    async fn confirm_app_in(
        &self,
        tx: &mut Tx,
        app: &Credential,
        step: u64,
        recovery: &[NewCredential<'_>],
        now: Timestamp,
    ) -> Result<bool, Error> {
        let values = [
            Value::Text(CredentialKind::App.id()),
            number(step),
            Value::Text(&instant(now)),
            Value::Text(&app.id),
            Value::Text(&app.user),
            Value::Text(CredentialKind::UnconfirmedApp.id()),
        ];
        if tx.run(CONFIRM, &values).await? == 0 {
            return Ok(false);
        }
        let others = [
            Value::Text(&app.user),
            Value::Text(CredentialKind::App.id()),
            Value::Text(&app.id),
        ];
        tx.run(REMOVE_OTHERS, &others).await?;
        self.replace_recovery_in(tx, &app.user, recovery, now)
            .await?;
        Ok(true)
    }

    /// Replaces a user's recovery codes.
    ///
    /// # Errors
    /// The database failed.
    pub async fn replace_recovery_codes(
        &self,
        user: &str,
        recovery: &[NewCredential<'_>],
        now: Timestamp,
        told: &[Batch],
    ) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = self.replace_recovery_in(&mut tx, user, recovery, now).await;
        self.settle(tx, told, done).await
    }

    async fn replace_recovery_in(
        &self,
        tx: &mut Tx,
        user: &str,
        recovery: &[NewCredential<'_>],
        now: Timestamp,
    ) -> Result<(), Error> {
        remove_kind(tx, user, CredentialKind::RecoveryCode).await?;
        for code in recovery {
            self.add_credential_in(tx, code, now).await?;
        }
        Ok(())
    }

    /// Takes every second factor away from a user who lost them, and ends their sessions; they set up another one at the next sign-in.
    ///
    /// # Errors
    /// The database failed.
    pub async fn remove_second_factors(&self, user: &str, told: &[Batch]) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = remove_second_factors(&mut tx, user).await;
        self.settle(tx, told, done).await
    }
}

async fn remove_second_factors(tx: &mut Tx, user: &str) -> Result<(), Error> {
    for kind in [
        CredentialKind::Passkey,
        CredentialKind::App,
        CredentialKind::UnconfirmedApp,
        CredentialKind::RecoveryCode,
    ] {
        remove_kind(tx, user, kind).await?;
    }
    session::end_others(tx, user, None).await?;
    Ok(())
}

async fn remove_kind(tx: &mut Tx, user: &str, kind: CredentialKind) -> Result<(), Error> {
    let values = [Value::Text(user), Value::Text(kind.id())];
    tx.run(REMOVE_KIND, &values).await?;
    Ok(())
}
