//! What a patient is asked by a task link, and what they answer.

use std::collections::BTreeMap;

use cotreat_access::{Action, Resource, Viewer};
use cotreat_care::decide::{Act, Command, decide};
use cotreat_care::event::{AnsweredBy, InstrumentAssigned, Mode};
use cotreat_knowledge::Handle;
use cotreat_knowledge::model::Instrument;
use cotreat_people::{Identity, Sight};
use cotreat_store::clinic::batch;
use cotreat_store::{Batch, Expected};

use super::{Caller, Clinic, Refused, who};

/// An assignment in an episode, as a link names it: `EPISODE/ASSIGNMENT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// Id of the episode.
    pub episode: &'a str,
    /// Id of the assignment.
    pub assignment: &'a str,
}

impl<'a> Place<'a> {
    /// Reads what [`Self::to_text`] wrote.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        let (episode, assignment) = text.split_once('/')?;
        Some(Self {
            episode,
            assignment,
        })
    }

    /// One text.
    #[must_use]
    pub fn to_text(self) -> String {
        format!("{}/{}", self.episode, self.assignment)
    }
}

impl Clinic {
    /// Who a patient is, for a link that asks for their date of birth or writes to their address. Nothing of it is shown.
    ///
    /// # Errors
    /// [`Refused::NotFound`]: they were erased; or the store failed.
    pub async fn behind_link(&self, patient: &str) -> Result<Identity, Refused> {
        let own = Sight {
            own: Some(patient.to_owned()),
            ..Sight::default()
        };
        let now = self.clock.now();
        let found = self.store.patient(&own, now, patient).await?;
        Ok(found.ok_or(Refused::NotFound)?.identity)
    }

    /// The assignment of an episode, for whoever may send the patient a link to it. Returns the patient.
    ///
    /// # Errors
    /// [`Refused::NotFound`], it is not for the caller, or the store failed.
    pub async fn assignment(
        &self,
        caller: &Caller,
        place: Place<'_>,
    ) -> Result<(String, InstrumentAssigned), Refused> {
        let read = self.store.episode(place.episode).await?;
        let read = read.ok_or(Refused::NotFound)?;
        let relation = self
            .permit(&caller.viewer, Action::MakeLink, &read.patient)
            .await?;
        let found = read.record.assignments.get(place.assignment);
        let assigned = found.ok_or(Refused::NotFound)?.what.clone();
        Ok((relation.patient, assigned))
    }

    /// What is asked by an assignment.
    ///
    /// # Errors
    /// [`Refused::NotFound`], or the store failed.
    pub async fn asked(&self, place: Place<'_>) -> Result<Handle<Instrument>, Refused> {
        let read = self.store.episode(place.episode).await?;
        let read = read.ok_or(Refused::NotFound)?;
        let found = read.record.assignments.get(place.assignment);
        let id = &found.ok_or(Refused::NotFound)?.what.instrument;
        let instruments = &self.knowledge.instruments;
        instruments.find(id).ok_or(Refused::NotFound)
    }

    /// What is written when a patient sends in their answers to an assignment.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the clinic refuse it.
    pub async fn answered(
        &self,
        viewer: &Viewer,
        place: Place<'_>,
        answers: BTreeMap<String, f64>,
    ) -> Result<Batch, Refused> {
        let at = self.clock.now();
        let read = self.store.episode(place.episode).await?;
        let read = read.ok_or(Refused::NotFound)?;
        let relation = self.relation(&read.patient, at).await?;
        let assignment = place.to_text();
        let resource = Resource::Assignment {
            of: &relation,
            assignment: &assignment,
        };
        self.decide(viewer, Action::AnswerInstrument, &resource, &relation)?;
        let found = read.record.assignments.get(place.assignment);
        let instrument = found.ok_or(Refused::NotFound)?.what.instrument.clone();
        let today = self.today(viewer, at).await?;
        let command = Command {
            by: who(viewer),
            at,
            today,
            day: today,
            act: Act::AnswerInstrument {
                assignment: Some(place.assignment.to_owned()),
                instrument,
                answers,
                mode: Mode::Online,
                answered_by: AnsweredBy::Patient,
            },
        };
        let events = decide(&read.record, &command, &self.knowledge)?;
        Ok(batch::episode(
            place.episode,
            &read.patient,
            Expected::Version(read.version),
            &events,
        )?)
    }
}
