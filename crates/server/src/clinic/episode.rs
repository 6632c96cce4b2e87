//! Episodes of care: opening a record, and beginning a new one.

use cotreat_access::{Action, Relation, Resource};
use cotreat_care::decide::Act;
use cotreat_care::event::{AppraisalShown, EpisodeOpened, Event, Recorded};
use cotreat_care::record::NotUnderstood;
use cotreat_care::{Appraisal, Record, appraise};
use cotreat_people::event::PatientEvent;
use cotreat_people::{Identity, stream};
use cotreat_store::clinic::{EpisodeRead, batch};
use cotreat_store::{Batch, Error, Expected, Request};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Caller, Clinic, ENGINE, Refused, acts, new_id, who};

/// A record as it was opened for somebody.
#[derive(Debug)]
pub struct Opened {
    /// What is on record.
    pub record: Record,
    /// Its version: what the next change is made on.
    pub version: u64,
    /// The file it belongs to.
    pub patient: String,
    /// What can be said about the patient today.
    pub appraisal: Appraisal,
    /// What is on record and this release of the knowledge does not understand.
    pub not_understood: Vec<NotUnderstood>,
    /// The name under which what was shown is kept.
    pub shown: String,
    /// What is on record, event by event, oldest first.
    pub events: Vec<Recorded>,
    /// The day it is for the caller.
    pub today: Date,
    /// The time zone of the organisation for which the caller acts.
    pub zone: TimeZone,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// The version the episode has now.
    pub version: u64,
    /// It had been done before: the request was repeated.
    pub repeated: bool,
}

impl Clinic {
    /// Opens a record for whoever may see it. That they looked, and what they were shown, is on record before they see it.
    ///
    /// # Errors
    /// [`Refused::NotFound`], or the store failed.
    pub async fn open(&self, caller: &Caller, episode: &str) -> Result<Opened, Refused> {
        let told = self.store.episode_told(episode).await?;
        let (read, events) = told.ok_or(Refused::NotFound)?;
        let relation = self
            .permit(&caller.viewer, Action::SeeRecord, &read.patient)
            .await?;
        let now = self.clock.now();
        let zone = self.zone(&caller.viewer).await?;
        let today = now.to_zoned(zone.clone()).date();
        let known = read.record.known(&self.knowledge, today);
        let appraisal = appraise(&known.episode, &self.knowledge);
        let json = appraisal.to_json().map_err(|error| Error::Damaged {
            what: format!("an appraisal that cannot be written down ({error})"),
        })?;
        let shown = self
            .store
            .keep_shown(&read.patient, json.as_bytes(), now)
            .await?;
        let looked = Looked {
            episode,
            shown: &shown,
            now,
            today,
        };
        self.note_opening(caller, &read, &relation, &looked).await?;
        Ok(Opened {
            version: read.version,
            patient: relation.patient,
            record: read.record,
            appraisal,
            not_understood: known.not_understood,
            shown,
            events,
            today,
            zone,
        })
    }

    /// Whether the caller may see into an episode and do such a thing in it. Returns what is on record.
    ///
    /// # Errors
    /// [`Refused::NotFound`], it is not for the caller, or the store failed.
    pub async fn may(
        &self,
        caller: &Caller,
        action: Action,
        episode: &str,
    ) -> Result<Record, Refused> {
        let read = self.episode(episode).await?;
        self.permit(&caller.viewer, Action::SeeRecord, &read.patient)
            .await?;
        self.permit(&caller.viewer, action, &read.patient).await?;
        Ok(read.record)
    }

    /// Who a patient is, for whoever may see it.
    ///
    /// # Errors
    /// [`Refused::NotFound`], or the store failed.
    pub async fn whose(&self, caller: &Caller, patient: &str) -> Result<Identity, Refused> {
        let sight = self.access.sight(&caller.viewer, Action::SeeIdentity);
        let found = self.store.patient(&sight, self.clock.now(), patient);
        Ok(found.await?.ok_or(Refused::NotFound)?.identity)
    }

