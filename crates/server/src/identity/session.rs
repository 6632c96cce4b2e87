//! Sessions of people who work here: begun, gone on with, locked, unlocked, ended.
//!
//! - After 15 minutes without a request of the user a session is locked: it is the same session, and goes on when they show who they are, so that what they were writing is not
//!   lost. What a page asks for by itself does not count ([`Seen::Polling`]).
//! - After 12 hours it ends. Nothing in a request changes that.
//! - Every step up (signed in, second factor, unlocked, another organisation) gives it a new token.

mod end;
mod prove;

use cotreat_store::Batch;
use cotreat_store::account::{NewSession, Renewed, Session};
use cotreat_store::clinic::ask::StaffMember;
use jiff::{SignedDuration, Timestamp};

use super::csrf::FormSecret;
use super::settings::SecondFactor;
use super::{Identity, Refused, Token, chance};

pub(super) use prove::Checks;

/// Without a request of the user for so long, a session is locked.
pub const IDLE: SignedDuration = SignedDuration::from_mins(15);
/// For so long a session lasts at most.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// For so long somebody may look for their second factor.
pub const UNFINISHED: SignedDuration = SignedDuration::from_mins(15);
/// For so long somebody may set a second factor up.
pub const SETTING_UP: SignedDuration = SignedDuration::from_mins(60);
/// So old a proof may be where passwords and factors are changed.
pub const FRESH: SignedDuration = SignedDuration::from_mins(15);
/// What a user did is noted so often at most: each note is a write to the disk.
const NOTED: SignedDuration = SignedDuration::from_mins(1);

/// How a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// It may be worked with.
    Open,
    /// It waits for its user to show who they are, and answers nothing else.
    Locked,
    /// The user has a second factor and has yet to show it: they reach the page that asks for it.
    AwaitsSecondFactor,
    /// The user has no second factor: they reach the page that sets one up.
    NeedsSecondFactor,
}

/// Who is here.
#[derive(Clone, Debug)]
pub struct Here {
    /// Their session.
    pub session: Session,
    /// How it stands.
    pub state: SessionState,
    /// The secret of its forms.
    pub forms: FormSecret,
    token: Token,
}

/// Somebody came in, or a step further: set the cookie to the token.
#[derive(Clone, Debug)]
pub struct Entered {
    /// The token of the session from now on; the one before is worth nothing.
    pub token: Token,
    /// Whose session it is.
    pub user: String,
    /// How it stands.
    pub state: SessionState,
}

/// Whether a request is the user's doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It is.
    Acting,
    /// A page asks by itself.
    Polling,
}

impl Here {
    /// That the session is open and its user has shown who they are not long ago: for changing what they sign in with.
    ///
    /// # Errors
    /// [`Refused::NotAllowed`], [`Refused::ProveAgain`].
    pub fn is_open_and_fresh(&self, now: Timestamp) -> Result<(), Refused> {
        if self.state != SessionState::Open {
            return Err(Refused::NotAllowed);
        }
        if now.duration_since(self.session.proved) >= FRESH {
            return Err(Refused::ProveAgain);
        }
        Ok(())
    }

    /// That a second factor may be added: to an open, fresh session, or by somebody who has none yet.
    pub(super) fn may_change_factors(&self, now: Timestamp) -> Result<(), Refused> {
        match self.state {
            SessionState::NeedsSecondFactor => Ok(()),
            _ => self.is_open_and_fresh(now),
        }
    }
}

impl Identity {
    pub(super) fn needs_second_factor(&self) -> bool {
        self.settings.second_factor == SecondFactor::Required
    }

    fn state(&self, session: &Session, now: Timestamp) -> SessionState {
        if session.locked || now.duration_since(session.last_seen) >= IDLE {
            return SessionState::Locked;
        }
        self.factor_state(session.second_factor, session.has_second_factor)
    }

