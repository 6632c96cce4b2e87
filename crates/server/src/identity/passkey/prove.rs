//! Showing who one is by a passkey: signing in, as the second factor, to unlock.

use std::net::IpAddr;

use cotreat_store::account::CredentialKind;
use jiff::Timestamp;
use webauthn_rs::prelude::{Passkey, PublicKeyCredential, RequestChallengeResponse};

use super::{Begun, Half, Kept, handle};
use crate::identity::limits::{Limit, Who};
use crate::identity::{Entered, Here, Identity, Refused, SessionState, log};

impl Identity {
    /// Begins to sign somebody in by a passkey, whoever they are.
    ///
    /// # Errors
    /// [`Refused::Wait`], [`Refused::Busy`], or a fault.
    pub fn begin_sign_in_by_passkey(
        &self,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Begun<RequestChallengeResponse>, Refused> {
        self.limits.take(Limit::Begin, Who::From(from), now)?;
        let (options, state) = self
            .passkeys
            .webauthn()?
            .start_discoverable_authentication()?;
        Ok(Begun {
            ceremony: self.passkeys.keep(Half::SignIn(Box::new(state)), now)?,
            options,
        })
    }

    /// Ends signing in by a passkey.
    ///
    /// # Errors
    /// [`Refused::Gone`], [`Refused::Passkey`], [`Refused::Wait`], or a fault.
    pub async fn finish_sign_in_by_passkey(
        &self,
        ceremony: &str,
        answer: &PublicKeyCredential,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Entered, Refused> {
        self.limits.take(Limit::SignInFrom, Who::From(from), now)?;
        let Half::SignIn(state) = self.passkeys.take(ceremony, now)? else {
            return Err(Refused::Gone);
        };
        let webauthn = self.passkeys.webauthn()?;
        let (whose, id) = webauthn.identify_discoverable_authentication(answer)?;
        let unknown = || Refused::Passkey {
            why: "nobody has it".to_owned(),
        };
        let found = self
            .store
            .credential_by(CredentialKind::Passkey, id)
            .await?
            .ok_or_else(unknown)?;
        if handle(&found.user) != whose {
            return Err(unknown());
        }
        let user = self.user(&found.user).await.map_err(|_| unknown())?;
        let kept = Kept::read(&found)?;
        let shown = webauthn.finish_discoverable_authentication_v2(answer, *state, &kept.passkey);
        self.used(&user, found, kept, shown, now).await?;
        self.limits.give_back(Limit::SignInFrom, Who::From(from));
        self.store.sign_in_went_well(&user.user).await?;
        let told = log::own(&user, "signed_in", "passkey", now)?;
        self.enter(&user, "passkey", true, now, &told).await
    }

    /// Begins to show who one is by a passkey: as the second factor, to unlock, or to make the proof younger.
    ///
    /// # Errors
    /// [`Refused::NotAllowed`]: the user has none; [`Refused::Busy`], or a fault.
    pub async fn begin_proof_by_passkey(
        &self,
        here: &Here,
        now: Timestamp,
    ) -> Result<Begun<RequestChallengeResponse>, Refused> {
        let has = self.passkeys_of(&here.session.user).await?;
        if has.is_empty() {
            return Err(Refused::NotAllowed);
        }
        let has: Vec<Passkey> = has.into_iter().map(|(_, kept)| kept.passkey).collect();
        let (options, state) = self
            .passkeys
            .webauthn()?
            .start_passkey_authentication(&has)?;
        let half = Half::Prove(here.session.id.clone(), Box::new(state));
        Ok(Begun {
            ceremony: self.passkeys.keep(half, now)?,
            options,
        })
    }

    /// Ends showing who one is by a passkey; the session goes on under a new token.
    ///
    /// # Errors
    /// [`Refused::Gone`], [`Refused::Passkey`], [`Refused::Wait`], or a fault.
    pub async fn finish_proof_by_passkey(
        &self,
        here: &Here,
        ceremony: &str,
        answer: &PublicKeyCredential,
        now: Timestamp,
    ) -> Result<Entered, Refused> {
        let trying = Who::Name(&here.session.id);
        self.limits.take(Limit::Prove, trying, now)?;
        let state = match self.passkeys.take(ceremony, now)? {
            Half::Prove(session, state) if session == here.session.id => state,
            _ => return Err(Refused::Gone),
        };
        let user = self.user(&here.session.user).await?;
        let shown = self
            .passkeys
            .webauthn()?
            .finish_passkey_authentication(answer, &state);
        let id: &[u8] = answer.raw_id.as_ref();
        let found = self
            .store
            .credential_by(CredentialKind::Passkey, id)
            .await?
            .filter(|found| found.user == user.user)
            .ok_or(Refused::Gone)?;
        let kept = Kept::read(&found)?;
        self.used(&user, found, kept, shown, now).await?;
        self.limits.forgive(Limit::Prove, trying);
        self.store.sign_in_went_well(&user.user).await?;
        let what = match here.state {
            SessionState::AwaitsSecondFactor => "signed_in",
            _ => "proved_again",
        };
        let told = log::own(&user, what, "passkey", now)?;
        self.renew(here, true, now, &told).await
    }
}