    /// Opens a new episode for a patient, under the settings of the organisation for which the caller acts. Whoever is no clinician says which of theirs takes the patient on.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the clinic refuse it.
    pub async fn begin(
        &self,
        caller: &Caller,
        patient: &str,
        setting: &str,
        clinician: Option<&str>,
        reopens: Option<String>,
    ) -> Result<String, Refused> {
        let relation = self
            .permit(&caller.viewer, Action::OpenEpisode, patient)
            .await?;
        let settings = self.settings_of(&caller.viewer).await?;
        let taken_on_by = match clinician {
            Some(user) => Some(self.clinician(caller, user).await?),
            None => None,
        };
        let episode = new_id();
        let act = Act::OpenEpisode(EpisodeOpened {
            patient: relation.patient.clone(),
            setting: setting.to_owned(),
            jurisdiction: settings.jurisdiction,
            profile: settings.profile,
            available: None,
            reopens,
            taken_on_by,
        });
        let nothing = EpisodeRead {
            record: Record::default(),
            version: 0,
            patient: relation.patient,
        };
        let asked = Asked {
            episode: &episode,
            expected: Expected::New,
            day: None,
            request: None,
        };
        let begun = self.decided(caller, &nothing, vec![act], asked).await;
        begun.map_err(|not| not.refused)?;
        Ok(episode)
    }

    pub(super) async fn episode(&self, id: &str) -> Result<EpisodeRead, Refused> {
        self.store.episode(id).await?.ok_or(Refused::NotFound)
    }

    /// Whoever takes a patient on works somewhere: from then on that organisation sees the patient too, its front desk arranges, and its privacy officer answers.
    pub(super) async fn seen_there_too(
        &self,
        caller: &Caller,
        patient: &str,
    ) -> Result<Option<Batch>, Refused> {
        let Some(organisation) = caller.viewer.organisation() else {
            return Ok(None);
        };
        let now = self.clock.now();
        let relation = self.relation(patient, now).await?;
        if relation.seen_at.contains(organisation) {
            return Ok(None);
        }
        let seen = PatientEvent::SeenAt {
            organisation: organisation.to_owned(),
        };
        let seen = self.recorded(caller, now, seen);
        Ok(Some(batch::patient(
            &relation.patient,
            Expected::Any,
            &[seen],
        )?))
    }

    /// That somebody looked, and what they saw. What they were shown before, unchanged, is not shown anew.
    async fn note_opening(
        &self,
        caller: &Caller,
        read: &EpisodeRead,
        relation: &Relation,
        looked: &Looked<'_>,
    ) -> Result<(), Refused> {
        let opening = self.recorded(
            caller,
            looked.now,
            PatientEvent::RecordOpened {
                purpose: self.purpose(&caller.viewer, relation),
                what: stream::episode(looked.episode),
            },
        );
        let mut batches = vec![batch::patient(&read.patient, Expected::Any, &[opening])?];
        let by = who(&caller.viewer);
        let before = read.record.shown.iter().rfind(|noted| noted.by == by);
        if before.is_none_or(|noted| noted.what.appraisal != looked.shown) {
            let shown = Recorded {
                version: cotreat_care::event::VERSION,
                by,
                at: looked.now,
                day: looked.today,
                event: Event::AppraisalShown(AppraisalShown {
                    appraisal: looked.shown.to_owned(),
                    engine: ENGINE.to_owned(),
                    knowledge: self.knowledge.hash.clone(),
                }),
            };
            // That it was shown is true whatever else happened in the meantime.
            batches.push(batch::episode(
                looked.episode,
                &read.patient,
                Expected::Any,
                &[shown],
            )?);
        }
        self.store.append_all(&batches, None).await?;
        Ok(())
    }
}

/// Who looked at what, when.
struct Looked<'a> {
    episode: &'a str,
    shown: &'a str,
    now: Timestamp,
    today: Date,
}

/// What an act is done on.
pub(super) struct Asked<'a> {
    pub(super) episode: &'a str,
    pub(super) expected: Expected,
    pub(super) day: Option<Date>,
    pub(super) request: Option<Request>,
}

/// Whether anything happened since a version was seen, except that somebody looked.
pub(super) fn changed_since(read: &EpisodeRead, seen: u64) -> bool {
    let looks = read.record.shown.iter().filter(|noted| noted.nth >= seen);
    read.version.checked_sub(seen) != Some(looks.count() as u64)
}

/// What the policies are asked about when somebody does something.
#[must_use]
pub fn about<'a>(act: &'a Act, relation: &'a Relation) -> Resource<'a> {
    match acts::referral(act) {
        Some(referral) => Resource::Referral {
            of: relation,
            referral,
        },
        None => match acts::assignment(act) {
            Some(assignment) => Resource::Assignment {
                of: relation,
                assignment,
            },
            None => Resource::Patient(relation),
        },
    }
}