    fn factor_state(&self, shown: bool, has: bool) -> SessionState {
        match (shown, has) {
            (true, _) => SessionState::Open,
            (false, true) => SessionState::AwaitsSecondFactor,
            (false, false) if self.needs_second_factor() => SessionState::NeedsSecondFactor,
            (false, false) => SessionState::Open,
        }
    }

    /// Who is here, by the token of their cookie; nobody when the session has ended. A handler goes by [`Here::state`].
    ///
    /// # Errors
    /// A fault.
    pub async fn here(
        &self,
        token: &Token,
        seen: Seen,
        now: Timestamp,
    ) -> Result<Option<Here>, Refused> {
        let Some(session) = self.store.session(token.bytes(), now).await? else {
            return Ok(None);
        };
        let state = self.state(&session, now);
        if state != SessionState::Locked
            && seen == Seen::Acting
            && now.duration_since(session.last_seen) >= NOTED
        {
            self.store.touch_session(&session.id, now).await?;
        }
        Ok(Some(Here {
            forms: FormSecret::new(self.store.form_secret(&session.id)),
            token: token.clone(),
            state,
            session,
        }))
    }

    /// Begins a session for somebody who showed who they are.
    pub(super) async fn enter(
        &self,
        user: &StaffMember,
        how: &str,
        second_factor: bool,
        now: Timestamp,
        told: &[Batch],
    ) -> Result<Entered, Refused> {
        let factors = self.factors(&user.user).await?;
        let state = self.factor_state(second_factor, !factors.listed.is_empty());
        let token = Token::random()?;
        let id = chance::id()?;
        let new = NewSession {
            id: &id,
            user: &user.user,
            organisation: None,
            how,
            second_factor,
            expires: end(state, now),
        };
        self.store
            .add_session(token.bytes(), &new, now, told)
            .await?;
        Ok(Entered {
            token,
            user: user.user.clone(),
            state,
        })
    }

    /// Gives a session whose user has just shown who they are a new token.
    pub(super) async fn renew(
        &self,
        here: &Here,
        second_factor: bool,
        now: Timestamp,
        told: &[Batch],
    ) -> Result<Entered, Refused> {
        let shown = here.session.second_factor || second_factor;
        let state = self.factor_state(shown, here.session.has_second_factor);
        let renewed = Renewed {
            organisation: here.session.organisation.as_deref(),
            second_factor: shown,
            proved: now,
            // Counted from the beginning, so that going on and on does not lengthen it.
            expires: end(state, here.session.created),
        };
        self.exchange(here, &renewed, state, now, told).await
    }

    async fn exchange(
        &self,
        here: &Here,
        renewed: &Renewed<'_>,
        state: SessionState,
        now: Timestamp,
        told: &[Batch],
    ) -> Result<Entered, Refused> {
        let token = Token::random()?;
        let (old, new) = (here.token.bytes(), token.bytes());
        if !self
            .store
            .renew_session(old, new, renewed, now, told)
            .await?
        {
            return Err(Refused::Gone);
        }
        Ok(Entered {
            token,
            user: here.session.user.clone(),
            state,
        })
    }

    /// Says for which organisation somebody acts from now on. Whether they work there is for the caller to have asked.
    ///
    /// # Errors
    /// [`Refused::NotAllowed`], [`Refused::Gone`], or a fault.
    pub async fn act_for(
        &self,
        here: &Here,
        organisation: &str,
        now: Timestamp,
    ) -> Result<Entered, Refused> {
        if here.state != SessionState::Open {
            return Err(Refused::NotAllowed);
        }
        let renewed = Renewed {
            organisation: Some(organisation),
            second_factor: here.session.second_factor,
            proved: here.session.proved,
            expires: here.session.expires,
        };
        self.exchange(here, &renewed, here.state, now, &[]).await
    }
}

fn end(state: SessionState, begun: Timestamp) -> Timestamp {
    let lasts = match state {
        SessionState::Open | SessionState::Locked => LONGEST,
        SessionState::AwaitsSecondFactor => UNFINISHED,
        SessionState::NeedsSecondFactor => SETTING_UP,
    };
    begun.checked_add(lasts).unwrap_or(begun)
}
