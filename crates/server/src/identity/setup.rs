//! Choosing a password: by a one-time link at first or when it was forgotten, or while signed in.

use cotreat_people::event::{Account, Actor};
use cotreat_store::account::{Setup, SetupWhy};
use cotreat_store::clinic::ask::StaffMember;
use cotreat_store::outbox::Message;
use jiff::{SignedDuration, Timestamp};
use std::net::IpAddr;
use zeroize::Zeroizing;

use super::limits::{Limit, Who};
use super::{Entered, Here, Identity, Refused, Token, log, password};

/// For so long a one-time link is good.
pub const SETUP_LASTS: SignedDuration = SignedDuration::from_hours(24);

impl Identity {
    /// Makes a one-time link for a user, in place of any they have. `letter` writes what takes it to them, given the token that goes into its address; it may write nothing where
    /// the token is printed or handed over.
    ///
    /// # Errors
    /// [`Refused::Gone`]: there is no such user who may sign in; or a fault.
    pub async fn make_setup(
        &self,
        user: &str,
        why: SetupWhy,
        by: Actor,
        letter: impl FnOnce(&Account, &Token) -> Result<Vec<Message>, Refused>,
        now: Timestamp,
    ) -> Result<Token, Refused> {
        let user = self.user(user).await?;
        let token = Token::random()?;
        let messages = letter(&user.account, &token)?;
        let told = log::entry(&user.user, "setup_link_made", "link", by, now)?;
        let setup = Setup {
            user: user.user,
            why,
        };
        let expires = now.checked_add(SETUP_LASTS).unwrap_or(now);
        self.store
            .add_setup(token.bytes(), &setup, expires, &messages, now, &told)
            .await?;
        Ok(token)
    }

    /// Sends a one-time link to whoever forgot their password. The answer is the same whether there is somebody of that address or not.
    ///
    /// # Errors
    /// [`Refused::Wait`], or a fault.
    pub async fn forgot(
        &self,
        email: &str,
        from: IpAddr,
        letter: impl FnOnce(&Account, &Token) -> Result<Vec<Message>, Refused>,
        now: Timestamp,
    ) -> Result<(), Refused> {
        self.limits.take(Limit::Begin, Who::From(from), now)?;
        self.limits.take(Limit::Forgot, Who::Name(email), now)?;
        match self.known(email).await? {
            Some(user) => {
                self.make_setup(&user.user, SetupWhy::Reset, Actor::Program, letter, now)
                    .await?;
            }
            // The same write, so that the time it takes does not tell who is known.
            None => self.failed(None, "", "", now).await?,
        }
        Ok(())
    }

    /// Whom a one-time link is for; nobody when it is not good any more. Opening the page does not use it up.
    ///
    /// # Errors
    /// [`Refused::Wait`]: too many links that do not exist; or a fault.
    pub async fn setup(
        &self,
        token: &Token,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Option<Setup>, Refused> {
        self.limits
            .check(Limit::UnknownLink, Who::From(from), now)?;
        let found = self.store.setup(token.bytes(), now).await?;
        if found.is_none() {
            self.limits.take(Limit::UnknownLink, Who::From(from), now)?;
        }
        Ok(found)
    }

    /// Uses a one-time link up: sets the password, ends every session of the user, and begins a new one. A second factor they have is asked for next.
    ///
    /// # Errors
    /// [`Refused::Password`]: it may not be chosen, and the link stays good; [`Refused::Gone`], [`Refused::Wait`], [`Refused::Busy`], or a fault.
    pub async fn use_setup(
        &self,
        token: &Token,
        new: Zeroizing<String>,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Entered, Refused> {
        let setup = self.setup(token, from, now).await?.ok_or(Refused::Gone)?;
        let user = self.user(&setup.user).await?;
        let hash = self.hash_of_new(&user, new).await?;
        let told = log::own(&user, "password_set", "link", now)?;
        if !self
            .store
            .use_setup(token.bytes(), &setup, &hash, now, &told)
            .await?
        {
            return Err(Refused::Gone);
        }
        let told = log::own(&user, "signed_in", "link", now)?;
        self.enter(&user, "link", false, now, &told).await
    }

    /// Changes the password of somebody who is signed in and has just shown who they are; their other sessions end.
    ///
    /// # Errors
    /// [`Refused::Password`], [`Refused::NotAllowed`], [`Refused::ProveAgain`], [`Refused::Busy`], or a fault.
    pub async fn change_password(
        &self,
        here: &Here,
        new: Zeroizing<String>,
        now: Timestamp,
    ) -> Result<Entered, Refused> {
        here.is_open_and_fresh(now)?;
        let user = self.user(&here.session.user).await?;
        let hash = self.hash_of_new(&user, new).await?;
        let told = log::own(&user, "password_changed", "session", now)?;
        let stays = Some(here.session.id.as_str());
        self.store
            .set_password(&user.user, &hash, stays, &told)
            .await?;
        self.renew(here, false, now, &[]).await
    }

    /// The hash of a password that may be chosen by this user.
    async fn hash_of_new(
        &self,
        user: &StaffMember,
        new: Zeroizing<String>,
    ) -> Result<Zeroizing<String>, Refused> {
        let own = self.own_words(user).await?;
        let (checked, breached) = (new.clone(), self.breached.clone());
        let looking = tokio::task::spawn_blocking(move || {
            let own: Vec<&str> = own.iter().map(String::as_str).collect();
            password::fit(&checked, &own)?;
            breached.look(&checked, &own)
        });
        looking.await.map_err(|_| Refused::Broken)??;
        self.hasher.hash(new).await
    }

    /// What others would try first for a user: name, address, where they work, what this installation is called.
    async fn own_words(&self, user: &StaffMember) -> Result<Vec<String>, Refused> {
        let mut own = vec![
            user.account.name.clone(),
            user.account.email.clone(),
            self.settings.name.clone(),
        ];
        for (organisation, _) in &user.roles {
            if let Some(found) = self.store.organisation(organisation).await? {
                own.push(found.settings.name);
            }
        }
        Ok(own)
    }
}
