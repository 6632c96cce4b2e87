//! Ending sessions: one's own, and somebody's.

use cotreat_people::event::Actor;
use cotreat_store::account::Session;
use jiff::Timestamp;

use super::{Here, SessionState};
use crate::identity::{Identity, Refused, log};

impl Identity {
    /// Ends a session.
    ///
    /// # Errors
    /// A fault.
    pub async fn sign_out(&self, here: &Here, now: Timestamp) -> Result<(), Refused> {
        let user = &here.session.user;
        let told = match self.store.user(user).await? {
            Some(user) => log::own(&user, "signed_out", "session", now)?,
            None => Vec::new(),
        };
        self.store.end_session(here.token.bytes(), &told).await?;
        Ok(())
    }

    /// The sessions of a user, for the page that lists where they are signed in.
    ///
    /// # Errors
    /// A fault.
    pub async fn sessions(&self, user: &str, now: Timestamp) -> Result<Vec<Session>, Refused> {
        Ok(self.store.sessions_of(user, now).await?)
    }

    /// Ends one of one's own sessions, by its id.
    ///
    /// # Errors
    /// [`Refused::Gone`], [`Refused::NotAllowed`], or a fault.
    pub async fn end_session(&self, here: &Here, id: &str, now: Timestamp) -> Result<(), Refused> {
        if here.state != SessionState::Open {
            return Err(Refused::NotAllowed);
        }
        let user = self.user(&here.session.user).await?;
        let told = log::own(&user, "session_ended", "session", now)?;
        if self.store.end_session_of(&user.user, id, &told).await? {
            Ok(())
        } else {
            Err(Refused::Gone)
        }
    }

    /// Ends all sessions of a user, but for one that is to stay. For the user themselves, and for whoever may do so; `by` is told to the log. Returns how many.
    ///
    /// # Errors
    /// A fault.
    pub async fn end_sessions(
        &self,
        user: &str,
        but: Option<&Here>,
        by: Actor,
        now: Timestamp,
    ) -> Result<u64, Refused> {
        let told = log::entry(user, "sessions_ended", "administration", by, now)?;
        let but = but.map(|here| here.session.id.as_str());
        Ok(self.store.end_sessions_of(user, but, &told).await?)
    }
}
