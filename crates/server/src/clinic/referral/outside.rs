//! Referrals to somebody who has no account: the link that takes one to them, and who they are when they come by it.

use cotreat_access::{Action, Resource, Viewer};
use cotreat_care::decide::{Act, Command, decide};
use cotreat_care::event::{Outside, ReferralSent};
use cotreat_care::record::{Record, State};
use cotreat_store::clinic::batch;
use cotreat_store::{Batch, Expected};

use super::{Caller, Clinic, ReferralPlace, Refused};
use crate::clinic::who;

/// The id of somebody outside, as care teams and events have it; nobody in the directory has such a one. It follows from the referral and the address, so that the same form sent
/// twice means the same person, and says nothing about either.
#[must_use]
pub fn outside_id(referral: &str, email: &str) -> String {
    let what = format!("{referral}\n{}", email.trim().to_lowercase());
    let hash = blake3::hash(what.as_bytes()).to_hex();
    format!("outside/{}", hash.as_str().get(..32).unwrap_or_default())
}

/// What leaves with a referral to somebody outside.
#[derive(Debug)]
pub struct Leaving {
    /// What happened, to be written together with the link; nothing where only the link is sent again.
    pub happened: Vec<Batch>,
    /// Id of the patient's file that is kept.
    pub patient: String,
    /// To whom it goes.
    pub to: Outside,
}

impl Clinic {
    /// What is written when a referral to somebody outside is sent, for whoever may send it; nothing where it had been sent and waits or goes on, so that only a new link is made.
    ///
    /// # Errors
    /// [`Refused::NotFound`]: there is no such referral, or it goes to nobody outside; it is not for the caller; [`Refused::Changed`]; or the rules of the clinic refuse it.
    pub async fn leaving(
        &self,
        caller: &Caller,
        place: ReferralPlace<'_>,
    ) -> Result<Leaving, Refused> {
        let read = self.store.episode(place.episode).await?;
        let read = read.ok_or(Refused::NotFound)?;
        let relation = self
            .permit(&caller.viewer, Action::DraftReferral, &read.patient)
            .await?;
        let one = read.record.referrals.get(place.referral);
        let one = one.ok_or(Refused::NotFound)?;
        let to = one.referral.to.outside.clone().ok_or(Refused::NotFound)?;
        let mut happened = Vec::new();
        if !(one.state == State::Sent || one.state.in_care()) {
            let at = self.clock.now();
            let today = self.today(&caller.viewer, at).await?;
            let command = Command {
                by: who(&caller.viewer),
                at,
                today,
                day: today,
                act: Act::SendReferral(ReferralSent {
                    referral: place.referral.to_owned(),
                }),
            };
            let events = decide(&read.record, &command, &self.knowledge)?;
            happened.push(batch::episode(
                place.episode,
                &read.patient,
                Expected::Version(read.version),
                &events,
            )?);
        }
        Ok(Leaving {
            happened,
            patient: relation.patient,
            to,
        })
    }

    /// Whoever comes by the link to a referral of a patient, by the name that the referral has of them, and where a code reaches them. The link of another addressee is none.
    ///
    /// # Errors
    /// [`Refused::NotFound`]: there is no such referral, it goes to nobody outside any more, or the patient was erased; or the store failed.
    pub async fn outsider(
        &self,
        patient: &str,
        place: ReferralPlace<'_>,
    ) -> Result<(Viewer, Outside), Refused> {
        let read = self.store.episode(place.episode).await?;
        let read = read.ok_or(Refused::NotFound)?;
        let relation = self.relation(&read.patient, self.clock.now()).await?;
        if relation.patient != patient {
            return Err(Refused::NotFound);
        }
        let (id, to, profession) =
            addressee(&read.record, place.referral).ok_or(Refused::NotFound)?;
        let viewer = Viewer::Outsider {
            referral: place.referral.to_owned(),
            patient: relation.patient.clone(),
            id,
            name: to.name.clone(),
            profession,
        };
        let resource = Resource::Referral {
            of: &relation,
            referral: place.referral,
        };
        self.decide(&viewer, Action::SeeReferral, &resource, &relation)?;
        Ok((viewer, to))
    }
}

fn addressee(record: &Record, referral: &str) -> Option<(String, Outside, String)> {
    let to = &record.referrals.get(referral)?.referral.to;
    Some((
        to.practitioner.clone()?,
        to.outside.clone()?,
        to.profession.clone(),
    ))
}
