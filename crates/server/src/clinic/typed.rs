//! What somebody of the team is typing and has not sent: kept on the server, for each of them and each form, so that a session that ends, a closed window or a restart loses nothing.

use cotreat_access::{Action, Viewer};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Caller, Clinic, Refused};

/// A form of an episode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// The examination.
    Examination,
    /// The plan.
    Plan,
    /// A new session.
    Session,
    /// The addendum to a session, by its id.
    Addendum(String),
}

impl Form {
    /// As it is kept and as its address has it.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Examination => "examine".to_owned(),
            Self::Plan => "plan".to_owned(),
            Self::Session => "session".to_owned(),
            Self::Addendum(session) => format!("sessions/{session}"),
        }
    }

    /// What sending it needs; whoever may not send it has no draft of it.
    #[must_use]
    pub const fn action(&self) -> Action {
        match self {
            Self::Examination => Action::WriteFacts,
            Self::Plan => Action::AgreePlan,
            Self::Session | Self::Addendum(_) => Action::WriteSession,
        }
    }
}

/// What was typed into a form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// When it was kept.
    pub at: Timestamp,
    /// The names of the fields with what stands in them, in the order in which they were sent.
    pub fields: Vec<(String, String)>,
}

/// What people type is about a patient: printed for whoever looks for a mistake, it says only how much there is.
impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Typed")
            .field("fields", &self.fields.len())
            .finish_non_exhaustive()
    }
}

/// A draft, and how often it was kept: 0 when there is none.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// How often it was kept.
    pub version: u64,
    /// What was typed; none: nothing that is not sent yet.
    pub typed: Option<Typed>,
}

impl Clinic {
    /// What the caller typed into a form of an episode and did not send.
    ///
    /// # Errors
    /// [`Refused::NotFound`], the form is not for the caller, or the store failed.
    pub async fn draft(
        &self,
        caller: &Caller,
        episode: &str,
        form: &Form,
    ) -> Result<Draft, Refused> {
        let (patient, place) = self.place_of(caller, episode, form).await?;
        let Some(draft) = self.store.draft(&patient, &place).await? else {
            return Ok(Draft::default());
        };
        Ok(Draft {
            version: draft.version,
            // Nothing is there once it was sent; what an older program kept in another shape is as good as nothing.
            typed: serde_json::from_slice(&draft.body).ok(),
        })
    }

    /// Keeps what the caller typed, upon the version of the draft that their window knows. Returns the new version.
    ///
    /// # Errors
    /// [`Refused::Changed`]: another window of theirs kept something else meanwhile; or as [`Self::draft`].
    pub async fn keep_draft(
        &self,
        caller: &Caller,
        episode: &str,
        form: &Form,
        seen: u64,
        fields: Vec<(String, String)>,
    ) -> Result<u64, Refused> {
        let (patient, place) = self.place_of(caller, episode, form).await?;
        let now = self.clock.now();
        let body = serde_json::to_vec(&Typed { at: now, fields }).unwrap_or_default();
        let kept = self.store.keep_draft(&patient, &place, seen, &body, now);
        Ok(kept.await?)
    }

    /// Forgets what the caller typed: it was sent, or is not wanted.
    ///
    /// # Errors
    /// As [`Self::draft`].
    pub async fn forget_draft(
        &self,
        caller: &Caller,
        episode: &str,
        form: &Form,
    ) -> Result<(), Refused> {
        let (patient, place) = self.place_of(caller, episode, form).await?;
        Ok(self.store.forget_draft(&patient, &place).await?)
    }

    /// Where a draft is kept: with the patient, whose key seals it and with whom it is erased.
    async fn place_of(
        &self,
        caller: &Caller,
        episode: &str,
        form: &Form,
    ) -> Result<(String, String), Refused> {
        let read = self.episode(episode).await?;
        self.permit(&caller.viewer, form.action(), &read.patient)
            .await?;
        let Viewer::Staff { user, .. } = &caller.viewer else {
            return Err(Refused::NotFound);
        };
        let place = format!("staff/{user}/{episode}/{}", form.word());
        Ok((read.patient, place))
    }
}
