//! Adding a passkey.

use cotreat_store::account::{CredentialKind, NewCredential};
use jiff::Timestamp;
use webauthn_rs::prelude::{CreationChallengeResponse, RegisterPublicKeyCredential};
use webauthn_rs_proto::ResidentKeyRequirement;

use super::{Begun, Half, Kept, handle};
use crate::identity::{Entered, Here, Identity, Refused, chance, log};

impl Identity {
    /// Begins to add a passkey.
    ///
    /// # Errors
    /// [`Refused::NotAllowed`], [`Refused::ProveAgain`], [`Refused::Busy`], or a fault.
    pub async fn begin_passkey(
        &self,
        here: &Here,
        now: Timestamp,
    ) -> Result<Begun<CreationChallengeResponse>, Refused> {
        here.may_change_factors(now)?;
        let user = self.user(&here.session.user).await?;
        let has = self.passkeys_of(&user.user).await?;
        let has = has.iter().map(|(_, kept)| kept.passkey.cred_id().clone());
        let (mut options, state) = self.passkeys.webauthn()?.start_passkey_registration(
            handle(&user.user),
            &user.account.email,
            &user.account.name,
            Some(has.collect()),
        )?;
        // So that it can be offered without an address being typed first. A key without room for that is taken too.
        if let Some(wanted) = options.public_key.authenticator_selection.as_mut() {
            wanted.resident_key = Some(ResidentKeyRequirement::Preferred);
        }
        let half = Half::Register(here.session.id.clone(), Box::new(state));
        Ok(Begun {
            ceremony: self.passkeys.keep(half, now)?,
            options,
        })
    }

    /// Ends adding a passkey, under a name the user gives it. The session is open from then on, under a new token.
    ///
    /// # Errors
    /// [`Refused::Gone`], [`Refused::Passkey`], [`Refused::NotAllowed`], [`Refused::ProveAgain`], or a fault.
    pub async fn finish_passkey(
        &self,
        here: &Here,
        ceremony: &str,
        answer: &RegisterPublicKeyCredential,
        name: &str,
        now: Timestamp,
    ) -> Result<Entered, Refused> {
        here.may_change_factors(now)?;
        let state = match self.passkeys.take(ceremony, now)? {
            Half::Register(session, state) if session == here.session.id => state,
            _ => return Err(Refused::Gone),
        };
        let passkey = self
            .passkeys
            .webauthn()?
            .finish_passkey_registration(answer, &state)?;
        let user = self.user(&here.session.user).await?;
        let id = chance::id()?;
        let look_up = passkey.cred_id().to_vec();
        let kept = Kept {
            name: name.chars().take(60).collect(),
            passkey,
        };
        let secret = kept.to_bytes()?;
        let new = NewCredential {
            id: &id,
            user: &user.user,
            kind: CredentialKind::Passkey,
            look_up: &look_up,
            secret: &secret,
            counter: 0,
        };
        let told = log::own(&user, "second_factor_added", "passkey", now)?;
        if !self.store.add_credential(&new, now, &told).await? {
            return Err(Refused::Passkey {
                why: "it is registered already".to_owned(),
            });
        }
        self.renew(here, true, now, &[]).await
    }
}
