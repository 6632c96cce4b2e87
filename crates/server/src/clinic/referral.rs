//! Referrals: seeing one, doing the next thing with it, the boxes they lie in, and those that go to somebody outside.

mod boxes;
mod outside;

use cotreat_access::{Action, Resource};
use cotreat_care::decide::Act;
use cotreat_care::event::Who;
use cotreat_care::record::{Overdue, ReferralRecord, State};
use cotreat_people::event::{PatientEvent, Purpose};
use cotreat_people::{Identity, stream};
use cotreat_store::Expected;
use cotreat_store::clinic::batch;
use jiff::civil::Date;

use super::{Caller, Clinic, Done, Refused, who};

pub use boxes::{Boxes, Line, Neighbour};
pub use outside::outside_id;

/// So often a step is tried again because something else was written into the same episode.
const TRIES: u32 = 5;

/// A referral of an episode, as a link names it: `EPISODE/REFERRAL`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReferralPlace<'a> {
    /// Id of the episode.
    pub episode: &'a str,
    /// Id of the referral.
    pub referral: &'a str,
}

impl<'a> ReferralPlace<'a> {
    /// Reads what [`Self::to_text`] wrote.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        let (episode, referral) = text.split_once('/')?;
        Some(Self { episode, referral })
    }

    /// One text.
    #[must_use]
    pub fn to_text(self) -> String {
        format!("{}/{}", self.episode, self.referral)
    }
}

/// A referral as somebody sees it.
#[derive(Debug)]
pub struct Referred {
    /// Id of the patient's file that is kept.
    pub patient: String,
    /// Who it is about.
    pub identity: Identity,
    /// What is asked of whom, and what became of it.
    pub one: ReferralRecord,
    /// What is waited for longer than it should take.
    pub overdue: Option<Overdue>,
    /// The day it is for whoever looks.
    pub today: Date,
    /// They may see the whole record, too.
    pub may_see_record: bool,
    /// They may write it anew, send it, call it off, take it up again.
    pub may_write: bool,
    /// They may take it or decline it.
    pub may_answer: bool,
    /// They may give an appointment.
    pub may_schedule: bool,
    /// They may begin and complete it.
    pub may_complete: bool,
}

impl Clinic {
    /// A referral, for whoever may see it. A referral says whom it is about; who looked is on record before it is shown.
    ///
    /// # Errors
    /// [`Refused::NotFound`], or the store failed.
    pub async fn referral(
        &self,
        caller: &Caller,
        place: ReferralPlace<'_>,
    ) -> Result<Referred, Refused> {
        let viewer = &caller.viewer;
        let read = self.store.episode(place.episode).await?;
        let read = read.ok_or(Refused::NotFound)?;
        let now = self.clock.now();
        let relation = self.relation(&read.patient, now).await?;
        let resource = Resource::Referral {
            of: &relation,
            referral: place.referral,
        };
        self.decide(viewer, Action::SeeReferral, &resource, &relation)?;
        let one = read.record.referrals.get(place.referral);
        let one = one.ok_or(Refused::NotFound)?.clone();
        let looked = PatientEvent::RecordOpened {
            purpose: Purpose::Care,
            what: format!(
                "{}/referral/{}",
                stream::episode(place.episode),
                place.referral
            ),
        };
        let looked = self.recorded(caller, now, looked);
        let looked = batch::patient(&relation.patient, Expected::Any, &[looked])?;
        self.store.append(&looked, None).await?;
        let may = |action| self.access.decide(viewer, action, &resource).allowed;
        let whole = |action| {
            let patient = Resource::Patient(&relation);
            self.access.decide(viewer, action, &patient).allowed
        };
        let today = self.today(viewer, now).await?;
        Ok(Referred {
            identity: self.behind_link(&relation.patient).await?,
            overdue: one.overdue(&self.knowledge, today),
            one,
            today,
            may_see_record: whole(Action::SeeRecord),
            may_write: whole(Action::DraftReferral),
            may_answer: may(Action::AnswerReferral),
            may_schedule: may(Action::ScheduleReferral),
            may_complete: may(Action::CompleteReferral),
            patient: relation.patient,
        })
    }

    /// Does the next thing with a referral, upon the number of its steps that the caller saw. Whatever else happens in the episode meanwhile is no reason to look again.
    ///
    /// # Errors
    /// [`Refused::Changed`]: somebody else did something with this referral; or as [`Self::act`].
    pub async fn refer(
        &self,
        caller: &Caller,
        place: ReferralPlace<'_>,
        seen: usize,
        act: Act,
    ) -> Result<Done, Refused> {
        let mut tries = 0;
        loop {
            let read = self.store.episode(place.episode).await?;
            let read = read.ok_or(Refused::NotFound)?;
            let relation = self.relation(&read.patient, self.clock.now()).await?;
            let resource = super::about(&act, &relation);
            self.decide(&caller.viewer, super::action(&act), &resource, &relation)?;
            let one = read.record.referrals.get(place.referral);
            let found = one.map_or(0, |one| one.steps.len());
            if let (Some(one), true) = (one, found == seen + 1)
                && is_done(one, &act, who(&caller.viewer).id())
            {
                return Ok(Done {
                    version: read.version,
                    repeated: true,
                });
            }
            if found != seen {
                return Err(Refused::Changed {
                    seen: seen as u64,
                    found: found as u64,
                });
            }
            let done = self
                .act(caller, place.episode, read.version, act.clone(), None)
                .await;
            match done {
                Err(Refused::Changed { .. }) if tries < TRIES => tries += 1,
                done => return done,
            }
        }
    }
}

/// Whether the last step was this one: the form was sent twice.
fn is_done(one: &ReferralRecord, act: &Act, by: Option<&str>) -> bool {
    let Some((_, state, words)) = one.steps.last() else {
        return false;
    };
    let accepted = || one.accepted_by.as_ref().and_then(Who::id) == by;
    let said = |text: &str| words.as_deref() == Some(text);
    match act {
        Act::DraftReferral(wanted) => *state == State::Draft && one.referral == wanted.draft,
        Act::SendReferral(_) => *state == State::Sent,
        Act::AcceptReferral(_) => *state == State::Accepted && accepted(),
        Act::DeclineReferral(wanted) => *state == State::Declined && said(&wanted.reason),
        Act::ScheduleReferral(wanted) => {
            *state == State::Scheduled && one.appointment == Some(wanted.appointment)
        }
        Act::StartReferral(_) => *state == State::InProgress,
        Act::MissReferral(_) => *state == State::Missed,
        Act::CompleteReferral(wanted) => *state == State::Completed && said(&wanted.report),
        Act::CancelReferral(wanted) => *state == State::Cancelled && said(&wanted.reason),
        Act::ReopenReferral(wanted) => said(&wanted.note),
        _ => false,
    }
}
